import { describe, expect, test } from "vitest";
import { digestBytes } from "../../core/index.ts";
import type { PolicyList } from "../../reconciler/engine.ts";
import { PLAIN } from "./plan.fixture.ts";
import { policyBuiltViews, policyListViews } from "./policy.ts";

const LIST: PolicyList = {
  project: "acme",
  environment: "staging",
  digests: { policy: digestBytes(""), data: digestBytes("") },
  policies: [],
  notInForce: [],
  leftOut: [],
  attestation: null,
};
const by = { signer: "ci", identity: null, issuer: null, opa: "0.70.0", at: "2027-01-01T00:00:00.000Z" };
const textOf = async (more: Partial<PolicyList>): Promise<string> => (await policyListViews.text?.({ ...LIST, ...more }, PLAIN)) ?? "";

describe("policy list", () => {
  test.each<[string, Partial<PolicyList>, string]>([
    ["a key", { attestation: { state: "attested", by } }, 'Compiled with opa 0.70.0 at 2027-01-01T00:00:00.000Z, as the key "ci" attests.'],
    [
      "an identity",
      { attestation: { state: "attested", by: { ...by, identity: "https://ci.acme.example", issuer: "https://token\u001b[2J" } } },
      "as https://ci.acme.example (https://token",
    ],
    ["nobody", { attestation: { state: "refused" } }, "moltbot policy build --attest"],
    ["what is left out", { leftOut: ["owned"] }, "Declared, and left out of the environment staging: owned."],
  ])("names %s", async (_name, more, words) => {
    const text = await textOf(more);
    expect(text.replaceAll(/\s+/g, " ")).toContain(words);
    expect(text).not.toContain("\u001b");
  });

  test("says nothing of who compiled where nobody asks", async () => {
    expect(await textOf({})).not.toMatch(/[Cc]ompiled/);
  });
});

test("a build that outdates an attestation says so", async () => {
  const built = {
    policies: ["a"],
    rules: 1,
    files: ["policies/bundle.wasm"],
    isWritten: true,
    isAttested: false,
    isOutdated: true,
    digest: null,
  };
  expect(await policyBuiltViews.text?.(built, PLAIN)).toContain("policy build --attest");
  expect(await policyBuiltViews.text?.({ ...built, isOutdated: false }, PLAIN)).not.toContain("attest");
});
