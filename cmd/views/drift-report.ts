import { escapeText } from "../../core/index.ts";
import type { DriftReport } from "../../reconciler/engine.ts";
import { fieldText } from "./fields.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { indented, table } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import { mdCode, mdText } from "./markdown.ts";
import { ageText } from "./plan-facts.ts";
import { withoutCommands } from "./safe.ts";
import { holdCells } from "./status-report.ts";
import { inColorOf, symbolOf } from "./status.ts";

export const driftViews: Views<DriftReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "Drift", ...report })),
  jsonl: (report) =>
    [
      ...report.drift.map((each) => jsonLine({ type: "drift", ...each })),
      ...report.holds.map((hold) => jsonLine({ type: "hold", ...hold })),
    ].join(""),
  markdown: driftMarkdown,
  text: (report, look) => {
    const sections = [summary(report, look), edits(report, look), holds(report, look)].filter((lines) => lines.length > 0);
    return fitted(look, `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`);
  },
};

function summaryText({ drift, generation }: DriftReport): string {
  return drift.length === 0
    ? `No drift: what is live is generation ${generation}.`
    : `${drift.length} of generation ${generation}'s resources changed outside git. \`moltbot plan\` says what apply does about it.`;
}

function summary(report: DriftReport, look: Look): readonly string[] {
  return indented(summaryText(report), 0, look.width);
}

function edits({ drift }: DriftReport, look: Look): readonly string[] {
  return drift.flatMap(({ address, class: kind, fields, edits: made }) => {
    const who = [...new Set(made.map((edit) => `by ${escapeText(edit.actor)}, ${ageText(edit.at, look.now)}`))].join("; ");
    const lines = fields
      .map((field) => fieldText(field, look.verbose))
      .flatMap(({ path, inline, below }) => [
        `${path}  ${inline}`,
        ...below.map((line) => `  ${line.kind === "add" ? "+" : line.kind === "remove" ? "-" : " "} ${line.text}`),
      ]);
    return [
      `${symbolOf(look, "drift")} ${inColorOf(look, "drift", escapeText(address))}${kind === "neutral" ? "" : `   ${kind}`}`,
      ...indented(who, 2, look.width),
      ...lines.flatMap((line) => indented(line, 4, look.width)),
    ];
  });
}

function holds({ holds: list }: DriftReport, look: Look): readonly string[] {
  if (list.length === 0) return [];
  return [
    paint(look, "bold", "Holds"),
    ...table(
      ["ID", "ON", "DENIED", "BY", "UNTIL", "WHY"],
      list.map((hold) => holdCells(hold, look)),
      look,
    ),
  ];
}

function driftMarkdown(report: DriftReport): string {
  const items = report.drift.flatMap(({ address, class: kind, fields }) => [
    `- **${mdText(address)}**${kind === "neutral" ? "" : ` ${kind}`}`,
    ...fields.map((field) => fieldText(field, false)).map(({ path, inline }) => `  - ${mdCode(`${path}: ${inline}`)}`),
  ]);
  const held = report.holds.map((hold) => `- hold ${mdCode(hold.id)} on ${mdText(hold.selector)}: ${mdText(hold.reason)}`);
  return withoutCommands(`${["### moltbot drift", "", mdText(summaryText(report)), "", ...items, ...held].join("\n").trimEnd()}\n`);
}
