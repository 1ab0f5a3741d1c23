import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateIdentity, plantedIn, recipientOf, sealValue } from "./index.ts";
import { text, valueOf } from "./secrets.fixture.ts";

// Put together here, so that this file holds none of them.
const word = (length: number): string => "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8xC0fL".repeat(8).slice(0, length);
const joined = (...parts: readonly string[]): string => parts.join("");
const whatIn = (line: string): readonly string[] => plantedIn(line).map(({ what }) => what);

describe("credentials are found", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a GitHub token", `ghp_${word(36)}`],
    ["a GitHub token", `github_pat_${word(60)}`],
    ["an Anthropic key", `sk-ant-api03-${word(90)}`],
    ["an OpenAI key", `sk-proj-${word(40)}`],
    ["an OpenAI key", `sk-${word(48)}`],
    ["an AWS access key", joined("AKIA", "IOSFODNN7EXAMPLE")],
    ["a Slack token", joined("xoxb-", "123456789012-", word(24))],
    ["a Telegram bot token", joined("1234567890:", "AA", word(33))],
    ["a Google key", `AIza${word(35)}`],
    ["a Stripe key", `sk_live_${word(24)}`],
    ["an npm token", `npm_${word(36)}`],
    ["a JSON web token", `eyJ${word(20)}.eyJ${word(30)}.${word(43)}`],
    ["a private key", joined("-----BEGIN ", "RSA PRIVATE", " KEY-----")],
    ["a private key", joined("-----BEGIN ", "OPENSSH PRIVATE", " KEY-----")],
    ["a private key", joined("-----BEGIN ", "PGP PRIVATE", " KEY BLOCK-----")],
    ["a password in an address", `postgres://app:${word(12)}@db.acme.example/x`],
    ["a credential", `password: ${word(20)}`],
    ["a credential", joined('"apiKey": "', "9f86d081884c7d659a2feaa0c55ad015", '"')],
    ["a credential", `The token is ${word(24)}, do not tell.`],
    ["a random-looking word", `Use ${word(40)} for it.`],
  ];
  test("in the shortest line that can hold one", () => {
    expect(whatIn(joined("ab://c:", "d1e2f3@g"))).toEqual(["a password in an address"]);
  });

  test.each(cases)("%s: %s", (what, line) => {
    expect(whatIn(`  ${line}`)).toEqual([what]);
    expect(plantedIn(`x\n  ${line}`)[0]?.line).toBe(2);
  });

  test("an age identity; never an age recipient or an envelope", async () => {
    const identity = await generateIdentity();
    const recipient = await recipientOf(identity);
    expect(whatIn(identity.open())).toEqual(["an age private key"]);
    const sealed = valueOf(await sealValue({ project: "p", name: "n", key: "k", recipients: [recipient], value: text("x".repeat(3_000)) }));
    expect(whatIn(`- ${recipient}`)).toEqual([]);
    expect(whatIn(sealed.envelope.replaceAll(/^/gm, "    "))).toEqual([]);
    expect(whatIn(JSON.stringify({ envelope: sealed.envelope }))).toEqual([]);
    expect(whatIn((await generateIdentity("post-quantum")).open())).toEqual(["an age private key"]);
  });
});

describe("what is no credential is passed over", () => {
  test.each([
    "credentials: {secret: openai, key: api-key}",
    "token: string",
    "apiKey: process.env.OPENAI_API_KEY",
    "password: ${DATABASE_PASSWORD}",
    "sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    `ghp_${"0".repeat(36)}`,
    "integrity sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08==",
    `"integrity": "sha512-${word(86)}=="`,
    `{"publicKey":{"hint":"${word(43)}="}},"messageSignature":{"messageDigest":{"digest":"${word(43)}="},"signature":"${word(96)}"}`,
    "digest: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  file.tar.gz",
    "const reconcilerTargetsEmbeddedRuntimeStoreGenerations2026 = 1",
    "https://docs.acme.example/guides/2026/how-to-rotate-secrets-in-production",
    "The secret of a good plan is that it does not lie about anything.",
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${word(43)} ops@acme.example`,
    `token: ${word(30)} # not-a-secret: made up for this page`,
  ])("%s", (line) => expect(whatIn(line)).toEqual([]));

  test("what the line above marks", () => {
    expect(plantedIn(`# not-a-secret: an example\ntoken: ${word(30)}\ntoken: ${word(30)}`).map(({ line }) => line)).toEqual([3]);
  });
});

describe("what signatures of plugins and plans consist of is public", () => {
  const read = (file: string): string => fs.readFileSync(path.join(import.meta.dirname, "../../test/vectors/sigstore", file), "utf8");
  test.each([
    "intoto-canonical-log-entry/bundle.sigstore.json",
    "intoto-canonical-log-entry/trusted_root.json",
    "dsse-statement-unknown-type_fail/bundle.sigstore.json",
  ])("%s", (file) => {
    expect(plantedIn(read(file))).toEqual([]);
    expect(plantedIn(JSON.stringify(JSON.parse(read(file))))).toEqual([]);
  });

  test("a key's hint; a credential in an inclusion proof all the same", () => {
    expect(whatIn(`{"publicKey":{"hint":"${word(43)}="}}`)).toEqual([]);
    expect(whatIn(`{"hashes":["${word(43)}=","${word(43)}="]}`)).toEqual([]);
    expect(whatIn(`{"hashes":["${word(43)}=","ghp_${word(36)}"]}`)).toEqual(["a GitHub token"]);
  });
});

test("any text is answered, within its lines, and hostile ones in time", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (any) => {
      const lines = any.split("\n");
      return plantedIn(any).every(({ line, column, length }) => column + length - 1 <= (lines[line - 1] ?? "").length);
    }),
  );
  const started = performance.now();
  for (const part of ["a", "password ", "eyJ", "://a:", "-----BEGIN ", "A1b", "sk-", "= ", '"hashes":[', "\\n1"])
    plantedIn(part.repeat(1_000_000 / part.length));
  expect(performance.now() - started).toBeLessThan(20_000);
});
