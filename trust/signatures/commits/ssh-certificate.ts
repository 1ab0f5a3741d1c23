import { parseSshKey, readSshKey, verifySsh, type SshKey } from "./ssh-key.ts";
import { wireOf } from "./wire.ts";

/** A key with what an authority says about it: PROTOCOL.certkeys of OpenSSH. */
export interface SshCertificate {
  readonly key: SshKey;
  readonly authority: SshKey;
  readonly keyId: string;
  /** Whom the authority says the key belongs to. */
  readonly principals: readonly string[];
  /** Seconds. The end itself is not in it any more. */
  readonly validAfter: number;
  readonly validBefore: number;
}

const SUFFIX = "-cert-v01@openssh.com";
const USER = 1;
const MAX_PRINCIPALS = 256;
/** What `ssh-keygen` writes for "forever" lies beyond every date. */
const FOREVER = Number.MAX_SAFE_INTEGER;

export function isCertificateType(type: string): boolean {
  return type.endsWith(SUFFIX);
}

/**
 * Reads a certificate and checks what needs nobody else: that it is for a user, that its authority
 * signed it, and that it asks for nothing we cannot hold to.
 *
 * @returns a sentence's end on why it is none.
 */
export function parseCertificate(blob: Buffer): SshCertificate | string {
  const wire = wireOf(blob);
  const type = wire.text();
  wire.bytes();
  const key = readSshKey(wire, plainType(type));
  wire.u64();
  const kind = wire.u32();
  const keyId = wire.text();
  const principals = listOf(wire.bytes());
  const [after, before] = [seconds(wire.u64()), seconds(wire.u64())];
  const critical = wire.bytes();
  wire.bytes();
  wire.bytes();
  const authority = parseSshKey(wire.bytes());
  const signed = wire.soFar();
  const signature = wire.bytes();
  if (!wire.isWhole() || !key || !authority || !principals)
    return "its certificate is not of OpenSSH's form, or of a key type that is not accepted";
  if (kind !== USER) return "its certificate is that of a host";
  if (critical.length > 0) return "its certificate has critical options, which do not apply to commits";
  if (!verifySsh(authority, signed, signature)) return "its certificate is not signed by the authority it names";
  return { key, authority, keyId, principals, validAfter: after, validBefore: before };
}

/** `ssh-ed25519-cert-v01@openssh.com` holds an `ssh-ed25519`, `sk-...@openssh.com` keys likewise. */
function plainType(type: string): string {
  const bare = type.slice(0, -SUFFIX.length);
  return bare.startsWith("sk-") ? `${bare}@openssh.com` : bare;
}

function listOf(bytes: Buffer): readonly string[] | undefined {
  const wire = wireOf(bytes);
  const list: string[] = [];
  while (!wire.isAtEnd() && list.length <= MAX_PRINCIPALS) list.push(wire.text());
  return wire.isWhole() ? list : undefined;
}

function seconds(value: bigint): number {
  return value > BigInt(FOREVER) ? FOREVER : Number(value);
}
