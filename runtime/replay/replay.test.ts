import { describe, expect, test } from "vitest";
import { digestBytes, LIMITS, ok, Secret, type JsonObject, type Result } from "../../core/index.ts";
import { loadBuiltinPolicy } from "../../trust/policy/index.ts";
import { openAudit, type AuditLog, type SecurityEvent } from "../audit/index.ts";
import type { AskedQuestion } from "../gate/index.ts";
import { agent, codesOf, gateState, offered, project, PROVIDER, runOf, valueOf, type GateState } from "../gate/gate.fixture.ts";
import { questionKeeper } from "../person/questions.ts";
import { QUESTIONS_SLOT } from "./batch.ts";
import { keepShipped, questionLog, questionsAbout, replayDecision, type QuestionLog, type Replay } from "./index.ts";

const LOCAL = "http://127.0.0.1:8080";
const OUTSIDE = "https://api.acme.example";
const FETCH = { name: "http.fetch", type: "url" } as const;

const strict = project({ policies: { rules: { "approval.mutating": "off" } } });
const lenient = project({ policies: { rules: { "approval.mutating": "off", "network.ceiling": "warn" } } });
const bot = agent("a", [
  { name: "local", tool: "http.fetch", action: "get", resource: `${LOCAL}/**` },
  { name: "outside", tool: "http.fetch", action: "get", resource: `${OUTSIDE}/**` },
]);

interface World {
  readonly state: GateState;
  readonly audit: AuditLog;
  readonly kept: QuestionLog;
  readonly replay: (seq: number, withActive?: boolean) => Result<Replay>;
}

/** A gate with a real audit, whose questions are kept as the gateway keeps them. */
function worldOf(resources = [strict, PROVIDER, bot], secret = "quoted-secret-value"): World {
  const parts: { audit?: AuditLog; kept?: QuestionLog } = {};
  const state = gateState({
    resources,
    tools: [FETCH],
    world: {
      audit: { record: (event: SecurityEvent) => parts.audit!.record(event) },
      asked: (each: AskedQuestion) => parts.kept!.keep(each),
    },
  });
  const audit = valueOf(openAudit(state.dir, { clock: state.clock }));
  const secrets = () => [new Secret(Buffer.from(secret))];
  const kept = questionLog({ records: state.records, clock: state.clock, secrets, failed: (reason) => expect.fail(reason) });
  Object.assign(parts, { audit, kept });
  const { records, store, clock } = state;
  return {
    state,
    audit,
    kept,
    replay: (seq, withActive = false) => replayDecision({ audit: audit.reader, records, store, clock }, seq, withActive),
  };
}

async function call({ state, kept }: World, on: string): Promise<readonly string[]> {
  const run = runOf();
  const result = await state.gate.execute(offered(state, "http.fetch", run), { action: "get", on }, run);
  kept.close();
  return codesOf(result);
}

const seqOf = ({ audit }: World, kind: string): number => valueOf(audit.reader.query({ kinds: [kind] })).records[0]!.seq;

describe("a decision that is asked again", () => {
  test("gives the same answer by the same rules, for the call and for what came of it", async () => {
    const world = worldOf();
    expect(await call(world, `${LOCAL}/x`)).toEqual([]);
    for (const kind of ["tool.called", "tool.done"]) {
      const replayed = valueOf(world.replay(seqOf(world, kind)));
      expect(replayed).toMatchObject({
        isSame: true,
        before: { answer: "allowed", generation: 1 },
        again: { with: "recorded", answer: "allowed" },
        question: { call: { resource: `${LOCAL}/x`, principal: { id: "telegram:4711" } } },
      });
      expect(replayed.again.policy).toBe(replayed.before.policy);
    }
  });

  test("of a denial names the rule that spoke, then and now", async () => {
    const world = worldOf();
    expect(await call(world, `${OUTSIDE}/x`)).toEqual(["CALL_DENIED"]);
    const { before, again, isSame } = valueOf(world.replay(seqOf(world, "tool.denied")));
    expect([before.answer, again.answer, isSame]).toEqual(["denied", "denied", true]);
    expect(before.rules).toContain("network.ceiling");
    expect(again.said.find(({ level }) => level === "enforce")?.rule).toBe("network.ceiling");
  });

  test("is told from what is in force now, in either direction", async () => {
    const world = worldOf([lenient, PROVIDER, bot]);
    expect(await call(world, `${OUTSIDE}/x`)).toEqual([]);
    const seq = seqOf(world, "tool.called");
    world.state.apply([strict, PROVIDER, bot]);
    expect(valueOf(world.replay(seq)).isSame).toBe(true);
    expect(valueOf(world.replay(seq, true))).toMatchObject({ isSame: false, again: { with: "active", generation: 2, answer: "denied" } });
    expect(await call(world, `${OUTSIDE}/x`)).toEqual(["CALL_DENIED"]);
    world.state.apply([lenient, PROVIDER, bot]);
    const denied = valueOf(world.replay(seqOf(world, "tool.denied"), true));
    expect(denied).toMatchObject({ isSame: false, before: { answer: "denied" }, again: { answer: "allowed" } });
  });

  test("needs the bundle that decided, and the generation it came with", async () => {
    const world = worldOf();
    await call(world, `${LOCAL}/x`);
    const seq = seqOf(world, "tool.called");
    const { records, store, clock } = world.state;
    const all = { audit: world.audit.reader, records, store, clock };
    const shipped = { ...valueOf(loadBuiltinPolicy()), digest: digestBytes("of another version") };
    expect(codesOf(replayDecision({ ...all, shipped }, seq, false))).toEqual(["REPLAY_POLICY_GONE"]);
    expect(codesOf(replayDecision({ ...all, shipped }, seq, true))).toEqual([]);
    // A gateway that ran with the policies of that time has kept them.
    valueOf(keepShipped(records));
    const replayed = valueOf(replayDecision({ ...all, shipped }, seq, false));
    expect(replayed).toMatchObject({ isSame: true, again: { with: "recorded", policy: replayed.before.policy } });
    const forgetful = new Proxy(store, { get: (of, name) => (name === "generations" ? () => ok([]) : Reflect.get(of, name)) as unknown });
    expect(codesOf(replayDecision({ ...all, store: forgetful }, seq, false))).toEqual(["REPLAY_POLICY_GONE"]);
  });
});

describe("no policy was asked, or it is not known what", () => {
  test("a call that no grant covers, a record that is none, one that is not there", async () => {
    const world = worldOf();
    expect(await call(world, "http://127.0.0.1:9/x")).toEqual(["CALL_NOT_GRANTED"]);
    for (const seq of [seqOf(world, "tool.denied"), 1, 99]) expect(codesOf(world.replay(seq))).toEqual(["REPLAY_UNKNOWN"]);
  });

  test("a question that was never written, is too long, or quotes a secret", async () => {
    const world = worldOf();
    const run = runOf();
    const said = async (on: string): Promise<number> => {
      await world.state.gate.execute(offered(world.state, "http.fetch", run), { action: "get", on }, run);
      return seqOf(world, "tool.called");
    };
    const unwritten = await said(`${LOCAL}/early`);
    expect(codesOf(world.replay(unwritten))).toEqual(["REPLAY_NOT_KEPT"]);
    world.kept.close();
    expect(codesOf(world.replay(unwritten))).toEqual([]);
    const quoting = await said(`${LOCAL}/quoted-secret-value`);
    world.kept.close();
    expect(codesOf(world.replay(quoting))).toEqual(["REPLAY_NOT_KEPT"]);
    world.kept.keep(question("x", { padding: "y".repeat(LIMITS.questionChars) }));
    world.kept.close();
    expect(valueOf(questionsAbout(world.state.records, ({ call: { padding } }) => padding !== undefined))).toEqual([]);
  });
});

function question(id: string, more: JsonObject = {}): AskedQuestion {
  return { digest: digestBytes(id), owner: "acme/default", generation: 1, grant: {}, call: { principal: { id }, ...more } };
}

describe("what is kept", () => {
  test("goes with a person, and leaves the others", () => {
    const { state, kept } = worldOf();
    for (const id of ["web:ada", "web:bob", "web:ada"]) kept.keep(question(id));
    kept.close();
    const ids = new Set(["web:ada"]);
    expect(valueOf(questionKeeper.find(state.records, ids))).toHaveLength(2);
    expect(valueOf(questionKeeper.remove(state.records, ids))).toBe(2);
    expect(valueOf(questionKeeper.find(state.records, ids))).toEqual([]);
    expect(valueOf(questionKeeper.find(state.records, new Set(["web:bob"])))).toHaveLength(1);
  });

  test("goes when the audit has dropped what it is about", () => {
    const { state, kept } = worldOf();
    for (const day of ["01", "02", "03"]) {
      state.clock.set(`2026-04-${day}T00:00:00.000Z`);
      kept.keep(question(day));
      kept.close();
    }
    expect(valueOf(kept.prune("2026-04-03T00:00:00.000Z"))).toBe(2);
    expect(valueOf(kept.prune("2026-04-03T00:00:00.000Z"))).toBe(0);
    expect(valueOf(questionsAbout(state.records, () => true)).map(({ call: { principal } }) => principal)).toEqual([{ id: "03" }]);
  });

  test("is bounded: the oldest go first", () => {
    const { state, kept } = worldOf();
    const bytes = Buffer.alloc(LIMITS.sealedBytes, 7);
    const batches = Math.ceil(LIMITS.questionsBytes / bytes.length);
    for (let i = 0; i < batches; i++)
      valueOf(state.records.append(QUESTIONS_SLOT, bytes, Buffer.from(JSON.stringify({ v: 1, bytes: (i + 1) * bytes.length }))));
    kept.keep(question("newest"));
    kept.close();
    const slot = valueOf(state.records.get(QUESTIONS_SLOT))!;
    expect(slot.trimmed).toBeGreaterThan(0);
    expect((JSON.parse(Buffer.from(slot.head).toString()) as { bytes: number }).bytes).toBeLessThanOrEqual(LIMITS.questionsBytes);
    expect(valueOf(questionsAbout(state.records, () => true))).toHaveLength(1);
  });

  test("waits in a bounded line", () => {
    const { state, kept } = worldOf();
    for (let i = 0; i <= LIMITS.questionsWaiting; i++) kept.keep(question(`q${i}`));
    kept.close();
    expect(valueOf(questionsAbout(state.records, () => true))).toHaveLength(LIMITS.questionsWaiting);
  });
});
