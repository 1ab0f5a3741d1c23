import { escapeText, type Diagnostic } from "../../core/index.ts";
import { escapeLines } from "./safe.ts";

/**
 * GitHub workflow commands: each diagnostic becomes an annotation on its line. What comes from
 * outside is escaped twice: invisible characters our way, then `%`, line ends and, in properties, `:`
 * and `,` as the runner asks; so no name can start a command of its own.
 */
export function diagnosticsGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(annotation).join("");
}

function annotation(d: Diagnostic): string {
  const properties: readonly (readonly [string, string | number | undefined])[] = [
    ["file", d.at?.file ?? d.origin?.file],
    ["line", d.at?.line],
    ["col", d.at?.column],
    ["endColumn", d.at?.length === undefined ? undefined : d.at.column + d.at.length],
    ["title", `${d.code}: ${d.summary}`],
  ];
  const written = properties.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]));
  return `::${d.severity} ${written.join(",")}::${data(d.remedy === undefined ? d.detail : `${d.detail}\n${d.remedy}`)}\n`;
}

function data(value: string): string {
  return escapeLines(value).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string): string {
  return data(escapeText(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
