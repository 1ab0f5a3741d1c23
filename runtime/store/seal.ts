import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { Secret } from "../../core/index.ts";
import { corrupt } from "./faults.ts";

/**
 * Encryption at rest: AES-256-GCM, each record bound to its slot. A sealed record is
 *
 *     version (1) | salt (16) | nonce (12) | ciphertext | tag (16)
 *
 * Each record has its own key, HKDF-SHA256(key, salt), so salt and nonce together are 28 random bytes:
 * no count of records makes a repeat likely, which 12 bytes alone would after some 2^32. The slot is
 * authenticated, not stored: a record moved to another slot, or into another store, does not open.
 */
const VERSION = 1;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;
const HEADER_BYTES = 1 + SALT_BYTES + NONCE_BYTES;
const INFO = "moltbot/seal/1";

export function newDataKey(): Secret<Uint8Array> {
  return new Secret(randomBytes(KEY_BYTES));
}

/** Encrypts bytes for one slot. */
export function seal(key: Secret<Uint8Array>, slot: string, bytes: Uint8Array): Uint8Array {
  const header = Buffer.concat([Buffer.of(VERSION), freshRandom()]);
  const cipher = createCipheriv("aes-256-gcm", recordKey(key, header), nonceOf(header), { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(header, slot));
  return Buffer.concat([header, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} made for the same slot with the same key.
 * @throws StoreFault `STORE_CORRUPT` for anything else; not one byte of plaintext leaves before the tag is checked.
 */
export function unseal(key: Secret<Uint8Array>, slot: string, sealed: Uint8Array): Uint8Array {
  const opened = tryUnseal(key, slot, sealed);
  if (!opened) throw corrupt("An encrypted record does not open: it was changed, moved, or belongs to another store.");
  return opened;
}

/** The keys of a ring: 32 bytes each, the one that new records are sealed with first. */
export function ringOf(ring: Secret<Uint8Array>): readonly Secret<Uint8Array>[] {
  const bytes = ring.open();
  return Array.from(
    { length: Math.floor(bytes.length / KEY_BYTES) },
    (_, i) => new Secret(bytes.slice(i * KEY_BYTES, (i + 1) * KEY_BYTES)),
  );
}

/** Opens what any of the keys sealed for the slot, as {@link unseal} does. */
export function openWithRing(keys: readonly Secret<Uint8Array>[], slot: string, sealed: Uint8Array): Uint8Array {
  for (const key of keys) {
    const opened = tryUnseal(key, slot, sealed);
    if (opened) return opened;
  }
  throw corrupt("An encrypted record does not open: it was changed, moved, or belongs to another store.");
}

/** The same, undefined where it does not open: for trying a key. */
export function tryUnseal(key: Secret<Uint8Array>, slot: string, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) return undefined;
  const header = sealed.subarray(0, HEADER_BYTES);
  const end = sealed.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv("aes-256-gcm", recordKey(key, header), nonceOf(header), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(header, slot)).setAuthTag(sealed.subarray(end));
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES, end)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Random bytes for many records at once: asking the system for each costs more than encrypting it. */
const POOL_RECORDS = 128;
const RANDOM_BYTES = SALT_BYTES + NONCE_BYTES;
let pool = Buffer.alloc(0);

/** Bytes that nobody had before and nobody gets again. */
function freshRandom(): Uint8Array {
  if (pool.length < RANDOM_BYTES) pool = randomBytes(RANDOM_BYTES * POOL_RECORDS);
  const taken = pool.subarray(0, RANDOM_BYTES);
  pool = pool.subarray(RANDOM_BYTES);
  return taken;
}

function recordKey(key: Secret<Uint8Array>, header: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key.open(), header.subarray(1, 1 + SALT_BYTES), INFO, KEY_BYTES));
}

function nonceOf(header: Uint8Array): Uint8Array {
  return header.subarray(1 + SALT_BYTES);
}

function boundTo(header: Uint8Array, slot: string): Uint8Array {
  return Buffer.concat([header, Buffer.from(slot, "utf8")]);
}
