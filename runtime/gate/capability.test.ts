import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { attenuate, type Capability, type Caveat } from "./index.ts";
import { agent, codesOf, gateState, offered, project, PROVIDER, runOf, valueOf, type GateState } from "./gate.fixture.ts";

const READ = { tool: "fs.read", action: "read", resource: "notes/**" };
const ARGS = { action: "read", on: "notes/a" };

function state(): GateState {
  return gateState({
    resources: [project(), PROVIDER, agent("a", [READ, { tool: "time", action: "call" }]), agent("b", [READ])],
    tools: [{ name: "fs.read", type: "path" }, { name: "time" }],
  });
}

describe("a capability", () => {
  const forged: readonly (readonly [string, (genuine: Capability) => unknown])[] = [
    ["a copy", (genuine) => ({ ...genuine })],
    ["a clone", (genuine) => structuredClone(genuine)],
    ["one that was written and read again", (genuine) => JSON.parse(JSON.stringify(genuine))],
    ["one that inherits from it", (genuine) => Object.create(genuine)],
    ["a proxy of it", (genuine) => new Proxy(genuine, {})],
    ["its name alone", (genuine) => genuine.tool],
    ["nothing", () => null],
    ["a number", () => 7],
    ["one put together", () => ({ tool: "fs.read", genuine: true })],
    [
      "an object whose fields throw",
      () =>
        Object.defineProperty({}, "tool", {
          get: () => {
            throw new Error("caught");
          },
        }),
    ],
  ];
  test.each(forged)("is not %s", async (_, make) => {
    const of = state();
    const run = runOf();
    const result = await of.gate.execute(make(offered(of, "fs.read", run)) as Capability, ARGS, run);
    expect(codesOf(result)).toEqual(["CAPABILITY_INVALID"]);
    expect(of.ran).toEqual([]);
    expect(of.events.map(({ kind, code }) => [kind, code])).toEqual([["tool.denied", "CAPABILITY_INVALID"]]);
  });

  test.each([
    ["another run", { id: "f".repeat(32) }],
    ["another session", { session: "0ther5e551on" }],
    ["another agent", { agent: "b" }],
    ["another owner", { owner: "other/default" as const }],
  ])("is of one run: not of %s", async (_, other) => {
    const of = state();
    const capability = offered(of, "fs.read", runOf());
    expect(codesOf(await of.gate.execute(capability, ARGS, runOf(other)))).toEqual(["CAPABILITY_INVALID"]);
    expect(of.ran).toEqual([]);
  });

  test("ends when it is revoked, when its run is finished, and when its time is over", async () => {
    const of = state();
    const run = runOf();
    const [one, two] = [offered(of, "fs.read", run), offered(of, "fs.read", run)];
    of.gate.revoke(one);
    expect(codesOf(await of.gate.execute(one, ARGS, run))).toEqual(["CAPABILITY_INVALID"]);
    expect(codesOf(await of.gate.execute(two, ARGS, run))).toEqual([]);
    of.gate.finish(run.id);
    expect(codesOf(await of.gate.execute(two, ARGS, run))).toEqual(["CAPABILITY_INVALID"]);
    const three = offered(of, "fs.read", run);
    of.clock.add(LIMITS.capabilityMs);
    expect(codesOf(await of.gate.execute(three, ARGS, run))).toEqual(["CAPABILITY_STALE"]);
  });

  test("is for one tool: what its arguments name is not asked", async () => {
    const of = state();
    const run = runOf();
    await of.gate.execute(offered(of, "time", run), { tool: "fs.read", on: "notes/a" }, run);
    expect(of.ran.map(({ tool }) => tool)).toEqual(["time"]);
  });
});

describe("a token", () => {
  function minted(of: GateState): string {
    return valueOf(of.gate.tokens.mint(offered(of, "fs.read", runOf()), runOf()));
  }

  async function used(of: GateState, token: string, args: object = ARGS, run = runOf()): Promise<readonly string[]> {
    const capability = of.gate.tokens.accept(token, run);
    return capability.ok ? codesOf(await of.gate.execute(capability.value, args as never, run)) : codesOf(capability);
  }

  function narrowed(token: string, ...caveats: readonly Caveat[]): string {
    return caveats.reduce((each, caveat) => valueOf(attenuate(each, caveat)), token);
  }

  test("stands for its capability in its run, and shows nothing of it", async () => {
    const of = state();
    const token = minted(of);
    expect(Buffer.from(token, "base64url").toString()).not.toMatch(/fs\.read|acme|5e5510n0/);
    expect(await used(of, token)).toEqual([]);
    expect(await used(of, token, ARGS, runOf({ id: "f".repeat(32) }))).toEqual(["TOKEN_INVALID"]);
    of.clock.add(LIMITS.capabilityTokenMs);
    expect(await used(of, token)).toEqual(["TOKEN_INVALID"]);
  });

  test.each<readonly [string, readonly Caveat[], object, readonly string[]]>([
    ["a narrower resource covers", [{ resource: "notes/public/**" }], { action: "read", on: "notes/public/a" }, []],
    ["a narrower resource refuses", [{ resource: "notes/public/**" }], ARGS, ["CALL_NOT_GRANTED"]],
    ["a wider resource adds nothing", [{ resource: "**" }], { action: "read", on: "secrets/a" }, ["CALL_NOT_GRANTED"]],
    ["two resources hold together", [{ resource: "notes/a" }, { resource: "notes/b" }], ARGS, ["CALL_NOT_GRANTED"]],
    ["another action refuses", [{ actions: ["write"] }], ARGS, ["CALL_NOT_GRANTED"]],
    ["actions only shrink", [{ actions: [] }, { actions: ["read"] }], ARGS, ["CALL_NOT_GRANTED"]],
    ["an end in the past refuses", [{ until: "2020-01-01T00:00:00Z" }], ARGS, ["TOKEN_INVALID"]],
    ["an end that is none refuses", [{ until: "tomorrow" }], ARGS, ["TOKEN_INVALID"]],
    ["a resource that is none refuses", [{ resource: "../x" }], ARGS, ["TOKEN_INVALID"]],
    ["an unknown restriction refuses", [{ colour: "red" } as unknown as Caveat], ARGS, ["TOKEN_INVALID"]],
  ])("%s", async (_, caveats, args, codes) => {
    const of = state();
    expect(await used(of, narrowed(minted(of), ...caveats), args)).toEqual(codes);
  });

  test("loses its meaning when anything of it changes, or a restriction is taken away", async () => {
    const of = state();
    const token = narrowed(minted(of), { resource: "notes/public/**" });
    const read = JSON.parse(Buffer.from(token, "base64url").toString()) as Record<string, unknown>;
    const written = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const changed of [
      { caveats: [] },
      { until: "2030-01-01T00:00:00Z" },
      { id: "0".repeat(32) },
      { v: 2 },
      { signature: "AAAA" },
      { more: 1 },
    ])
      expect(await used(of, written({ ...read, ...changed }))).toEqual(["TOKEN_INVALID"]);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom("A", "Z", "a", "z", "0", "9", "-", "_"), async (at, letter) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        const same = Buffer.from(changed, "base64url").equals(Buffer.from(token, "base64url"));
        if (!same) expect(await used(of, changed, { action: "read", on: "notes/public/a" })).toEqual(["TOKEN_INVALID"]);
      }),
      { numRuns: 200 },
    );
    expect(await used(of, "x".repeat(LIMITS.tokenChars + 1))).toEqual(["TOKEN_INVALID"]);
  });

  test("holds as many restrictions as the limit allows, and is of one process", async () => {
    const of = state();
    let token = minted(of);
    for (let i = 0; i < LIMITS.tokenCaveats; i++) token = narrowed(token, { resource: "notes/**" });
    expect(await used(of, token)).toEqual([]);
    expect(codesOf(attenuate(token, { resource: "notes/**" }))).toEqual(["TOKEN_INVALID"]);
    expect(codesOf(of.restarted().tokens.accept(token, runOf()))).toEqual(["TOKEN_INVALID"]);
  });
});
