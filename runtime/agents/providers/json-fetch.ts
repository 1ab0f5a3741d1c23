import { LIMITS } from "../../../core/index.ts";
import type { TlsExceptions } from "../../net/index.ts";
import { Fault } from "./fault.ts";
import { send } from "./http.ts";

/** How a library asks for small JSON documents. */
export type JsonFetch = (
  url: string,
  options: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown; readonly signal?: AbortSignal },
) => Promise<Response>;

/** Our connection as a `fetch` for small documents: no redirects, bounded in time and size. */
export function jsonFetch(tls: TlsExceptions = []): JsonFetch {
  return async (url, { method, headers, body, signal }) => {
    const bounds = {
      connectMs: LIMITS.providerConnectMs,
      firstByteMs: LIMITS.oauthRequestMs,
      idleMs: LIMITS.oauthRequestMs,
      maxResponseBytes: LIMITS.providerErrorBytes,
    };
    const text = body instanceof URLSearchParams ? body.toString() : typeof body === "string" ? body : "";
    const answer = await send({
      url: new URL(url),
      method: method === "POST" ? "POST" : "GET",
      headers: { ...headers, accept: "application/json" },
      body: text,
      bounds,
      tls,
      signal: signal ?? AbortSignal.timeout(LIMITS.oauthRequestMs),
    });
    if (answer.status >= 300 && answer.status < 400) throw new Fault({ detail: "redirected the request, which was not followed" });
    return new Response(await answer.text(), { status: answer.status, headers: { "content-type": answer.contentType } });
  };
}
