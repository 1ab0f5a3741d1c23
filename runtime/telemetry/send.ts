import { LIMITS, type JsonObject } from "../../core/index.ts";
import { clientTls, nodeHttp, nodeHttps, type TlsExceptions } from "../net/index.ts";
import type { OtlpConfig } from "./config.ts";

/** What became of one request: taken, to be tried again, or refused for good. */
export type Sent = "taken" | "later" | "refused";

/** Answers of a collector after which the same request may succeed. Source: OTLP 1.x, "Retryable Response Codes". */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** One POST to a collector. Redirects are not followed, the answer is not read, TLS is 1.3 or newer, or what an exception says. */
export function post(
  config: OtlpConfig,
  path: "v1/traces" | "v1/logs",
  body: JsonObject,
  tls: TlsExceptions,
  signal: AbortSignal,
): Promise<Sent> {
  const url = new URL(path, config.endpoint.endsWith("/") ? config.endpoint : `${config.endpoint}/`);
  const text = Buffer.from(JSON.stringify(body));
  const headers: Record<string, string> = { "content-type": "application/json", "content-length": String(text.length) };
  for (const [name, value] of Object.entries(config.headers)) headers[name] = value.open();
  return new Promise((resolve) => {
    const options = {
      method: "POST",
      headers,
      signal,
      timeout: LIMITS.otlpTimeoutMs,
      ...(url.protocol === "https:" ? clientTls(url.hostname, tls) : {}),
    };
    const request = (url.protocol === "https:" ? nodeHttps() : nodeHttp()).request(url, options, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 0;
      resolve(status >= 200 && status < 300 ? "taken" : RETRYABLE.has(status) ? "later" : "refused");
      answer.on("error", () => {});
    });
    request.on("timeout", () => request.destroy(new Error("timeout")));
    request.on("error", () => resolve("later"));
    request.end(text);
  });
}
