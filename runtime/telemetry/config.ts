import { fail, LIMITS, ok, problem, Secret, shown, type Result } from "../../core/index.ts";

/** Where traces go. */
export interface OtlpConfig {
  /** Base address of the collector, such as `http://127.0.0.1:4318`; `/v1/traces` is put behind it. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, Secret<string>>>;
  readonly service: string;
}

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;

/**
 * The collector as the OpenTelemetry standard's variables name it: `OTEL_EXPORTER_OTLP_ENDPOINT`,
 * `OTEL_EXPORTER_OTLP_HEADERS` (`name=value,name=value`, percent-encoded), `OTEL_SERVICE_NAME`,
 * `OTEL_SDK_DISABLED`. Null where none is configured.
 */
export function otlpConfigOf(env: Readonly<Record<string, string | undefined>>): Result<OtlpConfig | null> {
  const endpoint = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  if (endpoint === undefined || endpoint === "" || env["OTEL_SDK_DISABLED"] === "true") return ok(null);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    return invalid(`OTEL_EXPORTER_OTLP_ENDPOINT is no http or https address: ${shown(withoutSecrets(url, endpoint))}.`);
  if (url.username !== "" || url.password !== "" || url.search !== "")
    return invalid("OTEL_EXPORTER_OTLP_ENDPOINT holds credentials or a query; put what authenticates into OTEL_EXPORTER_OTLP_HEADERS.");
  const headers = headersOf(env["OTEL_EXPORTER_OTLP_HEADERS"] ?? "");
  if (!headers.ok) return headers;
  return ok({ endpoint: url.href, headers: headers.value, service: env["OTEL_SERVICE_NAME"] ?? "moltbot" });
}

function withoutSecrets(url: URL | undefined, text: string): string {
  return url ? `${url.protocol}//…` : text.slice(0, 16);
}

function headersOf(text: string): Result<Readonly<Record<string, Secret<string>>>> {
  const headers: Record<string, Secret<string>> = {};
  const parts = text.split(",").filter((part) => part.trim() !== "");
  if (parts.length > LIMITS.otlpHeaders) return invalid(`OTEL_EXPORTER_OTLP_HEADERS names more than ${LIMITS.otlpHeaders} headers.`);
  for (const part of parts) {
    const at = part.indexOf("=");
    const name = part.slice(0, Math.max(at, 0)).trim().toLowerCase();
    const value = decoded(part.slice(at + 1).trim());
    // The text itself is not shown: it may be a credential.
    if (at < 1 || !HEADER_NAME.test(name) || value === undefined || !HEADER_VALUE.test(value))
      return invalid("OTEL_EXPORTER_OTLP_HEADERS is not a list such as `name=value,name=value`.");
    headers[name] = new Secret(value);
  }
  return ok(headers);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function invalid(detail: string): Result<never> {
  return fail(problem("TELEMETRY_INVALID", { detail, remedy: "Correct the variable, or unset it: the gateway runs without a collector." }));
}
