import { digestBytes, fail, isObject, ok, problem, shown, type Digest, type Result } from "../../core/index.ts";
import { readBackupKeys } from "./backup-file.ts";
import { fault, guard } from "./faults.ts";
import { readSmall, type Places } from "./files.ts";
import { checkKeyFile, KEY_NAMES, keyFile, MAX_KEY_FILE } from "./keys.ts";
import { checkStateDir, storePresence } from "./state-dir.ts";
import type { KeyName } from "./types.ts";

/**
 * The key files of a store inside a backup: one age file, for people who keep an identity elsewhere. Sealing
 * and opening are the age library's and take time; the store's own part stays synchronous.
 */
export interface SealedKeys {
  readonly bytes: Uint8Array;
  /** Of the key files that were sealed: the backup is of a store that still has these. */
  readonly of: Digest;
}

/** Seals the key files that stand, as they stand: a locked one stays locked inside. */
export async function sealKeys(dir: string, recipients: readonly string[]): Promise<Result<SealedKeys>> {
  const read = guard(() => {
    const places = checkStateDir(dir);
    if (!places || storePresence(places) !== "present") throw fault("NO_RECORD", "There is no store here yet, so it has no keys.");
    return ok(keyTexts(places));
  });
  if (!read.ok) return read;
  const { Encrypter } = await import("age-encryption");
  const age = new Encrypter();
  for (const recipient of recipients) age.addRecipient(recipient);
  const plain = JSON.stringify({ formatVersion: "1.0", kind: "Keys", keys: Object.fromEntries(read.value) });
  return ok({ bytes: await age.encrypt(plain), of: digestOfKeys(read.value) });
}

export function keyTexts(places: Places): ReadonlyMap<KeyName, string> {
  return new Map(
    KEY_NAMES.map((name) => {
      const file = keyFile(places.keys, name);
      checkKeyFile(file, name);
      return [name, readSmall(file, MAX_KEY_FILE)];
    }),
  );
}

export function digestOfKeys(keys: ReadonlyMap<KeyName, string>): Digest {
  return digestBytes(new TextEncoder().encode(JSON.stringify([...keys])));
}

/**
 * The key files in a backup; null where it has none.
 * @returns `BACKUP_INVALID` for a file that is no backup, `BACKUP_KEYS_LOCKED` where no identity opens them
 */
export async function openBackupKeys(file: string, identities: readonly string[]): Promise<Result<ReadonlyMap<KeyName, string> | null>> {
  const sealed = guard(() => ok(readBackupKeys(file)));
  if (!sealed.ok || sealed.value === null) return sealed.ok ? ok(null) : sealed;
  const { Decrypter } = await import("age-encryption");
  const age = new Decrypter();
  for (const identity of identities) age.addIdentity(identity);
  try {
    const keys = keysIn(await age.decrypt(sealed.value, "text"));
    if (keys) return ok(keys);
  } catch {
    // Whatever the library says of a wrong identity or of cut bytes, the keys stay closed.
  }
  return fail(
    problem("BACKUP_KEYS_LOCKED", {
      detail: `None of the identities that were given opens the keys in ${shown(file)}.`,
      remedy: "Name the file of the right one: --identity FILE\nWithout --identity the backup is restored without its keys.",
    }),
  );
}

function keysIn(text: string): ReadonlyMap<KeyName, string> | undefined {
  const value: unknown = JSON.parse(text);
  const keys = isObject(value) && value.kind === "Keys" && isObject(value.keys) ? value.keys : undefined;
  if (!keys) return undefined;
  const entries = KEY_NAMES.map((name) => [name, keys[name]] as const);
  return new Map(entries.flatMap(([name, key]) => (typeof key === "string" ? [[name, key] as const] : [])));
}
