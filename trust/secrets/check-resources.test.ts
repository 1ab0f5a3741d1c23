import { describe, expect, test } from "vitest";
import { digestBytes, type Json, type Resource } from "../../core/index.ts";
import { checkSecrets, generateIdentity, recipientOf, sealValue } from "./index.ts";
import { text, valueOf } from "./secrets.fixture.ts";

const [me, runtime] = (await Promise.all([await generateIdentity(), await generateIdentity()].map(recipientOf))) as [string, string];
const sealed = valueOf(await sealValue({ project: "acme", name: "api", key: "k", recipients: [me], value: text("canary") }));
const bytes = new Map([sealed.envelope, sealed.envelope.slice(0, -60), "junk"].map((each) => [digestBytes(each), text(each)]));

function secret(values: Json): Resource {
  return { apiVersion: "v", kind: "Secret", metadata: { name: "api" }, spec: { values } };
}

const good = { recipients: sealed.recipients, envelope: digestBytes(sealed.envelope) };
const cases: readonly (readonly [string, Resource, string | null, readonly string[]])[] = [
  ["whole, and for the target", secret({ k: { age: good } }), me, []],
  ["whole, no target named", secret({ k: { age: good } }), null, []],
  ["not for the target", secret({ k: { age: good } }), runtime, ["SECRET_NOT_FOR_TARGET"]],
  ["an .age file without a list", secret({ k: { file: { path: good.envelope } } }), runtime, []],
  ["an .age file with a list", secret({ k: { file: { path: good.envelope, recipients: [runtime] } } }), me, ["SECRET_NOT_FOR_TARGET"]],
  ["cut", secret({ k: { age: { ...good, envelope: digestBytes(sealed.envelope.slice(0, -60)) } } }), null, ["SECRET_ENVELOPE_INVALID"]],
  ["a list that is too long", secret({ k: { age: { ...good, recipients: [me, runtime] } } }), runtime, ["SECRET_ENVELOPE_MISMATCH"]],
  [
    "every problem at once",
    secret({ a: { age: { ...good, envelope: digestBytes("junk") } }, b: { age: good } }),
    runtime,
    ["SECRET_ENVELOPE_INVALID", "SECRET_NOT_FOR_TARGET", "SECRET_NOT_FOR_TARGET"],
  ],
  ["bytes that are not at hand", secret({ k: { age: { ...good, envelope: digestBytes("elsewhere") } } }), null, []],
  [
    "values of other forms",
    secret({ a: { env: { name: "X" } }, b: { pending: {} }, c: "text", d: { age: { envelope: "no digest" } } }),
    me,
    [],
  ],
  ["no values at all", secret(null), me, []],
  ["another kind", { ...secret({ k: { age: { ...good, envelope: digestBytes("junk") } } }), kind: "Agent" }, me, []],
];

describe("what a plan can tell without an identity", () => {
  test.each(cases)("%s", (_, resource, recipient, expected) => {
    const found = checkSecrets({ resources: [resource], values: (digest) => bytes.get(digest), recipient });
    expect(found.map(({ code }) => code)).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain("canary");
  });

  test("where it stands is told, and that no excerpt may be made", () => {
    const [found] = checkSecrets({
      resources: [secret({ k: { age: good } })],
      values: () => undefined,
      recipient: runtime,
      originOf: (address, pointer) => ({ file: address, document: 0, pointer, part: "value" }),
    });
    expect(found?.origin).toEqual({ file: "Secret/api", document: 0, pointer: "/spec/values/k", part: "value", secret: true });
    expect(found?.context).toEqual({ address: "Secret/api", key: "k" });
  });
});
