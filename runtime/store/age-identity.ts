import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { broken } from "./faults.ts";

/**
 * A native age identity (X25519), made without the age library: a key is made inside a synchronous
 * transaction, and the library's start-up is not paid by commands that only need to make or read one.
 * Source: age-encryption.org/v1, "The X25519 recipient type"; Bech32 is BIP 173 without its length limit.
 */
const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const IDENTITY_PREFIX = "age-secret-key-";
const RECIPIENT_PREFIX = "age";
const CHECKSUM_WORDS = 6;
const SCALAR_BYTES = 32;
/** DER of a PKCS #8 X25519 private key up to its 32 bytes. Source: RFC 8410, section 7. */
const PKCS8_X25519 = Buffer.from("302e020100300506032b656e04220420", "hex");

export const IDENTITY = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;

/** `AGE-SECRET-KEY-1...` */
export function newIdentity(): string {
  return encode(IDENTITY_PREFIX, randomBytes(SCALAR_BYTES)).toUpperCase();
}

/** The public half, `age1...`; undefined when the text is not an identity. */
export function recipientOf(identity: string): string | undefined {
  const scalar = IDENTITY.test(identity) ? decode(identity.toLowerCase()) : undefined;
  if (!scalar) return undefined;
  const key = createPublicKey(createPrivateKey({ key: Buffer.concat([PKCS8_X25519, scalar]), format: "der", type: "pkcs8" }));
  const { x } = key.export({ format: "jwk" });
  if (typeof x !== "string") throw broken("an X25519 key without its public half");
  return encode(RECIPIENT_PREFIX, Buffer.from(x, "base64url"));
}

function encode(prefix: string, bytes: Uint8Array): string {
  const words = regroup(bytes, 8, 5, true) ?? [];
  const sum = polymod([...expand(prefix), ...words, ...Array.from({ length: CHECKSUM_WORDS }, () => 0)]) ^ 1;
  const check = Array.from({ length: CHECKSUM_WORDS }, (_, i) => (sum >>> (5 * (CHECKSUM_WORDS - 1 - i))) & 31);
  return `${prefix}1${[...words, ...check].map((word) => CHARSET[word]).join("")}`;
}

function decode(text: string): Buffer | undefined {
  const words = Array.from(text.slice(IDENTITY_PREFIX.length + 1), (c) => CHARSET.indexOf(c));
  if (words.includes(-1) || polymod([...expand(IDENTITY_PREFIX), ...words]) !== 1) return undefined;
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
