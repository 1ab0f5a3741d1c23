import { createHash, randomBytes, type KeyObject } from "node:crypto";
import http from "node:http";
import https from "node:https";
import {
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Clock,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import { CLIENT_TLS } from "../net/index.ts";
import { signRequest } from "../auth/index.ts";
import { diagnosticFrom } from "./problems.ts";

export interface DeviceKey {
  readonly name: string;
  readonly key: KeyObject;
}

export interface ClientWorld {
  /** `https://host[:port]`; `http://` on this machine only. */
  readonly url: string;
  readonly clock: Clock;
  /** Asked for at the first request. */
  readonly key: () => Result<DeviceKey>;
}

export interface Client {
  /** Which store answers; the same for the whole life of a client. */
  readonly lineage: (signal: AbortSignal) => Promise<Result<string>>;
  /** One signed request. Null where the answer has no body. */
  readonly ask: (
    method: "GET" | "POST" | "DELETE",
    target: string,
    body: JsonObject | null,
    signal: AbortSignal,
  ) => Promise<Result<JsonObject>>;
}

/** A gateway as somebody with a device key sees it. */
export function openClient({ url, clock, key }: ClientWorld): Client {
  let known: string | undefined;
  const send = async (
    method: string,
    target: string,
    body: Buffer | null,
    authorization: string | null,
    signal: AbortSignal,
  ): Promise<Result<JsonObject>> => {
    const at = placeOf(url);
    return at.ok ? await exchange(at.value, { method, target, body, authorization, signal }) : at;
  };
  const lineage = async (signal: AbortSignal): Promise<Result<string>> => {
    if (known !== undefined) return ok(known);
    const answer = await send("GET", "/v2/auth", null, null, signal);
    if (!answer.ok) return answer;
    const said = answer.value["lineage"];
    if (typeof said !== "string") return fail(unavailable(url, "it does not say which store it has"));
    known = said;
    return ok(said);
  };
  return {
    lineage,
    ask: async (method, target, body, signal) => {
      const device = key();
      if (!device.ok) return device;
      const store = await lineage(signal);
      if (!store.ok) return store;
      const bytes = body === null ? null : Buffer.from(JSON.stringify(body));
      const signed = signRequest(
        {
          lineage: store.value,
          method,
          target,
          bodySha256: createHash("sha256")
            .update(bytes ?? "")
            .digest("hex"),
          time: clock.now().toISOString(),
          nonce: randomBytes(18).toString("base64url"),
          key: `device:${device.value.name}`,
        },
        device.value.key,
      );
      return await send(method, target, bytes, signed, signal);
    },
  };
}

const HERE = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Without TLS only on this machine: nobody else may read what is said. */
function placeOf(text: string): Result<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && HERE.has(url.hostname));
  if (url && isSafe && url.username === "" && url.search === "") return ok(url);
  return fail(
    problem("GATEWAY_ADDRESS", {
      detail: `${shown(text)} is not an address that can be used: it must be https, or http on this machine.`,
    }),
  );
}

interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly body: Buffer | null;
  readonly authorization: string | null;
  readonly signal: AbortSignal;
}

function exchange(url: URL, { method, target, body, authorization, signal }: Exchange): Promise<Result<JsonObject>> {
  const headers: Record<string, string> = { accept: "application/json", connection: "close" };
  if (body) Object.assign(headers, { "content-type": "application/json", "content-length": String(body.length) });
  if (authorization !== null) headers["authorization"] = authorization;
  const at = new URL(target, url);
  const options = { method, headers, timeout: LIMITS.gatewayAnswerMs, signal, maxHeaderSize: LIMITS.apiHeaderBytes };
  return new Promise((resolve) => {
    const lost = (error: Error): void => resolve(fail(unavailable(url.origin, error.message)));
    const take = (answer: http.IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > LIMITS.gatewayAnswerBytes) answer.destroy(new Error("the answer is too long"));
        else chunks.push(chunk);
      });
      answer.on("error", lost);
      answer.on("end", () => resolve(answerOf(url, answer.statusCode ?? 0, Buffer.concat(chunks))));
    };
    const request = url.protocol === "https:" ? https.request(at, { ...options, ...CLIENT_TLS }, take) : http.request(at, options, take);
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", lost);
    request.end(body ?? undefined);
  });
}

function answerOf(url: URL, status: number, bytes: Buffer): Result<JsonObject> {
  const value = bytes.length === 0 ? {} : parsed(bytes);
  if (status >= 200 && status < 300 && isObject(value)) return ok(value);
  // What an unknown server says in other words is no answer of a gateway.
  return fail(
    isObject(value) ? diagnosticFrom(value, status) : unavailable(url.origin, `it answered ${status} in words that are not a gateway's`),
  );
}

function parsed(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}

function unavailable(url: string, why: string): Diagnostic {
  return problem("TARGET_UNAVAILABLE", {
    detail: `The gateway at ${shown(url)} does not answer as it should: ${shown(why)}.`,
    remedy: "Look whether it runs, and run the command again.",
  });
}
