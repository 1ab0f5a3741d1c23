import type http from "node:http";
import { fail, isObject, LIMITS, ok, problem, shown, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { clientTls, isTlsTooOld, nodeHttp, nodeHttps, tlsTooOld, type TlsExceptions } from "../net/index.ts";
import { diagnosticFrom, type Unreachable } from "./problems.ts";

/** A gateway's API from outside: at an address, or over the socket of a state folder. */
export type Place =
  /** `tls`: hosts that may be reached with less than TLS 1.3; absent: none. */
  { readonly url: string; readonly tls?: TlsExceptions } | { readonly socket: string };

export interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly body: Buffer | null;
  readonly authorization: string | null;
  readonly signal: AbortSignal;
}

const HERE = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Without TLS only on this machine: nobody else may read what is said. @returns the origin; undefined for what is no such address. */
export function gatewayOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && HERE.has(url.hostname));
  return url && isSafe && url.username === "" && url.search === "" ? url.origin : undefined;
}

/** One request. TLS is 1.3 or newer, or what an exception says; redirects are not followed: a proof goes to the address it is for, and nowhere else. */
export async function exchange(place: Place, of: Exchange, unreachable: Unreachable): Promise<Result<JsonObject>> {
  const origin = "url" in place ? gatewayOrigin(place.url) : undefined;
  if ("url" in place && origin === undefined)
    return fail(
      problem("GATEWAY_ADDRESS", {
        detail: `${shown(place.url)} is not an address that can be used: it must be https, or http on this machine.`,
      }),
    );
  const host = origin === undefined ? "" : new URL(origin).hostname;
  const exceptions = ("url" in place ? place.tls : undefined) ?? [];
  const name = origin ?? ("socket" in place ? place.socket : "");
  const { method, target, body, authorization, signal } = of;
  const headers: Record<string, string> = { accept: "application/json", connection: "close" };
  if (body) Object.assign(headers, { "content-type": "application/json", "content-length": String(body.length) });
  if (authorization !== null) headers["authorization"] = authorization;
  const options = { method, headers, timeout: LIMITS.gatewayAnswerMs, signal, maxHeaderSize: LIMITS.apiHeaderBytes };
  return await new Promise((resolve) => {
    const lost = (error: Error): void => resolve(fail(isTlsTooOld(error) ? tlsTooOld(host) : unreachable(name, error.message)));
    const take = (answer: http.IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > LIMITS.gatewayAnswerBytes) answer.destroy(new Error("the answer is too long"));
        else chunks.push(chunk);
      });
      answer.on("error", lost);
      answer.on("end", () => resolve(answerOf(name, answer.statusCode ?? 0, Buffer.concat(chunks), unreachable)));
    };
    const request =
      origin === undefined
        ? nodeHttp().request({ ...options, socketPath: name, path: target, headers: { ...headers, host: "gateway" } }, take)
        : origin.startsWith("https:")
          ? nodeHttps().request(new URL(target, origin), { ...options, ...clientTls(host, exceptions) }, take)
          : nodeHttp().request(new URL(target, origin), options, take);
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", lost);
    request.end(body ?? undefined);
  });
}

function answerOf(name: string, status: number, bytes: Buffer, unreachable: Unreachable): Result<JsonObject> {
  const value = bytes.length === 0 ? {} : parsed(bytes);
  if (status >= 200 && status < 300 && isObject(value)) return ok(value);
  // What an unknown server says in other words is no answer of a gateway.
  return fail(
    isObject(value)
      ? diagnosticFrom(value, status, name, unreachable)
      : unreachable(name, `it answered ${status} in words that are not a gateway's`),
  );
}

function parsed(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
