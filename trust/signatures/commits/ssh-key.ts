import { createHash, createPublicKey, verify, type JsonWebKeyInput, type KeyObject } from "node:crypto";
import { fromBase64 } from "../../../core/index.ts";
import { positiveInteger, wireOf, wireString, type Wire } from "./wire.ts";

/** A public key as SSH writes it. */
export interface SshKey {
  /** `ssh-ed25519` and the like: never the type of a certificate. */
  readonly type: string;
  /** The key alone, in SSH's wire format; two keys are one when these bytes are equal. */
  readonly blob: Buffer;
  readonly key: KeyObject;
  /** What a hardware key was made for; it is part of what such a key signs. */
  readonly application: string | null;
}

/** `SHA256:...`, as `ssh-keygen -l` prints it. */
export function fingerprintOf({ blob }: Pick<SshKey, "blob">): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** How each type lies on the wire, and how it signs. */
interface KeyType {
  readonly isHardware: boolean;
  /** The digest of an ECDSA signature; null where the key type says it itself. */
  readonly curve: { readonly name: string; readonly crv: string; readonly bytes: number; readonly hash: string } | null;
  readonly family: "ed25519" | "ecdsa" | "rsa";
}

const P256 = { name: "nistp256", crv: "P-256", bytes: 32, hash: "sha256" };
const P384 = { name: "nistp384", crv: "P-384", bytes: 48, hash: "sha384" };
const P521 = { name: "nistp521", crv: "P-521", bytes: 66, hash: "sha512" };

const TYPES: Readonly<Record<string, KeyType>> = {
  "ssh-ed25519": { family: "ed25519", curve: null, isHardware: false },
  "ecdsa-sha2-nistp256": { family: "ecdsa", curve: P256, isHardware: false },
  "ecdsa-sha2-nistp384": { family: "ecdsa", curve: P384, isHardware: false },
  "ecdsa-sha2-nistp521": { family: "ecdsa", curve: P521, isHardware: false },
  "ssh-rsa": { family: "rsa", curve: null, isHardware: false },
  "sk-ssh-ed25519@openssh.com": { family: "ed25519", curve: null, isHardware: true },
  "sk-ecdsa-sha2-nistp256@openssh.com": { family: "ecdsa", curve: P256, isHardware: true },
};

export function isKeyType(type: string): boolean {
  return Object.hasOwn(TYPES, type);
}

type Jwk = JsonWebKeyInput["key"];

const MIN_RSA_BITS = 2048;
const MAX_RSA_BYTES = 2048;
const MAX_EXPONENT_BYTES = 8;
const ED25519_KEY_BYTES = 32;
const ED25519_SIGNATURE_BYTES = 64;

/** A key that stands alone; undefined for an unknown type, a weak or a broken one. */
export function parseSshKey(blob: Buffer): SshKey | undefined {
  const wire = wireOf(blob);
  const type = wire.text();
  const key = readSshKey(wire, type);
  return wire.isWhole() ? key : undefined;
}

/** The fields of a key after its type, from a key or from the middle of a certificate. */
export function readSshKey(wire: Wire, type: string): SshKey | undefined {
  const kind = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!kind) return undefined;
  const fields = kind.family === "ed25519" ? [wire.bytes()] : [wire.bytes(), wire.bytes()];
  const jwk = jwkOf(kind, fields);
  const application = kind.isHardware ? wire.bytes() : undefined;
  const key = jwk && keyOf(jwk);
  if (!key) return undefined;
  const blob = Buffer.concat([wireString(type), ...fields.map(wireString), ...(application ? [wireString(application)] : [])]);
  return { type, blob, key, application: application?.toString("latin1") ?? null };
}

function jwkOf({ family, curve }: KeyType, [first = Buffer.alloc(0), second = Buffer.alloc(0)]: readonly Buffer[]): Jwk | undefined {
  if (family === "ed25519")
    return first.length === ED25519_KEY_BYTES ? { kty: "OKP", crv: "Ed25519", x: first.toString("base64url") } : undefined;
  if (curve) {
    const isPoint = first.toString("latin1") === curve.name && second[0] === 4 && second.length === 1 + 2 * curve.bytes;
    const [x, y] = [second.subarray(1, 1 + curve.bytes), second.subarray(1 + curve.bytes)];
    return isPoint ? { kty: "EC", crv: curve.crv, x: x.toString("base64url"), y: y.toString("base64url") } : undefined;
  }
  const [e, n] = [positiveInteger(first), positiveInteger(second)];
  if (!e || !n || e.length > MAX_EXPONENT_BYTES || n.length > MAX_RSA_BYTES || bitsOf(n) < MIN_RSA_BITS) return undefined;
  return { kty: "RSA", n: n.toString("base64url"), e: e.toString("base64url") };
}

function bitsOf(n: Buffer): number {
  return n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
}

/** Node refuses a point that is not on its curve. */
function keyOf(jwk: Jwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return undefined;
  }
}

const RSA_HASHES: Readonly<Record<string, string>> = { "rsa-sha2-256": "sha256", "rsa-sha2-512": "sha512" };

/**
 * Checks one SSH signature over some bytes. SHA-1 (`ssh-rsa`) is no signature here.
 *
 * @param signature - As it lies on the wire: the algorithm, then its own form.
 */
export function verifySsh(signer: SshKey, message: Uint8Array, signature: Buffer): boolean {
  const kind = Object.hasOwn(TYPES, signer.type) ? TYPES[signer.type] : undefined;
  if (!kind) return false;
  const wire = wireOf(signature);
  const algorithm = wire.text();
  const bytes = wire.bytes();
  const extra = kind.isHardware ? { flags: wire.byte(), counter: wire.u32() } : null;
  const isAlgorithm = kind.family === "rsa" ? Object.hasOwn(RSA_HASHES, algorithm) : algorithm === signer.type;
  if (!wire.isWhole() || !isAlgorithm) return false;
  const signed = extra ? hardwareMessage(signer, message, extra) : message;
  return verifyBytes(kind, signer.key, algorithm, signed, bytes);
}

/** PROTOCOL.u2f: a hardware key signs digests of what it was made for and of the message, its flags and its counter. */
function hardwareMessage({ application }: SshKey, message: Uint8Array, { flags, counter }: { flags: number; counter: number }): Buffer {
  const state = Buffer.alloc(5);
  state.writeUInt8(flags);
  state.writeUInt32BE(counter, 1);
  const digest = (data: Uint8Array): Buffer => createHash("sha256").update(data).digest();
  return Buffer.concat([digest(Buffer.from(application ?? "", "latin1")), state, digest(message)]);
}

function verifyBytes({ family, curve }: KeyType, key: KeyObject, algorithm: string, message: Uint8Array, signature: Buffer): boolean {
  try {
    if (family === "ed25519") return signature.length === ED25519_SIGNATURE_BYTES && verify(null, message, key, signature);
    if (!curve) return verify(RSA_HASHES[algorithm], message, key, signature);
    const pair = pairOf(signature, curve.bytes);
    return pair !== undefined && verify(curve.hash, message, { key, dsaEncoding: "ieee-p1363" }, pair);
  } catch {
    return false;
  }
}

/** Two integers on the wire as the two fixed halves that the crypto library takes. */
function pairOf(signature: Buffer, size: number): Buffer | undefined {
  const wire = wireOf(signature);
  const halves = [positiveInteger(wire.bytes()), positiveInteger(wire.bytes())];
  if (!wire.isWhole() || !halves.every((half) => half !== undefined && half.length <= size)) return undefined;
  return Buffer.concat(halves.flatMap((half) => (half ? [Buffer.alloc(size - half.length), half] : [])));
}

/** The key of a line `type base64`; undefined for anything that is not accepted. */
export function sshPublicKey(line: string): KeyObject | undefined {
  const [type = "", text = ""] = line.split(" ");
  const blob = fromBase64(text);
  const key = blob && parseSshKey(blob);
  return key?.type === type ? key.key : undefined;
}
