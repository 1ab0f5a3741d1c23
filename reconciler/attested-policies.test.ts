import { generateKeyPairSync } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestBytes, type Digest, type Json } from "../core/index.ts";
import { agentText, codesOf, ECHO, manifest, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { regoOf, writePolicies } from "../test/own-policies.fixture.ts";
import { loadPolicyAttestations } from "../trust/signatures/index.ts";
import {
  apply,
  destroy,
  exportTree,
  listPolicies,
  plan,
  prove,
  rollback,
  signClaim,
  validate,
  verifyProof,
  type Plan,
  type Proof,
} from "./engine.ts";
import type { Planned } from "./types.ts";

const OWNED = regoOf(
  "owned",
  `admission_deny contains {"code": "owner", "message": "Every agent names its owner.", "path": "/metadata/labels"} if {
	input.resource.kind == "Agent"
	not input.resource.labels.owner
}`,
);
const STRICTER = OWNED.replaceAll('"owner"', '"owner2"');
const OWNED_AGENT = agentText("a").replace("{name: a}", "{name: a, labels: {owner: ops}}");
const ATTESTATION = "policies/policies.attestation.json";

interface Key {
  readonly pem: string;
  readonly publicKey: string;
}

function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return {
    pem: privateKey.export({ type: "pkcs8", format: "pem" }),
    publicKey: publicKey.export({ type: "spki", format: "pem" }),
  };
}
const [ci, eve] = [newKey(), newKey()];

const project = (signers: readonly Key[], how = "attested", more = ""): string =>
  manifest(
    "Project",
    "acme",
    `target: {type: embedded}\nverification: {policies: ${how}}\n${more}` +
      (signers.length === 0
        ? ""
        : `trust:\n  policies:\n${signers.map((_, i) => `    - {name: s${i}, key: {file: trust/s${i}.pub}}`).join("\n")}`),
  );
const keyFiles = (signers: readonly Key[]) => Object.fromEntries(signers.map((key, i) => [`trust/s${i}.pub`, key.publicKey]));

/** As `moltbot policy build --attest` does, over what lies there. */
async function attest(root: string, key: Key): Promise<void> {
  const { policyClaim } = await loadPolicyAttestations();
  const text = readFileSync(join(root, "policies/policies.lock.json"));
  const lock = JSON.parse(text.toString()) as { sources: Digest; wasm: Digest; opa: { version: string; sha256: string } };
  const claim = {
    sources: lock.sources,
    lock: digestBytes(text),
    builder: { moltbot: "0.0.0-test", opa: lock.opa },
    at: "2027-01-01T00:00:00.000Z",
  };
  const file = join(root, "signing.pem");
  writeFileSync(file, key.pem, { mode: 0o600 });
  const signed = value(await signClaim(policyClaim(lock.wasm, claim), { kind: "pem", file }, new AbortController().signal));
  rmSync(file);
  writeFileSync(join(root, ATTESTATION), signed);
}

async function attestedRepository(signers: readonly Key[] = [ci], by: Key | null = ci): Promise<string> {
  const root = repository({
    "moltbot.yaml": project(signers),
    "agents/a.yaml": OWNED_AGENT,
    "providers/echo.yaml": ECHO,
    ...keyFiles(signers),
  });
  writePolicies(root, { owned: OWNED });
  if (by) await attest(root, by);
  return root;
}

async function planned(root: string, more = {}): Promise<Planned> {
  return value(await plan({ repo: root, ...more }, worldOf()));
}
const codes = ({ blockers }: Planned): readonly string[] => [...new Set(blockers.map((each) => each.code))];
const findings = ({ body }: Plan): readonly Json[] =>
  body.capabilities.findings.map((each) => (each as { message?: Json }).message ?? each);

describe("verification.policies: attested", () => {
  test("takes policies that somebody listed attests, and says who", async () => {
    const root = await attestedRepository();
    const found = await planned(root);
    expect(codes(found)).toEqual([]);
    expect(found.plan.evidence.policies?.attested).toMatchObject({ signer: "s0", identity: null });
    expect(codesOf(await validate({ repo: root }, worldOf()))).toEqual([]);
    const list = value(await listPolicies({ repo: root }, worldOf()));
    expect(list.attestation).toMatchObject({ state: "attested", by: { signer: "s0" } });
    value(await apply({ repo: root }, null, YES, worldOf()));
    expect((await planned(root)).plan.body.changes).toEqual([]);
  });

  test.each<[string, (root: string) => Promise<void> | void, string, string]>([
    ["none", (root) => rmSync(join(root, ATTESTATION)), "POLICY_ATTESTATION_MISSING", "moltbot.yaml"],
    ["by somebody else", (root) => attest(root, eve), "POLICY_ATTESTATION_NOT_ALLOWED", ATTESTATION],
    ["cut", (root) => writeFileSync(join(root, ATTESTATION), "{}"), "POLICY_ATTESTATION_INVALID", ATTESTATION],
    ["of the policies before", (root) => writePolicies(root, { owned: STRICTER }), "POLICY_ATTESTATION_OTHER", ATTESTATION],
    [
      "of another lock",
      (root) => {
        const file = join(root, "policies/policies.lock.json");
        const lock = JSON.parse(readFileSync(file, "utf8")) as { reads: string[] };
        // The rules would no more be told what they look at.
        writeFileSync(file, JSON.stringify({ ...lock, reads: ["nothing"] }));
      },
      "POLICY_ATTESTATION_STALE",
      ATTESTATION,
    ],
    ["nobody listed", (root) => write(root, { "moltbot.yaml": project([]) }), "SIGNERS_INVALID", "moltbot.yaml"],
  ])("rows 75, 89: %s: everything is denied, at its place, with the next step", async (_name, damage, code, file) => {
    const root = await attestedRepository();
    await damage(root);
    const found = await planned(root);
    expect(codes(found)).toEqual([code]);
    expect(found.blockers[0]?.at).toMatchObject({ file });
    expect(found.blockers[0]?.remedy).toBeTruthy();
    expect(found.plan.body.decisions.every((each) => each.answer === "denied")).toBe(true);
    expect(codesOf(await validate({ repo: root }, worldOf()))).toEqual([code]);
    expect(codesOf(await apply({ repo: root }, null, YES, worldOf()))).toEqual([code]);
    expect(value(await listPolicies({ repo: root }, worldOf())).attestation).toEqual({ state: "refused" });
  });

  test("row 89: what is there and is not attested is not passed over for what is recorded", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    rmSync(join(root, ATTESTATION));
    expect(codes(await planned(root))).toEqual(["POLICY_ATTESTATION_MISSING"]);
  });

  test("without compiled files the recorded ones are asked, with the attestation that was recorded", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    for (const file of ["policies/bundle.wasm", "policies/policies.lock.json", ATTESTATION]) rmSync(join(root, file));
    const found = await planned(root);
    expect([codes(found), found.plan.body.changes]).toEqual([[], []]);
    write(root, { ...keyFiles([eve]) });
    expect(codes(await planned(root))).toEqual(["POLICY_ATTESTATION_NOT_ALLOWED"]);
  });

  test("not asked, an attestation says nothing, and is not recorded", async () => {
    const root = await attestedRepository([ci], eve);
    write(root, { "moltbot.yaml": project([ci], "locked") });
    value(await apply({ repo: root }, null, YES, worldOf()));
    const { files } = value(await exportTree({ repo: root }, worldOf()));
    expect(files.map((each) => each.path)).not.toContain(ATTESTATION);
    expect(value(await listPolicies({ repo: root }, worldOf())).attestation).toBeNull();
  });
});

describe("who judges who compiled them", () => {
  test("the active Project asks too: turning it off helps nobody in the same change", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    write(root, { "moltbot.yaml": project([], "locked") });
    writePolicies(root, { owned: STRICTER });
    const found = await planned(root);
    expect(codes(found)).toEqual(["POLICY_ATTESTATION_OTHER"]);
    expect(findings(found.plan)).toContain("the verification of policies is lowered from attested to locked");
    writePolicies(root, { owned: OWNED });
    value(await apply({ repo: root }, null, YES, worldOf()));
    expect((await planned(root)).plan.body.changes).toEqual([]);
  });

  test("a commit cannot bring its own signer along: it is added first, by one who is listed", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    write(root, { "moltbot.yaml": project([ci, eve]), ...keyFiles([ci, eve]) });
    await attest(root, eve);
    const found = await planned(root);
    expect(codes(found)).toEqual(["POLICY_ATTESTATION_NOT_ALLOWED"]);
    expect(findings(found.plan)).toContain('policies compiled by the key "s1" are accepted');
    await attest(root, ci);
    value(await apply({ repo: root }, null, YES, worldOf()));
    await attest(root, eve);
    value(await apply({ repo: root }, null, YES, worldOf()));
    write(root, { "moltbot.yaml": project([eve]), "trust/s1.pub": null, ...keyFiles([eve]) });
    value(await apply({ repo: root }, null, YES, worldOf()));
  });

  test("policies that stay, compiled anew with a new one and attested, are no loosening", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    writePolicies(root, {
      owned: OWNED,
      more: regoOf("more", 'admission_deny contains {"code": "x", "message": "x"} if input.resource.kind == "Nobody"'),
    });
    await attest(root, ci);
    const found = await planned(root);
    expect([codes(found), findings(found.plan)]).toEqual([[], []]);
  });

  test("a rollback, an export and a destroy go on with what is recorded", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    write(root, { "agents/a.yaml": OWNED_AGENT.replace("Be kind.", "Be brief.") });
    value(await apply({ repo: root }, null, YES, worldOf()));
    value(await rollback({ repo: root }, 1, "too brief", YES, worldOf()));
    const { files } = value(await exportTree({ repo: root }, worldOf()));
    const other = repository({});
    for (const { path, text, bytes } of files) {
      write(other, { [path]: text });
      if (bytes) writeFileSync(join(other, path), bytes);
    }
    const exported = value(await plan({ repo: other, state: join(root, ".moltbot") }, worldOf()));
    expect([codes(exported), exported.plan.body.changes]).toEqual([[], []]);
    value(await destroy({ repo: root }, "over", YES, worldOf()));
  });
});

describe("a proof", () => {
  const CHOICES = { ledgerKey: null, trust: null, since: null };
  const bytesOf = (proof: Proof): Buffer => Buffer.from(JSON.stringify(proof));

  test("says who attested the policies that judged it, and does not hold without", async () => {
    const root = await attestedRepository();
    value(await apply({ repo: root }, null, YES, worldOf()));
    const first = value(await prove({ repo: root }, null, worldOf()));
    expect(value(await verifyProof(bytesOf(first), CHOICES)).policiesBy).toBe("s0");
    write(root, { "agents/a.yaml": OWNED_AGENT.replace("Be kind.", "Be brief.") });
    value(await apply({ repo: root }, null, YES, worldOf()));
    const proof = value(await prove({ repo: root }, null, worldOf()));
    expect(value(await verifyProof(bytesOf(proof), CHOICES)).policiesBy).toBe("s0");

    const { policies, ...without } = proof;
    if (!policies) throw new Error("no policies");
    const file = join(root, ATTESTATION);
    await attest(root, eve);
    const other = readFileSync(file).toString("base64");
    const edited = Buffer.from(policies.lock, "base64").toString().replace("0.70.0", "0.71.0");
    for (const damaged of [
      without,
      { ...proof, policies: { ...policies, attestation: other } },
      { ...proof, policies: { ...policies, lock: Buffer.from(edited).toString("base64") } },
      { ...proof, policies: { lock: "", attestation: "" } },
    ])
      expect(codesOf(await verifyProof(bytesOf(damaged), CHOICES))).toEqual(["PROOF_UNTRUSTED"]);
  });

  test("is not asked for one where nobody asked", async () => {
    const root = await attestedRepository();
    write(root, { "moltbot.yaml": project([ci], "locked") });
    value(await apply({ repo: root }, null, YES, worldOf()));
    const proof = value(await prove({ repo: root }, null, worldOf()));
    expect(proof.policies).toBeUndefined();
    expect(value(await verifyProof(bytesOf(proof), CHOICES)).policiesBy).toBeNull();
  });
});
