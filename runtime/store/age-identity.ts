import { createHash, createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { fault } from "./faults.ts";
import type { RuntimeKeyType } from "./types.ts";

/**
 * A native age identity, made without the age library: a key is made inside a synchronous transaction, and
 * the library's start-up is not paid by commands that only need to make or read one.
 * Source: age-encryption.org/v1, "The X25519 recipient type" and "The hybrid ML-KEM-768 + X25519 recipient
 * type" (X-Wing: draft-connolly-cfrg-xwing-kem); Bech32 is BIP 173 without its length limit.
 */
const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const PREFIXES = {
  x25519: { identity: "age-secret-key-", recipient: "age" },
  "post-quantum": { identity: "age-secret-key-pq-", recipient: "age1pq" },
} as const;
const CHECKSUM_WORDS = 6;
const SCALAR_BYTES = 32;
/** DER of a PKCS #8 X25519 private key up to its 32 bytes. Source: RFC 8410, section 7. */
const PKCS8_X25519 = Buffer.from("302e020100300506032b656e04220420", "hex");
/** The same of an ML-KEM-768 private key up to its 64 bytes of seed. Source: RFC 9935, section 6. */
const PKCS8_ML_KEM_768 = Buffer.from("3054020100300b060960864801650304040204428040", "hex");
const ML_KEM_SEED_BYTES = 64;
const ML_KEM_PUBLIC_BYTES = 1184;

export const IDENTITY = /^AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{58}$/;

/** `AGE-SECRET-KEY-1...` or `AGE-SECRET-KEY-PQ-1...` */
export function newIdentity(type: RuntimeKeyType = "x25519"): string {
  return encode(PREFIXES[type].identity, randomBytes(SCALAR_BYTES)).toUpperCase();
}

/** Of an identity or of a recipient, by how it begins. */
export function keyTypeOf(text: string): RuntimeKeyType {
  return /^(?:AGE-SECRET-KEY-PQ-1|age1pq1)/.test(text) ? "post-quantum" : "x25519";
}

/** The public half, `age1...` or `age1pq1...`; undefined when the text is not an identity. */
export function recipientOf(identity: string): string | undefined {
  const type = keyTypeOf(identity);
  const prefix = PREFIXES[type];
  const secret = IDENTITY.test(identity) ? decode(identity.toLowerCase(), prefix.identity) : undefined;
  if (!secret) return undefined;
  return encode(prefix.recipient, type === "x25519" ? publicX25519(secret) : publicHybrid(secret));
}

function publicX25519(scalar: Buffer): Buffer {
  return spkiOf(Buffer.concat([PKCS8_X25519, scalar])).subarray(-SCALAR_BYTES);
}

/** X-Wing: the seed is stretched into an ML-KEM seed and an X25519 scalar; their public halves stand side by side. */
function publicHybrid(seed: Buffer): Buffer {
  const stretched = createHash("shake256", { outputLength: ML_KEM_SEED_BYTES + SCALAR_BYTES })
    .update(seed)
    .digest();
  const lattice = spkiOf(Buffer.concat([PKCS8_ML_KEM_768, stretched.subarray(0, ML_KEM_SEED_BYTES)])).subarray(-ML_KEM_PUBLIC_BYTES);
  return Buffer.concat([lattice, publicX25519(stretched.subarray(ML_KEM_SEED_BYTES))]);
}

/** The public half as DER: it ends with the raw bytes. */
function spkiOf(pkcs8: Buffer): Buffer {
  try {
    return createPublicKey(createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })).export({ format: "der", type: "spki" });
  } catch {
    // Built by us from whole seeds: what fails is a Node that was linked to an older OpenSSL.
    throw fault("KEY_TYPE_UNSUPPORTED", `The OpenSSL of this Node (${process.versions.openssl}) knows no ML-KEM keys; 3.5 does.`);
  }
}

function encode(prefix: string, bytes: Uint8Array): string {
  const words = regroup(bytes, 8, 5, true) ?? [];
  const sum = polymod([...expand(prefix), ...words, ...Array.from({ length: CHECKSUM_WORDS }, () => 0)]) ^ 1;
  const check = Array.from({ length: CHECKSUM_WORDS }, (_, i) => (sum >>> (5 * (CHECKSUM_WORDS - 1 - i))) & 31);
  return `${prefix}1${[...words, ...check].map((word) => CHARSET[word]).join("")}`;
}

function decode(text: string, prefix: string): Buffer | undefined {
  const words = Array.from(text.slice(prefix.length + 1), (c) => CHARSET.indexOf(c));
  if (words.includes(-1) || polymod([...expand(prefix), ...words]) !== 1) return undefined;
  const bytes = regroup(words.slice(0, -CHECKSUM_WORDS), 5, 8, false);
  return bytes?.length === SCALAR_BYTES ? Buffer.from(bytes) : undefined;
}

function polymod(words: readonly number[]): number {
  let sum = 1;
  for (const word of words) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    GENERATOR.forEach((g, i) => {
      if ((top >>> i) & 1) sum ^= g;
    });
  }
  return sum >>> 0;
}

function expand(prefix: string): number[] {
  const codes = Array.from(prefix, (c) => c.charCodeAt(0));
  return [...codes.map((c) => c >>> 5), 0, ...codes.map((c) => c & 31)];
}

/** Bits regrouped; undefined when left-over bits are not zero padding. */
function regroup(input: Iterable<number>, from: number, to: number, pad: boolean): number[] | undefined {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const item of input) {
    held = ((held << from) | item) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((held >>> bits) & ((1 << to) - 1));
    }
  }
  const left = (held << (to - bits)) & ((1 << to) - 1);
  if (pad) return bits > 0 ? [...out, left] : out;
  return bits >= from || left !== 0 ? undefined : out;
}
