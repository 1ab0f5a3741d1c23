import { escapeText, type Hold } from "../../core/index.ts";
import type { Frozen } from "../../runtime/gate/index.ts";
import { plainViews, type Views } from "./index.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** A hold that was put, or lifted, by hand. */
export function frozenViews(what: "frozen" | "lifted"): Views<Frozen> {
  return {
    isDeed: true,
    ...plainViews(({ holds, isRunning }) => ({
      formatVersion: "1.0",
      kind: what === "frozen" ? "HoldAdded" : "HoldEnded",
      holds,
      isRunning,
    })),
    text: ({ holds, isRunning }, look) => {
      const lines = holds.map((hold) => `${symbolOf(look, "ok")} ${what === "frozen" ? frozen(hold) : lifted(hold)}`);
      const seen = isRunning
        ? "The running gateway sees it at its next check."
        : `No gateway runs on this state folder${what === "frozen" ? "; it holds from the next start on" : ""}.`;
      return fitted(look, `${[...lines, seen].join("\n")}\n`);
    },
  };
}

function frozen({ id, selector, denied, until, owner }: Hold): string {
  const what = selector === "*" ? `Everything of ${escapeText(owner)}` : `${escapeText(selector)} (${escapeText(owner)})`;
  const may = denied === "all" ? "may do nothing" : `may not use ${escapeText(denied.join(", "))}`;
  return `${what} ${may}${until === null ? " until it is lifted" : ` until ${until}`}: moltbot gateway unfreeze ${escapeText(id.slice(0, 12))}`;
}

function lifted({ id, selector, owner }: Hold): string {
  return `Lifted hold ${escapeText(id.slice(0, 12))} on ${selector === "*" ? "everything" : escapeText(selector)} (${escapeText(owner)}).`;
}
