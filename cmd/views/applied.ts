import { escapeText, type Generation } from "../../core/index.ts";
import type { Applied } from "../../reconciler/types.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { fitted } from "./look.ts";
import { mdCode, mdText } from "./markdown.ts";
import * as facts from "./plan-facts.ts";
import { symbolOf } from "./status.ts";

function record({ outcome, plan, generation }: Applied): object {
  return { formatVersion: "1.0", kind: "Applied", outcome, generation, plan };
}

/** "Applied generation 42 to embedded: 1 create, 212 unchanged." */
function sentence({ outcome, plan, generation }: Applied): string {
  if (outcome === "already-applied") return `Already applied as generation ${generation?.number ?? 0}.`;
  if (outcome === "nothing-to-do" || !generation) return facts.emptyText(plan);
  return `${DONE[generation.reason]} generation ${generation.number} ${onTarget(plan)}: ${facts.totalsText(plan)}.`;
}

function onTarget({ body }: Applied["plan"]): string {
  return escapeText(`of ${body.project}/${body.environment} (${body.target.type})`);
}

const DONE = {
  apply: "Applied",
  adopt: "Applied",
  rollback: "Rolled back as",
  destroy: "Destroyed; the record goes on with",
  restore: "Restored as",
  forget: "Applied",
  api: "Changed by the API:",
} as const satisfies Record<Generation["reason"], string>;

/** How an apply ended. The plan was shown before, with the question; JSON holds it again. */
export const appliedViews: Views<Applied> = {
  isDeed: true,
  ...plainViews(record),
  text: (value, look) => fitted(look, `${symbolOf(look, "ok")} ${sentence(value)}\n`),
  jsonl: ({ outcome, plan, generation }) =>
    jsonLine({ type: "applied", outcome, digest: plan.digest, summary: plan.body.summary, generation }),
  markdown: async (value) => {
    const { planMarkdown } = await import("./plan-markdown.ts");
    const { generation, plan } = value;
    const where = generation === null ? "" : ` Generation ${mdCode(String(generation.number))}.`;
    return `${mdText(sentence(value))}${where}\n\n${planMarkdown(plan)}`;
  },
};

/** How every command that applies ends: its reports say what policy says without denying, as a plan's do. */
export const appliedEnding = { views: appliedViews, notices: ({ notices }: Applied) => notices } as const;
