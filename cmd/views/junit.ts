import { escapeText, type Diagnostic } from "../../core/index.ts";
import { placeText } from "./diagnostics-text.ts";
import { escapeLines, withoutCommands } from "./safe.ts";

/**
 * JUnit XML: one case per file that something was found in, so that a CI page shows which files are
 * wrong; one passing case when nothing was found. Errors are failures, warnings are system-out.
 */
export function diagnosticsJunit(diagnostics: readonly Diagnostic[], command: string): string {
  const byFile = Map.groupBy(diagnostics, (d) => d.at?.file ?? d.origin?.file ?? command);
  const cases = [...byFile].map(([file, found]) => caseOf(file, found));
  const failures = [...byFile.values()].filter((found) => found.some(isError)).length;
  const all = cases.length === 0 ? [`    <testcase classname="moltbot" name="${attribute(command)}"/>`] : cases;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="moltbot" tests="${all.length}" failures="${failures}" errors="0">`,
    `  <testsuite name="moltbot ${attribute(command)}" tests="${all.length}" failures="${failures}" errors="0" skipped="0">`,
    ...all,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function caseOf(file: string, found: readonly Diagnostic[]): string {
  const errors = found.filter(isError);
  const warnings = found.filter((d) => !isError(d));
  const body = [
    ...(errors.length === 0
      ? []
      : [
          `      <failure type="${errors[0]?.code ?? ""}" message="${attribute(errors.map((d) => d.summary).join("; "))}">` +
            `${text(errors.map(describe).join("\n\n"))}</failure>`,
        ]),
    ...(warnings.length === 0 ? [] : [`      <system-out>${text(warnings.map(describe).join("\n\n"))}</system-out>`]),
  ];
  return [`    <testcase classname="moltbot" name="${attribute(file)}">`, ...body, "    </testcase>"].join("\n");
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === "error";
}

function describe(d: Diagnostic): string {
  const place = placeText(d.at, d.origin);
  return [
    `${place === "" ? "" : `${place}  `}${d.severity} ${d.code}  ${d.summary}`,
    d.detail,
    ...(d.remedy === undefined ? [] : [d.remedy]),
  ].join("\n");
}

/** XML 1.0 cannot hold control characters even as references, so they are escaped our way first. */
function attribute(value: string): string {
  return entities(escapeText(value)).replaceAll('"', "&quot;");
}

function text(value: string): string {
  return entities(withoutCommands(escapeLines(value)));
}

function entities(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
