import { fail, LIMITS, ok, problem, type Diagnostic, type Result } from "../../../core/index.ts";
import { clientTls, isTlsTooOld, nodeHttp, nodeHttps, tlsTooOld, type TlsExceptions } from "../../net/index.ts";

export interface HttpAnswer {
  readonly status: number;
  /** Seconds of `Retry-After`, where it has a number. */
  readonly retryAfterS: number | null;
  readonly body: Buffer;
}

export interface HttpCall {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly tls: TlsExceptions;
}

/** The codes of a request that failed: `reached` says whether the platform may have it. */
function failedTo(isReached: boolean, why: string): Diagnostic {
  return isReached
    ? problem("CHANNEL_NO_ANSWER", { detail: `The platform did not say whether it took the request: ${why}.` })
    : problem("CHANNEL_FAILED", { detail: `The platform could not be reached: ${why}.` });
}

/**
 * One request to an address that the configuration names. Redirects are not followed, TLS is 1.3 or newer or what an exception says, the
 * answer is bounded. What goes wrong is told without the address: it may hold a token.
 *
 * @returns `CHANNEL_FAILED` where no byte of it was sent, `CHANNEL_NO_ANSWER` where the platform may have it.
 */
export function call(
  { method, url, headers = {}, body, maxBytes, timeoutMs, tls }: HttpCall,
  signal: AbortSignal,
): Promise<Result<HttpAnswer>> {
  return new Promise((resolve) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const options = {
      method,
      headers: { ...headers, ...(body ? { "content-length": String(body.length) } : {}) },
      signal: limit,
      ...(url.protocol === "https:" ? clientTls(url.hostname, tls) : {}),
    };
    let isConnected = false;
    const request = (url.protocol === "https:" ? nodeHttps() : nodeHttp()).request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) {
          request.destroy();
          return resolve(fail(failedTo(true, `its answer has more than ${maxBytes} bytes`)));
        }
        chunks.push(chunk);
        return undefined;
      });
      answer.on("error", () => resolve(fail(failedTo(true, "its answer broke off"))));
      answer.on("end", () => {
        const retryAfter = Number(answer.headers["retry-after"] ?? Number.NaN);
        resolve(ok({ status: answer.statusCode ?? 0, retryAfterS: retryAfter >= 0 ? retryAfter : null, body: Buffer.concat(chunks) }));
      });
    });
    request.on("socket", (socket) => {
      const connected = (): void => {
        isConnected = true;
      };
      if (request.reusedSocket || !socket.connecting) connected();
      else socket.once(url.protocol === "https:" ? "secureConnect" : "connect", connected);
    });
    request.on("error", (error) => {
      if (isTlsTooOld(error)) return resolve(fail(tlsTooOld(url.hostname)));
      const code = "code" in error ? String(error.code) : "";
      const why = signal.aborted
        ? "it was stopped"
        : limit.aborted
          ? `no answer within ${timeoutMs / 1000} s`
          : code === ""
            ? "it failed"
            : code;
      resolve(fail(failedTo(isConnected, why)));
    });
    request.end(body);
  });
}

/** What an answer's status means for a message that was to be sent; undefined: it was taken. */
export function refusalOf({ status, retryAfterS }: Pick<HttpAnswer, "status" | "retryAfterS">): Diagnostic | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 429 || status === 503)
    return problem("CHANNEL_THROTTLED", {
      detail: "The platform asks for a pause.",
      context: { retryAfterMs: Math.ceil((retryAfterS ?? LIMITS.channelBackoffMs / 1000) * 1000) },
    });
  if (status === 401) return problem("CHANNEL_CREDENTIALS", { detail: "The platform refuses the credentials (401)." });
  if (status >= 400 && status < 500) return problem("ANSWER_REFUSED", { detail: `The platform refuses the answer (${status}).` });
  return problem("CHANNEL_FAILED", { detail: `The platform answered with ${status}.` });
}
