import type * as http from "node:http";
import { LIMITS } from "../../../core/index.ts";
import { clientTls, isTlsTooOld, nodeHttp, nodeHttps, tlsTooOld, type TlsExceptions } from "../../net/index.ts";
import { Fault } from "./fault.ts";

/** Bounds on one request; each ends it with a {@link Fault} that says which. */
export interface HttpBounds {
  /** Until the connection stands, name and TLS included. */
  readonly connectMs: number;
  /** From then until the head of the answer is complete. */
  readonly firstByteMs: number;
  /** Between two lines of the answer. */
  readonly idleMs: number;
  readonly maxResponseBytes: number;
}

export interface HttpRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bounds: HttpBounds;
  /** Ends everything at once: the overall deadline, or a person. */
  readonly signal: AbortSignal;
  readonly tls: TlsExceptions;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower case, without parameters. */
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly location: string | null;
  /** The body by lines, without their ends, as many at once as arrived; at most {@link HttpBounds.maxResponseBytes}. */
  readonly lines: () => AsyncGenerator<readonly string[], void>;
  /** The body as one text, of the same size at most. */
  readonly text: () => Promise<string>;
  /** The beginning of the body as text, for messages; what does not decode is replaced. */
  readonly beginning: (maxBytes: number) => Promise<string>;
}

const MAX_HEAD_BYTES = 64 * 1024;
/** Nothing a retry would change: the certificate is wrong for this name, or not trusted. */
const CERTIFICATE = /CERT|SELF_SIGNED|ISSUER|ERR_TLS|UNABLE_TO_VERIFY/;

/**
 * One HTTP exchange without redirects, compression, cookies or proxies of its own. Written on node:http
 * because each phase has its own bound there, and nothing follows an answer to another host with the
 * credentials (docs/decisions/ has the comparison).
 */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const response = await head(request);
  const { headers } = response;
  return {
    status: response.statusCode ?? 0,
    contentType: (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    retryAfter: headers["retry-after"] ?? null,
    location: headers.location ?? null,
    lines: () => lines(response, request.bounds),
    text: async () => {
      let text = "";
      for await (const some of lines(response, request.bounds)) text += `${some.join("\n")}\n`;
      return text;
    },
    beginning: (maxBytes) => beginning(response, request.bounds, maxBytes),
  };
}

function head({ url, method, headers, body, bounds, signal, tls }: HttpRequest): Promise<http.IncomingMessage> {
  const { request: open } = url.protocol === "https:" ? nodeHttps() : nodeHttp();
  return new Promise((resolve, reject) => {
    const request = open(url, {
      method,
      headers: { ...headers, "accept-encoding": "identity" },
      maxHeaderSize: MAX_HEAD_BYTES,
      signal,
      ...(url.protocol === "https:" ? clientTls(url.hostname, tls) : {}),
    });
    const late = (detail: string) => (): void => void request.destroy(new Fault({ detail, isPassing: true }));
    let timer = setTimeout(late(`could not be reached within ${bounds.connectMs} ms`), bounds.connectMs);
    const onConnected = (): void => {
      clearTimeout(timer);
      timer = setTimeout(late(`did not begin to answer within ${bounds.firstByteMs} ms`), bounds.firstByteMs);
    };
    request.once("socket", (socket) => {
      if (socket.connecting) socket.once(url.protocol === "https:" ? "secureConnect" : "connect", onConnected);
      else onConnected();
    });
    request.once("response", (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    request.on("error", (error) => {
      clearTimeout(timer);
      reject(isTlsTooOld(error) ? tooOld(url, error) : faultOf(error));
    });
    request.end(body);
  });
}

function tooOld({ hostname }: URL, cause: Error): Fault {
  const { code, remedy } = tlsTooOld(hostname);
  const fault = new Fault({
    code,
    detail: "does not speak TLS 1.3, and no entry of policies.network.tlsExceptions in moltbot.yaml names it",
    remedy,
  });
  fault.cause = cause;
  return fault;
}

async function* lines(response: http.IncomingMessage, bounds: HttpBounds): AsyncGenerator<readonly string[], void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let pending = "";
  let total = 0;
  const late = (): void => void response.destroy(new Fault({ detail: `sent no complete line for ${bounds.idleMs} ms`, isPassing: true }));
  let timer = setTimeout(late, bounds.idleMs);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > bounds.maxResponseBytes) throw new Fault({ detail: `sent more than ${bounds.maxResponseBytes} bytes` });
      const parts = (pending + decode(decoder, chunk)).split("\n");
      pending = parts.pop() ?? "";
      if (pending.length > LIMITS.providerLineBytes)
        throw new Fault({ detail: `sent a line of more than ${LIMITS.providerLineBytes} bytes` });
      if (parts.length === 0) continue;
      // Only a whole line counts as a sign of life: one byte a second is not an answer.
      clearTimeout(timer);
      yield parts.map(withoutReturn);
      timer = setTimeout(late, bounds.idleMs);
    }
    if (pending !== "") yield [withoutReturn(pending)];
  } catch (error) {
    throw faultOf(error);
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function decode(decoder: TextDecoder, chunk: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new Fault({ detail: "sent bytes that are not UTF-8 text" });
  }
}

async function beginning(response: http.IncomingMessage, bounds: HttpBounds, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  const timer = setTimeout(() => void response.destroy(), bounds.idleMs);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      total += chunk.length;
      if (total >= maxBytes) break;
    }
  } catch {
    // What arrived before the end is enough for a message.
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8");
}

/** Any error of a request as a Fault. Its text comes from the system's error code, never from its message. */
function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = String((error as NodeJS.ErrnoException).code);
  if (code === "ABORT_ERR") return new Fault({ detail: "did not answer in time" });
  if (code === "HPE_HEADER_OVERFLOW") return new Fault({ detail: `sent a head of more than ${MAX_HEAD_BYTES} bytes` });
  if (code.startsWith("HPE_")) return new Fault({ detail: `did not answer in HTTP (${code})` });
  if (CERTIFICATE.test(code)) return new Fault({ detail: `has a certificate that does not verify (${code})` });
  if (code === "ECONNRESET" || code === "EPIPE") return new Fault({ detail: "closed the connection early", isPassing: true });
  return new Fault({ detail: `could not be reached (${/^[A-Z][A-Z0-9_]+$/.test(code) ? code : "unknown error"})`, isPassing: true });
}
