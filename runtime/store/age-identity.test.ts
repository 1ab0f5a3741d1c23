import * as age from "age-encryption";
import { describe, expect, test } from "vitest";
import { IDENTITY, keyTypeOf, newIdentity, recipientOf } from "./age-identity.ts";

describe.each([
  ["x25519", age.generateX25519Identity],
  ["post-quantum", age.generateHybridIdentity],
] as const)("a runtime identity, %s", (type, generate) => {
  test("is one the age library takes, with the same public half", async () => {
    for (let n = 0; n < 20; n++) {
      const identity = newIdentity(type);
      expect([keyTypeOf(identity), keyTypeOf(recipientOf(identity) ?? "")]).toEqual([type, type]);
      expect(identity).toMatch(IDENTITY);
      expect(await age.identityToRecipient(identity)).toBe(recipientOf(identity));
    }
  });

  test("made by the age library is understood", async () => {
    const identity = await generate();
    expect(recipientOf(identity)).toBe(await age.identityToRecipient(identity));
  });

  test("opens what was encrypted for its public half", async () => {
    const identity = newIdentity(type);
    const encrypter = new age.Encrypter();
    encrypter.addRecipient(recipientOf(identity)!);
    const decrypter = new age.Decrypter();
    decrypter.addIdentity(identity);
    expect(await decrypter.decrypt(await encrypter.encrypt("hello"), "text")).toBe("hello");
  });

  test.each([
    [
      "with the other type's name",
      (text: string) => text.replace(/^AGE-SECRET-KEY-(PQ-)?1/, (_, pq) => `AGE-SECRET-KEY-${pq ? "" : "PQ-"}1`),
    ],
    ["cut", (text: string) => text.slice(0, -1)],
    ["with one character changed", (text: string) => `${text.slice(0, 20)}${text[20] === "Q" ? "P" : "Q"}${text.slice(21)}`],
    ["in lower case", (text: string) => text.toLowerCase()],
    ["with a foreign character", (text: string) => text.replace(/.$/, "B")],
    ["empty", () => ""],
  ])("%s is none", (_, change) => {
    expect(recipientOf(change(newIdentity(type)))).toBeUndefined();
  });
});
