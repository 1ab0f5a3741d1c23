import { createPrivateKey } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, shown, type Result } from "../../core/index.ts";
import type { DeviceKey } from "./client.ts";

const MAX_BYTES = 4_096;
const OTHERS = 0o077;

/**
 * A device key as `gateway devices add` writes it: `NAME.pem`, an Ed25519 key in PKCS#8, which nobody else may
 * read. The device's name is the file's.
 */
export function readDeviceKey(file: string): Result<DeviceKey> {
  const name = path.basename(file, ".pem");
  try {
    const stats = fs.statSync(file);
    if (!stats.isFile() || stats.size > MAX_BYTES) return unusable(file, "it is not a key file");
    if ((stats.mode & OTHERS) !== 0) return unusable(file, "others may read it (chmod 600)");
    const key = createPrivateKey(fs.readFileSync(file));
    if (key.asymmetricKeyType !== "ed25519") return unusable(file, "it is not an Ed25519 key");
    return ok({ name, key });
  } catch (error) {
    return unusable(file, error instanceof Error && "code" in error && error.code === "ENOENT" ? "it is not there" : "it cannot be read");
  }
}

function unusable(file: string, why: string): Result<never> {
  return fail(
    problem("GATEWAY_KEY", {
      detail: `The device key ${shown(file)} cannot be used: ${why}.`,
      remedy: "Make one, and name it:\nmoltbot gateway devices add NAME --role editor\nMOLTBOT_DEVICE_KEY=FILE moltbot plan",
    }),
  );
}
