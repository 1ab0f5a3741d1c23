import { escapeText, unreachable, type Diagnostic } from "../../core/index.ts";
import type { LoopEvent } from "../../reconciler/controller/index.ts";
import type { LoopState } from "../../reconciler/engine.ts";
import { diagnosticRecord } from "./diagnostics-json.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { ageText, totalsText } from "./plan-facts.ts";
import { inColorOf, symbolOf, type Status } from "./status.ts";

/** What happened, as one line without its time: `applied main@3f2a91c as generation 5: 1 update, 3 unchanged`. */
export function eventText(event: LoopEvent, look: Look): string {
  switch (event.kind) {
    case "applied":
    case "unchanged":
      return inColorOf(look, "ok", `${event.kind} `) + arrivalText(event);
    case "failed":
      return `${inColorOf(look, "error", "failed")} ${whereText(event)}: ${codesText(event.diagnostics)}; next try in ${durationText(event.retryInMs)} or later`;
    case "condition":
      return `${inColorOf(look, "warning", "condition")} ${event.diagnostic.code}`;
    default:
      return unreachable(event);
  }
}

function arrivalText({ kind, revision, applied }: Extract<LoopEvent, { readonly applied: unknown }>): string {
  const generation = applied.generation === null ? "nothing" : `generation ${applied.generation.number}`;
  return kind === "applied"
    ? `${escapeText(revision.label)} as ${generation}: ${totalsText(applied.plan)}`
    : `${escapeText(revision.label)}: it is ${generation}`;
}

function whereText({ revision }: Extract<LoopEvent, { readonly kind: "failed" }>): string {
  return revision === null ? "before anything could be planned" : escapeText(revision.label);
}

/** The codes of the errors, each once. */
export function codesText(diagnostics: readonly Diagnostic[]): string {
  return [...new Set(diagnostics.filter((each) => each.severity === "error").map((each) => each.code))].sort().join(", ");
}

/** "30s", "2min", "1h". */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds}s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)}min` : `${Math.round(seconds / 3_600)}h`;
}

/** The same for machines: one JSON line an event. */
export function eventLine(event: LoopEvent, now: Date): string {
  const head = { type: event.kind, time: now.toISOString() };
  switch (event.kind) {
    case "applied":
    case "unchanged": {
      const { outcome, plan, generation } = event.applied;
      const facts = { digest: plan.digest, summary: plan.body.summary, generation: generation?.number ?? null };
      return jsonLine({ ...head, revision: event.revision, outcome, ...facts });
    }
    case "failed": {
      const { revision, retryInMs, diagnostics } = event;
      return jsonLine({ ...head, revision, retryInMs, diagnostics: diagnostics.map(diagnosticRecord) });
    }
    case "condition":
      return jsonLine({ ...head, diagnostic: diagnosticRecord(event.diagnostic) });
    default:
      return unreachable(event);
  }
}

/** Where the loop stands, at its end. */
export const watchViews: Views<LoopState> = {
  ...plainViews((state) => ({ kind: "Watch", ...state })),
  jsonl: (state) => jsonLine({ type: "end", ...state }),
  text: (state, look) =>
    fitted(
      look,
      stateLines(state, look)
        .map(([status, text]) => `${symbolOf(look, status)} ${text}\n`)
        .join(""),
    ),
};

/** Applied against attempted, each as a sentence with its mark. Shared with `status`. */
export function stateLines({ applied, attempted, failing, failures }: LoopState, look: Look): readonly (readonly [Status, string])[] {
  const arrived: readonly [Status, string] =
    applied === null
      ? ["noop", "nothing applied yet"]
      : ["ok", `${escapeText(applied.label)} was applied ${ageText(applied.at, look.now)}: generation ${applied.generation}`];
  if (failing === null) return [arrived];
  const isRevision = attempted?.outcome === "failed" && attempted.at === failing.at;
  const what = isRevision ? `${escapeText(attempted.label)} was tried` : "the source could not be read";
  const tries = failures > 1 ? `, ${counted(failures, "failure")} in a row` : "";
  return [arrived, ["error", `${what} ${ageText(failing.at, look.now)}: ${escapeText(failing.codes.join(", "))}${tries}`]];
}
