import { createHash } from "node:crypto";
import { matchesPatternList, type AllowedSigner } from "./allowed-signers.ts";
import { unarmored } from "./armor.ts";
import { isCertificateType, parseCertificate, type SshCertificate } from "./ssh-certificate.ts";
import { fingerprintOf, parseSshKey, verifySsh, type SshKey } from "./ssh-key.ts";
import { isWithin, notAllowed, outside, untrusted, type Validity, type Verdict } from "./verdict.ts";
import { wireOf, wireString } from "./wire.ts";

/** What git signs under: a signature made for a file or a mail is none for a commit. */
const NAMESPACE = "git";
const MAGIC = "SSHSIG";
const VERSION = 1;
const HASHES: ReadonlySet<string> = new Set(["sha256", "sha512"]);

interface SshSignature {
  readonly key: SshKey;
  readonly certificate: SshCertificate | null;
  readonly namespace: string;
  readonly reserved: Buffer;
  readonly hash: string;
  readonly signature: Buffer;
}

/**
 * Checks an SSH signature (PROTOCOL.sshsig) over a commit against a list of allowed signers.
 *
 * An SSH signature says no time. Whether the key was good is judged by the time the commit claims, as
 * git and `ssh-keygen -Y verify -Overify-time=` do; the caller holds the newest commit against the
 * clock as well.
 *
 * @param claimedAt - Seconds, of the committer line.
 */
export function verifySshSignature(payload: Uint8Array, armored: string, allowed: readonly AllowedSigner[], claimedAt: number): Verdict {
  const parsed = parseSignature(unarmored(armored));
  if (typeof parsed === "string") return untrusted(parsed);
  const { key, certificate, namespace } = parsed;
  if (namespace !== NAMESPACE) return untrusted("its signature was made for something else than commits");
  if (!verifySsh(key, signedBytes(parsed, payload), parsed.signature)) return untrusted("its signature does not fit its content");
  return certificate ? byAuthority(certificate, allowed, claimedAt) : byKey(key, allowed, claimedAt);
}

function signedBytes({ namespace, reserved, hash }: SshSignature, payload: Uint8Array): Buffer {
  const digest = createHash(hash).update(payload).digest();
  return Buffer.concat([Buffer.from(MAGIC), ...[Buffer.from(namespace), reserved, Buffer.from(hash), digest].map(wireString)]);
}

/**
 * Checks a signature over something else than a commit. Whether the key counts is the caller's question:
 * nobody is allowed here, and nobody refused.
 *
 * @param bytes - The signature without its armor.
 * @returns the key as a public key file has it, `type base64`; or why it is not authentic, to end a sentence.
 */
export function verifyDetached(payload: Uint8Array, bytes: Buffer, namespace: string): { readonly key: string } | { readonly why: string } {
  const parsed = parseSignature(bytes);
  if (typeof parsed === "string") return { why: parsed };
  if (parsed.certificate) return { why: "it is signed with a certificate, and keys alone are recognised here" };
  if (parsed.namespace !== namespace) return { why: "its signature was made for something else" };
  if (!verifySsh(parsed.key, signedBytes(parsed, payload), parsed.signature)) return { why: "its signature does not fit its content" };
  return { key: publicKeyText(parsed.key) };
}

/** The key that a commit's signature says it is by, whatever the signature is worth; undefined where none can be read. */
export function claimedKey(armored: string): string | undefined {
  const parsed = parseSignature(unarmored(armored));
  return typeof parsed === "string" ? undefined : publicKeyText(parsed.key);
}

function publicKeyText({ type, blob }: SshKey): string {
  return `${type} ${blob.toString("base64")}`;
}

function parseSignature(bytes: Buffer | undefined): SshSignature | string {
  if (!bytes || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return "its SSH signature is not of OpenSSH's form";
  const wire = wireOf(bytes.subarray(MAGIC.length));
  const version = wire.u32();
  const blob = wire.bytes();
  const [namespace, reserved, hash, signature] = [wire.text(), wire.bytes(), wire.text(), wire.bytes()];
  if (!wire.isWhole() || version !== VERSION || !HASHES.has(hash)) return "its SSH signature is not of OpenSSH's form";
  const certificate = isCertificateType(wireOf(blob).text()) ? parseCertificate(blob) : null;
  if (typeof certificate === "string") return certificate;
  const key = certificate?.key ?? parseSshKey(blob);
  if (!key) return "its SSH key is of a type that is not accepted, too weak, or broken";
  return { key, certificate, namespace, reserved, hash, signature };
}

function byKey(key: SshKey, allowed: readonly AllowedSigner[], claimedAt: number): Verdict {
  const fingerprint = fingerprintOf(key);
  const lines = allowed.filter((each) => !each.isAuthority && each.key.blob.equals(key.blob));
  return firstGood(lines, fingerprint, `the key ${fingerprint}`, (line) => {
    const validity = { from: line.validAfter, to: line.validBefore };
    if (!isWithin(validity, claimedAt))
      return notAllowed(`the key ${fingerprint} ${outside(validity, claimedAt)} at the time it claims`, fingerprint);
    return { status: "good", signer: { identity: line.principals, form: "ssh", key: fingerprint, issuer: null }, validity };
  });
}

function byAuthority(certificate: SshCertificate, allowed: readonly AllowedSigner[], claimedAt: number): Verdict {
  const [fingerprint, issuer] = [fingerprintOf(certificate.key), fingerprintOf(certificate.authority)];
  const lines = allowed.filter((each) => each.isAuthority && each.key.blob.equals(certificate.authority.blob));
  return firstGood(lines, fingerprint, `the authority ${issuer}`, (line) => {
    const principals = certificate.principals.filter((each) => matchesPatternList(each, line.principals));
    if (principals.length === 0)
      return notAllowed(`its certificate names nobody that the list allows for the authority ${issuer}`, fingerprint);
    const validity = intersection(
      { from: line.validAfter, to: line.validBefore },
      // The end of a certificate is the first second in which it is not valid.
      { from: certificate.validAfter, to: certificate.validBefore - 1 },
    );
    if (!isWithin(validity, claimedAt))
      return notAllowed(`its certificate ${outside(validity, claimedAt)} at the time it claims`, fingerprint);
    return { status: "good", signer: { identity: principals.join(","), form: "ssh", key: fingerprint, issuer }, validity };
  });
}

/** Several lines may name one key, such as with two validity intervals: one that is good is enough. */
function firstGood(lines: readonly AllowedSigner[], key: string, what: string, judge: (line: AllowedSigner) => Verdict): Verdict {
  if (lines.length === 0) return notAllowed(`${what} is not among the allowed signers`, key);
  const verdicts = lines.map((line) =>
    line.namespaces !== null && !matchesPatternList(NAMESPACE, line.namespaces)
      ? notAllowed(`${what} is allowed for other namespaces than "${NAMESPACE}"`, key)
      : judge(line),
  );
  return verdicts.find(({ status }) => status === "good") ?? verdicts[0] ?? untrusted("nobody is allowed");
}

function intersection(a: Validity, b: Validity): Validity {
  const from = [a.from, b.from].filter((each) => each !== null);
  const to = [a.to, b.to].filter((each) => each !== null);
  return { from: from.length > 0 ? Math.max(...from) : null, to: to.length > 0 ? Math.min(...to) : null };
}
