import { escapeText } from "../../core/index.ts";
import type { Check } from "../checkup/index.ts";
import { diagnosticRecord, outcomeOfAll } from "./diagnostics-json.ts";
import { plainViews, type Views } from "./index.ts";
import { counted, indented } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { inColorOf, symbolOf, type Status } from "./status.ts";

const STATUS = { ok: "ok", warning: "warning", failure: "error" } as const satisfies Record<Check["status"], Status>;

/** A line a check, what to do below it, and how many are which. */
export const checkupViews: Views<readonly Check[]> = {
  ...plainViews((checks) => ({
    formatVersion: "1.0",
    kind: "Doctor",
    outcome: outcomeOfAll(checks.flatMap((check) => check.problems)) ?? null,
    checks: checks.map((check) => ({ ...check, problems: check.problems.map(diagnosticRecord) })),
  })),
  text: (checks, look) =>
    fitted(
      look,
      `${checks.flatMap((check) => lines(check, checks, look)).join("\n")}\n\n${indented(totals(checks), 0, look.width).join("\n")}\n`,
    ),
};

function lines({ id, status, text, remedy }: Check, checks: readonly Check[], look: Look): readonly string[] {
  const column = Math.max(...checks.map((check) => check.id.length));
  const margin = look.width < 40 ? 2 : column + 4;
  const [first = "", ...rest] = indented(escapeText(text), margin, look.width);
  const head = `${symbolOf(look, STATUS[status])} ${inColorOf(look, STATUS[status], id.padEnd(margin - 4))}  `;
  return [
    ...(margin === 2 ? [head.trimEnd(), first] : [head + first.trimStart()]),
    ...rest,
    ...(remedy === null ? [] : remedy.split("\n").flatMap((line) => indented(escapeText(line), margin, look.width))),
  ];
}

function totals(checks: readonly Check[]): string {
  const count = (status: Check["status"]): number => checks.filter((check) => check.status === status).length;
  return `${count("ok")} ok, ${counted(count("warning"), "warning")}, ${counted(count("failure"), "failure")}`;
}
