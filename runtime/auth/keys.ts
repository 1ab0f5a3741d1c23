import { createPrivateKey, generateKeyPairSync, hkdfSync, randomBytes, type KeyObject } from "node:crypto";
import { isObject, ok, Secret, type Json, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { damaged, readSealed, writeSealed } from "./sealed.ts";

/**
 * What signs tokens: made at the first start with a store, and sealed in it. It is lost only with the store's
 * own key, which ends every login by itself; docs/decisions says why it is no file.
 */
export interface AuthKeys {
  /** Ed25519: access tokens. */
  readonly access: KeyObject;
  /** For refresh tokens. */
  readonly refresh: Secret<Uint8Array>;
}

const SLOT = "auth/key";

export function authKeys(records: SealedRecords): Result<AuthKeys> {
  const kept = readSealed(records, SLOT);
  if (!kept.ok) return kept;
  if (kept.value !== null) return keysFrom(kept.value);
  const made = {
    formatVersion: "1.0",
    access: generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
    refresh: randomBytes(32).toString("base64"),
  };
  const written = writeSealed(records, SLOT, made);
  return written.ok ? keysFrom(made) : written;
}

function keysFrom(kept: Json): Result<AuthKeys> {
  const { access, refresh } = isObject(kept) ? kept : {};
  if (typeof access !== "string" || typeof refresh !== "string") return damaged("The key that signs tokens");
  const key = createPrivateKey({ key: Buffer.from(access, "base64"), format: "der", type: "pkcs8" });
  const own = hkdfSync("sha256", Buffer.from(refresh, "base64"), "", "moltbot/refresh-token/1", 32);
  return ok({ access: key, refresh: new Secret(new Uint8Array(own)) });
}
