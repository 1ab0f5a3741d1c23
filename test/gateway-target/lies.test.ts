import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { HEAD_CONTEXT, type JsonObject } from "../../core/index.ts";
import { codesOf, value } from "../engine.fixture.ts";
import type { Fate, Passing } from "./between.fixture.ts";
import { inside, type Inside } from "./inside.fixture.ts";

type Parts = Readonly<Record<string, JsonObject>>;
const OTHER = `sha256:${"0".repeat(64)}`;

const says =
  (path: string, answer: (body: JsonObject) => unknown): ((passing: Passing) => Fate) =>
  (passing) =>
    passing.path === path ? { kind: "says", answer } : undefined;

const [COMMITS, RECEIPT, ACTIVATIONS] = ["/v2/record/commits", "/v2/record/receipt", "/v2/record/activations"] as const;
const changed = (part: string, fields: JsonObject) => (body: JsonObject) => ({ ...body, [part]: { ...(body as Parts)[part], ...fields } });

const without =
  (name: string) =>
  (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));

/** Signed, and the head of another ledger's key. */
function signedByAnother(body: JsonObject): JsonObject {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { lineage, signed } = body["head"] as { readonly lineage: string; readonly signed: string };
  const signature = sign(null, Buffer.from(`${HEAD_CONTEXT}${signed}`), privateKey).toString("base64");
  return { ...body, head: { lineage, signed, signature, key: publicKey.export({ format: "jwk" }).x ?? "" } };
}

/** One gateway for a table of lies: each begins with something to apply, and ends with the truth. */
async function lied(it: Inside, number: number, fate: (passing: Passing) => Fate): Promise<readonly string[]> {
  it.declare(`Be kind ${number}.`);
  it.line.set(fate);
  const codes = codesOf(await it.apply());
  it.line.set(() => undefined);
  return codes;
}

describe("a gateway that lies", () => {
  const LIES: readonly (readonly [string, (passing: Passing) => Fate])[] = [
    ["writes other rows than it was given", says(COMMITS, changed("generation", { digest: OTHER }))],
    ["answers a commit with something else", says(COMMITS, () => ({ generation: { number: 2 } }))],
    ["is healthy, with other rows than those of the plan", says(RECEIPT, changed("answer", { digest: OTHER }))],
    ["gives a receipt without a signed head", says(RECEIPT, without("head"))],
    ["has another generation active", says(ACTIVATIONS, changed("active", { number: 77 }))],
    ["has the generation as a candidate still", says(ACTIVATIONS, changed("active", { status: "candidate" }))],
    ["has nothing active", says(ACTIVATIONS, (body) => ({ ...body, active: null }))],
    ["has other rows active", says(ACTIVATIONS, changed("active", { digest: OTHER }))],
    ["has what another plan made active", says(ACTIVATIONS, changed("active", { plan: OTHER }))],
    ["gives the receipt of another store", says(ACTIVATIONS, (body) => ({ ...body, lineage: "f".repeat(32) }))],
    ["signs with another key", says(ACTIVATIONS, signedByAnother)],
    ["has a head that nobody signed", says(ACTIVATIONS, changed("head", { signature: "AAAA" }))],
  ];

  test("is not believed: wrong receipts are no success, and the next apply settles it", async () => {
    const it = await inside();
    value(await it.apply());
    let number = 0;
    for (const [name, fate] of LIES) {
      expect(await lied(it, ++number, fate), name).toEqual(["GATEWAY_RECEIPT"]);
      value(await it.apply());
      expect((await it.active())?.prompt, name).toBe(`Be kind ${number}.`);
      expect(await it.changes(), name).toBe(0);
    }
  }, 60_000);

  test("cannot give the receipt of an earlier apply again", async () => {
    const it = await inside();
    let kept: JsonObject = {};
    it.line.set(says(ACTIVATIONS, (body) => (kept = body)));
    value(await it.apply());
    // As it was, and with what is asked for now under the old signature.
    expect(
      await lied(
        it,
        1,
        says(ACTIVATIONS, () => kept),
      ),
    ).toEqual(["GATEWAY_RECEIPT"]);
    value(await it.apply());
    expect(
      await lied(
        it,
        2,
        says(ACTIVATIONS, (body) => ({ ...body, head: kept["head"] })),
      ),
    ).toEqual(["GATEWAY_RECEIPT"]);
  }, 30_000);

  test("shows a plan nothing that does not add up", async () => {
    const it = await inside();
    value(await it.apply());
    const observe = "/v2/record/observe";
    for (const [name, answer] of [
      ["rows that are not of its generation", (body: JsonObject) => ({ ...body, rows: [] })],
      ["another owner", (body: JsonObject) => ({ ...body, owner: "other/default" })],
      ["no rows at all", without("rows")],
      ["holds in another form", (body: JsonObject) => ({ ...body, holds: [{ id: 1 }] })],
    ] as const) {
      it.line.set(says(observe, answer));
      expect(codesOf(await it.apply()), name).toEqual(["GATEWAY_RECEIPT"]);
    }
  }, 30_000);

  test("or is no gateway at all: how it ended is not known", async () => {
    const it = await inside();
    value(await it.apply());
    expect(
      await lied(
        it,
        1,
        says(ACTIVATIONS, (body) => [body]),
      ),
    ).toEqual(["APPLY_INCOMPLETE"]);
    expect((await it.active())?.prompt).toBe("Be kind 1.");
  }, 30_000);

  test("and says nasty words in its reason: they are shown escaped", async () => {
    const it = await inside();
    value(await it.apply());
    it.declare("Be brief.");
    it.line.set(says(RECEIPT, changed("answer", { healthy: false, reason: "\u001b[2Jall is well" })));
    const said = await it.apply();
    expect(codesOf(said)).toEqual(["APPLY_INCOMPLETE"]);
    const [first] = said.ok ? [] : said.diagnostics;
    expect(first?.detail).toContain("all is well");
    expect(first?.detail).not.toContain("\u001b");
  }, 30_000);
});

describe("a gateway whose runtime is silent", () => {
  test("is no success: what was active stays, the apply is incomplete, and the next one settles", async () => {
    const it = await inside();
    value(await it.apply());
    const before = await it.active();
    const codes = await lied(
      it,
      1,
      says(RECEIPT, (body) => ({ ...body, answer: null })),
    );
    expect(codes).toEqual(["APPLY_INCOMPLETE"]);
    expect(it.line.seen().filter(({ path }) => path === ACTIVATIONS)).toEqual([]);
    expect(await it.active()).toEqual(before);
    value(await it.apply());
    expect((await it.active())?.prompt).toBe("Be kind 1.");
  }, 30_000);
});
