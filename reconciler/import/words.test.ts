import { describe, expect, test } from "vitest";
import { elsewhereOf, hasVariable, variableOf } from "./env-text.ts";
import { readJson5 } from "./json5/read.ts";
import { at, type SourceNode } from "./json5/tree.ts";
import { newNames, secretKeyOf, slugOf } from "./names.ts";
import { finderOf, isSearchable, isSecretName, isStandIn, looksSecret, withoutSecrets } from "./secret-text.ts";

describe("names", () => {
  test.each([
    ["support", "support"],
    ["Front_Desk", "front-desk"],
    ["  a  b  ", "a-b"],
    ["--x--", "x"],
    ["日本", "agent"],
    ["", "agent"],
    ["a".repeat(80), "a".repeat(63)],
    [`${"a".repeat(62)}-b`, "a".repeat(62)],
  ])("%j is %j", (id, name) => expect(slugOf(id, "agent")).toBe(name));

  test("collisions get numbers in the order they ask, and stay within the limit", () => {
    const names = newNames();
    expect(["Main", "main", "MAIN", "main-2"].map((id) => names.take(id, "agent"))).toEqual(["main", "main-2", "main-3", "main-2-2"]);
    const exact = newNames();
    exact.expect(["My Bot", "my-bot", "main-2", "my-bot"]);
    expect(["My Bot", "my-bot", "my_bot", "my-bot", "main", "Main", "main-2"].map((id) => exact.take(id, "agent"))).toEqual([
      "my-bot-2",
      "my-bot",
      "my-bot-3",
      "my-bot-4",
      "main",
      "main-3",
      "main-2",
    ]);
    const long = newNames();
    const two = ["a".repeat(70), "a".repeat(71)].map((id) => long.take(id, "agent"));
    expect(new Set(two).size).toBe(2);
    expect(two.every((name) => name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))).toBe(true);
  });

  test.each([
    [["botToken"], "bot-token"],
    [["ops team", "botToken"], "ops-team.bot-token"],
    [["OPENAI_API_KEY"], "OPENAI_API_KEY"],
    [["日本"], "value"],
    [["", "x"], "x"],
    [["--a--"], "a"],
  ])("the key of %j is %j", (parts, key) => expect(secretKeyOf(...parts)).toBe(key));
});

describe("names of secrets", () => {
  test.each([
    "token",
    "botToken",
    "apiKey",
    "api_key",
    "API_KEY",
    "clientSecret",
    "password",
    "Authorization",
    "x-api-key",
    "GITHUB_TOKEN",
    "signingSecret",
    "privateKey",
    "key",
    "cookie",
  ])("%s", (name) => expect(isSecretName(name)).toBe(true));
  test.each([
    "maxTokens",
    "contextTokens",
    "tokenEnv",
    "token_env",
    "tokenFile",
    "keyName",
    "monkey",
    "author",
    "secretary",
    "sessionKey",
    "keyPrefix",
    "passthrough",
    "publicKeyPath",
    "tokens",
    "model",
    "hotkey",
  ])("not %s", (name) => expect(isSecretName(name)).toBe(false));
});

/** Made in pieces, so that no scanner takes this file for a leak. */
const joined = (...parts: readonly string[]): string => parts.join("");

describe("texts that look like secrets", () => {
  test.each([
    joined("sk-", "ant-api03-", "abcdefghijklmnop"),
    joined("xox", "b-123456789012-abcdef"),
    joined("gh", "p_abcdefghijklmnopqrst"),
    joined("AI", "zaSyA1234567890abcdefghij"),
    joined("1234567890", ":", "AAabcdefghijklmnopqrstuvwxyz"),
    joined("-----BEGIN ", "OPENSSH PRIVATE KEY-----"),
    joined("postgres://bot:", "hunter2", "@db.example/x"),
    joined("https://x.example/?api_key=", "abcdef123456"),
    "q8Zr3vK1pX7mB5nT9wY2cF4g",
  ])("%s", (text) => expect(looksSecret(text)).toBe(true));
  test.each([
    "claude-haiku-4-5-20251001",
    "openrouter/anthropic/claude-sonnet-4.6",
    "agent:main:telegram:direct:1000000001",
    "/hooks/allowedSessionKeyPrefixes/0",
    "sha512-T33c/xgqwmb2l3W/PaZxMYiG29wu1lhRGiZ034DVay85Xnubcsqq7cF0zKYqfpU3R572",
    "40fc865a4dd53f494cecae7a249dea5ac9126af1",
    "59fae2568168a4859458763ca08dbe9c5e35af81481553e336faec6cd3a2501b",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "/Users/ann/.openclaw/workspace-emba_master",
    "https://generativelanguage.googleapis.com/v1beta",
    "2026-04-22T15:41:27.246Z",
    "ogg-24khz-16bit-mono-opus",
    "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
  ])("not %s", (text) => expect(looksSecret(text)).toBe(false));
});

test.each([
  "",
  "***",
  "xxxx",
  "none",
  "n/a",
  "na",
  "<your key>",
  "{{ token }}",
  "YOUR_API_KEY",
  "REPLACE_ME",
  "changeme",
  "placeholder-x",
  "[REDACTED_TOKEN]",
  "***REDACTED***",
  "__OPENCLAW_REDACTED__",
  "REDACTED - set on the host",
])("%j stands in for a secret", (text) => expect(isStandIn(text)).toBe(true));
test.each(["hunter2", "ollama", "mysecret", "REDACTED-TOKEN-9", "1234"])("%j could be one", (text) => expect(isStandIn(text)).toBe(false));

test("short and ordinary secrets are not looked for elsewhere", () => {
  expect(["ollama", "ollama-local", "lm-studio-key"].map(isSearchable)).toEqual([false, false, false]);
  expect(["hunter2hunter2", "a-long-secret-of-plain-words"].map(isSearchable)).toEqual([true, true]);
});

test("known secrets and what looks like one are starred out", () => {
  const text = `old: correct-horse-battery, also ${joined("gh", "p_abcdefghijklmnopqrst")}, end`;
  expect(withoutSecrets(text, ["correct-horse-battery"])).toBe("old: ***, also ***, end");
});

describe("known secrets in other texts", () => {
  const holds = finderOf(["correct-horse-1", "correct-horse-22", 'quoted "horse" 3']);

  test.each([
    "correct-horse-1",
    "at the end: correct-horse-22",
    "correct-horse-2, no: correct-horse-1!",
    JSON.stringify({ text: 'quoted "horse" 3' }),
    'quoted "horse" 3',
  ])("%s", (text) => expect(holds(text)).toBe(true));

  test.each(["", "correct-horse", "correct-horse-2", "orrect-horse-1", "Correct-horse-1"])("not %s", (text) =>
    expect(holds(text)).toBe(false),
  );

  test("without secrets nothing is one", () => expect(finderOf([])("correct-horse-1")).toBe(false));
});

describe("values from elsewhere", () => {
  const node = (text: string): SourceNode => {
    const result = readJson5({ path: "x", bytes: Buffer.from(`{v: ${text}}`) });
    const found = result.ok ? at(result.value, "v") : undefined;
    if (!found) throw new Error("no value");
    return found;
  };
  test.each([
    ['"${TOKEN}"', { from: "env", name: "TOKEN" }],
    ['"${env.TOKEN}"', { from: "env", name: "TOKEN" }],
    ['"{env:TOKEN}"', { from: "env", name: "TOKEN" }],
    ['{source: "env", provider: "default", id: "TOKEN"}', { from: "env", name: "TOKEN" }],
    ['{$env: "TOKEN"}', { from: "env", name: "TOKEN" }],
    ['"plain"', undefined],
    ['"{TOKEN}"', undefined],
    ['{source: "nowhere", id: "x"}', undefined],
    ['{source: "env"}', undefined],
    ["5", undefined],
    ["[]", undefined],
  ])("%s", (text, expected) => expect(elsewhereOf(node(text))).toEqual(expected));

  test.each([
    ['{source: "file", provider: "main", id: "/a/b"}', 'the entry "/a/b" in the secrets file of the provider "main"'],
    ['{source: "exec", id: "x"}', 'the entry "x" from the program'],
    ['{source: "store", provider: "s", id: "x"}', '"x" in the store of the provider "s"'],
    ['{source: "env", id: "not a name"}', '"not a name" in the env'],
    ['"Bearer ${TOKEN}"', "put together from ${TOKEN}"],
    ['"${HOST:-local}:${PORT}"', "put together from ${HOST} and ${PORT}"],
  ])("%s has to be brought over", (text, words) => {
    const found = elsewhereOf(node(text));
    expect(found?.from).toBe("other");
    expect(found?.from === "other" ? found.how : "").toContain(words);
  });

  test("what stands around a variable is not repeated: it may be a secret", () => {
    expect(JSON.stringify(elsewhereOf(node('"canary-${A:-canary}-canary"')))).not.toContain("canary");
  });

  test("a variable as a whole, or somewhere", () => {
    expect([variableOf("${A}"), variableOf("a${A}"), variableOf("${A:-x}")]).toEqual(["A", undefined, undefined]);
    expect([hasVariable("a${A}"), hasVariable("${A:-x}"), hasVariable("$A"), hasVariable("{A}")]).toEqual([true, true, false, false]);
  });
});
