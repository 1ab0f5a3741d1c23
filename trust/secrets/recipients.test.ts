import { bech32 } from "@scure/base";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { checkRecipients, generateIdentity, recipientOf, recipientType, sealValue } from "./index.ts";
import { codesOf, valueOf, wordsOf } from "./secrets.fixture.ts";

const identity = await generateIdentity();
const classic = await recipientOf(identity);
const quantum = await recipientOf(await generateIdentity("post-quantum"));

describe("recipients that are not usable (row 104)", () => {
  const bad: readonly (readonly [string, string])[] = [
    ["empty", ""],
    ["a plugin's", bech32.encodeFromBytes("age1yubikey", new Uint8Array(33))],
    ["a plugin's with a path", "age1../../../bin/sh1qqqqqqqqqqqqqqqq"],
    ["a hardware tag's", bech32.encodeFromBytes("age1tag", new Uint8Array(33))],
    ["a wrong checksum", `${classic.slice(0, -1)}${classic.endsWith("q") ? "p" : "q"}`],
    ["upper case", classic.toUpperCase()],
    ["white space after it", `${classic} `],
    ["a short key", bech32.encodeFromBytes("age", new Uint8Array(31))],
    ["an SSH key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"],
    ["very long", `age1pq1${"q".repeat(100_000)}`],
    ["a post-quantum start on a classic key", bech32.encodeFromBytes("age1pq", new Uint8Array(32))],
  ];
  test.each(bad)("%s", (_, text) => {
    expect(recipientType(text)).toBeUndefined();
    expect(codesOf(checkRecipients([classic, text]))).toEqual(["RECIPIENT_INVALID"]);
  });

  test("a private key in its place is not echoed", () => {
    const result = checkRecipients([identity.open()]);
    expect(codesOf(result)).toEqual(["RECIPIENT_INVALID"]);
    expect(wordsOf(result)).not.toContain(identity.open().slice(0, 24));
  });

  test("none, too many, or classic and post-quantum mixed", () => {
    expect(codesOf(checkRecipients([]))).toEqual(["RECIPIENT_INVALID"]);
    expect(codesOf(checkRecipients([classic, quantum]))).toEqual(["RECIPIENT_INVALID"]);
    const many = Array.from({ length: LIMITS.secretRecipients + 1 }, (_, i) =>
      bech32.encodeFromBytes("age", new Uint8Array(32).fill(i + 1)),
    );
    expect(codesOf(checkRecipients(many))).toEqual(["RECIPIENT_INVALID"]);
    expect(valueOf(checkRecipients(many.slice(1))).length).toBe(LIMITS.secretRecipients);
  });

  test("well formed, but a point of small order: sealing refuses", async () => {
    const zero = bech32.encodeFromBytes("age", new Uint8Array(32));
    const result = await sealValue({ project: "p", name: "n", key: "k", recipients: [zero], value: new Uint8Array() });
    expect(codesOf(result)).toEqual(["RECIPIENT_INVALID"]);
  });
});

test("both usable types are told apart; the list is sorted and without repetition", () => {
  expect([recipientType(classic), recipientType(quantum)]).toEqual(["x25519", "post-quantum"]);
  expect(valueOf(checkRecipients([classic, classic]))).toEqual([classic]);
});
