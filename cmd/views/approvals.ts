import { digestBytes, escapeText, type Json } from "../../core/index.ts";
import type { Approval } from "../../runtime/gate/index.ts";
import type { ApprovalsReport } from "../answering.ts";
import { plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { ageText } from "./plan-facts.ts";
import { symbolOf } from "./status.ts";

/** Calls that wait for a person, and exactly what each of them would run. */
export const approvalsViews: Views<ApprovalsReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "Approvals", ...report })),
  text: ({ approvals, isRunning }, look) => {
    const none = isRunning
      ? "No call waits for an approval.\n"
      : "No call waits for an approval, and no gateway runs on this state folder.\n";
    if (approvals.length === 0) return fitted(look, none);
    const rows = approvals.map((each) => cellsOf(each, look));
    const lines = table(["ID", "AGENT", "CALL", "FOR", "ASKED", "UNTIL"], rows, look);
    const whole = approvals.flatMap((each) => ["", ...effectLines(each, look)]);
    const next = ["", "moltbot gateway approvals give ID    (everything, byte for byte: --verbose)"];
    return fitted(
      look,
      `${[...lines, ...whole, ...next, ...(isRunning ? [] : ["No gateway runs on this state folder: nobody waits now."])].join("\n")}\n`,
    );
  },
};

function cellsOf({ id, agent, summary, principal, askedAt, expiresAt, mode }: Approval, look: Look): readonly string[] {
  const who = principal === null ? "nobody known" : (principal.person ?? principal.id);
  const cells = [id, agent, mode === "once" ? `${summary} (for the whole session)` : summary, who, ageText(askedAt, look.now), expiresAt];
  return cells.map(escapeText);
}

/** What is longer is shown by its beginning and its digest. */
const SHOWN_CHARS = 240;

/** Exactly what would run: program and arguments, address, headers, body; what is long by its digest. */
function effectLines({ id, tool, action, resource, effect, digest }: Approval, look: Look): readonly string[] {
  const line = (name: string, value: Json): string => {
    const text = JSON.stringify(value);
    if (look.verbose || text.length <= SHOWN_CHARS) return `  ${escapeText(name)}: ${escapeText(text)}`;
    return `  ${escapeText(name)}: ${escapeText(text.slice(0, SHOWN_CHARS))}... (${Buffer.byteLength(text)} bytes, ${digestBytes(Buffer.from(text))})`;
  };
  const on = resource === null ? "" : ` on ${escapeText(resource)}`;
  return [
    `${id}  ${escapeText(tool)} ${escapeText(action)}${on}`,
    ...Object.entries(effect).flatMap(([name, value]) => (value === null || value === "" ? [] : [line(name, value)])),
    `  covers ${digest}`,
  ];
}

/** One that was answered. */
export function answeredViews(what: "given" | "refused"): Views<ApprovalsReport> {
  return {
    isDeed: true,
    ...plainViews((report) => ({ formatVersion: "1.0", kind: what === "given" ? "ApprovalGiven" : "ApprovalRefused", ...report })),
    text: ({ approvals, isRunning }, look) => {
      const lines = approvals.map(
        ({ id, agent, summary }) =>
          `${symbolOf(look, "ok")} ${what === "given" ? "Approved" : "Refused"} ${id}: ${escapeText(summary)}, for Agent/${escapeText(agent)}.`,
      );
      const seen = isRunning
        ? []
        : [
            what === "given"
              ? "No gateway runs on this state folder: it counts if the very same call is asked for again before it runs out."
              : "No gateway runs on this state folder.",
          ];
      return fitted(look, `${[...lines, ...seen].join("\n")}\n`);
    },
  };
}
