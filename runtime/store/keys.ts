import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import path from "node:path";
import { LIMITS, Secret, shown } from "../../core/index.ts";
import { IDENTITY, keyTypeOf, newIdentity, recipientOf } from "./age-identity.ts";
import { fault, type StoreFault } from "./faults.ts";
import { exists, readSmall, statOf, writeDurably, type Places } from "./files.ts";
import type { KeyName, StoreKeys } from "./types.ts";

/**
 * The key files of a state folder: two lines each, a comment that says what it is and the key with its
 * format. Mode 0600, owner ours. A key is made only together with the store (create.ts), or anew by
 * `renewKey`, which records why.
 */
export const KEY_NAMES = ["runtime.agekey", "store.key", "ledger.key"] as const satisfies readonly KeyName[];

/** A renewed key that the store may already be using; see renew-key.ts. */
export const NEXT = ".next";

const KEY_BYTES = 32;
/** A key that is locked for several people is the largest. */
export const MAX_KEY_FILE = LIMITS.identityFileBytes;
const FOR_OTHERS = 0o077;
/** DER of a PKCS #8 Ed25519 private key up to its 32 bytes. Source: RFC 8410, section 7. */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** What new keys are to be. */
export type NewKeys = Pick<StoreKeys, "fresh" | "runtime">;

interface KeyKind {
  readonly comment: (key: string) => string;
  readonly make: (wish: NewKeys) => string;
  readonly line: RegExp;
  /** What a loss means and which command goes on from there. */
  readonly lost: string;
  readonly forward: string;
}

const KINDS: Readonly<Record<KeyName, KeyKind>> = {
  "runtime.agekey": {
    comment: (key) =>
      `moltbot runtime identity (age, ${keyTypeOf(key) === "x25519" ? "X25519" : "ML-KEM-768 and X25519"}): opens the secrets of this store. Public half: ${recipientOf(key) ?? ""}`,
    make: ({ runtime }) => newIdentity(runtime),
    line: IDENTITY,
    lost: "Without it the secrets encrypted for this runtime cannot be opened.",
    forward:
      "Put the file back. If it is lost, make a new identity and set each value again for it:\nmoltbot gateway recipient --new\nmoltbot secret set NAME KEY",
  },
  "store.key": {
    comment: () => "moltbot store key (AES-256): wraps the key that encrypts conversations.",
    make: () => `moltbot-store-key-1:${randomBytes(KEY_BYTES).toString("base64")}`,
    line: /^moltbot-store-key-(?:1:([A-Za-z0-9+/]{43}=)|(?:passphrase|age)-1:[0-9a-f]{32}:[A-Za-z0-9+/=:]+)$/,
    lost: "Without it stored conversations cannot be read.",
    forward: "Put the file back. If it is lost, give the conversations up:\nmoltbot gateway reset-store --reason TEXT",
  },
  "ledger.key": {
    comment: () => "moltbot ledger key (Ed25519, private): signs the head of the ledger.",
    make: newLedgerKey,
    line: /^moltbot-ledger-key-1:([A-Za-z0-9+/]{43}=)$/,
    lost: "Without it nobody can tell whether the ledger was cut, and nothing can be recorded.",
    forward: "Put the file back. If it is lost, begin a new epoch of the ledger:\nmoltbot audit new-epoch --reason TEXT",
  },
};

function newLedgerKey(): string {
  const { d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return `moltbot-ledger-key-1:${Buffer.from(d ?? "", "base64url").toString("base64")}`;
}

export function keyFile(keysDir: string, name: KeyName): string {
  return path.join(keysDir, name);
}

/**
 * Writes a new key; the folder exists.
 * @param wish - What a new `store.key` and a new `runtime.agekey` are to be; absent: a plain file, and X25519.
 * @returns the key, as {@link loadKey} gives it where the file is not locked
 */
export function writeNewKey(keysDir: string, name: KeyName, suffix = "", wish: NewKeys = {}): Secret<string> {
  const kind = KINDS[name];
  const made = name === "store.key" ? wish.fresh : undefined;
  const key = made?.line ?? kind.make(wish);
  writeDurably(`${keyFile(keysDir, name)}${suffix}`, `# ${kind.comment(key)} Keep it secret.\n${key}\n`);
  return made?.key ?? new Secret(kind.line.exec(key)?.[1] ?? key);
}

/**
 * The key itself; of a `store.key` that is locked, the whole line.
 * @throws StoreFault `KEY_MISSING`, `KEY_UNSAFE`, or `STORE_CORRUPT` for a file that is not a key.
 */
export function loadKey(keysDir: string, name: KeyName, suffix = ""): Secret<string> {
  const file = `${keyFile(keysDir, name)}${suffix}`;
  checkKeyFile(file, name);
  const key = keyIn(name, readSmall(file, MAX_KEY_FILE));
  if (!key) throw damagedKey(name, "was cut or changed: it holds no key");
  return key;
}

/** The key in a key file's text; undefined where it holds none. */
export function keyIn(name: KeyName, text: string): Secret<string> | undefined {
  const line = text.split("\n").find((each) => each !== "" && !each.startsWith("#"));
  const match = line === undefined ? null : KINDS[name].line.exec(line);
  if (!match || (name === "runtime.agekey" && recipientOf(match[0]) === undefined)) return undefined;
  return new Secret(match[1] ?? match[0]);
}

/** Present, a regular file, ours, and closed to others. */
export function checkKeyFile(file: string, name: KeyName): void {
  const stats = statOf(file);
  if (!stats) throw keyMissing(name);
  if (!stats.isFile()) throw damagedKey(name, "is not a regular file");
  const me = process.geteuid?.();
  const foreign = me !== undefined && stats.uid !== me;
  if (foreign || (process.platform !== "win32" && (stats.mode & FOR_OTHERS) !== 0)) {
    const what = foreign ? `belongs to user ${stats.uid}` : `has mode ${(stats.mode & 0o7777).toString(8)}`;
    throw fault("KEY_UNSAFE", `The key file ${shown(file)} ${what}, so others could read it.`, {
      remedy: `Close it; if somebody could have read it, make a new key:\nchmod 600 ${file}`,
      context: { key: name },
    });
  }
}

export function keyMissing(name: KeyName): StoreFault {
  const { lost, forward } = KINDS[name];
  return fault("KEY_MISSING", `The store needs its key "keys/${name}", which is not there. ${lost}`, {
    remedy: forward,
    context: { key: name },
  });
}

export function keyMismatch(name: KeyName): StoreFault {
  const { forward } = KINDS[name];
  return fault("KEY_MISMATCH", `The key "keys/${name}" is not the one this store was made with.`, {
    remedy: forward,
    context: { key: name },
  });
}

function damagedKey(name: KeyName, what: string): StoreFault {
  return fault("STORE_CORRUPT", `The key file "keys/${name}" ${what}.`, { remedy: KINDS[name].forward, context: { key: name } });
}

/** The keys of a store are all there and safe. */
export function checkKeys(places: Places): void {
  for (const name of KEY_NAMES) {
    const file = keyFile(places.keys, name);
    if (!exists(`${file}${NEXT}`)) checkKeyFile(file, name);
  }
}

/** A key read from its file, or from the renewed one that waits to take its place. */
export function keyCandidates(places: Places, name: KeyName): readonly Secret<string>[] {
  const found = ["", NEXT].filter((suffix) => exists(`${keyFile(places.keys, name)}${suffix}`));
  if (found.length === 0) throw keyMissing(name);
  return found.map((suffix) => loadKey(places.keys, name, suffix));
}

export function ledgerKeyOf(secret: Secret<string>): KeyObject {
  const der = Buffer.concat([PKCS8_ED25519, Buffer.from(secret.open(), "base64")]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** The public half as base64url, as the ledger's `created` and `epoch` records name it. */
export function ledgerPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: "jwk" });
  return x ?? "";
}
