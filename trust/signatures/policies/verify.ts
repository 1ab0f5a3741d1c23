import { hash } from "node:crypto";
import {
  digestBytes,
  fail,
  failAll,
  isObject,
  ok,
  problem,
  shortDigest,
  shown,
  type Diagnostic,
  type DiagnosticCode,
  type Digest,
  type JsonObject,
  type Result,
} from "../../../core/index.ts";
import { parseInToto, verifyBundle, type InTotoStatement, type TrustRoot } from "../bundles/index.ts";
import { fingerprintOf, verifyDetached } from "../commits/index.ts";
import { parseAttestationJson, parseEnvelope, signedBytes, SSH_NAMESPACE, type Envelope } from "../dsse.ts";
import { parseClaim, POLICY_PREDICATE, type PolicyClaim } from "./claim.ts";
import type { PolicySigner, PolicyTrust } from "./trust.ts";

export interface PoliciesToVerify {
  /** Null where there is none. */
  readonly attestation: Uint8Array | null;
  /** Of the compiled bundle. */
  readonly wasm: Digest;
  readonly lock: Uint8Array;
  /** What the lock says it was built from, and with. */
  readonly sources: Digest;
  readonly opa: { readonly version: string; readonly sha256: string };
}

/** A statement that holds, and who made it. */
export interface AttestedPolicies {
  readonly claim: PolicyClaim;
  /** The name of the entry in `spec.trust.policies`. */
  readonly signer: string;
  /** Who signed, as the certificate says; null for a key. */
  readonly identity: string | null;
  readonly issuer: string | null;
}

/**
 * Does somebody who is believed say that these bytes were compiled from these sources? Needs no clock and no
 * network, and looks at no byte of the bundle but its digest.
 *
 * @returns one of the `POLICY_ATTESTATION_` codes, or what is wrong with the trust that would tell:
 *   `SIGNERS_INVALID`, `SIGNER_INVALID`, `TRUST_ROOT_INVALID`, `TRUST_ROOT_MISSING`.
 */
export function verifyPolicies(policies: PoliciesToVerify, { root, signers }: PolicyTrust): Result<AttestedPolicies> {
  if (!signers.ok) return signers;
  if (signers.value.length === 0) return nobody();
  if (!root.ok) return root;
  if (policies.attestation === null) return missing();
  const json = parseAttestationJson(policies.attestation);
  if (!json.ok) return unusable(whyOf(json.diagnostics));
  const isBundle = isObject(json.value) && "mediaType" in json.value;
  const signed = isBundle
    ? fromBundle(policies.attestation, json.value, policies.wasm, signers.value, root.value)
    : fromEnvelope(json.value, policies.wasm, signers.value);
  if (!signed.ok) return signed;
  const { statement, ...by } = signed.value;
  const claim = claimIn(statement, policies);
  return claim.ok ? ok({ claim: claim.value, ...by }) : claim;
}

type Signed = Omit<AttestedPolicies, "claim"> & { readonly statement: InTotoStatement };

/** A statement under a signature that holds: is it this one? */
function claimIn(statement: InTotoStatement, { wasm, lock, sources, opa }: PoliciesToVerify): Result<PolicyClaim> {
  if (statement.predicateType !== POLICY_PREDICATE)
    return unusable(`it states ${shown(statement.predicateType)}, and ${POLICY_PREDICATE} is wanted`);
  if (statement.subjects.length !== 1) return unusable("it is about several files");
  if (!isAbout(statement, wasm)) return otherBundle(statement, wasm);
  const claim = parseClaim(statement.predicate);
  if (!claim) return unusable("its statement is not complete, or says more");
  if (claim.sources !== sources)
    return stale(`it was made when they were compiled from ${shortDigest(claim.sources)}, and the lock names ${shortDigest(sources)}`);
  if (claim.lock !== digestBytes(lock)) return stale("the lock file is another than the one that was attested");
  if (claim.builder.opa.sha256 !== opa.sha256) return stale("it names another compiler than the lock");
  return ok(claim);
}

function isAbout({ subjects }: InTotoStatement, wasm: Digest): boolean {
  return subjects.includes(wasm.slice("sha256:".length));
}

function fromEnvelope(value: JsonObject, wasm: Digest, signers: readonly PolicySigner[]): Result<Signed> {
  const envelope = parseEnvelope(value);
  if (!envelope.ok) return unusable(whyOf(envelope.diagnostics));
  const statement = parseInToto(envelope.value.payload);
  if (typeof statement === "string") return unusable(`its body is no in-toto statement: ${statement}`);
  if (!isAbout(statement, wasm) && statement.predicateType === POLICY_PREDICATE) return otherBundle(statement, wasm);
  return signedByAny(envelope.value, statement, signers);
}

function signedByAny({ payloadType, payload, signatures }: Envelope, statement: InTotoStatement, signers: readonly PolicySigner[]) {
  const message = signedBytes(payloadType, payload);
  const keys: string[] = [];
  for (const { sig } of signatures) {
    const found = verifyDetached(message, Buffer.from(sig), SSH_NAMESPACE);
    // One that does not hold spoils the file: somebody changed it.
    if ("why" in found) return untrusted(found.why);
    keys.push(found.key);
  }
  const by = signers.find(({ ssh }) => ssh !== null && keys.includes(ssh));
  return by
    ? ok({ signer: by.name, identity: null, issuer: null, statement })
    : notAllowed(`it is signed with the SSH key ${fingerprintIn(keys[0])}`);
}

function fingerprintIn(key = ""): string {
  return fingerprintOf({ blob: Buffer.from(key.split(" ")[1] ?? "", "base64") });
}

function fromBundle(
  bundle: Uint8Array,
  value: JsonObject,
  wasm: Digest,
  signers: readonly PolicySigner[],
  root: TrustRoot | null,
): Result<Signed> {
  const hint = hintIn(value);
  const kind = hint === undefined ? "identity" : "key";
  const failures: Diagnostic[] = [];
  for (const { name, signer } of signers) {
    if (signer?.kind !== kind) continue;
    const verified = verifyBundle({ bundle, artifact: { sha256: wasm.slice("sha256:".length) }, root, signer });
    if (!verified.ok) {
      failures.push(...verified.diagnostics);
      continue;
    }
    const { statement, identity, issuer } = verified.value;
    return statement ? ok({ signer: name, identity, issuer, statement }) : unusable("it signs a file and states nothing");
  }
  const isListed = signers.some(
    ({ signer }) => signer?.kind === "key" && hint === hintOf(signer.key.export({ type: "spki", format: "der" })),
  );
  return refusal(failures, kind, isListed, wasm);
}

/** Which of the refusals is told: what is wrong with the file itself first, then with who signed it. */
function refusal(failures: readonly Diagnostic[], kind: "identity" | "key", isListed: boolean, wasm: Digest): Result<never> {
  const first = (code: DiagnosticCode): Diagnostic | undefined => failures.find((each) => each.code === code);
  const malformed = first("BUNDLE_INVALID");
  if (malformed) return unusable(whyOf([malformed]));
  if (first("BUNDLE_OTHER_ARTIFACT")) return otherBundle(undefined, wasm);
  const root = first("TRUST_ROOT_MISSING");
  if (root) return failAll([root]);
  if (kind === "key" && !isListed) return notAllowed("it is signed with a key that is not listed");
  const other = first("BUNDLE_NOT_ALLOWED");
  if (other) return notAllowed(lower(other.detail));
  const [any] = failures;
  return any ? untrusted(whyOf([any])) : notAllowed("it is signed with a certificate, and only keys are listed");
}

/** The hint about the key: a claim, good for choosing words and for nothing else. */
function hintIn({ verificationMaterial }: JsonObject): string | undefined {
  const { publicKey } = isObject(verificationMaterial) ? verificationMaterial : {};
  if (!isObject(publicKey)) return undefined;
  return typeof publicKey["hint"] === "string" ? publicKey["hint"] : "";
}

function hintOf(der: Buffer): string {
  return hash("sha256", der, "base64");
}

function lower(detail: string): string {
  return `${detail.slice(0, 1).toLowerCase()}${detail.slice(1).replace(/\.$/, "")}`;
}

/** The clause behind the colon of another refusal. */
function whyOf(diagnostics: readonly Diagnostic[]): string {
  const [detail = ""] = diagnostics.map((each) => each.detail);
  return detail.replace(/^[^:]*: /, "").replace(/\.$/, "");
}

const AGAIN =
  "Have them compiled and attested by somebody who is listed, and commit the files:\n  moltbot policy build --attest --key FILE";

function nobody(): Result<never> {
  return fail(
    problem("SIGNERS_INVALID", {
      detail:
        "Compiled policies must be attested, and spec.trust.policies lists nobody who may say who compiled them. Everything is denied.",
      remedy: "List a signer: a key, or an identity with its issuer.\n  trust: {policies: [{name: ci, key: {file: trust/policies.pub}}]}",
      context: { pointer: "/spec/verification/policies" },
    }),
  );
}

function missing(): Result<never> {
  return fail(
    problem("POLICY_ATTESTATION_MISSING", {
      detail:
        "Compiled policies must be attested (verification.policies: attested), and policies/policies.attestation.json is not there. Everything is denied.",
      remedy: AGAIN,
      context: { pointer: "/spec/verification/policies" },
    }),
  );
}

function unusable(why: string): Result<never> {
  return refused("POLICY_ATTESTATION_INVALID", `cannot be used: ${why}`);
}

function untrusted(why: string): Result<never> {
  return refused("POLICY_ATTESTATION_UNTRUSTED", `is not authentic: ${why}`);
}

function notAllowed(why: string): Result<never> {
  return refused(
    "POLICY_ATTESTATION_NOT_ALLOWED",
    `is by nobody whom spec.trust.policies lists: ${why}`,
    "See who is believed:\n  moltbot policy list\nHave the policies attested by one of them, or add the signer in a commit of its own and apply that first.",
  );
}

function stale(why: string): Result<never> {
  return refused("POLICY_ATTESTATION_STALE", `is not about these sources: ${why}`);
}

function otherBundle(statement: InTotoStatement | undefined, wasm: Digest): Result<never> {
  const [sha256] = statement?.subjects ?? [];
  const about = sha256 === undefined ? "other bytes" : shortDigest(`sha256:${sha256}`);
  return refused("POLICY_ATTESTATION_OTHER", `is about ${about}, and policies/bundle.wasm is ${shortDigest(wasm)}`);
}

function refused(code: DiagnosticCode, why: string, remedy = AGAIN): Result<never> {
  const detail = `The attestation of the compiled policies ${why}. They are not asked, and everything is denied.`;
  return fail(problem(code, { detail, remedy }));
}
