import fs from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { digestBytes, type JsonObject } from "../../core/index.ts";
import { compiled, regoOf } from "../../test/own-policies.fixture.ts";
import type { CanonicalCall } from "./index.ts";
import { factsOf } from "./decide.ts";
import { UNNARROWED } from "./handles.ts";
import { newSessionStates } from "./session-state.ts";
import { agent, codesOf, gateState, offered, OWNER, project, PROVIDER, resource, runOf, valueOf, type GateState } from "./gate.fixture.ts";

const READ = { tool: "fs.read", action: "read", resource: "**" };
const RULES = `
call_deny contains {"code": "night", "message": "Not at night."} if {
	hour := time.clock(time.parse_rfc3339_ns(input.time))[0]
	hour < 6
}

call_deny contains {"code": "strangers", "message": "Not for strangers."} if input.principal == null

call_deny contains {"code": "often", "message": "Enough."} if input.session.callsOfTool >= 2

call_deny contains {"code": "size", "message": "Too big."} if input.arguments.size > 200

call_oblige contains {"code": "approve-owner", "message": "The owner says."} if owner_says

owner_says if startswith(input.resource, "secrets/")

owner_says if {
	startswith(input.resource, "shared/")
	input.data.private
}

call_oblige contains {"code": "approve-operator", "message": "Somebody says."} if startswith(input.resource, "shared/")

grant_deny contains {"code": "never", "message": "No listing."} if input.tool == "fs.list"
`;

/** A store whose generation recorded a policy of its own, compiled by the real compiler. */
function state(lose?: "bundle" | "lock"): GateState {
  const rego = regoOf("mine", RULES);
  const { bundle, lock } = compiled({ mine: rego });
  const lockBytes = Buffer.from(lock);
  const named = { bundle: digestBytes(bundle), lock: digestBytes(lockBytes) };
  const lost = lose === undefined ? named : { ...named, [lose]: digestBytes("lost") };
  const own = project({ policies: { rules: { "approval.mutating": "off" }, network: { ceiling: ["**"] }, compiled: lost } });
  return gateState({
    resources: [own, PROVIDER, resource("Policy", "mine", { rego }), agent("a", [READ, { ...READ, tool: "fs.list" }])],
    tools: [
      { name: "fs.read", type: "path" },
      { name: "fs.list", type: "path" },
    ],
    bytes: [bundle, lockBytes],
  });
}

const call = async (of: GateState, on: string, run = runOf(), more: object = {}): Promise<readonly string[]> => {
  const result = await of.gate.execute(offered(of, "fs.read", run), { action: "read", on, ...more }, run);
  return result.ok ? [] : result.diagnostics.map(({ code, detail }) => `${code} ${detail}`);
};

describe("a Project's own policies", () => {
  test("are asked on each call: by time, by who asks, by what was called before, by arguments", async () => {
    const of = state();
    expect(await call(of, "a")).toEqual([]);
    expect((await call(of, "b", runOf({ principal: null })))[0]).toContain("mine.strangers: Not for strangers.");
    expect((await call(of, "b", runOf(), { text: "x".repeat(200) }))[0]).toContain("mine.size");
    of.clock.set("2026-03-02T03:00:00.000Z");
    expect((await call(of, "b"))[0]).toContain("mine.night: Not at night.");
    of.clock.set("2026-03-02T12:00:00.000Z");
    expect(await call(of, "b")).toEqual([]);
    expect((await call(of, "c"))[0]).toContain("mine.often: Enough.");
    const denied = of.events.filter(({ kind }) => kind === "tool.denied");
    expect(denied.map(({ rules }) => rules)).toEqual([["mine.strangers"], ["mine.size"], ["mine.night"], ["mine.often"]]);
    expect(new Set(of.events.map(({ policy }) => policy)).size).toBe(1);
    for (const { question } of denied) expect(question).toMatch(/^sha256:/);
  });

  test("refuse a grant: its tool is not even offered", () => {
    const of = state();
    expect(valueOf(of.gate.offer(runOf())).map(({ name }) => name)).toEqual(["fs.read"]);
  });

  test("ask for a person of a role although the grant asks nobody", async () => {
    const of = state();
    const waiting = call(of, "secrets/a");
    const [asked] = valueOf(of.gate.approvals.list());
    expect(asked).toMatchObject({ role: "owner", mode: "always" });
    const editor = { id: "oidc:x#eve", person: "eve", role: "editor", verified: true, via: "api" } as const;
    expect(codesOf(of.gate.approvals.answer(asked!.id, { answer: "given", by: editor, reason: null }))).toEqual(["APPROVER_NOT_ALLOWED"]);
    valueOf(of.gate.approvals.answer(asked!.id, { answer: "given", by: { ...editor, role: "owner" }, reason: null }));
    expect(await waiting).toEqual([]);
  });

  test("row 123: an answer of a lower role than a rule asks for by now is none", async () => {
    const of = state();
    const waiting = call(of, "shared/a");
    const [asked] = valueOf(of.gate.approvals.list());
    expect(asked).toMatchObject({ role: "operator" });
    valueOf(of.gate.labelled(runOf().session, { classes: [], private: true, untrusted: false }));
    const by = { id: "oidc:x#eve", person: "eve", role: "operator", verified: true, via: "api" } as const;
    valueOf(of.gate.approvals.answer(asked!.id, { answer: "given", by, reason: null }));
    expect((await waiting)[0]).toContain("APPROVAL_MISMATCH");
    expect(of.ran).toEqual([]);
    const again = call(of, "shared/a");
    const [stricter] = valueOf(of.gate.approvals.list());
    expect(stricter).toMatchObject({ role: "owner" });
    expect(stricter!.id).not.toBe(asked!.id);
    valueOf(of.gate.approvals.answer(stricter!.id, { answer: "given", by: { ...by, role: "owner" }, reason: null }));
    expect(await again).toEqual([]);
    expect(of.ran).toHaveLength(1);
  });

  test.each(["bundle", "lock"] as const)("deny everything when the recorded %s is lost", (lose) => {
    const of = state(lose);
    expect(valueOf(of.gate.offer(runOf()))).toEqual([]);
    expect(valueOf(of.live.state()).owners.get(OWNER)?.remarks).not.toEqual([]);
  });
});

test.each([
  ["everything known", { channel: { name: "web", type: "web", peer: "p", group: false, dataClass: "internal" } }],
  ["nobody known", { principal: null, channel: null }],
])("what policies are asked is exactly what the schema says: %s", (_, more) => {
  const of = state();
  const { owner, agent: found } = valueOf(of.live.agent(OWNER, "a"));
  const run = runOf(more);
  const session = valueOf(newSessionStates(of.records).of("s"));
  const asked = {
    tool: "fs.read",
    action: "read",
    resource: "a",
    facts: {},
    effect: {},
    summary: "",
    digest: digestBytes(""),
  } as CanonicalCall;
  const facts = factsOf({ owner, agent: found, run, call: asked, session, narrowing: UNNARROWED, now: of.live.now() });
  const schema = JSON.parse(fs.readFileSync("schemas/policy-input/call.schema.json", "utf8")) as JsonObject;
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const question = owner.questionOf(found, found.grants[0]!, facts);
  expect([validate(question), validate.errors]).toEqual([true, null]);
});
