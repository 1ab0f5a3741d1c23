import fc from "fast-check";
import { expect, test } from "vitest";
import type { Hold, Json } from "../../core/index.ts";
import { canonicaliseRequest, matches, parsePattern } from "../../trust/capability/index.ts";
import { callDigest } from "./index.ts";
import { agent, codesOf, gateState, offered, project, PROVIDER, runOf, valueOf, type GateState, type GrantSpec } from "./gate.fixture.ts";

/** What a gate must answer, written from docs/capabilities.md alone: words between slashes, and nothing of the algebra. */
const WORDS = ["a", "b", "c"] as const;
const segments = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 });
const pattern = fc
  .tuple(fc.array(fc.constantFrom(...WORDS, "*"), { maxLength: 3 }), fc.boolean())
  .filter(([items, tail]) => items.length > 0 || tail)
  .map(([items, tail]) => [...items, ...(tail ? ["**"] : [])].join("/"));
const toolAction = fc.constantFrom(["fs.read", "read"], ["fs.list", "read"], ["fs.write", "write"]) as fc.Arbitrary<[string, string]>;

const grant = fc
  .record({ at: toolAction, resource: pattern })
  .map(({ at: [tool, action], resource }): GrantSpec => ({ tool, action, resource, constraints: { approval: "never" } }));
const hold = fc.record({
  selector: fc.constantFrom("*", "Agent/a", "Agent/b") as fc.Arbitrary<Hold["selector"]>,
  denied: fc.oneof(fc.constant("all" as const), fc.subarray(["fs.read", "fs.list", "fs.write"], { minLength: 1 })),
  until: fc.constantFrom(null, "2026-03-01T11:00:00.000Z", "2026-03-01T13:00:00.000Z"),
});
const request = fc.record({ at: toolAction, on: segments });
const world = fc.record({
  grants: fc.array(grant, { maxLength: 5 }),
  holds: fc.array(hold, { maxLength: 2 }),
  requests: fc.array(request, { minLength: 1, maxLength: 6 }),
  more: hold,
});

type Request = { readonly at: [string, string]; readonly on: readonly string[] };
type HoldSpec = Pick<Hold, "selector" | "denied" | "until">;

function covers(text: string, on: readonly string[]): boolean {
  const parts = text.split("/");
  const isOpen = parts.at(-1) === "**";
  const fixed = isOpen ? parts.slice(0, -1) : parts;
  if (isOpen ? on.length < fixed.length : on.length !== fixed.length) return false;
  return fixed.every((part, i) => part === "*" || part === on[i]);
}

function oracle(grants: readonly GrantSpec[], holds: readonly HoldSpec[], { at: [tool, action], on }: Request): boolean {
  const isHeld = holds.some(
    (each) =>
      each.selector !== "Agent/b" &&
      (each.denied === "all" || each.denied.includes(tool)) &&
      (each.until === null || each.until > "2026-03-01T12:00:00.000Z"),
  );
  return !isHeld && grants.some((each) => each.tool === tool && each.action === action && covers(each.resource ?? "", on));
}

const TOOLS = ["fs.read", "fs.list", "fs.write"].map((name) => ({ name, type: "path" as const }));

function named(grants: readonly GrantSpec[]): readonly GrantSpec[] {
  return grants.map((each, i) => ({ ...each, name: `g${i}` }));
}

async function allows(of: GateState, { at: [tool, action], on }: Request, count: number): Promise<boolean> {
  const run = runOf({ session: `s${count}`, id: count.toString(16).padStart(32, "0") });
  const capability = valueOf(of.gate.offer(run)).find(({ name }) => name === tool)?.capability;
  if (!capability) return false;
  const result = await of.gate.execute(capability, { action, on: on.join("/") }, run);
  return result.ok;
}

test("the gate allows what an oracle allows; another hold only takes away", { timeout: 60_000 }, async () => {
  const of = gateState({ resources: [project(), PROVIDER, agent("a", [])], tools: TOOLS });
  let count = 0;
  await fc.assert(
    fc.asyncProperty(world, async ({ grants, holds, requests, more }) => {
      for (const each of valueOf(of.store.holds("acme/default"))) of.lift(each.id);
      of.apply([project(), PROVIDER, agent("a", named(grants), { description: `${++count}` })]);
      for (const each of holds) of.hold(each);
      const before: boolean[] = [];
      for (const each of requests) before.push(await allows(of, each, ++count));
      expect(before).toEqual(requests.map((each) => oracle(grants, holds, each as Request)));
      of.hold(more);
      for (const [i, each] of requests.entries()) {
        const now = await allows(of, each, ++count);
        expect(now && before[i] !== true).toBe(false);
        expect(now).toBe(oracle(grants, [...holds, more], each as Request));
      }
    }),
    { numRuns: 40 },
  );
});

test("row 81: a change between offer and execute is seen: what runs was allowed by what is active then", { timeout: 60_000 }, async () => {
  const of = gateState({ resources: [project(), PROVIDER, agent("a", [])], tools: TOOLS });
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(grant, { minLength: 1, maxLength: 3 }),
      fc.array(grant, { maxLength: 3 }),
      request,
      async (first, second, asked) => {
        of.apply([project(), PROVIDER, agent("a", named(first), { description: `${++count}` })]);
        const run = runOf({ session: `s${count}`, id: count.toString(16).padStart(32, "0") });
        const capability = valueOf(of.gate.offer(run)).find(({ name }) => name === asked.at[0])?.capability;
        of.apply([project(), PROVIDER, agent("a", named(second), { description: `${++count}` })]);
        if (!capability) return;
        const ran = of.ran.length;
        const result = await of.gate.execute(capability, { action: asked.at[1], on: asked.on.join("/") }, run);
        expect(codesOf(result)).toEqual(["CAPABILITY_STALE"]);
        expect(of.ran).toHaveLength(ran);
      },
    ),
    { numRuns: 25 },
  );
});

test("10,000 calls with any arguments: never a throw, never an effect outside the grant", { timeout: 60_000 }, async () => {
  const of = gateState({
    resources: [
      project(),
      PROVIDER,
      agent("a", [{ tool: "fs.read", action: "read", resource: "notes/**" }], { budgets: { repeatedToolCalls: 1000 } }),
    ],
    tools: [{ name: "fs.read", type: "path" }],
  });
  const run = runOf();
  const capability = offered(of, "fs.read", run);
  const nasty = fc.constantFrom(
    "notes/../x",
    "notes/%2e%2e/x",
    "/etc/passwd",
    "notes\\..\\x",
    "notes/a",
    "notes//a",
    "NOTES/a",
    "notes/é",
    "notes/\u202e",
    "~",
  );
  const args = fc.oneof(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
    }),
    fc.record({ action: fc.oneof(fc.constant("read"), fc.anything()), on: fc.oneof(nasty, fc.string(), fc.anything()) }),
  );
  await fc.assert(
    fc.asyncProperty(args, async (value) => {
      const result = await of.gate.execute(capability, value as Json, run);
      for (const code of codesOf(result)) expect(code).not.toBe("GATE_BROKEN");
    }),
    { numRuns: 10_000 },
  );
  for (const { effect } of of.ran) expect(effect["on"]).toMatch(/^notes(\/|$)/);
  expect(of.events.filter(({ kind }) => kind === "tool.called")).toHaveLength(of.ran.length);
});

test("a deeply nested or circular argument is refused", async () => {
  const of = gateState({ resources: [project(), PROVIDER, agent("a", [{ tool: "time", action: "call" }])], tools: [{ name: "time" }] });
  const run = runOf();
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  let deep: Json = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const getter = Object.defineProperty({}, "a", {
    enumerable: true,
    get: () => {
      throw new Error("caught");
    },
  });
  for (const value of [circle, deep, getter, { a: undefined }, { a: () => 1 }, { a: Number.NaN }, 1n]) {
    const result = await of.gate.execute(offered(of, "time", run), value, run);
    expect(codesOf(result)).toEqual(["CALL_INVALID"]);
  }
  expect(of.ran).toEqual([]);
});

test("tools that lie about their canonical form are not believed", async () => {
  const lies: readonly ((call: Record<string, unknown>) => unknown)[] = [
    (call) => ({ ...call, tool: "exec.run" }),
    (call) => ({ ...call, digest: `sha256:${"0".repeat(64)}` }),
    (call) => ({ ...call, effect: { action: "read", on: "secrets/a" } }),
    (call) => ({ ...call, resource: "notes/./a" }),
    (call) => ({ ...call, resource: null }),
    (call) => ({ ...call, facts: null }),
    (call) => ({ ...call, summary: 7 }),
    () => null,
    () => "x",
  ];
  for (const lie of lies) {
    const ran: string[] = [];
    const state = gateState({
      resources: [project(), PROVIDER, agent("a", [{ tool: "fs.read", action: "read", resource: "notes/**" }])],
      world: {
        tools: () => [
          {
            name: "fs.read",
            description: "",
            input: {},
            canonicalise: () => {
              const effect = { action: "read", on: "notes/a" };
              const call = { tool: "fs.read", action: "read", resource: "notes/a", effect, facts: {}, summary: "" };
              return { ok: true, warnings: [], value: lie({ ...call, digest: callDigest(call) }) } as never;
            },
            run: () => {
              ran.push("ran");
              return Promise.reject(new Error("never"));
            },
          },
        ],
      },
    });
    const run = runOf();
    const result = await state.gate.execute(offered(state, "fs.read", run), {}, run);
    expect(codesOf(result)[0]).toMatch(/^(CALL_INVALID|GATE_BROKEN)$/);
    expect(ran).toEqual([]);
  }
});

test("fuzz: no spelling of a path leads out of a grant", () => {
  const notes = valueOf(parsePattern("path", "notes/**"));
  const piece = fc.constantFrom(
    "notes",
    "..",
    ".",
    "",
    "a",
    "%2e%2e",
    "%2f",
    "\\",
    "/",
    "é",
    "e\u0301",
    "NOTES",
    "notes ",
    "\u0000",
    "C:",
    "~",
    "*",
    "**",
    "\u2024\u2024",
    "．．",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom("/", "\\", "//", ""), (parts, glue) => {
      const text = parts.join(glue);
      const form = canonicaliseRequest("path", text);
      if (!form.ok) return;
      expect(canonicaliseRequest("path", form.value)).toMatchObject({ ok: true, value: form.value });
      if (!matches(notes, form.value)) return;
      expect(form.value).toMatch(/^notes(\/|$)/);
      expect(form.value.split("/")).not.toContain("..");
      expect(["\\", "*", "\u0000", "//"].some((each) => form.value.includes(each))).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("fuzz: no spelling of an address reaches another host, port or folder than was granted", () => {
  const granted = valueOf(parsePattern("url", "https://api.example.com/v1/**"));
  const host = fc.constantFrom(
    "api.example.com",
    "API.example.com",
    "api.example.com.",
    "api.example.com.evil.org",
    "evil.org",
    "api.example.com@evil.org",
    "user:pw@api.example.com",
    "api.example.com%2eevil.org",
    "аpi.example.com",
    "127.0.0.1",
    "0x7f000001",
    "[::1]",
    "api。example。com",
    "xn--pi-7kc.example.com",
    "*",
    "",
  );
  const port = fc.constantFrom("", ":443", ":0443", ":80", ":8443", ":", ":443@evil.org");
  const path = fc.constantFrom(
    "/v1/a",
    "/v1/../a",
    "/v1/%2e%2e/a",
    "/v1/%2E./a",
    "/v1%2f..%2fa",
    "/v1\\..\\a",
    "/V1/a",
    "//v1/a",
    "/v1/a?x=1",
    "/v1/a#x",
    "/v1",
    "",
    "/v1/é",
    "/v1/%C3%A9",
    "/v1/%00",
    "/v1/*",
  );
  fc.assert(
    fc.property(fc.constantFrom("https", "HTTPS", "http", "ftp", "https:"), host, port, path, (scheme, name, at, where) => {
      const text = `${scheme}://${name}${at}${where}`;
      const form = canonicaliseRequest("url", text);
      if (!form.ok) return;
      expect(canonicaliseRequest("url", form.value)).toMatchObject({ ok: true, value: form.value });
      if (!matches(granted, form.value)) return;
      // The platform's own reader of addresses is the second opinion.
      const read = new URL(text);
      expect([read.protocol, read.hostname.replace(/\.$/, ""), read.port]).toEqual(["https:", "api.example.com", ""]);
      expect(decodeURIComponent(read.pathname)).toMatch(/^\/v1(\/|$)/);
    }),
    { numRuns: 5_000 },
  );
});
