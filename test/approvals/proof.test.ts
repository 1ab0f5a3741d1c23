import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isArray, isObject, LIMITS, type Json } from "../../core/index.ts";
import { otherSpellings } from "../../core/base64.fixture.ts";
import { verifyProof, type ProofReport } from "../../reconciler/engine.ts";
import { AGENT, askingRepository, GRANT, ruleOf, type Asking } from "./repository.fixture.ts";

let repository: Asking;
let text = "";
let first = "";
const NOBODY = { ledgerKey: null, trust: null, since: null };
const told = async (proof: string, choices: Parameters<typeof verifyProof>[1] = NOBODY) => await verifyProof(Buffer.from(proof), choices);
const valueOf = async (proof: string): Promise<ProofReport> => {
  const report = await told(proof);
  if (!report.ok) throw new Error(report.diagnostics[0]?.detail);
  return report.value;
};

/** Two generations: signed commits by people who are listed, approved by one who did not write them. */
beforeAll(() => {
  repository = askingRepository(
    ruleOf("always"),
    "  trust:\n    allowedSigners:\n      file: allowed_signers\n  verification:\n    commits: require\n",
  );
  const { shop, git, write, commit } = repository;
  write("allowed_signers", `ada@acme.example namespaces="git" ${shop.publicKey("ada")}\n`);
  git("config", "gpg.format", "ssh");
  git("config", "user.signingkey", path.join(shop.folder, "ada"));
  git("config", "commit.gpgsign", "true");
  git("add", "-A");
  git("commit", "-q", "--amend", "-m", "first, signed");
  expect(repository.run("trust", "init", path.join(repository.root, "allowed_signers"), "--auto-approve")).toMatchObject({ code: 0 });
  expect(repository.applied(...repository.approved("bob"))).toMatchObject({ code: 0 });
  first = git("rev-parse", "HEAD").trim();
  git("checkout", "-q", "-b", "side");
  write("agents/support.yaml", AGENT(GRANT));
  commit("may tell the time");
  git("checkout", "-q", "main");
  write("notes.txt", "meanwhile\n");
  commit("meanwhile");
  git("merge", "-q", "--no-ff", "-m", "merged", "side");
  expect(repository.applied(...repository.approved("bob"))).toMatchObject({ code: 0 });
  expect(repository.run("prove", "--out", "proof.json")).toMatchObject({ code: 0 });
  text = fs.readFileSync(path.join(repository.root, "proof.json"), "utf8");
});
afterAll(() => repository.dispose());

describe("a proof", () => {
  test("shows plan, signer, approvals and receipt, far from the store", async () => {
    const report = await valueOf(text);
    expect(report).toMatchObject({ owner: "acme/default", generation: 2, signedBy: "ada@acme.example", approvedBy: ["bob"] });
    expect([report.isKeyKnown, report.isJudgedFromOutside]).toEqual([false, true]);
    const elsewhere = repository.run("prove", "verify", path.join(repository.root, "proof.json"), "-C", "/");
    expect(elsewhere.code).toBe(0);
    expect(elsewhere.out).toContain("approved by bob");
  });

  test("of the first generation says that it judged itself", async () => {
    const own = repository.run("prove", "1", "-o", "json").out;
    expect(await valueOf(own)).toMatchObject({ generation: 1, isJudgedFromOutside: false });
  });

  test("is judged by the generation before it, and by no other that the ledger knows", async () => {
    const { run, write, commit, applied, approved } = repository;
    write("agents/support.yaml", AGENT("  description: Other.\n"));
    commit("other words");
    expect(applied(...approved("bob"))).toMatchObject({ code: 0 });
    const proofOf = (generation: number): Readonly<Record<string, Json>> =>
      JSON.parse(run("prove", String(generation), "-o", "json").out) as never;
    const [second, third] = [proofOf(2), proofOf(3)];
    expect((await told(JSON.stringify(third))).ok).toBe(true);
    // Older judges, with everything that a ledger honestly says of them; and the generation as its own judge.
    const older = { ...third, ledger: second["ledger"] ?? null, judges: second["judges"] ?? null };
    const own = { ...second, judges: third["judges"] ?? null };
    for (const forged of [older, own]) {
      const report = await told(JSON.stringify(forged));
      expect(report).toMatchObject({ diagnostics: [{ code: "PROOF_UNTRUSTED" }] });
      expect(report.ok || report.diagnostics[0]?.detail).toContain("what judged it is not the generation before it");
    }
  });

  test("is held against a ledger key and signers that are known from elsewhere", async () => {
    const { ledgerKey } = await valueOf(text);
    expect((await told(text, { ...NOBODY, ledgerKey })).ok).toBe(true);
    expect(await told(text, { ...NOBODY, ledgerKey: "AAAA" })).toMatchObject({ diagnostics: [{ code: "PROOF_UNTRUSTED" }] });
    const trusting = (name: string) => ({ ...NOBODY, trust: { allowedSigners: `x ${repository.shop.publicKey(name)}\n` } });
    expect((await told(text, trusting("ada"))).ok).toBe(true);
    expect(await told(text, trusting("eve"))).toMatchObject({ diagnostics: [{ code: "PROOF_UNTRUSTED" }] });
  });

  test("with any one value changed, removed or doubled does not hold", async () => {
    const whole = JSON.parse(text) as Json;
    const passed: string[] = [];
    for (const [pointer, changed] of mutations(whole)) {
      const report = await told(JSON.stringify(changed));
      if (report.ok) passed.push(pointer);
      else expect(report.diagnostics[0]?.code, pointer).toMatch(/^PROOF_(INVALID|UNTRUSTED)$/);
    }
    const { commits } = JSON.parse(text) as { readonly commits: readonly { readonly id: string }[] };
    const applied = commits.findIndex(({ id }) => id === first);
    // A later minor version may add fields, and the commit applied before is known by its id: nothing else may be otherwise.
    expect(passed).toEqual(["/formatVersion", `/commits without ${applied}`]);
  });

  test("has one spelling of every part: the same bytes in another base64 are refused", async () => {
    const whole = JSON.parse(text) as Json;
    const fields = [...encodedIn(whole)];
    const named = new Set(fields.map(([pointer]) => pointer.replace(/\/\d+(?=\/|$)/g, "/N")));
    expect([...named].sort()).toEqual(["/approvals/N", "/commits/N/object", "/evidence", "/ledger/head/key", "/ledger/head/signature"]);
    for (const [pointer, value, changed] of fields) {
      for (const spelt of otherSpellings(value)) {
        const report = await told(JSON.stringify(changed(spelt)));
        expect(report, `${pointer}: ${spelt.slice(-8)}`).toMatchObject({ diagnostics: [{ code: "PROOF_INVALID" }] });
      }
    }
  });

  test.each<readonly [string, () => string]>([
    ["a file that says something twice", () => text.replace('"kind": "Proof"', '"kind": "Proof", "kind": "Proof"')],
    ["nothing", () => ""],
    ["half a file", () => text.slice(0, text.length / 2)],
    ["another document", () => '{"kind":"Plan","formatVersion":"1.0"}'],
    ["a later format", () => text.replace('"formatVersion": "1.0"', '"formatVersion": "2.0"')],
  ])("is not %s", async (_, proof) => {
    expect(await told(proof())).toMatchObject({ diagnostics: [{ code: "PROOF_INVALID" }] });
  });

  test("is read up to its limit", async () => {
    const report = await verifyProof({ length: LIMITS.proofBytes + 1 } as Uint8Array, NOBODY);
    expect(report).toMatchObject({ diagnostics: [{ code: "PROOF_INVALID" }] });
  });

  test("of a generation that is not there is refused", () => {
    expect(repository.run("prove", "7").code).not.toBe(0);
    expect(repository.run("prove", "7").err).toContain("has no generation 7");
  });
});

/** Every leaf changed, every list with its last item gone and with it twice. */
function* mutations(value: Json, pointer = ""): Generator<readonly [string, Json]> {
  if (isArray(value)) {
    if (value.length > 0) {
      for (const i of value.keys()) yield [`${pointer} without ${i}`, value.toSpliced(i, 1)];
      yield [`${pointer} doubled`, [...value, value.at(-1) ?? null]];
    }
    for (const [i, item] of value.entries())
      for (const [at, changed] of mutations(item, `${pointer}/${i}`)) yield [at, value.with(i, changed)];
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      for (const [at, changed] of mutations(item, `${pointer}/${key}`)) yield [at, { ...value, [key]: changed }];
    }
  } else {
    yield [pointer, other(value)];
  }
}

/** Fields that hold bytes, each with a way to put another text there. */
function* encodedIn(value: Json, pointer = ""): Generator<readonly [string, string, (text: string) => Json]> {
  if (typeof value === "string") {
    if (/^\/(?:evidence|approvals\/\d+|commits\/\d+\/object|policies\/\w+|ledger\/head\/(?:key|signature))$/.test(pointer))
      yield [pointer, value, (spelt) => spelt];
  } else if (isArray(value)) {
    for (const [i, item] of value.entries())
      for (const [at, found, changed] of encodedIn(item, `${pointer}/${i}`)) yield [at, found, (spelt) => value.with(i, changed(spelt))];
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value))
      for (const [at, found, changed] of encodedIn(item, `${pointer}/${key}`))
        yield [at, found, (spelt) => ({ ...value, [key]: changed(spelt) })];
  }
}

function other(value: Json): Json {
  if (typeof value === "string") return value === "" ? "x" : `${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`;
  if (typeof value === "number") return value + 1;
  return typeof value === "boolean" ? !value : "x";
}
