import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock, type Json, type JsonObject, type Result } from "../core/index.ts";
import { openAudit } from "../runtime/audit/index.ts";
import { newBus } from "../runtime/events/index.ts";
import { callDigest, openGate, type CanonicalCall, type Tool } from "../runtime/gate/index.ts";
import { openLive } from "../runtime/live/index.ts";
import { questionLog } from "../runtime/replay/index.ts";
import { NO_LABELS, type Run } from "../runtime/run/index.ts";
import { openRecords, openStore } from "../runtime/store/index.ts";
import { KINDS } from "../schemas/index.ts";
import { folderWith, moltbot, type Ran } from "./cli.fixture.ts";

const DOCUMENT = "apiVersion: moltbot.dev/v1alpha1\n";
const PROJECT = `${DOCUMENT}kind: Project\nmetadata: {name: acme}\nspec:\n  policies:\n    rules: {"network.ceiling": warn}\n`;
const agent = (grant: string): string =>
  `${DOCUMENT}kind: Agent\nmetadata: {name: helper}\nspec:\n  model: {provider: here, name: m}\n  prompt: Help.\n${grant}`;
const GRANT = `  capabilities:\n    - tool: http.fetch\n      permissions: [{action: get, resource: "https://api.acme.example/**"}]\n      constraints: {approval: never}\n`;

const ids = { next: () => randomBytes(16).toString("hex") };

let folder: ReturnType<typeof folderWith>;
const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: folder.path });

function value<T>(result: Result<T>): NonNullable<T> {
  if (!result.ok || result.value === null || result.value === undefined) throw new Error(JSON.stringify(result));
  return result.value;
}

const tool: Tool = {
  name: "http.fetch",
  description: "fetches nothing",
  input: { type: "object" },
  canonicalise: (args: Json): Result<CanonicalCall> => {
    const effect = args as JsonObject;
    const asked = { tool: "http.fetch", action: "get", resource: "https://api.acme.example/orders", effect };
    return { ok: true, value: { ...asked, facts: effect, digest: callDigest(asked), summary: "get" }, warnings: [] };
  },
  run: async () => ({ ok: true, value: { text: "", labels: NO_LABELS, facts: {} }, warnings: [] }),
};

/** One call through the gate of the applied state, as a gateway makes it. */
async function call(dir: string): Promise<number> {
  const clock = systemClock;
  const store = value(openStore(dir, { mode: "write", create: false }, { clock, randomHex: ids.next }));
  const records = value(openRecords(dir));
  const audit = value(openAudit(dir, { clock }));
  const questions = questionLog({ records, clock, secrets: () => [], failed: (reason) => expect.fail(reason) });
  const live = openLive({ store, kinds: KINDS, clock, workspaces: path.join(dir, "workspaces") });
  const gate = openGate({ live, records, audit, bus: newBus(), clock, ids, tools: () => [tool], asked: questions.keep });
  const [owner = ""] = value(store.owners());
  const at: Run = {
    owner: owner as Run["owner"],
    agent: "helper",
    session: "s1",
    id: "0".repeat(32),
    principal: { id: "web:\u001b[31mada", kind: "person", role: null, verified: true, person: null },
    channel: null,
    callers: [],
    behind: [],
    signal: new AbortController().signal,
  };
  const [offered] = value(gate.offer(at));
  value(await gate.execute(offered!.capability, { query: "a=1\u202e" }, at));
  const [record] = value(audit.reader.query({ kinds: ["tool.called"] })).records;
  gate.close();
  questions.close();
  live.close();
  audit.close();
  records.close();
  store.close();
  return record!.seq;
}

let seq = 0;

beforeAll(async () => {
  folder = folderWith({
    "moltbot.yaml": PROJECT,
    "all/agent.yaml": agent(GRANT),
    "all/provider.yaml": `${DOCUMENT}kind: ModelProvider\nmetadata: {name: here}\nspec: {type: echo}\n`,
  });
  expect(run("apply", "--auto-approve")).toMatchObject({ code: 0 });
  seq = await call(path.join(folder.path, ".moltbot"));
}, 60_000);
afterAll(() => folder.dispose());

describe("policy replay", () => {
  test("shows the question, escaped, and that the answer is the same", () => {
    const { code, out } = run("policy", "replay", String(seq));
    expect(code).toBe(0);
    expect(out).toContain("The same answer by the same rules.");
    expect(out).toMatch(/then +allowed +generation 1 .*network\.ceiling/);
    expect(out).toContain('call.arguments.query  "a=1\\u202e"');
    for (const each of ["\u001b", "\u202e"]) expect(out).not.toContain(each);
  });

  test("with what is in force now, a denial is exit code 3; -o json has the whole of it", () => {
    fs.writeFileSync(
      path.join(folder.path, "moltbot.yaml"),
      `${DOCUMENT}kind: Project\nmetadata: {name: acme}\nspec:\n  description: strict\n`,
    );
    fs.writeFileSync(path.join(folder.path, "all/agent.yaml"), agent(""));
    expect(run("apply", "--auto-approve")).toMatchObject({ code: 0 });
    expect(run("policy", "replay", String(seq), "--detailed-exitcode").code).toBe(0);
    const { code, out, err } = run("policy", "replay", String(seq), "--with-active", "-o", "json");
    expect([code, err]).toEqual([3, expect.stringContaining("REPLAY_DENIED")]);
    expect(JSON.parse(out)).toMatchObject({
      kind: "Replay",
      same: false,
      before: { answer: "allowed", generation: 1 },
      again: { with: "active", answer: "denied", generation: 2 },
      record: { seq },
      question: { call: { tool: "http.fetch" }, grant: { pattern: "https://api.acme.example/**" } },
    });
  });

  test.each([
    [["1"], 1, "REPLAY_UNKNOWN"],
    [["999"], 1, "REPLAY_UNKNOWN"],
    [["x"], 64, "AUDIT-SEQ"],
    [[], 64, ""],
  ])("with %j is %d %s", (args, expected, said) => {
    const { code, err } = run("policy", "replay", ...args);
    expect([code, err]).toEqual([expected, expect.stringContaining(said)]);
  });

  test("where no gateway ran there is nothing", () => {
    const other = folderWith({ "moltbot.yaml": PROJECT });
    expect(moltbot(["policy", "replay", "1"], { cwd: other.path })).toMatchObject({
      code: expect.any(Number) as number,
      err: expect.stringContaining("NO_RECORD") as string,
    });
    other.dispose();
  });
});
