import { escapeText, isDiagnosticCode, problem, shown, type Diagnostic, type JsonObject } from "../../core/index.ts";

/** How it is told that nobody at a place answers as a gateway does. */
export type Unreachable = (place: string, why: string) => Diagnostic;

export const noGateway: Unreachable = (place, why) =>
  problem("GATEWAY_UNREACHABLE", {
    detail: `No gateway answers at ${shown(place)} as it should: ${shown(why)}.`,
    remedy: "Does it run?\nmoltbot gateway status",
  });

/** Codes that mean the same on both sides: they are told as if they had happened here. */
export function diagnosticFrom(document: JsonObject, status: number, place: string, unreachable: Unreachable): Diagnostic {
  const { code, detail, remedy } = document;
  const said = typeof detail === "string" ? shown(detail, DETAIL_CHARS) : `It answered ${status}.`;
  if (typeof code === "string" && isDiagnosticCode(code) && !OWN.has(code))
    return problem(code, {
      detail: said,
      ...(typeof remedy === "string" ? { remedy: toldRemedy(remedy) } : {}),
      context: { status },
    });
  const context = { status, ...(typeof code === "string" ? { code } : {}) };
  if (status === 401 || status === 403)
    return problem("GATEWAY_REFUSED", {
      detail: `The gateway refuses this: ${said}`,
      context,
      ...(status === 401 && place.startsWith("http") ? { remedy: `Log in:\nmoltbot gateway login --url ${place}` } : {}),
    });
  return { ...unreachable(place, said), context };
}

/** Its lines stay lines, as a remedy of our own has them: a sentence, then commands. Nothing else passes unescaped. */
function toldRemedy(remedy: string): string {
  return remedy.slice(0, DETAIL_CHARS).split("\n").map(escapeText).join("\n");
}

const DETAIL_CHARS = 600;

/** What is said of the way, not of the work. */
const OWN = new Set(["API_UNAUTHENTICATED", "API_FORBIDDEN", "API_FAULT", "API_RATE_LIMITED", "API_UNKNOWN", "API_METHOD", "API_INVALID"]);
