import { createHash, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestBytes, LIMITS, type Digest, type Json, type JsonObject, type Resource, type Result } from "../../../core/index.ts";
import { startChain, type Chain } from "../bundles/chain.fixture.ts";
import { sshWorkshop, type SshWorkshop } from "../commits/ssh.fixture.ts";
import { encodeEnvelope, signedBytes, SSH_NAMESPACE, STATEMENT_TYPE } from "../dsse.ts";
import { keylessSigner, keySigner, signArtifact, signingKey, signStatement } from "../signing/index.ts";
import { encodeClaim } from "../statement.ts";
import { policyClaim, policyTrust, verifyPolicies, type PoliciesToVerify, type PolicyClaim } from "./index.ts";

const WASM = digestBytes("the bundle");
const LOCK = Buffer.from("the lock");
const SOURCES = digestBytes("the sources");
const OPA = { version: "0.70.0", sha256: "a".repeat(64) };
const IDENTITY = "https://ci.acme.example/bots/.policies.yml@refs/heads/main";
const ISSUER = "https://token.ci.acme.example";
const CLAIM: PolicyClaim = {
  sources: SOURCES,
  lock: digestBytes(LOCK),
  builder: { moltbot: "1.0.0", opa: OPA },
  at: "2027-01-01T00:00:00.000Z",
};

interface Key {
  readonly publicKey: string;
  readonly sign: (subject?: string, type?: string, predicate?: Json) => Promise<Uint8Array>;
}

function keyOf(type: "ec" | "ed25519" = "ec"): Key {
  const { privateKey } = type === "ec" ? generateKeyPairSync("ec", { namedCurve: "prime256v1" }) : generateKeyPairSync("ed25519");
  const key = value(signingKey(privateKey.export({ type: "pkcs8", format: "pem" })));
  const { subject, predicateType, predicate } = policyClaim(WASM, CLAIM);
  return {
    publicKey: key.publicKey,
    sign: async (sha256 = subject.sha256, as = predicateType, said: Json = predicate) =>
      Buffer.from(value(await signStatement({ ...subject, sha256 }, as, said, keySigner(key)))),
  };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

const hexOf = (digest: Digest): string => digest.slice("sha256:".length);
const project = (policies: readonly Json[], more: JsonObject = {}): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind: "Project",
  metadata: { name: "acme" },
  spec: { verification: { policies: "attested" }, trust: { policies, ...more } },
});
const asked = (attestation: Uint8Array | null, more: Partial<PoliciesToVerify> = {}): PoliciesToVerify => ({
  attestation,
  wasm: WASM,
  lock: LOCK,
  sources: SOURCES,
  opa: OPA,
  ...more,
});
const said = (found: Result<unknown>): readonly string[] => (found.ok ? [] : found.diagnostics.map((each) => each.code));
const detailOf = (found: Result<unknown>): string => (found.ok ? "" : (found.diagnostics[0]?.detail ?? ""));

const ci = keyOf();
const eve = keyOf();
const listed = policyTrust(project([{ name: "ci", key: ci.publicKey }]));

describe("with a key", () => {
  test.each<[string, "ec" | "ed25519"]>([
    ["ECDSA", "ec"],
    ["Ed25519", "ed25519"],
  ])("%s holds, and says who and what", async (_name, type) => {
    const key = keyOf(type);
    const trust = policyTrust(
      project([
        { name: "other", key: eve.publicKey },
        { name: "ci", key: key.publicKey },
      ]),
    );
    const found = value(verifyPolicies(asked(await key.sign()), trust));
    expect(found).toEqual({ claim: CLAIM, signer: "ci", identity: null, issuer: null });
  });

  const OTHER = hexOf(digestBytes("other"));
  const told = (more: JsonObject): JsonObject => ({ ...policyClaim(WASM, CLAIM).predicate, ...more });
  test.each<[string, () => Promise<Uint8Array | null> | null, Partial<PoliciesToVerify>, string, string]>([
    ["missing", () => null, {}, "POLICY_ATTESTATION_MISSING", "is not there"],
    ["not JSON", () => Promise.resolve(Buffer.from("{")), {}, "POLICY_ATTESTATION_INVALID", "not JSON"],
    ["another JSON", () => Promise.resolve(Buffer.from('{"a": 1}')), {}, "POLICY_ATTESTATION_INVALID", "envelopes do not have"],
    ["no bytes", () => Promise.resolve(Buffer.from("")), {}, "POLICY_ATTESTATION_INVALID", "not JSON"],
    [
      "one byte more than allowed",
      () => Promise.resolve(Buffer.alloc(LIMITS.attestationBytes + 1, " ")),
      {},
      "POLICY_ATTESTATION_INVALID",
      "limits.attestationBytes",
    ],
    ["about another bundle", () => ci.sign(OTHER), {}, "POLICY_ATTESTATION_OTHER", "other bytes"],
    ["built again since", () => ci.sign(), { wasm: digestBytes("rebuilt") }, "POLICY_ATTESTATION_OTHER", "other bytes"],
    ["sources changed since", () => ci.sign(), { sources: digestBytes("new") }, "POLICY_ATTESTATION_STALE", "compiled from"],
    ["another lock", () => ci.sign(), { lock: Buffer.from("{}") }, "POLICY_ATTESTATION_STALE", "lock file"],
    ["another compiler", () => ci.sign(), { opa: { ...OPA, sha256: "b".repeat(64) } }, "POLICY_ATTESTATION_STALE", "compiler"],
    ["a key that is not listed", () => eve.sign(), {}, "POLICY_ATTESTATION_NOT_ALLOWED", "not listed"],
    [
      "a statement about a plan",
      () => ci.sign(undefined, "https://moltbot.dev/attestation/approval/v1"),
      {},
      "POLICY_ATTESTATION_INVALID",
      "attestation/approval/v1",
    ],
    ["a provenance", () => ci.sign(undefined, "https://slsa.dev/provenance/v1", {}), {}, "POLICY_ATTESTATION_INVALID", "slsa.dev"],
    ["more than is read", () => ci.sign(undefined, undefined, told({ note: "x" })), {}, "POLICY_ATTESTATION_INVALID", "says more"],
    ["no sources", () => ci.sign(undefined, undefined, told({ sources: null })), {}, "POLICY_ATTESTATION_INVALID", "not complete"],
    [
      "a builder without a compiler",
      () => ci.sign(undefined, undefined, told({ builder: { moltbot: "1" } })),
      {},
      "POLICY_ATTESTATION_INVALID",
      "not complete",
    ],
    ["no instant", () => ci.sign(undefined, undefined, told({ at: "today" })), {}, "POLICY_ATTESTATION_INVALID", "not complete"],
  ])("rows 75, 89: %s denies", async (_name, make, more, code, words) => {
    const found = verifyPolicies(asked(await make(), more), listed);
    expect(said(found)).toEqual([code]);
    expect(detailOf(found)).toContain(words);
  });

  test("row 89: an artifact that is signed without a statement denies", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const key = value(signingKey(privateKey.export({ type: "pkcs8", format: "pem" })));
    const signed = Buffer.from(value(await signArtifact(Buffer.from("the bundle"), keySigner(key))));
    const found = verifyPolicies(asked(signed), policyTrust(project([{ name: "ci", key: key.publicKey }])));
    expect(said(found)).toEqual(["POLICY_ATTESTATION_INVALID"]);
    expect(detailOf(found)).toContain("states nothing");
  });

  test("row 75: whatever is changed in the file, it denies, or says the same", async () => {
    const text = Buffer.from(await ci.sign()).toString();
    const before = value(verifyPolicies(asked(Buffer.from(text)), listed));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "A", '"', " ", "{"), (at, by) => {
        const found = verifyPolicies(asked(Buffer.from(text.slice(0, at) + by + text.slice(at + 1))), listed);
        // Hints about the key are for people alone.
        if (found.ok) expect(found.value).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  test("a payload of another type under the same bytes is not authentic", async () => {
    const bundle = JSON.parse(Buffer.from(await ci.sign()).toString()) as { dsseEnvelope: { payloadType: string } };
    bundle.dsseEnvelope.payloadType = "application/json";
    const found = verifyPolicies(asked(Buffer.from(JSON.stringify(bundle))), listed);
    expect(said(found)).toEqual(["POLICY_ATTESTATION_INVALID"]);
  });

  test("a claim that was edited under its signature is not authentic", async () => {
    const bundle = JSON.parse(Buffer.from(await ci.sign(undefined, undefined, told({ sources: digestBytes("old") }))).toString()) as {
      dsseEnvelope: { payload: string };
    };
    const payload = Buffer.from(bundle.dsseEnvelope.payload, "base64").toString().replace(digestBytes("old"), SOURCES);
    bundle.dsseEnvelope.payload = Buffer.from(payload).toString("base64");
    const found = verifyPolicies(asked(Buffer.from(JSON.stringify(bundle))), listed);
    expect(said(found)).toEqual(["POLICY_ATTESTATION_UNTRUSTED"]);
  });
});

describe("whom the Project believes", () => {
  test.each<[string, readonly Json[], JsonObject, string]>([
    ["nobody", [], {}, "SIGNERS_INVALID"],
    ["a key that is none", [{ name: "ci", key: "ssh-ed25519 AAAA" }], {}, "SIGNER_INVALID"],
    ["a key beside an identity", [{ name: "ci", key: ci.publicKey, issuer: ISSUER }], {}, "SIGNER_INVALID"],
    ["an identity without an issuer", [{ name: "ci", identity: IDENTITY }], {}, "SIGNER_INVALID"],
    [
      "a pattern that is not anchored",
      [{ name: "ci", identityPattern: "https://ci.acme.example/.*", issuer: ISSUER }],
      {},
      "SIGNER_INVALID",
    ],
    ["a pattern anchored in one branch", [{ name: "ci", identityPattern: "^a|b$", issuer: ISSUER }], {}, "SIGNER_INVALID"],
    ["a trust root that is none", [{ name: "ci", key: ci.publicKey }], { root: "{}" }, "TRUST_ROOT_INVALID"],
  ])("row 89: %s denies before the file is looked at", async (_name, policies, more, code) => {
    expect(said(verifyPolicies(asked(await ci.sign()), policyTrust(project(policies, more))))).toEqual([code]);
  });
});

describe("with an SSH key", () => {
  let keys: SshWorkshop;
  beforeAll(() => {
    keys = sshWorkshop();
    keys.key("ci");
    keys.key("eve");
  });
  afterAll(() => keys[Symbol.dispose]());

  const envelope = (name: string, namespace = SSH_NAMESPACE, change = (payload: Buffer) => payload, type = STATEMENT_TYPE): Uint8Array => {
    const payload = Buffer.from(encodeClaim(policyClaim(WASM, CLAIM)));
    // The signature is over bytes that are no text in general; these are.
    const armored = keys.sign(name, Buffer.from(signedBytes(STATEMENT_TYPE, payload)).toString(), namespace);
    const sig = Buffer.from(armored.split("\n").slice(1, -2).join(""), "base64");
    return Buffer.from(encodeEnvelope({ payloadType: type, payload: change(payload), signatures: [{ keyid: "", sig }] }));
  };
  const trusting = (...names: readonly string[]) =>
    policyTrust(project(names.map((name) => ({ name, key: `${keys.publicKey(name)} ${name}@acme.example\n` }))));

  test("holds", () => {
    expect(value(verifyPolicies(asked(envelope("ci")), trusting("eve", "ci")))).toMatchObject({ signer: "ci", claim: CLAIM });
  });

  test.each<[string, () => Uint8Array, string]>([
    ["another key", () => envelope("eve"), "POLICY_ATTESTATION_NOT_ALLOWED"],
    ["a signature over something else", () => envelope("ci", "git"), "POLICY_ATTESTATION_UNTRUSTED"],
    [
      "an edited claim",
      () => envelope("ci", SSH_NAMESPACE, (payload) => Buffer.from(payload.toString().replace("1.0.0", "9.0.0"))),
      "POLICY_ATTESTATION_UNTRUSTED",
    ],
    ["another payload type", () => envelope("ci", SSH_NAMESPACE, undefined, "text/plain"), "POLICY_ATTESTATION_INVALID"],
    ["no statement", () => envelope("ci", SSH_NAMESPACE, () => Buffer.from("{}")), "POLICY_ATTESTATION_INVALID"],
  ])("rows 75, 89: %s denies", (_name, make, code) => {
    expect(said(verifyPolicies(asked(make()), trusting("ci")))).toEqual([code]);
  });

  test("about another bundle denies before the signature is looked at", () => {
    expect(said(verifyPolicies(asked(envelope("ci"), { wasm: digestBytes("new") }), trusting("ci")))).toEqual(["POLICY_ATTESTATION_OTHER"]);
  });

  test("the same key in PEM form is recognised", async () => {
    const key = keyOf("ed25519");
    const raw = Buffer.from(key.publicKey.split("\n").slice(1, -2).join(""), "base64").subarray(-32);
    const part = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
    const line = `ssh-ed25519 ${Buffer.concat([part(Buffer.from("ssh-ed25519")), part(raw)]).toString("base64")}`;
    const found = verifyPolicies(asked(await key.sign()), policyTrust(project([{ name: "ci", key: line }])));
    expect(value(found).signer).toBe("ci");
  });
});

describe("keyless", () => {
  let chain: Chain;
  let elsewhere: Chain;
  beforeAll(async () => {
    [chain, elsewhere] = [await startChain(), await startChain()];
  });
  afterAll(async () => {
    await chain.close();
    await elsewhere.close();
  });

  const signed = async (by: Chain, identity = IDENTITY, issuer = ISSUER): Promise<Uint8Array> => {
    const services = { fulcioUrl: by.url, rekorUrl: by.url, tsaUrl: by.url };
    const { subject, predicateType, predicate } = policyClaim(WASM, CLAIM);
    return Buffer.from(value(await signStatement(subject, predicateType, predicate, keylessSigner(services, by.token(identity, issuer)))));
  };
  const believing = (entry: JsonObject, root: Uint8Array | null = chain.root()) =>
    policyTrust(project([{ name: "ci", ...entry }], root ? { root: Buffer.from(root).toString() } : {}));

  test("an identity and its issuer hold, exactly or by an anchored pattern, without a socket", async () => {
    const file = await signed(chain);
    const before = chain.asked.length;
    for (const who of [{ identity: IDENTITY }, { identityPattern: "^https://ci\\.acme\\.example/bots/.*$" }]) {
      const found = value(verifyPolicies(asked(file), believing({ ...who, issuer: ISSUER })));
      expect(found).toMatchObject({ signer: "ci", identity: IDENTITY, issuer: ISSUER });
    }
    expect(chain.asked.length).toBe(before);
  });

  test.each<[string, () => Promise<Uint8Array>, JsonObject, string]>([
    [
      "another identity",
      () => signed(chain, "https://evil.example"),
      { identity: IDENTITY, issuer: ISSUER },
      "POLICY_ATTESTATION_NOT_ALLOWED",
    ],
    [
      "an identity that begins the same",
      () => signed(chain, `${IDENTITY}2`),
      { identity: IDENTITY, issuer: ISSUER },
      "POLICY_ATTESTATION_NOT_ALLOWED",
    ],
    [
      "another issuer",
      () => signed(chain, IDENTITY, "https://evil.example"),
      { identity: IDENTITY, issuer: ISSUER },
      "POLICY_ATTESTATION_NOT_ALLOWED",
    ],
    ["another instance", () => signed(elsewhere), { identity: IDENTITY, issuer: ISSUER }, "POLICY_ATTESTATION_UNTRUSTED"],
    ["a certificate where a key is listed", () => signed(chain), { key: ci.publicKey }, "POLICY_ATTESTATION_NOT_ALLOWED"],
    ["a key where an identity is listed", () => ci.sign(), { identity: IDENTITY, issuer: ISSUER }, "POLICY_ATTESTATION_NOT_ALLOWED"],
  ])("rows 75, 89: %s denies", async (_name, make, entry, code) => {
    expect(said(verifyPolicies(asked(await make()), believing(entry)))).toEqual([code]);
  });

  test("without a trust root no certificate counts", async () => {
    expect(said(verifyPolicies(asked(await signed(chain)), believing({ identity: IDENTITY, issuer: ISSUER }, null)))).toEqual([
      "TRUST_ROOT_MISSING",
    ]);
  });
});

test("the digest of the statement's subject is the bundle's", () => {
  expect(policyClaim(WASM, CLAIM).subject.sha256).toBe(createHash("sha256").update("the bundle").digest("hex"));
});
