import { createPrivateKey, type KeyObject } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, shown, type Result } from "../../core/index.ts";
import type { DeviceKey } from "./client.ts";

const MAX_BYTES = 4_096;
const OTHERS = 0o077;
const STORE = /^Moltbot-Store: ([0-9a-f]{8,64})$/m;
const GATEWAY = /^Moltbot-Gateway: (https?:\/\/\S{1,300})$/m;

/** A device key with what it is for. */
export interface KeptKey extends DeviceKey {
  /** The gateway that a login was at; null: one of any address. */
  readonly url: string | null;
}

/**
 * A device key as `gateway devices add` and `gateway login` write it: `NAME.pem`, an Ed25519 key in PKCS#8 with
 * the store it is for above it, which nobody else may read. The device's name is the file's.
 */
export function readDeviceKey(file: string): Result<KeptKey> {
  const name = path.basename(file, ".pem");
  try {
    const stats = fs.statSync(file);
    if (!stats.isFile() || stats.size > MAX_BYTES) return unusable(file, "it is not a key file");
    if (process.platform !== "win32" && (stats.mode & OTHERS) !== 0) return unusable(file, "others may read it (chmod 600)");
    const text = fs.readFileSync(file, "utf8");
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType !== "ed25519") return unusable(file, "it is not an Ed25519 key");
    const [, lineage] = STORE.exec(text) ?? [];
    return ok({ name, key, url: GATEWAY.exec(text)?.[1] ?? null, ...(lineage === undefined ? {} : { lineage }) });
  } catch (error) {
    return unusable(file, error instanceof Error && "code" in error && error.code === "ENOENT" ? "it is not there" : "it cannot be read");
  }
}

/** The text of a key file. @param url - Of the gateway that a login was at. */
export function deviceKeyText(key: KeyObject, lineage: string, url: string | null): string {
  const gateway = url === null ? "" : `Moltbot-Gateway: ${url}\n`;
  return `Moltbot-Store: ${lineage}\n${gateway}${key.export({ format: "pem", type: "pkcs8" })}`;
}

/** The key of a folder for the gateway at an address: of a login there, else the only one that is for any. */
export function deviceKeyFor(folder: string, url: string): string | undefined {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(".pem")) : [];
  const keys = files.sort().map((name) => ({ file: path.join(folder, name), key: readDeviceKey(path.join(folder, name)) }));
  const own = keys.findLast(({ key }) => key.ok && key.value.url === url);
  // One that cannot be used is named, and not passed over for another one.
  const any = keys.filter(({ key }) => !key.ok || key.value.url === null);
  return own?.file ?? (any.length === 1 ? any[0]?.file : undefined);
}

function unusable(file: string, why: string): Result<never> {
  return fail(
    problem("GATEWAY_KEY", {
      detail: `The device key ${shown(file)} cannot be used: ${why}.`,
      remedy:
        "Log in, or make one and name it:\nmoltbot gateway login --url URL\nmoltbot gateway devices add NAME --role editor\nMOLTBOT_DEVICE_KEY=FILE moltbot plan",
    }),
  );
}
