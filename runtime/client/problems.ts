import { isDiagnosticCode, problem, shown, type Diagnostic, type JsonObject } from "../../core/index.ts";

/** Codes that mean the same on both sides: they are told as if they had happened here. */
export function diagnosticFrom(document: JsonObject, status: number): Diagnostic {
  const { code, detail, remedy } = document;
  const said = typeof detail === "string" ? shown(detail, DETAIL_CHARS) : `It answered ${status}.`;
  if (typeof code === "string" && isDiagnosticCode(code) && !OWN.has(code))
    return problem(code, {
      detail: said,
      ...(typeof remedy === "string" ? { remedy: shown(remedy, DETAIL_CHARS) } : {}),
      context: { status },
    });
  if (status === 401 || status === 403)
    return problem("GATEWAY_REFUSED", {
      detail: `The gateway refuses this: ${said}`,
      context: { status, ...(typeof code === "string" ? { code } : {}) },
    });
  return problem("TARGET_UNAVAILABLE", { detail: `The gateway could not do it: ${said}`, context: { status } });
}

const DETAIL_CHARS = 600;

/** What is said of the way, not of the work. */
const OWN = new Set(["API_UNAUTHENTICATED", "API_FORBIDDEN", "API_FAULT", "API_RATE_LIMITED", "API_UNKNOWN", "API_METHOD", "API_INVALID"]);
