import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fail, LIMITS, ok, systemClock, type JsonObject, type Result } from "../core/index.ts";
import { deviceKeyText, openClient, readDeviceKey } from "../runtime/client/index.ts";
import type { LoggedIn } from "./logging-in.ts";
import { writeFileAtomically } from "./reports.ts";
import { deviceKeys } from "./world.ts";

/** A key pair of a new device; the public half as the API takes it. */
export function newDeviceKey(): { readonly key: KeyObject; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { key: privateKey, publicKey: publicKey.export({ format: "jwk" }).x ?? "" };
}

/** Keeps a device key where nobody else may read it. @param name - Judged by the gateway: safe as a file's. */
export function keepDeviceKey(name: string, key: KeyObject, lineage: string, url: string | null): Result<string> {
  const file = path.join(deviceKeys().folder, `${name}.pem`);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const failure = writeFileAtomically(file, deviceKeyText(key, lineage, url), 0o600);
  return failure ? fail(failure) : ok(file);
}

const DAY_MS = 86_400_000;

/**
 * What is kept of a login: a key of this machine, which signs every request. The tokens are used for making it
 * known, and ended. Keys of earlier logins at the same address are ended, too.
 */
export async function enrol(
  url: string,
  login: LoggedIn,
  signal: AbortSignal,
): Promise<Result<{ readonly device: string; readonly file: string }>> {
  const { key, publicKey } = newDeviceKey();
  const name = deviceName();
  const bearer = openClient({ place: { url }, clock: systemClock, proof: { kind: "bearer", token: login.accessToken } });
  const body: JsonObject = { name, publicKey, role: login.role, days: Math.floor(LIMITS.loginMs / DAY_MS) };
  const made = await bearer.ask("POST", "/v2/auth/devices", body, signal);
  if (!made.ok) return made;
  const kept = keepDeviceKey(name, key, login.lineage, url);
  // Whether it could be kept or not, nothing else of the login stays.
  if (!kept.ok) await bearer.ask("POST", "/v2/auth/revoke", { token: `device:${name}` }, signal);
  await bearer.ask("POST", "/v2/auth/revoke", {}, signal);
  if (!kept.ok) return kept;
  for (const file of keysAt(url)) if (file !== kept.value) await forgetKey(url, file, signal);
  return ok({ device: name, file: kept.value });
}

/** The keys of logins at an address. */
export function keysAt(url: string): readonly string[] {
  const { folder } = deviceKeys();
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(".pem")) : [];
  return files
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => {
      const key = readDeviceKey(file);
      return key.ok && key.value.url === url;
    });
}

/** Ends a device there, signed by itself, and removes its key here, whatever the gateway says. */
export async function forgetKey(url: string, file: string, signal: AbortSignal): Promise<boolean> {
  const client = openClient({ place: { url }, clock: systemClock, proof: { kind: "device", key: () => readDeviceKey(file) } });
  const revoked = await client.ask("POST", "/v2/auth/revoke", {}, signal);
  fs.rmSync(file, { force: true });
  return revoked.ok;
}

/** Of the machine, so that one knows it in the list; and no other one of it. */
function deviceName(): string {
  const host = os
    .hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40);
  return `${host}-${randomBytes(4).toString("hex")}`.replaceAll(/^-+|-(?=-)/g, "");
}
