import type * as openpgpTypes from "openpgp";
import type { Key, SignaturePacket } from "openpgp";
import { notAllowed, untrusted, type Validity, type Verdict } from "./verdict.ts";

type OpenPgp = typeof openpgpTypes;

/** Loaded by whoever has OpenPGP keys to look at, and by nobody else. */
async function library(): Promise<OpenPgp> {
  return await import("openpgp");
}

const MIN_RSA_BITS = 2048;
const MAX_KEYS = 1_000;

/** The keys of an armored keyring, public ones only. */
export interface Keyring {
  readonly keys: readonly Key[];
}

/** @returns a sentence's end on why it is none. */
export async function readKeyring(armored: string): Promise<Keyring | string> {
  const { readKeys } = await library();
  try {
    const keys = await readKeys({ armoredKeys: armored });
    if (keys.length > MAX_KEYS) return `it holds more than ${MAX_KEYS} keys`;
    return keys.some((each) => each.isPrivate()) ? "it holds a private key, which must never be in a repository" : { keys };
  } catch {
    return "it is no armored OpenPGP keyring (gpg --armor --export)";
  }
}

/** Every key by its fingerprint and first user id, for people to compare. */
export function keysOf({ keys }: Keyring): readonly { readonly identity: string; readonly key: string }[] {
  return keys.map((each) => ({ identity: each.getUserIDs()[0] ?? "", key: fingerprintText(each) }));
}

function fingerprintText(key: Pick<Key, "getFingerprint">): string {
  return key.getFingerprint().toUpperCase();
}

/**
 * Checks a detached OpenPGP signature over a commit against the keys of the trust. Whether the key was
 * good (not expired, not revoked, made for signing) is judged by the time the signature says it was made;
 * a key that was revoked as compromised, or without a reason, was never good.
 *
 * @param now - Seconds: the key must be good then as well. Null where only the time of signing counts.
 */
export async function verifyOpenPgpSignature(payload: Uint8Array, armored: string, keyring: Keyring, now: number | null): Promise<Verdict> {
  const openpgp = await library();
  const packet = await onlyPacket(openpgp, armored);
  if (typeof packet === "string") return untrusted(packet);
  const candidates = keyring.keys.filter((key) => key.getKeys(packet.issuerKeyID).length > 0);
  if (candidates.length === 0)
    return untrusted(`the key ${packet.issuerKeyID.toHex().toUpperCase()} that its signature names is not in the keyring`);
  let verdict: Verdict = untrusted("its signature does not fit its content");
  for (const key of candidates) {
    if (!(await fits(openpgp, packet, key, payload))) continue;
    verdict = await judgeKey(key, packet, now);
    if (verdict.status === "good") return verdict;
  }
  return verdict;
}

async function onlyPacket(openpgp: OpenPgp, armored: string): Promise<SignaturePacket | string> {
  try {
    const { packets } = await openpgp.readSignature({ armoredSignature: armored });
    const [packet] = packets;
    if (!packet || packets.length !== 1) return "its OpenPGP block holds not exactly one signature";
    // A text signature is over other bytes than these: line ends would not count.
    return packet.signatureType === openpgp.enums.signature.binary ? packet : "its OpenPGP signature is not one over bytes";
  } catch {
    return "its OpenPGP signature cannot be read";
  }
}

/** Is the signature right for these bytes? Says nothing of whether the key was good. */
async function fits(openpgp: OpenPgp, packet: SignaturePacket, key: Key, payload: Uint8Array): Promise<boolean> {
  const [literal] = (await openpgp.createMessage({ binary: payload })).packets;
  if (!literal) return false;
  for (const { keyPacket } of key.getKeys(packet.issuerKeyID)) {
    try {
      await packet.verify(keyPacket, openpgp.enums.signature.binary, literal, undefined, true, {
        ...openpgp.config,
        minRSABits: MIN_RSA_BITS,
      });
      return true;
    } catch {
      // The next key with the same short id may fit.
    }
  }
  return false;
}

async function judgeKey(key: Key, packet: SignaturePacket, now: number | null): Promise<Verdict> {
  const { config } = await library();
  const fingerprint = fingerprintText(key);
  const { created } = packet;
  if (!created) return untrusted("its OpenPGP signature says no time");
  const strict = { ...config, minRSABits: MIN_RSA_BITS };
  const instants = [created, ...(now === null ? [] : [new Date(now * 1000)])];
  for (const [i, instant] of instants.entries()) {
    try {
      await key.getSigningKey(packet.issuerKeyID, instant, undefined, strict);
    } catch (error) {
      const when = i === 0 ? "was not good when it signed" : "is not good any more";
      return notAllowed(`the key ${fingerprint} ${when} (${messageOf(error)})`, fingerprint);
    }
  }
  const user = await key.getPrimaryUser(created, undefined, strict).catch(() => undefined);
  const identity = user?.user.userID?.userID ?? key.getUserIDs()[0] ?? fingerprint;
  return { status: "good", signer: { identity, form: "openpgp", key: fingerprint, issuer: null }, validity: await validityOf(key, packet) };
}

async function validityOf(key: Key, packet: SignaturePacket): Promise<Validity> {
  const ends = await Promise.all([key.getExpirationTime(), ...key.getSubkeys(packet.issuerKeyID).map((each) => each.getExpirationTime())]);
  const seconds = ends.flatMap((end) => (end instanceof Date ? [Math.floor(end.getTime() / 1000)] : []));
  return { from: null, to: seconds.length > 0 ? Math.min(...seconds) : null };
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message.toLowerCase() : "";
  if (text.includes("revoked")) return "it is revoked";
  if (text.includes("expired")) return "it had expired";
  if (text.includes("weak") || text.includes("insecure")) return "it is too weak";
  return "it is no key for signing, or its own signatures are missing";
}
