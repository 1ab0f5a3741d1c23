import { CODES, type Diagnostic, type DiagnosticCode } from "../../core/index.ts";
import { jsonText } from "./json.ts";

/**
 * SARIF 2.1.0, one run, for code scanning. Rules are the diagnostic codes that occur. Columns are
 * UTF-16 code units, as `columnKind` says.
 */
export function diagnosticsSarif(diagnostics: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(diagnostics.map((d) => d.code))].sort();
  return jsonText({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "moltbot", version, semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          REPOSITORY: { description: { text: "The folder that moltbot ran in, where moltbot.yaml is in it or below." } },
        },
        results: diagnostics.map((d) => resultOf(d, codes)),
      },
    ],
  });
}

function ruleOf(code: DiagnosticCode): object {
  const { summary, page } = CODES[code];
  return { id: code, shortDescription: { text: summary }, help: { text: page, markdown: page } };
}

function resultOf(diagnostic: Diagnostic, codes: readonly DiagnosticCode[]): object {
  const { code, severity, detail, remedy } = diagnostic;
  const location = locationOf(diagnostic);
  const related = (diagnostic.related ?? []).flatMap((r, id) => {
    const where = locationOf(r);
    return where ? [{ id, ...where, message: { text: r.message } }] : [];
  });
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: remedy === undefined ? detail : `${detail}\n${remedy}` },
    locations: location ? [location] : [],
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    properties: diagnostic.context,
  };
}

function locationOf({ at, origin }: Pick<Diagnostic, "at" | "origin">): { readonly physicalLocation: object } | undefined {
  const file = at?.file ?? origin?.file;
  if (file === undefined) return undefined;
  const uri = file.split("/").map(encodeURIComponent).join("/");
  const artifactLocation = { uri, uriBaseId: "REPOSITORY" };
  if (!at) return { physicalLocation: { artifactLocation } };
  const region = {
    startLine: at.line,
    startColumn: at.column,
    ...(at.length === undefined ? {} : { endColumn: at.column + at.length }),
  };
  return { physicalLocation: { artifactLocation, region } };
}
