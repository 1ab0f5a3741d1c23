import { escapeText, problem, shortDigest, type Diagnostic, type Json } from "../../core/index.ts";
import type { Asked, Replay } from "../../runtime/replay/index.ts";
import { plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";

/** One decision of the gate, as it was and as it is when it is asked again. */
export const replayViews: Views<Replay> = {
  ...plainViews(({ record, question, before, again, isSame }: Replay) => ({
    formatVersion: "1.0",
    kind: "Replay",
    record,
    before,
    again,
    same: isSame,
    question,
  })),
  text: (replay, look) =>
    fitted(look, [...headOf(replay), ...answersOf(replay, look), ...questionOf(replay)].map((line) => `${line}\n`).join("")),
};

/** What was allowed then and is denied now. */
export function deniedNow({ record, before, again }: Replay): readonly Diagnostic[] {
  if (again.answer !== "denied" || before.answer === "denied") return [];
  const rules = again.rules.join(", ");
  const by = again.with === "active" ? "the policies that are in force now" : "the policies that decided it";
  return [
    problem("REPLAY_DENIED", {
      detail: `The call of record ${record.seq} was allowed, and ${by} deny it: ${rules}.`,
      context: { seq: record.seq },
    }),
  ];
}

function headOf({ record, question }: Replay): readonly string[] {
  const { seq, kind, at, actor, agent, tool, action, resource } = record;
  const call = [agent, tool, action, resource].filter((each) => each !== undefined).map(escapeText);
  return [`${kind}   record ${seq}   ${at}   ${escapeText(question.owner)}`, `  ${call.join(" ")}   by ${escapeText(actor)}`, ""];
}

function answersOf({ record, before, again, isSame }: Replay, look: Look): readonly string[] {
  const row = (when: string, asked: Asked): readonly string[] => [
    when,
    asked.answer,
    `generation ${asked.generation}`,
    shortDigest(asked.policy),
    asked.rules.length === 0 ? "no rule spoke" : asked.rules.map(escapeText).join(" "),
  ];
  const when = again.with === "active" ? "now" : "again";
  const own =
    record.code !== undefined && record.code !== "CALL_DENIED" ? [`  Policies allowed it; it was refused with ${record.code}.`] : [];
  return [
    ...table(["", "ANSWER", "GENERATION", "POLICIES", "RULES"], [row("then", before), row(when, again)], look),
    ...again.said.map(({ rule, message, level }) => `  ${escapeText(rule)} (${level}): ${escapeText(message)}`),
    ...own,
    "",
    isSame ? "The same answer by the same rules." : "Another answer, or other rules.",
    "",
  ];
}

function questionOf({ question }: Replay): readonly string[] {
  return [`Question ${question.digest}`, ...linesOf("grant", question.grant), ...linesOf("call", question.call)];
}

/** Every leaf with its path, so that text from outside is escaped and no line is longer than what it holds. */
function linesOf(name: string, value: Json): readonly string[] {
  if (typeof value !== "object" || value === null)
    return [`  ${name}  ${typeof value === "string" ? `"${escapeText(value)}"` : String(value)}`];
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  if (entries.length === 0) return [`  ${name}  ${Array.isArray(value) ? "[]" : "{}"}`];
  return entries.flatMap(([key, each]) => linesOf(`${name}.${escapeText(key)}`, each));
}
