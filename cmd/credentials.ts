import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { canonicalJson, fail, isObject, ok, problem, shown, type Json, type JsonObject, type Result } from "../core/index.ts";
import { configFolder } from "./config-folder.ts";
import { askGateway } from "./gateway-client.ts";
import { writeFileAtomically } from "./reports.ts";

/** What `gateway login` keeps, by the gateway's address, in a file of the user that nobody else may read. */
export interface Credentials {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly role: string;
  readonly person: string;
  readonly lineage: string;
}

const FOR_OTHERS = 0o077;
const MAX_BYTES = 1024 * 1024;
/** A token that ends so soon is renewed first. */
const SOON_MS = 60_000;
const LOCK_STALE_MS = 60_000;
const LOCK_WAIT_MS = 15_000;

function credentialsFile(): string {
  return path.join(configFolder(), "credentials.json");
}

/** The access token for a gateway, renewed first where it ends soon. */
export async function accessTokenFor(url: string): Promise<Result<Credentials>> {
  return await changing(async (all) => {
    const found = all.get(url);
    if (!found) return fail(notLoggedIn(url));
    if (Date.parse(found.expiresAt) - Date.now() > SOON_MS) return ok(found);
    const renewed = await askGateway({ url }, "POST", "/v2/auth/refresh", { refreshToken: found.refreshToken });
    if (!renewed.ok) return renewed;
    const next = credentialsFrom(renewed.value);
    if (!next) return fail(notLoggedIn(url));
    all.set(url, next);
    return ok(next);
  });
}

/** Keeps what a login gave; null forgets it. @returns what was there before */
export async function keepCredentials(url: string, credentials: Credentials | null): Promise<Result<Credentials | null>> {
  return await changing(async (all) => {
    const before = all.get(url) ?? null;
    if (credentials) all.set(url, credentials);
    else all.delete(url);
    return ok(before);
  });
}

export function credentialsFrom(value: Json | undefined): Credentials | undefined {
  if (!isObject(value)) return undefined;
  const { accessToken, expiresAt, refreshToken, role, person, lineage } = value;
  const all = { accessToken, expiresAt, refreshToken, role, person, lineage };
  return Object.values(all).every((each) => typeof each === "string") ? (all as unknown as Credentials) : undefined;
}

/**
 * One process at a time: a refresh token is good once, and two that used the same one would end the login.
 * The file is written only where something changed.
 */
async function changing<T>(act: (all: Map<string, Credentials>) => Promise<Result<T>>): Promise<Result<T>> {
  fs.mkdirSync(configFolder(), { recursive: true, mode: 0o700 });
  const lock = await takeLock(`${credentialsFile()}.lock`);
  if (!lock.ok) return lock;
  try {
    const all = read();
    if (!all.ok) return all;
    const before = textOf(all.value);
    const done = await act(all.value);
    const after = textOf(all.value);
    const failure = after === before ? undefined : writeFileAtomically(credentialsFile(), after, 0o600);
    return failure ? fail(failure) : done;
  } finally {
    lock.value();
  }
}

function read(): Result<Map<string, Credentials>> {
  const file = credentialsFile();
  const stats = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stats) return ok(new Map());
  if (!stats.isFile() || stats.size > MAX_BYTES || (process.platform !== "win32" && (stats.mode & FOR_OTHERS) !== 0))
    return fail(
      problem("CREDENTIALS_UNSAFE", {
        detail: `${shown(file)} is no file, or others could read it, so what is in it is not used.`,
        remedy: `Remove it and log in again:\nrm ${file}`,
      }),
    );
  const value = jsonOf(fs.readFileSync(file, "utf8"));
  const entries = isObject(value) && isObject(value["gateways"]) ? Object.entries(value["gateways"]) : [];
  return ok(
    new Map(
      entries.flatMap(([url, each]) => {
        const found = credentialsFrom(each);
        return found ? [[url, found] as const] : [];
      }),
    ),
  );
}

function textOf(all: ReadonlyMap<string, Credentials>): string {
  return `${canonicalJson({ formatVersion: "1.0", gateways: Object.fromEntries(all) as unknown as JsonObject })}\n`;
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

async function takeLock(file: string): Promise<Result<() => void>> {
  const end = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      fs.closeSync(fs.openSync(file, "wx", 0o600));
      return ok(() => fs.rmSync(file, { force: true }));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const age = Date.now() - (fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LOCK_STALE_MS) fs.rmSync(file, { force: true });
    else if (performance.now() > end)
      return fail(
        problem("GATEWAY_UNREACHABLE", {
          detail: "Another moltbot is logging in at this moment.",
          remedy: `Try again, or remove ${file}.`,
        }),
      );
    await wait(50);
  }
}

function notLoggedIn(url: string) {
  return problem("API_UNAUTHENTICATED", {
    detail: `You are not logged in at ${url}.`,
    remedy: `Log in:\nmoltbot gateway login --url ${url}`,
  });
}
