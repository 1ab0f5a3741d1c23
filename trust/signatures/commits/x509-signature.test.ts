import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ISSUER, startChain, type Chain, type RootJson } from "../bundles/chain.fixture.ts";
import { unarmored } from "./armor.ts";
import { armored, gitsign, PERSON, type GitsignOptions, type LogAnswer } from "./gitsign.fixture.ts";
import { readCommitTrust, type CommitTrust } from "./trust.ts";
import type { Verdict } from "./verdict.ts";
import { verifyX509Signature } from "./x509-signature.ts";

const TEXT = "tree 1\n\nsigned content\n";
let chain: Chain;
let other: Chain;

beforeAll(async () => {
  [chain, other] = [await startChain(), await startChain()];
});
afterAll(async () => {
  await chain.close();
  await other.close();
});

async function trustOf(identity = PERSON, issuer = ISSUER, change?: (root: RootJson) => void, of: Chain = chain): Promise<CommitTrust> {
  const root = Buffer.from(of.root(change)).toString("utf8");
  const read = await readCommitTrust({ root, identities: [{ name: "ops", identity, issuer }] });
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return read.trust;
}

async function judged(signature: string, trust?: CommitTrust, text = TEXT): Promise<Verdict> {
  const { certificates } = trust ?? (await trustOf());
  return await verifyX509Signature(Buffer.from(text), signature, certificates!);
}

/** A self-made authority's certificate, which nobody's trust root names. */
function foreignCertificate(): { readonly pem: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), "moltbot-openssl-"));
  const [key, pem] = [join(folder, "key"), join(folder, "pem")];
  const extensions = [
    "-addext",
    `subjectAltName=URI:${PERSON}`,
    "-addext",
    "extendedKeyUsage=codeSigning",
    "-addext",
    "keyUsage=digitalSignature",
  ];
  const args = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-subj",
    "/CN=x",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    pem,
  ];
  execFileSync("openssl", [...args, ...extensions], { stdio: ["ignore", "pipe", "pipe"] });
  const made = { pem: readFileSync(pem, "utf8"), key: readFileSync(key, "utf8") };
  rmSync(folder, { recursive: true, force: true });
  return made;
}

describe("a signature as gitsign makes it", () => {
  test("is good, offline, for the identity and issuer that are allowed", async () => {
    const signature = await gitsign(chain, TEXT);
    const asked = chain.asked.length;
    expect(await judged(signature)).toMatchObject({
      status: "good",
      signer: { form: "x509", identity: PERSON, issuer: ISSUER, key: null },
    });
    expect(chain.asked).toHaveLength(asked);
  });

  test.each<readonly [string, string, string]>([
    ["another identity", `${PERSON}2`, ISSUER],
    ["an identity that only begins like it", PERSON.slice(0, -1), ISSUER],
    ["a pattern", ".*", ISSUER],
    ["another issuer", PERSON, `${ISSUER}/`],
  ])("row 84: %s is not allowed", async (_, identity, issuer) => {
    expect((await judged(await gitsign(chain, TEXT), await trustOf(identity, issuer))).status).toBe("not-allowed");
  });

  const later = (entry: LogAnswer): LogAnswer => ({ ...entry, integratedTime: entry.integratedTime + 3_600 });
  const otherLog = (entry: LogAnswer): LogAnswer => ({ ...entry, logID: "00".repeat(32) });
  const otherRoot = (entry: LogAnswer): LogAnswer => {
    const inclusionProof = { ...entry.verification.inclusionProof, rootHash: "11".repeat(32) };
    return { ...entry, verification: { ...entry.verification, inclusionProof } };
  };
  const otherPromise = (entry: LogAnswer): LogAnswer => ({
    ...entry,
    verification: { ...entry.verification, signedEntryTimestamp: "AAAA" },
  });

  test.each<readonly [string, GitsignOptions]>([
    ["without a trusted time, as gitsign leaves it by default", { isOnline: true }],
    ["with content of its own", { cms: ["-nodetach"] }],
    ["without signed attributes", { cms: ["-noattr"], isOnline: true }],
    ["with another digest", { cms: ["-md", "sha512"], isOnline: true }],
    ["without its certificate", { cms: ["-nocerts"] }],
    ["named by key id", { cms: ["-keyid"] }],
    ["with a time of signing outside the certificate", { entry: later }],
    ["with an entry of another log", { entry: otherLog }],
    ["with another root of the log", { entry: otherRoot }],
    ["with a promise that nobody made", { entry: otherPromise }],
  ])("%s is untrusted", async (_, options) => {
    expect((await judged(await gitsign(chain, TEXT, options))).status).toBe("untrusted");
  });

  test("of an authority that the root does not name is untrusted", async () => {
    expect((await judged(await gitsign(chain, TEXT, { certificate: foreignCertificate() }))).status).toBe("untrusted");
    expect((await judged(await gitsign(other, TEXT))).status).toBe("untrusted");
  });

  test("over another text, or with the log's entry for another, is untrusted", async () => {
    const signature = await gitsign(chain, TEXT);
    expect((await judged(signature, undefined, `${TEXT}x`)).status).toBe("untrusted");
  });

  test("where the root has a log for certificates, the certificate must be in it", async () => {
    const elsewhere = JSON.parse(Buffer.from(other.root()).toString()) as RootJson;
    const trust = await trustOf(PERSON, ISSUER, (root) => {
      root.ctlogs = elsewhere.ctlogs;
    });
    expect((await judged(await gitsign(chain, TEXT), trust)).status).toBe("untrusted");
  });

  test("an authority that was not valid then is untrusted", async () => {
    const trust = await trustOf(PERSON, ISSUER, (root) => {
      for (const each of root.certificateAuthorities) each.validFor = { start: "2001-01-01T00:00:00Z", end: "2002-01-01T00:00:00Z" };
    });
    expect((await judged(await gitsign(chain, TEXT), trust)).status).toBe("untrusted");
  });

  test("row 88: a changed byte makes it nobody else's, and nothing throws", async () => {
    const der = unarmored(await gitsign(chain, TEXT))!;
    const trust = await trustOf();
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(der);
        changed[at] = changed[at]! ^ flip;
        const verdict = await judged(armored(changed), trust);
        // Some bytes say nothing that anything is derived from.
        if (verdict.status === "good") expect(verdict.signer.identity).toBe(PERSON);
      }),
      { numRuns: 150 },
    );
  });
});

describe("the trust for certificates", () => {
  const identities = [{ name: "ops", identity: PERSON, issuer: ISSUER }];
  test.each<readonly [string, (root: RootJson) => void]>([
    ["without an authority", (root) => (root.certificateAuthorities = [])],
    ["without a log and a timestamp authority", (root) => ((root.tlogs = []), (root.timestampAuthorities = []))],
    ["without a start of validity", (root) => delete root.tlogs[0]!.publicKey.validFor],
  ])("row 87: a root %s is refused", async (_, change) => {
    const root = Buffer.from(chain.root(change)).toString("utf8");
    expect(await readCommitTrust({ root, identities })).toMatchObject({ faults: [{ at: ["identities"] }] });
  });

  test("row 87: a missing or broken root is refused", async () => {
    expect(await readCommitTrust({ identities })).toMatchObject({ faults: [{ at: ["identities"] }] });
    expect(await readCommitTrust({ root: "{", identities })).toMatchObject({ faults: [{ at: ["identities"] }] });
  });
});
