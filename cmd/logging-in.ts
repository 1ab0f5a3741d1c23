import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fail, isObject, LIMITS, ok, problem, systemClock, type Json, type JsonObject, type Result } from "../core/index.ts";
import { openClient } from "../runtime/client/index.ts";

/** What a login gives; the token is used once, to make the key known that is kept. */
export interface LoggedIn {
  readonly accessToken: string;
  readonly role: string;
  readonly person: string;
  readonly lineage: string;
}

/** The two ways to log in at a gateway, as a client. */
export interface LoginWorld {
  readonly url: string;
  readonly role: string | undefined;
  readonly signal: AbortSignal;
  /** Tells the person where to go. */
  readonly show: (text: string) => void;
}

/** With a browser on this machine: it comes back to a port of ours that takes one answer. */
export async function loginByBrowser({ url, role, signal, show }: LoginWorld): Promise<Result<LoggedIn>> {
  const ask = asking(url, signal);
  const come = Promise.withResolvers<string>();
  const server = http.createServer((request, response) => {
    const asked = new URL(request.url ?? "/", "http://127.0.0.1");
    const isAnswer = request.method === "GET" && asked.pathname === "/callback" && asked.search.length > 1;
    const headers = {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      connection: "close",
    };
    response
      .writeHead(isAnswer ? 200 : 404, headers)
      .end(isAnswer ? "You can close this window and go back to the terminal.\n" : "Nothing is here.\n");
    if (isAnswer) come.resolve(asked.search.slice(1));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
    const begun = await ask("/v2/auth/logins", { redirectUri, ...wished(role) });
    if (!begun.ok) return begun;
    const { login, authorizationUrl } = isObject(begun.value) ? begun.value : {};
    if (typeof login !== "string" || typeof authorizationUrl !== "string" || !/^https?:\/\//.test(authorizationUrl)) return strange();
    show(`Open this address in a browser on this machine:\n${authorizationUrl}\n`);
    const query = await Promise.race([come.promise, wait(LIMITS.pendingLoginMs, null, { signal, ref: false }).catch(() => null)]);
    if (query === null) return late();
    return loggedInOf(await ask("/v2/auth/logins/finish", { login, query }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** With a code that is entered on any other machine. */
export async function loginByCode({ url, role, signal, show }: LoginWorld): Promise<Result<LoggedIn>> {
  const ask = asking(url, signal);
  const begun = await ask("/v2/auth/device-logins", wished(role));
  if (!begun.ok) return begun;
  const { login, verificationUri, userCode, intervalMs } = isObject(begun.value) ? begun.value : {};
  if (typeof login !== "string" || typeof verificationUri !== "string" || typeof userCode !== "string") return strange();
  show(`Open ${verificationUri} on any machine and enter the code ${userCode}\n`);
  const pauseMs = Math.max(1_000, typeof intervalMs === "number" ? intervalMs : 5_000);
  const end = performance.now() + LIMITS.pendingLoginMs;
  while (performance.now() < end && !signal.aborted) {
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    const polled = await ask("/v2/auth/device-logins/poll", { login });
    if (!polled.ok) return polled;
    const tokens = isObject(polled.value) ? polled.value["tokens"] : undefined;
    if (tokens !== null && tokens !== undefined) return loggedInOf(ok(tokens));
  }
  return late();
}

function wished(role: string | undefined): JsonObject {
  return role === undefined ? {} : { role };
}

function asking(url: string, signal: AbortSignal): (path: string, body: JsonObject) => Promise<Result<JsonObject>> {
  const client = openClient({ place: { url }, clock: systemClock });
  return (path, body) => client.ask("POST", path, body, signal);
}

function loggedInOf(result: Result<Json>): Result<LoggedIn> {
  if (!result.ok) return result;
  const { accessToken, role, person, lineage } = isObject(result.value) ? result.value : {};
  const all = { accessToken, role, person, lineage };
  return Object.values(all).every((each) => typeof each === "string") ? ok(all as unknown as LoggedIn) : strange();
}

function strange(): Result<never> {
  return fail(problem("GATEWAY_REFUSED", { detail: "What answers there is no gateway of moltbot, or one of another version." }));
}

function late(): Result<never> {
  return fail(
    problem("AUTH_LOGIN_REFUSED", { detail: "The login was not finished in time.", remedy: "Try again:\nmoltbot gateway login --url URL" }),
  );
}
