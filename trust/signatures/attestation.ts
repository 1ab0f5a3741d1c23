import { createPublicKey, type KeyObject } from "node:crypto";
import { digestBytes, fail, fromBase64, isObject, ok, problem, type Digest, type JsonObject, type Result } from "../../core/index.ts";
import { type Person, type Signatory } from "./approvals.ts";
import type { Signer, TrustRoot } from "./bundles/index.ts";
import { sshPublicKey, verifyDetached } from "./commits/index.ts";
import { invalid, parseAttestationJson, parseEnvelope, signedBytes, SSH_NAMESPACE, type Envelope } from "./dsse.ts";
import { parseStatement, readStatement, statementOf, type Statement } from "./statement.ts";

/** A statement whose signatures hold, and who made them. */
export interface Attested {
  readonly statement: Statement;
  readonly by: readonly Signatory[];
  /** Over the bytes of the file. */
  readonly digest: Digest;
}

/**
 * Reads an attestation file and checks its signatures: a DSSE envelope signed with SSH keys, or a sigstore
 * bundle signed with a key or a short-lived certificate.
 *
 * @param people - Who may be recognised. A sigstore bundle names its key by a hint only, so theirs are tried.
 * @param root - The Project's sigstore trust root; null where it has none, and then nobody is recognised by a certificate.
 * @returns `ATTESTATION_INVALID`, or `ATTESTATION_UNTRUSTED` when a signature does not hold or is by nobody that is known.
 */
export async function verifyAttestation(bytes: Uint8Array, people: readonly Person[], root: TrustRoot | null): Promise<Result<Attested>> {
  const json = parseAttestationJson(bytes);
  if (!json.ok) return json;
  const digest = digestBytes(bytes);
  if ("mediaType" in json.value) return await fromBundle(bytes, json.value, digest, people, root);
  const envelope = parseEnvelope(json.value);
  return envelope.ok ? fromEnvelope(envelope.value, digest) : envelope;
}

/** What an attestation file says, whatever its signatures are worth; undefined where it says nothing about a plan. */
export function claimedStatement(bytes: Uint8Array): Statement | undefined {
  const json = parseAttestationJson(bytes);
  const value = json.ok ? json.value : {};
  const { payload } = isObject(value["dsseEnvelope"]) ? value["dsseEnvelope"] : value;
  const body = typeof payload === "string" ? fromBase64(payload) : undefined;
  const statement = body && readStatement(body);
  return statement?.ok ? statement.value : undefined;
}

function fromEnvelope(envelope: Envelope, digest: Digest): Result<Attested> {
  const statement = parseStatement(envelope);
  if (!statement.ok) return statement;
  const message = signedBytes(envelope.payloadType, envelope.payload);
  const by: Signatory[] = [];
  for (const { sig } of envelope.signatures) {
    const found = verifyDetached(message, Buffer.from(sig), SSH_NAMESPACE);
    // One that does not hold spoils the file: somebody changed it.
    if ("why" in found) return untrusted(found.why);
    by.push({ kind: "ssh", key: found.key });
  }
  return ok({ statement: statement.value, by, digest });
}

/** What of a bundle says its subject before anything is verified: the signature is checked over the same bytes. */
function subjectIn(value: JsonObject): string | undefined {
  const dsse = value["dsseEnvelope"];
  const payload = isObject(dsse) && typeof dsse["payload"] === "string" ? Buffer.from(dsse["payload"], "base64").toString("utf8") : "";
  return /"sha256":"([0-9a-f]{64})"/.exec(payload)?.[1];
}

async function fromBundle(
  bundle: Uint8Array,
  value: JsonObject,
  digest: Digest,
  people: readonly Person[],
  root: TrustRoot | null,
): Promise<Result<Attested>> {
  const sha256 = subjectIn(value);
  if (sha256 === undefined) return invalid("its bundle holds no statement about a plan");
  const { verifyBundle } = await import("./bundles/index.ts");
  let first: Result<never> | undefined;
  for (const { signer, by } of signersOf(people)) {
    const verified = verifyBundle({ bundle, artifact: { sha256 }, root, signer });
    if (!verified.ok) {
      first ??= verified;
      continue;
    }
    const { statement: claim } = verified.value;
    const statement = claim ? statementOf(claim) : invalid("it signs a file and states nothing");
    return statement.ok ? ok({ statement: statement.value, by: [by], digest }) : statement;
  }
  return first && isMalformed(first)
    ? invalid("its bundle is malformed")
    : untrusted("it is signed by nobody whom the teams in force name");
}

function isMalformed(result: Result<never>): boolean {
  return !result.ok && result.diagnostics.some((each) => each.code === "BUNDLE_INVALID");
}

interface Candidate {
  readonly signer: Signer;
  readonly by: Signatory;
}

function signersOf(people: readonly Person[]): readonly Candidate[] {
  return people.flatMap((person): Candidate[] => [
    ...person.oidc.map(({ issuer, subject }) => ({
      signer: { kind: "identity" as const, identity: subject, issuer },
      by: { kind: "oidc" as const, issuer, subject },
    })),
    ...person.ssh.flatMap((line) => {
      const key = keyOf(line);
      return key ? [{ signer: { kind: "key" as const, key, id: idOf(key) }, by: { kind: "ssh" as const, key: line } }] : [];
    }),
  ]);
}

/** A PEM key is recognised by its public half as SSH writes it; a hardware key signs in its own way only. */
function keyOf(line: string): KeyObject | undefined {
  const key = line.startsWith("sk-") ? undefined : sshPublicKey(line);
  return key && createPublicKey(key.export({ type: "spki", format: "pem" }));
}

function idOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("hex");
}

function untrusted(why: string): Result<never> {
  return fail(
    problem("ATTESTATION_UNTRUSTED", {
      detail: `The attestation cannot be trusted: ${why}.`,
      remedy: "Ask for a new one:\n  moltbot approve PLAN",
    }),
  );
}
