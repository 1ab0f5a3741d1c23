import http from "node:http";
import https from "node:https";
import { fail, isObject, LIMITS, ok, problem, shown, type Json, type JsonObject, type Result } from "../core/index.ts";
import { CLIENT_TLS } from "../runtime/net/index.ts";
import { UsageError } from "./usage.ts";

/** A gateway's API from outside: at an address, or over the socket of a state folder. */
export type GatewayPlace = { readonly url: string } | { readonly socket: string };

/** One request. TLS is 1.3 or newer; redirects are not followed: a token goes to the address it is for, and nowhere else. */
export function askGateway(
  place: GatewayPlace,
  method: "GET" | "POST",
  path: string,
  body: JsonObject | null,
  accessToken?: string,
): Promise<Result<Json>> {
  const text = body === null ? null : Buffer.from(JSON.stringify(body));
  const headers: Record<string, string> = { accept: "application/json" };
  if (text) Object.assign(headers, { "content-type": "application/json", "content-length": String(text.length) });
  if (accessToken !== undefined) headers["authorization"] = `Bearer ${accessToken}`;
  const options = { method, headers, timeout: LIMITS.gatewayAnswerMs };
  return new Promise((resolve) => {
    const take = (answer: http.IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > LIMITS.gatewayAnswerBytes) answer.destroy(new Error("the answer is too long"));
        else chunks.push(chunk);
      });
      answer.on("end", () => resolve(answered(answer.statusCode ?? 0, Buffer.concat(chunks).toString("utf8"))));
      answer.on("error", (error) => resolve(unreachableAt(place, error)));
    };
    const request =
      "socket" in place
        ? http.request({ ...options, socketPath: place.socket, path }, take)
        : place.url.startsWith("https:")
          ? https.request(new URL(path, place.url), { ...options, ...CLIENT_TLS }, take)
          : http.request(new URL(path, place.url), options, take);
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", (error) => resolve(unreachableAt(place, error)));
    request.end(text ?? undefined);
  });
}

/** Without TLS only on this machine: a token is never sent where others can read it. */
export function gatewayUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url?.hostname === "127.0.0.1" || url?.hostname === "[::1]" || url?.hostname === "localhost";
  if (!url || (url.protocol !== "https:" && !(url.protocol === "http:" && isHere)) || url.username !== "" || url.search !== "")
    throw new UsageError(`--url takes an https address, or http on this machine; found ${shown(text)}.`);
  return url.origin;
}

function answered(status: number, text: string): Result<Json> {
  let value: unknown;
  try {
    value = text === "" ? null : JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (status >= 200 && status < 300 && value !== undefined) return ok(value as Json);
  const { code, detail } = isObject(value) ? value : {};
  return fail(
    problem("GATEWAY_REFUSED", {
      detail: `The gateway answered ${status}${typeof detail === "string" ? `: ${shown(detail, 300)}` : "."}`,
      context: { status, ...(typeof code === "string" ? { code } : {}) },
      ...(status === 401 ? { remedy: "Log in:\nmoltbot gateway login --url URL" } : {}),
    }),
  );
}

function unreachableAt(place: GatewayPlace, cause: Error): Result<never> {
  const where = "socket" in place ? `the socket ${shown(place.socket)}` : shown(place.url);
  return fail(
    problem("GATEWAY_UNREACHABLE", {
      detail: `No gateway answers at ${where}: ${cause.message}.`,
      remedy: "Does it run?\nmoltbot gateway status",
      cause,
    }),
  );
}
