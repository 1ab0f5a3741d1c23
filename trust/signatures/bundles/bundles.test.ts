import { createHash, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS, outcomeOf, type Outcome, type Result } from "../../../core/index.ts";
import { keylessSigner, keySigner, signArtifact, signingKey, signStatement } from "../signing/index.ts";
import { IDENTITY, ISSUER, startChain, type Chain, type RootJson } from "./chain.fixture.ts";
import { parseTrustRoot, signerOf, verifyBundle, type Signer, type TrustRoot } from "./index.ts";

const FILE = new TextEncoder().encode("the archive");
const OTHER = new TextEncoder().encode("another archive");
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

interface BundleJson {
  mediaType: string;
  verificationMaterial: {
    certificate?: { rawBytes: string };
    publicKey?: { hint: string };
    tlogEntries: {
      logIndex: string;
      logId: { keyId: string };
      kindVersion: { kind: string; version: string };
      integratedTime: string;
      inclusionPromise?: { signedEntryTimestamp: string };
      inclusionProof?: { logIndex: string; rootHash: string; treeSize: string; hashes: string[]; checkpoint: { envelope: string } };
      canonicalizedBody: string;
    }[];
    timestampVerificationData?: { rfc3161Timestamps: { signedTimestamp: string }[] };
  };
  messageSignature?: { messageDigest: { algorithm: string; digest: string }; signature: string };
  dsseEnvelope?: { payload: string; payloadType: string; signatures: { sig: string; keyid?: string }[] };
}

/** Everything the cases are made of: signed once over loopback HTTP by a whole private chain. */
interface World {
  readonly chain: Chain;
  readonly elsewhere: Chain;
  readonly bundle: string;
  readonly second: string;
  readonly ofOther: string;
  readonly byElsewhere: string;
  readonly untimed: string;
  readonly statement: string;
  readonly keyed: string;
  readonly keyedStatement: string;
  readonly publicKey: string;
  /** Its log entry is real, and names somebody else's key. */
  readonly loggedByOther: string;
}

let world: World;

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};

const services = ({ url }: Chain, tsa = true) => ({ fulcioUrl: url, rekorUrl: url, ...(tsa ? { tsaUrl: url } : {}) });

beforeAll(async () => {
  const [chain, elsewhere] = [await startChain(), await startChain()];
  const by = keylessSigner(services(chain), chain.token());
  const key = valueOf(signingKey(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" })));
  const subject = { name: "archive", sha256: sha256(FILE) };
  const elsewhereKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" });
  const asOther = by.witnesses.map((witness, i): typeof witness =>
    i > 0 ? witness : { testify: (content) => witness.testify(content, elsewhereKey) },
  );
  world = {
    chain,
    loggedByOther: valueOf(await signArtifact(FILE, { ...by, witnesses: asOther })),
    elsewhere,
    bundle: valueOf(await signArtifact(FILE, by)),
    second: valueOf(await signArtifact(FILE, by)),
    ofOther: valueOf(await signArtifact(OTHER, by)),
    byElsewhere: valueOf(await signArtifact(FILE, keylessSigner(services(elsewhere), elsewhere.token()))),
    untimed: valueOf(await signArtifact(FILE, keylessSigner(services(chain, false), chain.token()))),
    statement: valueOf(await signStatement(subject, "https://slsa.dev/provenance/v1", {}, by)),
    keyed: valueOf(await signArtifact(FILE, keySigner(key))),
    keyedStatement: valueOf(await signStatement(subject, "https://slsa.dev/provenance/v1", {}, keySigner(key))),
    publicKey: key.publicKey,
  };
}, 30_000);

afterAll(async () => {
  await world.chain.close();
  await world.elsewhere.close();
});

type Which = "bundle" | "loggedByOther" | "statement" | "keyed" | "keyedStatement" | "untimed" | "ofOther" | "byElsewhere";

interface Given {
  readonly which?: Which;
  readonly change?: (bundle: BundleJson) => void;
  readonly text?: (bundle: string) => string;
  readonly root?: ((root: RootJson) => void) | null;
  readonly file?: Uint8Array;
  readonly digestOnly?: boolean;
  readonly identity?: string;
  readonly identityPattern?: string;
  readonly issuer?: string;
  readonly key?: string;
}

function changed({ which = "bundle", change, text }: Given): Uint8Array {
  const json = JSON.parse(world[which]) as BundleJson;
  change?.(json);
  const written = change ? JSON.stringify(json) : world[which];
  return new TextEncoder().encode(text ? text(written) : written);
}

function signerIn({ which = "bundle", identity, identityPattern, issuer = ISSUER, key }: Given): Result<Signer> {
  if (key !== undefined || which.startsWith("keyed")) return signerOf({ key: key ?? world.publicKey });
  return identityPattern === undefined ? signerOf({ identity: identity ?? IDENTITY, issuer }) : signerOf({ identityPattern, issuer });
}

function rootIn({ root }: Given): Result<TrustRoot | null> {
  return root === null ? { ok: true, value: null, warnings: [] } : parseTrustRoot(world.chain.root(root));
}

function answer(given: Given): Result<unknown> {
  const signer = signerIn(given);
  if (!signer.ok) return signer;
  const root = rootIn(given);
  if (!root.ok) return root;
  const file = given.file ?? FILE;
  const artifact = given.digestOnly ? { sha256: sha256(file) } : { sha256: sha256(file), bytes: file };
  return verifyBundle({ bundle: changed(given), artifact, root: root.value, signer: signer.value });
}

const material = (bundle: BundleJson): BundleJson["verificationMaterial"] => bundle.verificationMaterial;
const entry = (bundle: BundleJson) => material(bundle).tlogEntries[0]!;
const flip = (text: string, at = 20): string => {
  const bytes = Buffer.from(text, "base64");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString("base64");
};
const body = (bundle: BundleJson, change: (body: string) => string): void => {
  const log = entry(bundle);
  log.canonicalizedBody = Buffer.from(change(Buffer.from(log.canonicalizedBody, "base64").toString())).toString("base64");
};
const hexOf = (bytes: Uint8Array): string => sha256(bytes);
const daysOff = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

describe("what is authentic and allowed is accepted", () => {
  test.each<[string, Given]>([
    ["a file", {}],
    ["its digest alone", { digestOnly: true }],
    ["a statement about it", { which: "statement" }],
    ["with the log's time only", { which: "untimed" }],
    ["a pattern for the identity", { identityPattern: "^https://ci\\.acme\\.example/plugins/\\.[a-z]+\\.yml@refs/heads/(main|next)$" }],
    ["a key, without anybody else", { which: "keyed", root: null }],
    ["a key, its digest alone", { which: "keyed", root: null, digestOnly: true }],
    ["a key's statement", { which: "keyedStatement", root: null }],
    [
      "row 85: years later, the authority's time is over but was not then",
      { root: (root) => void (root.certificateAuthorities[0]!.validFor!.end = daysOff(1)) },
    ],
    [
      "a root with more than it needs",
      {
        root: (root) =>
          void root.certificateAuthorities.push(JSON.parse(new TextDecoder().decode(world.elsewhere.root())).certificateAuthorities[0]),
      },
    ],
  ])("%s", (_name, given) => {
    expect(answer(given)).toMatchObject({ ok: true });
  });

  test("it says who, and when", () => {
    expect(answer({})).toMatchObject({
      value: {
        artifact: `sha256:${sha256(FILE)}`,
        keyed: false,
        identity: IDENTITY,
        issuer: ISSUER,
        signedAt: expect.stringMatching(/^20\d\d-/) as string,
        logged: [expect.stringMatching(/^\d+$/)],
      },
    });
    expect(answer({ which: "keyed", root: null })).toMatchObject({
      value: { keyed: true, identity: null, issuer: null, signedAt: null, logged: [] },
    });
  });
});

/** Cases that must fail, each with the class it must fail with. */
const REFUSED: readonly (readonly [string, Outcome, Given])[] = [
  ["row 82: a bundle for another file", "UNTRUSTED", { which: "ofOther" }],
  ["row 82: the file with one bit changed", "UNTRUSTED", { file: Uint8Array.from(FILE, (each, i) => (i === 3 ? each ^ 1 : each)) }],
  ["row 82: another file by its digest", "UNTRUSTED", { file: OTHER, digestOnly: true }],
  ["row 82: a statement about another file", "UNTRUSTED", { which: "statement", file: OTHER }],
  ["row 82: a key's bundle for another file", "UNTRUSTED", { which: "keyed", root: null, file: OTHER }],
  ["row 83: a longer identity", "NOT_ALLOWED", { identity: `${IDENTITY}-evil` }],
  ["row 83: a shorter identity", "NOT_ALLOWED", { identity: IDENTITY.slice(0, -1) }],
  ["row 83: the identity in another case", "NOT_ALLOWED", { identity: IDENTITY.toUpperCase() }],
  ["row 83: a dot is a dot", "NOT_ALLOWED", { identity: IDENTITY.replaceAll(".", "x") }],
  ["row 83: a pattern that covers the beginning only", "NOT_ALLOWED", { identityPattern: "^https://ci\\.acme\\.example/$" }],
  ["row 83: a pattern that covers the end only", "NOT_ALLOWED", { identityPattern: "^refs/heads/main$" }],
  ["row 83: a pattern without anchors", "INVALID", { identityPattern: "https://ci.acme.example/.*" }],
  ["row 83: alternatives that escape the anchors", "INVALID", { identityPattern: "^https://ci.acme.example/.*|evil$" }],
  ["row 83: a pattern that goes back", "INVALID", { identityPattern: "^(a+)\\1$" }],
  ["row 84: the right identity, another issuer", "NOT_ALLOWED", { issuer: "https://token.evil.example" }],
  ["row 84: an issuer that begins the same", "NOT_ALLOWED", { issuer: `${ISSUER}.evil.example` }],
  ["row 84: the right issuer, another identity", "NOT_ALLOWED", { identity: "https://ci.acme.example/other" }],
  ["row 85: no timestamp and no time of the log", "UNTRUSTED", { which: "untimed", change: (b) => void delete entry(b).inclusionPromise }],
  ["row 85: a timestamp from an unknown authority", "UNTRUSTED", { root: (root) => void (root.timestampAuthorities = []) }],
  [
    "row 85: a timestamp outside the certificate's time",
    "UNTRUSTED",
    { root: (root) => void (root.certificateAuthorities[0]!.validFor!.end = daysOff(-0.5)) },
  ],
  [
    "row 85: a timestamp of another signature",
    "UNTRUSTED",
    {
      change: (b) =>
        void (material(b).timestampVerificationData = (
          JSON.parse(world.second) as BundleJson
        ).verificationMaterial.timestampVerificationData!),
    },
  ],
  [
    "row 85: the same timestamp twice",
    "UNTRUSTED",
    {
      change: (b) =>
        void material(b).timestampVerificationData!.rfc3161Timestamps.push(material(b).timestampVerificationData!.rfc3161Timestamps[0]!),
    },
  ],
  [
    "row 85: a damaged timestamp",
    "INVALID",
    {
      change: (b) =>
        void (material(b).timestampVerificationData!.rfc3161Timestamps[0]!.signedTimestamp = Buffer.from("nothing").toString("base64")),
    },
  ],
  ["row 86: no log entry", "UNTRUSTED", { change: (b) => void (material(b).tlogEntries = []) }],
  [
    "row 86: the entry of another signing of the same file",
    "UNTRUSTED",
    { change: (b) => void (material(b).tlogEntries = (JSON.parse(world.second) as BundleJson).verificationMaterial.tlogEntries) },
  ],
  [
    "row 86: the entry of another file",
    "UNTRUSTED",
    { change: (b) => void (material(b).tlogEntries = (JSON.parse(world.ofOther) as BundleJson).verificationMaterial.tlogEntries) },
  ],
  ["row 86: one entry twice", "UNTRUSTED", { change: (b) => void material(b).tlogEntries.push(entry(b)) }],
  ["row 86: an entry of the log that names another key", "UNTRUSTED", { which: "loggedByOther" }],
  ["row 86: an entry that says another digest", "UNTRUSTED", { change: (b) => body(b, (text) => text.replace(hexOf(FILE), hexOf(OTHER))) }],
  ["row 86: an entry of another kind than it says", "UNTRUSTED", { change: (b) => void (entry(b).kindVersion.kind = "intoto") }],
  [
    "row 86: neither promise nor proof",
    "INVALID",
    {
      change: (b) => {
        delete entry(b).inclusionPromise;
        delete entry(b).inclusionProof;
      },
    },
  ],
  [
    "row 86: a promise with one bit changed",
    "UNTRUSTED",
    { change: (b) => void (entry(b).inclusionPromise!.signedEntryTimestamp = flip(entry(b).inclusionPromise!.signedEntryTimestamp)) },
  ],
  [
    "row 86: another time than was promised",
    "UNTRUSTED",
    { change: (b) => void (entry(b).integratedTime = String(Number(entry(b).integratedTime) + 1)) },
  ],
  ["row 86: an unknown log", "UNTRUSTED", { root: (root) => void (root.tlogs = []) }],
  [
    "row 86: a proof with another root",
    "UNTRUSTED",
    { change: (b) => void (entry(b).inclusionProof!.rootHash = flip(entry(b).inclusionProof!.rootHash)) },
  ],
  ["row 86: a proof for another size", "UNTRUSTED", { change: (b) => void (entry(b).inclusionProof!.treeSize = "99999999") }],
  [
    "row 86: a proof with a hash too many",
    "UNTRUSTED",
    { change: (b) => void (entry(b).inclusionProof!.hashes = [Buffer.alloc(32).toString("base64")]) },
  ],
  [
    "row 86: a checkpoint with another root",
    "UNTRUSTED",
    {
      change: (b) =>
        void (entry(b).inclusionProof!.checkpoint.envelope = entry(b).inclusionProof!.checkpoint.envelope.replace(
          /\n[A-Za-z0-9+/=]{44}\n/,
          `\n${Buffer.alloc(32).toString("base64")}\n`,
        )),
    },
  ],
  [
    "row 86: a checkpoint nobody signed",
    "UNTRUSTED",
    {
      change: (b) =>
        void (entry(b).inclusionProof!.checkpoint.envelope = entry(b).inclusionProof!.checkpoint.envelope.replace(
          / [A-Za-z0-9+/=]{50,}\n$/,
          ` ${Buffer.alloc(70).toString("base64")}\n`,
        )),
    },
  ],
  ["row 86: a certificate that no certificate log knows", "UNTRUSTED", { root: (root) => void (root.ctlogs = []) }],
  ["row 87: no trust root", "UNTRUSTED", { root: null }],
  [
    "row 87: no trust root for a key's timestamps",
    "UNTRUSTED",
    {
      which: "keyed",
      root: null,
      change: (b) =>
        void (material(b).timestampVerificationData = (
          JSON.parse(world.bundle) as BundleJson
        ).verificationMaterial.timestampVerificationData!),
    },
  ],
  ["row 87: a trust root of another instance", "UNTRUSTED", { which: "byElsewhere" }],
  [
    "row 87: an authority without a start of validity",
    "UNTRUSTED",
    { root: (root) => void (root.certificateAuthorities[0]!.validFor = {}) },
  ],
  ["row 87: a log without a start of validity", "UNTRUSTED", { root: (root) => void delete root.tlogs[0]!.publicKey.validFor }],
  [
    "row 87: a certificate log without a start of validity",
    "UNTRUSTED",
    { root: (root) => void delete root.ctlogs[0]!.publicKey.validFor },
  ],
  [
    "row 87: a timestamp authority without a start of validity",
    "UNTRUSTED",
    { root: (root) => void delete root.timestampAuthorities[0]!.validFor },
  ],
  [
    "row 87: a validity that ends before it starts",
    "UNTRUSTED",
    { root: (root) => void (root.tlogs[0]!.publicKey.validFor!.end = "2000-01-01T00:00:00Z") },
  ],
  [
    "row 87: an authority that has expired before",
    "UNTRUSTED",
    {
      root: (root) =>
        void Object.assign(root.certificateAuthorities[0]!, { validFor: { start: "2019-01-01T00:00:00Z", end: "2020-01-01T00:00:00Z" } }),
    },
  ],
  [
    "row 87: nobody in it",
    "UNTRUSTED",
    { root: (root) => void Object.assign(root, { tlogs: [], ctlogs: [], certificateAuthorities: [], timestampAuthorities: [] }) },
  ],
  ["row 87: no authority in it", "UNTRUSTED", { root: (root) => void (root.certificateAuthorities = []) }],
  ["row 87: an entry twice", "UNTRUSTED", { root: (root) => void root.tlogs.push(root.tlogs[0]!) }],
  [
    "row 87: a log under the id of another",
    "UNTRUSTED",
    { root: (root) => void (root.tlogs[0]!.logId.keyId = root.ctlogs[0]!.logId.keyId) },
  ],
  [
    "row 87: a chain that does not hold together",
    "UNTRUSTED",
    {
      root: (root) =>
        void root.timestampAuthorities[0]!.certChain.certificates.splice(1, 1, root.certificateAuthorities[0]!.certChain.certificates[0]!),
    },
  ],
  [
    "row 87: a key of another kind than it says",
    "UNTRUSTED",
    { root: (root) => void (root.tlogs[0]!.publicKey.keyDetails = "PKIX_ED25519") },
  ],
  ["row 87: a trust root of an unknown kind", "INVALID", { root: (root) => void (root.mediaType = "application/json") }],
  ["row 87: a field nobody knows", "INVALID", { root: (root) => void Object.assign(root, { more: [] }) }],
  ["row 88: an unknown media type", "INVALID", { change: (b) => void (b.mediaType = "application/vnd.dev.sigstore.bundle.v9.9+json") }],
  ["row 88: no media type", "INVALID", { change: (b) => void delete (b as Partial<BundleJson>).mediaType }],
  [
    "row 88: an empty chain",
    "INVALID",
    {
      change: (b) => {
        delete material(b).certificate;
        Object.assign(material(b), { x509CertificateChain: { certificates: [] } });
      },
    },
  ],
  [
    "row 88: a chain where its version allows none",
    "INVALID",
    {
      change: (b) => {
        Object.assign(material(b), { x509CertificateChain: { certificates: [material(b).certificate] } });
        delete material(b).certificate;
      },
    },
  ],
  ["row 88: key and certificate", "INVALID", { change: (b) => void (material(b).publicKey = { hint: "" }) }],
  [
    "row 88: signature and statement",
    "INVALID",
    { change: (b) => void (b.dsseEnvelope = (JSON.parse(world.statement) as BundleJson).dsseEnvelope!) },
  ],
  ["row 88: neither", "INVALID", { change: (b) => void delete b.messageSignature }],
  ["row 88: cut JSON", "INVALID", { text: (text) => text.slice(0, -40) }],
  ["row 88: empty", "INVALID", { text: () => "" }],
  ["row 88: a list", "INVALID", { text: (text) => `[${text}]` }],
  ["row 88: a key twice", "INVALID", { text: (text) => text.replace("{", '{"mediaType":"x",') }],
  ["row 88: a key twice, spelt with an escape", "INVALID", { text: (text) => text.replace("{", '{"\\u006dediaType":"x",') }],
  ["row 88: bad base64", "INVALID", { change: (b) => void (b.messageSignature!.signature = "!!!!") }],
  [
    "row 88: base64 that is not canonical",
    "INVALID",
    { change: (b) => void (b.messageSignature!.messageDigest.digest = ` ${b.messageSignature!.messageDigest.digest}`) },
  ],
  ["row 88: a negative index", "INVALID", { change: (b) => void (entry(b).logIndex = "-1") }],
  ["row 88: an index past 64 bits", "INVALID", { change: (b) => void (entry(b).inclusionProof!.logIndex = "99999999999999999999") }],
  ["row 88: an unknown field", "INVALID", { change: (b) => void Object.assign(b, { trustMe: true }) }],
  [
    "row 88: a certificate that is none",
    "INVALID",
    { change: (b) => void (material(b).certificate!.rawBytes = Buffer.from("certificate").toString("base64")) },
  ],
  [
    "row 88: more log entries than anybody needs",
    "INVALID",
    { change: (b) => void (material(b).tlogEntries = Array.from({ length: LIMITS.bundleEntries + 1 }, () => entry(b))) },
  ],
  ["row 88: larger than a bundle may be", "INVALID", { text: (text) => text + " ".repeat(LIMITS.bundleBytes) }],
  [
    "row 89: a signature with one bit changed",
    "UNTRUSTED",
    { change: (b) => void (b.messageSignature!.signature = flip(b.messageSignature!.signature)) },
  ],
  [
    "row 89: the signature of another signing",
    "UNTRUSTED",
    { change: (b) => void (b.messageSignature = (JSON.parse(world.second) as BundleJson).messageSignature!) },
  ],
  [
    "row 89: the certificate of another signing",
    "UNTRUSTED",
    { change: (b) => void (material(b).certificate = (JSON.parse(world.second) as BundleJson).verificationMaterial.certificate!) },
  ],
  [
    "row 89: a certificate with one bit changed",
    "UNTRUSTED",
    { change: (b) => void (material(b).certificate!.rawBytes = flip(material(b).certificate!.rawBytes, 200)) },
  ],
  [
    "a statement whose payload was changed",
    "UNTRUSTED",
    {
      which: "statement",
      change: (b) =>
        void (b.dsseEnvelope!.payload = Buffer.from(
          Buffer.from(b.dsseEnvelope!.payload, "base64").toString().replace("slsa.dev", "slsa.evil"),
        ).toString("base64")),
    },
  ],
  [
    "a statement of an unknown type",
    "UNTRUSTED",
    {
      which: "keyedStatement",
      root: null,
      change: (b) =>
        void (b.dsseEnvelope!.payload = Buffer.from(
          Buffer.from(b.dsseEnvelope!.payload, "base64").toString().replace("Statement/v1", "Statement/v9"),
        ).toString("base64")),
    },
  ],
  ["a payload that is no statement", "INVALID", { which: "statement", change: (b) => void (b.dsseEnvelope!.payloadType = "text/plain") }],
  [
    "two signatures on one statement",
    "INVALID",
    { which: "statement", change: (b) => void b.dsseEnvelope!.signatures.push(b.dsseEnvelope!.signatures[0]!) },
  ],
  ["a key's bundle, but an identity is demanded", "UNTRUSTED", { which: "keyed" }],
  ["a certificate's bundle, but a key is demanded", "UNTRUSTED", { which: "bundle" }],
  [
    "another key",
    "UNTRUSTED",
    {
      which: "keyed",
      root: null,
      key: generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }),
    },
  ],
  [
    "a key too small to count",
    "INVALID",
    { which: "keyed", key: generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ type: "spki", format: "pem" }) },
  ],
  [
    "a private key in place of the public one",
    "INVALID",
    { which: "keyed", key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }) },
  ],
];

describe("what must fail, and how", () => {
  test.each(REFUSED)("%s: %s", (name, outcome, given) => {
    // Two cases ask for the other way of naming a signer than their bundle has.
    const swapped = name.includes("an identity is demanded") || name.includes("a key is demanded");
    const result = swapped ? swappedAnswer(given) : answer(given);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.diagnostics.map(outcomeOf)).toEqual([outcome]);
      expect(result.diagnostics.map((each) => each.detail).join()).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  test("there are at least forty, of every class", () => {
    expect(REFUSED.length).toBeGreaterThan(40);
    expect(new Set(REFUSED.map(([, outcome]) => outcome))).toEqual(new Set(["INVALID", "UNTRUSTED", "NOT_ALLOWED"]));
  });
});

function swappedAnswer(given: Given): Result<unknown> {
  const signer = valueOf(given.which === "keyed" ? signerOf({ identity: IDENTITY, issuer: ISSUER }) : signerOf({ key: world.publicKey }));
  const artifact = { sha256: sha256(FILE), bytes: FILE };
  return verifyBundle({ bundle: changed(given), artifact, root: valueOf(rootIn({})), signer });
}
