import { createHash, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Result } from "../../../core/index.ts";
import { keylessSigner, keySigner, signArtifact, signingKey, signStatement } from "../signing/index.ts";
import { IDENTITY, ISSUER, startChain, type Chain } from "./chain.fixture.ts";
import { claimIn, parsePattern, parseTrustRoot, signerOf, verifyBundle, type Signer, type TrustRoot } from "./index.ts";

const FILE = new TextEncoder().encode("the archive");
const ARTIFACT = { sha256: createHash("sha256").update(FILE).digest("hex"), bytes: FILE };

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};

let chain: Chain;
let root: TrustRoot;
let signers: readonly Signer[];
let bundles: readonly string[];

beforeAll(async () => {
  chain = await startChain();
  root = valueOf(parseTrustRoot(chain.root()));
  const by = keylessSigner({ fulcioUrl: chain.url, rekorUrl: chain.url, tsaUrl: chain.url }, chain.token());
  const key = valueOf(signingKey(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })));
  const subject = { name: "a", sha256: ARTIFACT.sha256 };
  bundles = [
    valueOf(await signArtifact(FILE, by)),
    valueOf(await signStatement(subject, "https://slsa.dev/provenance/v1", { a: 1 }, by)),
    valueOf(await signArtifact(FILE, keySigner(key))),
  ];
  signers = [valueOf(signerOf({ identity: IDENTITY, issuer: ISSUER })), valueOf(signerOf({ key: key.publicKey }))];
}, 30_000);

afterAll(() => chain.close());

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place of a JSON value that holds no other. */
function leaves(value: Json, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  const inside = Array.isArray(value)
    ? value.map((each, i) => leaves(each, [...at, i]))
    : Object.entries(value).map(([key, each]) => leaves(each, [...at, key]));
  return inside.flat();
}

function replaced(value: Json, at: readonly (string | number)[], by: (old: Json) => Json): Json {
  const [key, ...rest] = at;
  if (key === undefined) return by(value);
  const copy = structuredClone(value) as Record<string | number, Json>;
  copy[key] = replaced(copy[key] ?? null, rest, by);
  return copy;
}

const nonsense = fc.oneof(
  fc.constantFrom<Json>(null, true, -1, 0, 1e300, "", "0", "AAAA", [], {}, "\u0000", "-1", [[[]]]),
  fc.string(),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** What nothing vouches for and nothing rests on: a hint for finding a key, an id for a signature, and absent-like zeros. */
const UNPROVED = /hint$|keyid$/;

const refuses = (bundle: string): boolean => {
  const bytes = new TextEncoder().encode(bundle);
  claimIn(bytes);
  return signers.every((signer) => !verifyBundle({ bundle: bytes, artifact: ARTIFACT, root, signer }).ok);
};

test("the bundles themselves verify", () => {
  expect(bundles.map((bundle) => refuses(bundle))).toEqual([false, false, false]);
});

test("row 88: a bundle with one value replaced never throws, and is never accepted", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.nat(2), fc.nat(), nonsense, (which, pick, other) => {
      const json = JSON.parse(bundles[which] ?? "") as Json;
      const places = leaves(json).filter((at) => !UNPROVED.test(String(at.at(-1))));
      const at = places[pick % places.length] ?? [];
      let old: Json = null;
      const mutated = replaced(json, at, (before) => {
        old = before;
        return other;
      });
      return JSON.stringify(old) === JSON.stringify(other) || refuses(JSON.stringify(mutated));
    }),
    { numRuns: 400 },
  );
});

/** What a bundle proves to anybody: the same words whatever bytes around the signed parts say. */
const proved = (bundle: string): string =>
  JSON.stringify(
    signers.map((signer) => {
      const result = verifyBundle({ bundle: new TextEncoder().encode(bundle), artifact: ARTIFACT, root, signer });
      return result.ok && { ...result.value, bundle: null };
    }),
  );

test("row 88: one bit flipped in any encoded value proves nothing, or nothing else", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.nat(2), fc.nat(), fc.nat(), fc.nat(7), (which, pick, byte, bit) => {
      const json = JSON.parse(bundles[which] ?? "") as Json;
      const places = leaves(json).filter((at) => !UNPROVED.test(String(at.at(-1))));
      const at = places[pick % places.length] ?? [];
      const mutated = replaced(json, at, (old) => {
        const bytes = Buffer.from(typeof old === "string" ? old : "", "base64");
        const isEncoded = typeof old === "string" && bytes.length > 8 && bytes.toString("base64") === old;
        if (!isEncoded) return typeof old === "string" ? `${old}x` : old;
        const i = byte % bytes.length;
        bytes[i] = (bytes[i] ?? 0) ^ (1 << bit);
        return bytes.toString("base64");
      });
      if (refuses(JSON.stringify(mutated))) return true;
      // A timestamp is wrapped in parts that nobody signs: they may change, what it says may not.
      return at.at(-1) === "signedTimestamp" && proved(JSON.stringify(mutated)) === proved(bundles[which] ?? "");
    }),
    { numRuns: 400 },
  );
});

test("row 88: any bytes at all", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 2000 }),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      (bytes) => {
        parseTrustRoot(bytes);
        claimIn(bytes);
        return signers.every((signer) => !verifyBundle({ bundle: bytes, artifact: ARTIFACT, root, signer }).ok);
      },
    ),
    { numRuns: 300 },
  );
});

const part = fc.constantFrom(
  "a",
  "b",
  "/",
  ".",
  "[ab]",
  "[^/]",
  "(a|b)",
  "(ab)",
  "a*",
  "[a-z]+",
  "b?",
  "(a|b)*",
  "(a*)*",
  "\\.",
  "\\d",
  "(?:a)",
);

test("row 83: patterns mean what they mean as regular expressions, over the whole text", () => {
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.array(fc.constantFrom("a", "b", "/", ".", "1"), { maxLength: 10 }),
      (parts, chars) => {
        const source = `^${parts.join("")}$`;
        const pattern = parsePattern(source);
        if (typeof pattern === "string") throw new Error(`${source}: ${pattern}`);
        return pattern.matches(chars.join("")) === new RegExp(source, "u").test(chars.join(""));
      },
    ),
    { numRuns: 2000 },
  );
});

test("row 83: a pattern that takes others for ever takes no time", () => {
  const pattern = parsePattern("^(a*)*(a|a)*(a+)+b$");
  const start = performance.now();
  expect(typeof pattern !== "string" && pattern.matches("a".repeat(4000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});

test.each([
  "^$",
  "a",
  "^a",
  "a$",
  "^a|b$",
  "^(a$",
  "^a)$",
  "^[a$",
  "^[]$",
  "^a**$",
  "^a{2}$",
  "^\\b$",
  "^(?=a)$",
  "^(?<n>a)$",
  "^\\1$",
  "^a\\$",
  "^*$",
  `^${"a".repeat(3000)}$`,
])("row 83: the pattern %j is refused", (source) => {
  expect(typeof parsePattern(source)).toBe("string");
});
