import { argon2Sync, createHash, randomBytes } from "node:crypto";
import { fail, LIMITS, ok, problem, Secret, type Diagnostic, type Result } from "../../core/index.ts";
import { guard } from "./faults.ts";
import { loadKey } from "./keys.ts";
import { KEY_BYTES, seal, tryUnseal } from "./seal.ts";
import { checkStateDir, storePresence } from "./state-dir.ts";
import type { NewStoreKey, StoreKeyForm, StoreKeyOpener, StoreKeyProtection } from "./types.ts";

/**
 * The key file `store.key` in its three forms. Plain, it is the key. Locked, it holds the key encrypted, by
 * a passphrase or for age identities, and the key's id, so that a file of another store is told apart
 * without unlocking it:
 *
 *     moltbot-store-key-1:KEY
 *     moltbot-store-key-passphrase-1:ID:SALT:SEALED    Argon2id, then AES-256-GCM
 *     moltbot-store-key-age-1:ID:ENVELOPE              an age file
 *
 * Locking and unlocking take time and are asked for by commands, before a transaction begins.
 */
const LOCKED = /^moltbot-store-key-(passphrase|age)-1:([0-9a-f]{32}):(?:([A-Za-z0-9+/]{22}==):)?([A-Za-z0-9+/]+={0,2})$/;
const SALT_BYTES = 16;
const SLOT = "moltbot/store-key/passphrase";
/** RFC 9106, section 4, the second recommended option: 64 MiB, three passes, four lanes. */
const ARGON2 = { parallelism: 4, passes: 3, memory: 65_536, tagLength: KEY_BYTES } as const;

interface LockedKey {
  readonly form: "passphrase" | "age";
  readonly id: string;
  readonly salt: string;
  readonly sealed: string;
}

/** What the text of a key file says, where it is locked; undefined for a plain key. */
export function lockedKey(text: string): LockedKey | undefined {
  const [, form, id, salt = "", sealed] = LOCKED.exec(text) ?? [];
  if (id === undefined || sealed === undefined || (form !== "passphrase" && form !== "age")) return undefined;
  return (form === "passphrase") === (salt !== "") ? { form, id, salt, sealed } : undefined;
}

/** Names a key without telling it. */
export function storeKeyId(key: Secret<string>): string {
  return createHash("sha256").update("moltbot/store-key-id\n").update(Buffer.from(key.open(), "base64")).digest("hex").slice(0, 32);
}

/** A new store key and the line of its file. Effect: randomness; some 100 ms and 64 MiB for a passphrase. */
export async function newStoreKey(protection: StoreKeyProtection): Promise<Result<NewStoreKey>> {
  const key = new Secret(randomBytes(KEY_BYTES).toString("base64"));
  const id = storeKeyId(key);
  if (protection.form === "age") {
    const { Encrypter } = await import("age-encryption");
    const age = new Encrypter();
    for (const recipient of protection.recipients) age.addRecipient(recipient);
    const envelope = Buffer.from(await age.encrypt(key.open())).toString("base64");
    return ok({ key, line: `moltbot-store-key-age-1:${id}:${envelope}` });
  }
  const weak = weakness(protection.passphrase.open());
  if (weak !== undefined) return fail(problem("PASSPHRASE_INVALID", { detail: weak }));
  const salt = randomBytes(SALT_BYTES);
  const sealed = seal(stretched(protection.passphrase, salt), SLOT, Buffer.from(key.open()));
  return ok({ key, line: `moltbot-store-key-passphrase-1:${id}:${salt.toString("base64")}:${Buffer.from(sealed).toString("base64")}` });
}

function weakness(text: string): string | undefined {
  if (text.length < LIMITS.passphraseMinChars)
    return `The passphrase has ${text.length} characters; at least ${LIMITS.passphraseMinChars} are needed (limits.passphraseMinChars).`;
  if (text.length > LIMITS.passphraseChars)
    return `The passphrase has ${text.length} characters; ${LIMITS.passphraseChars} are allowed (limits.passphraseChars).`;
  return undefined;
}

function stretched(passphrase: Secret<string>, salt: Uint8Array): Secret<Uint8Array> {
  const message = Buffer.from(passphrase.open().normalize("NFC"));
  return new Secret(argon2Sync("argon2id", { ...ARGON2, message, nonce: salt }));
}

/** How the store's key is kept; null where there is no store. */
export function storeKeyForm(dir: string): Result<StoreKeyForm | null> {
  return guard(() => {
    const text = keyText(dir);
    return ok(text === null ? null : (lockedKey(text.open())?.form ?? "file"));
  });
}

/**
 * The key of a locked key file; null where there is nothing to unlock.
 * @returns `STORE_KEY_LOCKED` where nothing that was given opens it.
 */
export async function unlockStoreKey(dir: string, opener: StoreKeyOpener): Promise<Result<Secret<string> | null>> {
  const text = guard(() => ok(keyText(dir)));
  if (!text.ok) return text;
  const locked = text.value && lockedKey(text.value.open());
  if (!locked) return ok(null);
  if (locked.form === "age") return await openWithIdentities(locked, opener.identities);
  const passphrase = await opener.passphrase();
  if (!passphrase.ok) return passphrase;
  if (passphrase.value === null) return fail(stillLocked(locked.form, "no passphrase was given"));
  const key = tryUnseal(stretched(passphrase.value, Buffer.from(locked.salt, "base64")), SLOT, Buffer.from(locked.sealed, "base64"));
  return checked(locked, key && new Secret(Buffer.from(key).toString("utf8")), "this is not its passphrase");
}

async function openWithIdentities(locked: LockedKey, identities: readonly string[]): Promise<Result<Secret<string> | null>> {
  if (identities.length === 0) return fail(stillLocked(locked.form, "no identity was given"));
  const { Decrypter } = await import("age-encryption");
  const age = new Decrypter();
  for (const identity of identities) age.addIdentity(identity);
  try {
    const key = await age.decrypt(Buffer.from(locked.sealed, "base64"), "text");
    return checked(locked, new Secret(key), "it holds another key than it says");
  } catch {
    // Whatever the library says of a wrong identity or a cut envelope, the key stays locked.
    return fail(stillLocked(locked.form, "none of the identities opens it"));
  }
}

function checked(locked: LockedKey, key: Secret<string> | undefined, why: string): Result<Secret<string>> {
  return key && storeKeyId(key) === locked.id ? ok(key) : fail(stillLocked(locked.form, why));
}

function keyText(dir: string): Secret<string> | null {
  const places = checkStateDir(dir);
  return places && storePresence(places) === "present" ? loadKey(places.keys, "store.key") : null;
}

export function stillLocked(form: "passphrase" | "age", why: string): Diagnostic {
  const how = form === "age" ? "an age identity" : "a passphrase";
  const give = form === "age" ? "MOLTBOT_AGE_IDENTITY_FILE=FILE" : "--passphrase-file FILE";
  return problem("STORE_KEY_LOCKED", {
    detail: `The store's key is locked by ${how}, and ${why}.`,
    remedy: `Give it: ${give}\nIf it is lost, take keys/store.key away and give the conversations up:\nmoltbot gateway reset-store --reason TEXT`,
    context: { key: "store.key" },
  });
}
