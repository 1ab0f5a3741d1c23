import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, Secret } from "../../core/index.ts";
import { boundTo, checkEnvelope, generateIdentity, openForeign, openValue, recipientOf, sealValue, type Identity } from "./index.ts";
import { codesOf, text, valueOf, wordsOf } from "./secrets.fixture.ts";

const PLACE = { project: "acme", name: "api", key: "token" };
const CANARY = "canary-sk-93b1f0c2d7";
const mine = await generateIdentity();
const other = await generateIdentity();
const me = await recipientOf(mine);
const them = await recipientOf(other);

async function sealed(value: Uint8Array | string = CANARY, recipients: readonly string[] = [me]) {
  return valueOf(await sealValue({ ...PLACE, recipients, value: typeof value === "string" ? text(value) : value }));
}

function flip(envelope: string, at: number): string {
  const bytes = Buffer.from(envelope.split("\n").slice(1, -2).join(""), "base64");
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return armored(bytes);
}

function armored(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN AGE ENCRYPTED FILE-----\n${lines.join("\n")}\n-----END AGE ENCRYPTED FILE-----\n`;
}

describe("values arrive byte for byte (row 102)", () => {
  const values: readonly (readonly [string, Uint8Array])[] = [
    ["empty", text("")],
    ["one letter", text("a")],
    ["the word true", text("true")],
    ["several lines and a trailing newline", text("-----BEGIN KEY-----\nabc\r\n\n-----END KEY-----\n")],
    ["no trailing newline", text("x\ny")],
    ["a byte order mark", text("\uFEFFx")],
    ["not UTF-8", new Uint8Array([0xff, 0xfe, 0x00, 0x80])],
    ["every byte", new Uint8Array(256).map((_, i) => i)],
    ["a full chunk of control characters", new Uint8Array(65_536)],
    ["1 MiB of noise", new Uint8Array(randomBytes(LIMITS.secretBytes))],
    ["1 MiB of text", text("ü".repeat(LIMITS.secretBytes / 2))],
  ];
  test.each(values)("%s", async (_, value) => {
    const envelope = await sealed(value);
    expect(valueOf(checkEnvelope(envelope)).length).toBeGreaterThan(0);
    const back = valueOf(await openValue({ ...PLACE, ...envelope, identities: [mine] }));
    expect(Buffer.compare(back, value)).toBe(0);
  });

  test("any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (value) => {
        const back = valueOf(await openValue({ ...PLACE, ...(await sealed(value)), identities: [mine] }));
        expect([...back]).toEqual([...value]);
      }),
      { numRuns: 25 },
    );
  });

  test("one byte more than 1 MiB is refused", async () => {
    const result = await sealValue({ ...PLACE, recipients: [me], value: new Uint8Array(LIMITS.secretBytes + 1) });
    expect(codesOf(result)).toEqual(["SECRET_TOO_LARGE"]);
  });

  test("for post-quantum recipients too", async () => {
    const quantum = await generateIdentity("post-quantum");
    const envelope = await sealed(CANARY, [await recipientOf(quantum)]);
    expect(valueOf(await openValue({ ...PLACE, ...envelope, identities: [mine, quantum] }))).toEqual(text(CANARY));
  });
});

describe("every recipient opens, nobody else", () => {
  test("both of two", async () => {
    const envelope = await sealed(CANARY, [them, me, them]);
    expect(envelope.recipients).toEqual([me, them].sort());
    for (const identity of [mine, other])
      expect(valueOf(await openValue({ ...PLACE, ...envelope, identities: [identity] }))).toEqual(text(CANARY));
  });

  const identities: readonly (readonly [string, readonly Identity[]])[] = [
    ["without an identity", []],
    ["with another's", [other]],
  ];
  test.each(identities)("%s: says who could, shows no key (row 98)", async (_, given) => {
    const result = await openValue({ ...PLACE, ...(await sealed()), identities: given });
    expect(codesOf(result)).toEqual(["SECRET_NO_IDENTITY"]);
    expect(wordsOf(result)).toContain(me);
    expect(wordsOf(result)).not.toContain("AGE-SECRET");
    expect(wordsOf(result)).not.toContain(CANARY);
  });
});

describe("an envelope is bound to its place and its recipients", () => {
  const places: readonly (readonly [string, Partial<typeof PLACE>])[] = [
    ["another Project", { project: "evil" }],
    ["another Secret", { name: "api-evil" }],
    ["another key", { key: "token2" }],
  ];
  test.each(places)("%s", async (_, moved) => {
    const result = await openValue({ ...PLACE, ...moved, ...(await sealed()), identities: [mine] });
    expect(codesOf(result)).toEqual(["SECRET_ENVELOPE_MISMATCH"]);
    expect(wordsOf(result)).not.toContain(CANARY);
  });

  test("the list names somebody else", async () => {
    const result = await openValue({ ...PLACE, ...(await sealed()), recipients: [them], identities: [mine] });
    expect(codesOf(result)).toEqual(["SECRET_ENVELOPE_MISMATCH"]);
  });

  test("the list names one more, or one twice", async () => {
    const envelope = await sealed();
    expect(codesOf(checkEnvelope({ ...envelope, recipients: [me, them] }))).toEqual(["SECRET_ENVELOPE_MISMATCH"]);
    expect(codesOf(checkEnvelope({ ...envelope, recipients: [me, me] }))).toEqual(["SECRET_ENVELOPE_INVALID"]);
  });

  test("without a list (a `file` value) the plaintext alone says, and must agree with the header", async () => {
    const envelope = await sealed(CANARY, [me, them]);
    expect(valueOf(await openValue({ ...PLACE, ...envelope, recipients: null, identities: [mine] }))).toEqual(text(CANARY));
    const age = await import("age-encryption");
    const encrypter = new age.Encrypter();
    encrypter.addRecipient(me);
    const file = await encrypter.encrypt(
      JSON.stringify({ v: 1, for: boundTo(PLACE), recipients: [me, them], encoding: "utf8", value: CANARY }),
    );
    const result = await openValue({ ...PLACE, recipients: null, envelope: armored(file), identities: [mine] });
    expect(codesOf(result)).toEqual(["SECRET_ENVELOPE_MISMATCH"]);
  });

  test("the order of the list does not matter", async () => {
    const envelope = await sealed(CANARY, [me, them]);
    const result = await openValue({ ...PLACE, ...envelope, recipients: [...envelope.recipients].reverse(), identities: [mine] });
    expect(valueOf(result)).toEqual(text(CANARY));
  });

  test("a foreign age file of the right recipients is not a value, but can be taken in", async () => {
    const age = await import("age-encryption");
    const encrypter = new age.Encrypter();
    encrypter.addRecipient(me);
    for (const inside of [
      CANARY,
      '{"v":1}',
      '{"v":2,"for":"acme/Secret/api#token","recipients":[],"encoding":"utf8","value":"x"}',
      '{"v":1,"for":"acme/Secret/api#token","recipients":[],"encoding":"base64","value":"x"}',
      "\u00ff",
    ]) {
      const file = await encrypter.encrypt(inside);
      const result = await openValue({ ...PLACE, recipients: [me], envelope: armored(file), identities: [mine] });
      expect(codesOf(result)).toEqual(["SECRET_ENVELOPE_INVALID"]);
      expect(wordsOf(result)).not.toContain(CANARY);
      for (const form of [file, text(armored(file))]) expect(valueOf(await openForeign(form, [mine]))).toEqual(text(inside));
      expect(codesOf(await openForeign(file, [other]))).toEqual(["SECRET_NO_IDENTITY"]);
    }
    expect(codesOf(await openForeign(text("-----BEGIN nonsense"), [mine]))).toEqual(["SECRET_ENVELOPE_INVALID"]);
    expect(codesOf(await openForeign(new Uint8Array(LIMITS.envelopeBytes + 1), [mine]))).toEqual(["SECRET_TOO_LARGE"]);
    expect(codesOf(checkEnvelope({ recipients: [me], envelope: "x".repeat(LIMITS.envelopeBytes + 1) }))).toEqual(["SECRET_TOO_LARGE"]);
  });
});

describe("a damaged envelope (row 97)", () => {
  const body = (envelope: string): Buffer => Buffer.from(envelope.split("\n").slice(1, -2).join(""), "base64");
  const damages: readonly (readonly [string, (envelope: string) => string])[] = [
    ["empty", () => ""],
    ["not armor", () => CANARY],
    ["cut in the armor", (e) => e.slice(0, -60)],
    ["cut in the content", (e) => armored(body(e).subarray(0, -1))],
    ["cut in the header", (e) => armored(body(e).subarray(0, 90))],
    ["a bit of the header flipped", (e) => flip(e, 40)],
    ["a bit of the stanza's body flipped", (e) => flip(e, 90)],
    ["a bit of the content flipped", (e) => flip(e, -20)],
    ["the last bit flipped", (e) => flip(e, -1)],
    ["a byte after the content", (e) => armored(Buffer.concat([body(e), Buffer.from([0])]))],
    ["a chunk after the content", (e) => armored(Buffer.concat([body(e), Buffer.alloc(65_552)]))],
    ["text after the armor", (e) => `${e}x`],
    ["a second armor after it", (e) => e + e],
    ["an empty line after it", (e) => `${e}\n`],
    ["text before the armor", (e) => `x\n${e}`],
    ["CRLF line ends", (e) => e.replaceAll("\n", "\r\n")],
    [
      "base64 that is not canonical",
      (e) => e.replace(/\n([^\n]*)\n-----END/, (_, last: string) => `\n${last.replace(/=*$/, "")}\n-----END`),
    ],
    ["another version", (e) => armored(Buffer.from(body(e).toString("latin1").replace("/v1", "/v2"), "latin1"))],
    ["a stanza of another type", (e) => armored(Buffer.from(body(e).toString("latin1").replace("-> X25519", "-> Y25519"), "latin1"))],
    [
      "a stanza of an inherited name",
      (e) => armored(Buffer.from(body(e).toString("latin1").replace("-> X25519", "-> constructor"), "latin1")),
    ],
  ];
  test.each(damages)("%s", async (_, damage) => {
    // 69 bytes of value: the content's base64 ends without padding, and damage is not hidden by it.
    const envelope = await sealed(`${CANARY}${"x".repeat(49)}`);
    const result = await openValue({ ...PLACE, recipients: envelope.recipients, envelope: damage(envelope.envelope), identities: [mine] });
    expect(codesOf(result)).toEqual(["SECRET_ENVELOPE_INVALID"]);
    expect(wordsOf(result)).not.toContain(CANARY);
  });

  const lengths: readonly (readonly [string, number, boolean])[] = [
    ["an empty content", 16, true],
    ["less than that", 15, false],
    ["one byte", 17, true],
    ["a full chunk", 65_552, true],
    ["a full chunk and an empty one", 65_552 + 16, false],
    ["a full chunk and one byte", 65_552 + 17, true],
  ];
  test.each(lengths)("without a key, %s is told by its length", async (_, bytes, isWhole) => {
    const file = body((await sealed()).envelope);
    const start = file.indexOf("\n", file.indexOf("--- ")) + 1;
    const envelope = armored(Buffer.concat([file.subarray(0, start), Buffer.alloc(16 + bytes)]));
    expect(checkEnvelope({ recipients: [me], envelope }).ok).toBe(isWhole);
  });

  test("any single damaged byte is refused", async () => {
    const envelope = await sealed();
    const bytes = body(envelope.envelope);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const copy = Buffer.from(bytes);
        copy[at]! ^= mask;
        expect((await openValue({ ...PLACE, recipients: [me], envelope: armored(copy), identities: [mine] })).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("arbitrary text never makes the check throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 500 }), (envelope) => !checkEnvelope({ recipients: [me], envelope }).ok));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => !checkEnvelope({ recipients: [me], envelope: armored(bytes) }).ok));
  });
});

test("no two envelopes of one value are alike", async () => {
  expect((await sealed()).envelope).not.toBe((await sealed()).envelope);
});

test("an identity is a Secret: it is never printed", () => {
  expect(mine).toBeInstanceOf(Secret);
  expect(JSON.stringify({ mine })).toBe('{"mine":"***"}');
});
