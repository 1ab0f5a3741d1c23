import { escapeText } from "../../core/index.ts";
import type { Compared, Flip, RuleUse } from "../../reconciler/engine.ts";
import { fieldText } from "./fields.ts";
import { plainViews, type Views } from "./index.ts";
import { counted, padded, widestOf, wrapped } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import { mdCode, mdText } from "./markdown.ts";
import * as facts from "./plan-facts.ts";
import { withoutCommands } from "./safe.ts";
import { inColorOf, symbolOf } from "./status.ts";

/** Two desired states, whole; or what policy says of them alone. */
export function comparedViews(part: "all" | "policy"): Views<Compared> {
  return {
    ...plainViews((value) => ({
      formatVersion: "1.0",
      kind: part === "all" ? "Diff" : "PolicyDiff",
      ...(part === "all" ? value : policyPart(value)),
    })),
    text: (value, look) => fitted(look, textOf(value, part, look)),
    markdown: (value) => markdownOf(value, part),
  };
}

function policyPart({ from, to, project, environment, decisions }: Compared): object {
  return { from, to, project, environment, decisions };
}

function textOf(value: Compared, part: "all" | "policy", look: Look): string {
  const sections = [
    ...(part === "all" ? [widening(value, look), narrowing(value, look), changes(value, look)] : []),
    flips(value, look),
    rules(value, look),
  ];
  const all = [[paint(look, "bold", headOf(value))], ...sections.filter((lines) => lines.length > 0), [footOf(value, part)]];
  return `${all.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headOf({ from, to, project, environment }: Compared): string {
  const name = environment === "default" ? project : `${project}/${environment}`;
  return `moltbot diff   ${escapeText(name)}  ${sideText(from)}  ->  ${sideText(to)}`;
}

const SHORT = 7;

function sideText({ name, commit }: Compared["from"]): string {
  return commit === null || commit.startsWith(name) ? escapeText(name.slice(0, 80)) : `${escapeText(name)}@${commit.slice(0, SHORT)}`;
}

function hanging(look: Look, mark: string, text: string): readonly string[] {
  return wrapped(text, Math.max(1, look.width - 6)).map((line, i) => (i === 0 ? `  ${mark} ${line}` : `      ${line}`));
}

function widening({ added, findings }: Compared, look: Look): readonly string[] {
  if (added.length + findings.length === 0) return [];
  const mark = symbolOf(look, "widening");
  const rows = added.flatMap((atom) => {
    const also = facts.alsoText(atom);
    return [
      ...hanging(look, mark, `${facts.whoText(atom)}  gains  ${facts.whatText(atom)}`),
      ...(also === "" ? [] : [paint(look, "dim", `        ${also}`)]),
    ];
  });
  return [paint(look, "bold", "Widening"), ...rows, ...findings.flatMap((each) => hanging(look, mark, facts.findingText(each)))];
}

function narrowing({ removed }: Compared, look: Look): readonly string[] {
  if (removed.length === 0) return [];
  const mark = symbolOf(look, "narrowing");
  return [
    paint(look, "bold", "Narrowing"),
    ...removed.flatMap((atom) => hanging(look, mark, `${facts.whoText(atom)}  loses  ${facts.whatText(atom)}`)),
  ];
}

function changes({ changes: list }: Compared, look: Look): readonly string[] {
  if (list.length === 0) return [];
  return [
    paint(look, "bold", "Changes"),
    ...list.flatMap(({ address, action, fields }) => [
      `  ${symbolOf(look, action)} ${inColorOf(look, action, escapeText(address))}`,
      ...fields.map((field) => fieldText(field, look.verbose)).map(({ path, inline }) => `      ${path}  ${inline}`),
    ]),
  ];
}

function flips({ decisions: { flips: list, flipsInAll } }: Compared, look: Look): readonly string[] {
  if (list.length === 0) return [];
  const hidden = flipsInAll - list.length;
  return [
    paint(look, "bold", "What policy answers otherwise"),
    ...list.flatMap((flip) => hanging(look, symbolOf(look, flip.isWidening ? "widening" : "narrowing"), flipText(flip))),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
  ];
}

function flipText({ subject, atom, channel, before, after, rules: named }: Flip): string {
  const who = channel === null ? escapeText(subject) : `${escapeText(channel)} by ${escapeText(subject)}`;
  return `${who}  ${escapeText(atom)}  ${before} -> ${after}${named.length === 0 ? "" : `  (${escapeText(named.join(", "))})`}`;
}

/** Rules whose count is another, or that say the same of everything. Built-in rules that found nothing are usual. */
function rules({ decisions }: Compared, look: Look): readonly string[] {
  const list = decisions.rules.filter((each) => each.before !== each.after || each.always || (each.never && each.isOwn));
  if (list.length === 0) return [];
  const column = widestOf(list.map((each) => escapeText(each.rule)));
  return [
    paint(look, "bold", "Rules"),
    ...list.map(
      (each) =>
        `  ${padded(escapeText(each.rule), column)}  spoke ${each.before ?? "-"} -> ${each.after ?? "-"}${flagOf(each)}  ${escapeText(each.file)}:${each.line}`,
    ),
  ];
}

function flagOf({ always, never }: RuleUse): string {
  return always ? "  of everything it was asked" : never ? "  never" : "";
}

function footOf({ changes: list, decisions }: Compared, part: "all" | "policy"): string {
  const { flipsInAll, wideningsInAll } = decisions;
  const answers =
    flipsInAll === 0
      ? "No answer of policy changes."
      : `${counted(flipsInAll, "answer")} of policy changed, ${wideningsInAll} of them widening.`;
  if (part === "policy") return answers;
  return list.length === 0 ? "No differences." : `${counted(list.length, "resource")} differ${list.length === 1 ? "s" : ""}. ${answers}`;
}

function markdownOf(value: Compared, part: "all" | "policy"): string {
  const { added, findings, changes: list, decisions } = value;
  const section = (title: string, items: readonly string[]): string =>
    items.length === 0 ? "" : `#### ${title}\n\n${items.map((each) => `- ${each}`).join("\n")}`;
  const parts = [
    `### ${mdText(headOf(value))}`,
    ...(part === "policy"
      ? []
      : [
          section("Widening", [
            ...added.map((atom) =>
              `**${mdText(facts.whoText(atom))}** gains ${mdCode(facts.whatText(atom))} ${mdText(facts.alsoText(atom))}`.trimEnd(),
            ),
            ...findings.map((each) => mdText(facts.findingText(each))),
          ]),
          section(
            "Changes",
            list.map(({ address, action }) => `${action} **${mdText(address)}**`),
          ),
        ]),
    section(
      "What policy answers otherwise",
      decisions.flips.map((flip) => `${flip.isWidening ? "**widening** " : ""}${mdText(flipText(flip))}`),
    ),
    footOf(value, part),
  ];
  return withoutCommands(`${parts.filter((each) => each !== "").join("\n\n")}\n`);
}
