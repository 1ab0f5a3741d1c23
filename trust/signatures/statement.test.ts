import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { otherSpellings } from "../../core/base64.fixture.ts";
import { digestBytes, LIMITS, type JsonObject } from "../../core/index.ts";
import { encodeEnvelope, parseAttestationJson, parseEnvelope, signedBytes, STATEMENT_TYPE } from "./dsse.ts";
import { encodeStatement, parseStatement, type Statement } from "./statement.ts";

const STATEMENT: Statement = {
  kind: "approval",
  owner: "acme/prod",
  effect: digestBytes("effect"),
  plan: digestBytes("plan"),
  at: "2026-05-01T10:00:00.000Z",
  comment: null,
};
const SIGNATURE = { keyid: "k", sig: Buffer.from("s") };
const ENVELOPE = { payloadType: STATEMENT_TYPE, payload: encodeStatement(STATEMENT), signatures: [SIGNATURE] };

const jsonOf = (text: string): JsonObject => JSON.parse(text) as JsonObject;

describe("the bytes that are signed", () => {
  test("are those of the DSSE specification's own example", () => {
    expect(Buffer.from(signedBytes("http://example.com/HelloWorld", Buffer.from("hello world"))).toString()).toBe(
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  test("count bytes, not characters", () => {
    expect(Buffer.from(signedBytes("é", Buffer.from("ü"))).toString()).toBe("DSSEv1 2 é 2 ü");
  });
});

describe("an envelope", () => {
  test("written and read is itself", () => {
    expect(parseEnvelope(jsonOf(encodeEnvelope(ENVELOPE)))).toMatchObject({
      ok: true,
      value: { payloadType: STATEMENT_TYPE, signatures: [{ keyid: "k" }] },
    });
  });

  const good = jsonOf(encodeEnvelope(ENVELOPE));
  const payload = Buffer.from(ENVELOPE.payload).toString("base64");
  test.each<readonly [string, JsonObject]>([
    ["with an unknown field", { ...good, approved: true }],
    ["of another type", { ...good, payloadType: "text/plain" }],
    ["without payload", { payloadType: STATEMENT_TYPE, signatures: good["signatures"]! }],
    ...otherSpellings(payload).map((other, i) => [`with its payload in another spelling (${i})`, { ...good, payload: other }] as const),
    ...otherSpellings("cw==").map((sig) => [`with a signature in another spelling, ${sig}`, { ...good, signatures: [{ sig }] }] as const),
    ["without signatures", { ...good, signatures: [] }],
    ["with an empty signature", { ...good, signatures: [{ keyid: "", sig: "" }] }],
    ["with a signature that says more", { ...good, signatures: [{ keyid: "", sig: "cw==", role: "owner" }] }],
    [
      "with too many signatures",
      { ...good, signatures: Array.from({ length: LIMITS.attestationSignatures + 1 }, () => ({ sig: "cw==" })) },
    ],
  ])("%s is not one", (_, value) => {
    expect(parseEnvelope(value)).toMatchObject({ ok: false, diagnostics: [{ code: "ATTESTATION_INVALID" }] });
  });

  test("may have as many signatures as the limit says", () => {
    const signatures = Array.from({ length: LIMITS.attestationSignatures }, () => ({ sig: "cw==" }));
    expect(parseEnvelope({ ...good, signatures }).ok).toBe(true);
  });

  test("file is read up to its limit, and as UTF-8 alone", () => {
    const padded = (bytes: number): Uint8Array => Buffer.from(`{"a":"${"a".repeat(bytes - 8)}"}`);
    expect(parseAttestationJson(padded(LIMITS.attestationBytes)).ok).toBe(true);
    expect(parseAttestationJson(padded(LIMITS.attestationBytes + 1)).ok).toBe(false);
    expect(parseAttestationJson(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])).ok).toBe(false);
  });

  test.each(["[]", "1", '{"payload":"eA==","payload":"eQ=="}', "\uFEFF{}"])("file is no %j", (text) => {
    expect(parseAttestationJson(Buffer.from(text))).toMatchObject({ diagnostics: [{ code: "ATTESTATION_INVALID" }] });
  });
});

describe("a statement", () => {
  test("encoded and parsed is itself", () => {
    fc.assert(
      fc.property(fc.constantFrom("plan" as const, "approval" as const), fc.option(fc.string({ maxLength: 50 })), (kind, comment) => {
        const statement = { ...STATEMENT, kind, comment: comment?.isWellFormed() === false ? null : comment };
        expect(parseStatement({ ...ENVELOPE, payload: encodeStatement(statement) })).toMatchObject({ ok: true, value: statement });
      }),
    );
  });

  const text = Buffer.from(ENVELOPE.payload).toString();
  test.each<readonly [string, string]>([
    ["of another predicate", text.replace("approval/v1", "approval/v2")],
    ["with a field more", text.replace('"comment":null', '"comment":null,"count":2')],
    ["with two subjects", text.replace('"subject":[', '"subject":[{},')],
    ["with white space", text.replace(":", ": ")],
    ["with a digest that is none", text.replace(STATEMENT.effect.slice(7), "00")],
    ["with a date that is none", text.replace(STATEMENT.at, "yesterday")],
    ["that is a number", "1"],
    ["that is not JSON", "{"],
  ])("%s is not one", (_, payload) => {
    expect(parseStatement({ ...ENVELOPE, payload: Buffer.from(payload) })).toMatchObject({
      diagnostics: [{ code: "ATTESTATION_INVALID" }],
    });
  });
});
