import { describe, expect, test } from "vitest";
import type { Result } from "../core/index.ts";
import type { ToolResult } from "../runtime/gate/index.ts";
import { agent, codesOf, gateState, offered, project, PROVIDER, runOf, valueOf, type GateState } from "../runtime/gate/gate.fixture.ts";
import { holdRuntime } from "../runtime/store/index.ts";
import { start } from "./cli.fixture.ts";

/** The gate of this process as the running gateway; the command beside it. */
function gateway(): GateState {
  const send = { tool: "message.send", action: "send", resource: "web", constraints: { approval: "always" } };
  return gateState({
    resources: [project(), PROVIDER, agent("a", [send])],
    tools: [{ name: "message.send", type: "name" }],
    world: { clock: { now: () => new Date() } },
  });
}

function call(of: GateState): Promise<Result<ToolResult>> {
  const run = runOf();
  return of.gate.execute(offered(of, "message.send", run), { action: "send", on: "web", text: "hello\u202e" }, run);
}

/** Beside this process, which must go on: its gate hears the answer. */
async function moltbot(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = start(args, { env: { MOLTBOT_ACTOR: "ops@laptop" } });
  const said = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => void child.on("close", resolve));
  return { code, ...said };
}

describe("an approval by the command line, beside the running gateway", () => {
  test("is listed, shown byte for byte, given, and heard at once", async () => {
    const of = gateway();
    const hold = valueOf(holdRuntime(of.dir));
    const waiting = call(of);
    const listed = await moltbot("gateway", "approvals", "--state", of.dir);
    expect(listed).toMatchObject({ code: 0, err: "" });
    expect(listed.out).toContain("message.send send on web");
    expect(listed.out).toContain('text: "hello\\u202e"');
    expect(listed.out).toMatch(/covers sha256:[0-9a-f]{64}/);
    const json = JSON.parse((await moltbot("gateway", "approvals", "list", "--state", of.dir, "-o", "json")).out) as {
      readonly isRunning: boolean;
      readonly approvals: readonly { readonly id: string }[];
    };
    expect(json).toMatchObject({ isRunning: true, approvals: [{ tool: "message.send", agent: "a", state: "asked" }] });
    const given = await moltbot("gateway", "approvals", "give", json.approvals[0]!.id.slice(0, 16), "--state", of.dir);
    expect(given).toMatchObject({ code: 0, err: "" });
    expect(codesOf(await waiting)).toEqual([]);
    expect(of.events.find(({ kind }) => kind === "approval.given")).toMatchObject({ actor: "ops@laptop", facts: { via: "cli" } });
    const again = await moltbot("gateway", "approvals", "give", json.approvals[0]!.id, "--state", of.dir);
    expect([again.code, again.err]).toEqual([6, expect.stringContaining("APPROVAL_ANSWERED")]);
    hold.release();
  });

  test("is refused with a reason that the agent is told", async () => {
    const of = gateway();
    const waiting = call(of);
    const { id } = valueOf(of.gate.approvals.list())[0]!;
    const refused = await moltbot("gateway", "approvals", "refuse", id, "--reason", "wrong customer", "--state", of.dir);
    expect(refused.code).toBe(0);
    const result = await waiting;
    expect(result.ok ? "" : result.diagnostics[0]!.detail).toContain("wrong customer");
  });

  test("a freeze ends the wait", async () => {
    const of = gateway();
    const waiting = call(of);
    expect((await moltbot("gateway", "freeze", "Agent/a", "--reason", "odd", "--state", of.dir)).code).toBe(0);
    expect(codesOf(await waiting)).toEqual(["HELD"]);
  });
});
