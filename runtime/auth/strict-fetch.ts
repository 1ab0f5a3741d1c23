import type http from "node:http";
import { LIMITS } from "../../core/index.ts";
import { clientTls, isTlsTooOld, nodeHttp, nodeHttps, tlsTooOld, type TlsExceptions } from "../net/index.ts";

/**
 * `fetch` as a login provider is asked: TLS 1.3 or what an exception says, no redirect followed, an answer of bounded size in bounded time. Node's
 * own `fetch` takes TLS 1.2 as well, and says nothing of it.
 *
 * @param tls - Which hosts, as of now, may speak less; absent: none.
 * @param ca - Believed instead of the certificate authorities of the system.
 */
export function strictFetch(ca?: string | Buffer, tls: () => TlsExceptions = () => []): typeof fetch {
  return async (input, init = {}) => {
    const request = new Request(input, { ...init, redirect: "manual" });
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    const url = new URL(request.url);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(LIMITS.oidcTimeoutMs)]);
    const headers = { ...Object.fromEntries(request.headers), ...(body === null ? {} : { "content-length": String(body.length) }) };
    const options = { method: request.method, headers, signal };
    return await new Promise<Response>((resolve, reject) => {
      const take = (answer: http.IncomingMessage): void => void responseOf(answer).then(resolve, reject);
      const made =
        url.protocol === "https:"
          ? nodeHttps().request(url, { ...options, ...clientTls(url.hostname, tls()), ...(ca === undefined ? {} : { ca }) }, take)
          : nodeHttp().request(url, options, take);
      made.on("error", (error) => reject(isTlsTooOld(error) ? new Error(tlsTooOld(url.hostname).detail, { cause: error }) : error));
      made.end(body ?? undefined);
    });
  };
}

async function responseOf(answer: http.IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LIMITS.oidcAnswerBytes) throw new Error(`an answer of more than ${LIMITS.oidcAnswerBytes} bytes`);
    parts.push(part);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) for (const each of value ?? []) headers.append(name, each);
  const status = answer.statusCode ?? 502;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(parts), { status, headers });
}
