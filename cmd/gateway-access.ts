import { fail, ok, problem, shown, systemClock, type JsonObject, type Result } from "../core/index.ts";
import type { Client } from "../runtime/client/index.ts";
import { Flags } from "./flags.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage.ts";
import { deviceKeys } from "./world.ts";

export const URL_FLAG = Flags.string({
  helpValue: "URL",
  description: "the gateway's address; without it, the one that runs on the state folder",
  env: "MOLTBOT_GATEWAY_URL",
});

export const ROLE_FLAG = Flags.option({
  options: ["viewer", "operator", "editor", "owner"] as const,
  description: "no more than this role (default: one's own)",
  env: "MOLTBOT_ROLE",
});

/** Without TLS only on this machine: nothing is said where others can read it. */
export async function gatewayUrl(text: string): Promise<string> {
  const { gatewayOrigin } = await import("../runtime/client/index.ts");
  const origin = gatewayOrigin(text);
  if (origin === undefined) throw new UsageError(`--url takes an https address, or http on this machine; found ${shown(text)}.`);
  return origin;
}

/** A gateway as whoever one is there: with the device key of a login, or over the socket of the state folder. */
export async function gatewayAs(session: Session, url: string | undefined): Promise<Result<Client>> {
  const { openClient } = await import("../runtime/client/index.ts");
  if (url !== undefined) {
    const { deviceKeyFor, readDeviceKey } = await import("../runtime/client/index.ts");
    const at = await gatewayUrl(url);
    const { named, folder } = deviceKeys();
    const file = named ?? deviceKeyFor(folder, at);
    if (file === undefined) return fail(notLoggedIn(at));
    return ok(openClient({ place: { url: at }, clock: systemClock, proof: { kind: "device", key: () => readDeviceKey(file) } }));
  }
  const { stateOf } = await import("./state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const socket = await socketOf(dir.value);
  return socket.ok ? ok(openClient({ place: { socket: socket.value }, clock: systemClock })) : socket;
}

/** One request to it. */
export async function askAs(
  session: Session,
  url: string | undefined,
  ...[method, path, body = null]: readonly [method: "GET" | "POST" | "DELETE", path: string, body?: JsonObject | null]
): Promise<Result<JsonObject>> {
  const client = await gatewayAs(session, url);
  return client.ok ? await client.value.ask(method, path, body, session.interrupt.signal) : client;
}

/** Every page of a list, until `most`. */
export async function listedAt(session: Session, url: string, path: string, most: number): Promise<Result<readonly JsonObject[]>> {
  const client = await gatewayAs(session, url);
  if (!client.ok) return client;
  const all: JsonObject[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page = await client.value.ask("GET", `${path}${cursor === "" ? "" : `?cursor=${cursor}`}`, null, session.interrupt.signal);
    if (!page.ok) return page;
    all.push(...(page.value["items"] as readonly JsonObject[]));
    const next = page.value["next"];
    cursor = typeof next === "string" && all.length < most ? next : null;
  }
  return ok(all);
}

/** Where the gateway of a state folder answers; `GATEWAY_UNREACHABLE` where none runs. */
async function socketOf(dir: string): Promise<Result<string>> {
  const { runningGateway } = await import("../runtime/process/index.ts");
  const running = runningGateway(dir);
  if (!running.ok) return running;
  const socket = running.value === null || running.value === "starting" ? null : running.value.socket;
  if (socket !== null) return ok(socket);
  return fail(
    problem("GATEWAY_UNREACHABLE", {
      detail: "No gateway runs on this state folder.",
      remedy: "Start it, or name another: --url URL\nmoltbot gateway run",
    }),
  );
}

function notLoggedIn(url: string): ReturnType<typeof problem> {
  return problem("API_UNAUTHENTICATED", {
    detail: `You are not logged in at ${url}: there is no device key for it here.`,
    remedy: `Log in, or name a key with MOLTBOT_DEVICE_KEY:\nmoltbot gateway login --url ${url}`,
  });
}
