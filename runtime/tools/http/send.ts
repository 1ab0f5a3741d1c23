import type http from "node:http";
import type https from "node:https";
import zlib from "node:zlib";
import { pipeline, type Readable } from "node:stream";
import { fail, LIMITS, ok, problem, shown, type Result } from "../../../core/index.ts";
import { clientTls, isTlsTooOld, nodeHttp, nodeHttps, pinnedLookup, tlsTooOld, type TlsExceptions, type Pinned } from "../../net/index.ts";
import type { Target } from "./target.ts";

/** One request, as it goes over the wire. */
export interface Sending {
  readonly method: string;
  readonly target: Target;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly maxBytes: number;
  readonly tls: TlsExceptions;
  readonly ca?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends one request to exactly the addresses that were judged. Follows nothing, keeps no connection and no cookie. */
export function send(sending: Sending, pinned: Pinned, signal: AbortSignal): Promise<Result<Answer>> {
  const { target, method, headers, body, tls, ca } = sending;
  const bare = target.host.replace(/^\[|\]$/g, "");
  const options: https.RequestOptions = {
    method: method.toUpperCase(),
    host: bare,
    port: target.port,
    path: target.path + target.query,
    headers: { "accept-encoding": "gzip, br", "user-agent": "moltbot", ...headers, ...(body ? { "content-length": body.length } : {}) },
    lookup: pinnedLookup(pinned),
    agent: false,
    signal,
    maxHeaderSize: LIMITS.httpHeaderBytes,
    insecureHTTPParser: false,
  };
  return new Promise((resolve) => {
    const broke = (error: unknown): void => resolve(fail(failure(target, error)));
    const taken = (response: http.IncomingMessage): void => {
      resolve(answerOf(response, sending).catch((error: unknown) => fail(failure(target, error))));
    };
    try {
      const request =
        target.protocol === "https:"
          ? nodeHttps().request({ ...options, ...clientTls(target.host, tls), ...(ca === undefined ? {} : { ca }) }, taken)
          : nodeHttp().request(options, taken);
      request.on("error", broke);
      request.end(body ?? undefined);
    } catch (error) {
      broke(error);
    }
  });
}

async function answerOf(response: http.IncomingMessage, { method, maxBytes }: Sending): Promise<Result<Answer>> {
  const body = await readBody(response, method, maxBytes);
  return body.ok ? ok({ status: response.statusCode ?? 0, headers: response.headers, body: body.value }) : body;
}

/** The body, unpacked; at most so many bytes of it, before and after. */
async function readBody(response: http.IncomingMessage, method: string, maxBytes: number): Promise<Result<Buffer>> {
  const stream = unpacked(response);
  if (!stream) {
    response.destroy();
    return fail(
      problem("HTTP_FAILED", {
        detail: `The answer is packed as ${shown(response.headers["content-encoding"])}, which was not asked for.`,
      }),
    );
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  if (method === "head") return ok(Buffer.alloc(0));
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) {
      response.destroy();
      return fail(problem("HTTP_LIMIT", { detail: `The answer has more than ${maxBytes} bytes.`, context: { limit: maxBytes } }));
    }
    parts.push(part);
  }
  return ok(Buffer.concat(parts));
}

function unpacked(response: http.IncomingMessage): Readable | undefined {
  const encoding = response.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return response;
  const unpack = encoding === "gzip" ? zlib.createGunzip() : encoding === "br" ? zlib.createBrotliDecompress() : undefined;
  // What is wrong with the stream arrives where it is read.
  if (unpack) pipeline(response, unpack, () => undefined);
  return unpack;
}

function failure({ host, port }: Target, error: unknown): ReturnType<typeof problem> {
  if (isTlsTooOld(error)) return tlsTooOld(host);
  const code = error instanceof Error ? ("code" in error ? String(error.code) : error.message) : "it broke off";
  return problem("HTTP_FAILED", { detail: `The request to ${shown(host)} port ${port} failed: ${code}.`, context: { host, port } });
}
