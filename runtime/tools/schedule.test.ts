import { expect, test } from "vitest";
import { LIMITS, ok } from "../../core/index.ts";
import type { Accepted } from "../channels/index.ts";
import { agent, codesOf, OWNER, project, PROVIDER, valueOf } from "../gate/gate.fixture.ts";
import { NO_LABELS } from "../run/index.ts";
import { openScheduler, type Scheduler, type SchedulerWorld } from "./index.ts";
import { toolsState, type ToolsState } from "./tools.fixture.ts";

const GRANTS = [
  { tool: "schedule.create", action: "write", resource: "a" },
  { tool: "schedule.cancel", action: "write", resource: "a" },
];

interface Scheduled {
  readonly state: ToolsState;
  readonly scheduler: Scheduler;
  readonly got: Accepted[];
  readonly trouble: string[];
  readonly restarted: (world?: Partial<SchedulerWorld>) => Promise<Scheduler>;
}

async function scheduled(unmanaged: string | null = "keep"): Promise<Scheduled> {
  const got: Accepted[] = [];
  const trouble: string[] = [];
  const seen = new Set<string>();
  const open: { scheduler?: Scheduler } = {};
  const spec = unmanaged === null ? {} : { unmanaged };
  const state = toolsState(GRANTS, {}, { schedules: () => open.scheduler! }, project(spec));
  const restarted = async (world: Partial<SchedulerWorld> = {}): Promise<Scheduler> => {
    await open.scheduler?.stop();
    open.scheduler = openScheduler({
      live: () => state.live,
      records: () => state.records,
      clock: state.clock,
      receive: async (message) => {
        if (seen.has(message.key)) return ok("duplicate");
        seen.add(message.key);
        got.push(message);
        return ok("accepted");
      },
      failed: (_, reason) => void trouble.push(reason),
      ...world,
    });
    valueOf(await open.scheduler.start());
    return open.scheduler;
  };
  return { state, scheduler: await restarted(), got, trouble, restarted };
}

const DAILY = { name: "daily", message: "Good morning", cron: "0 9 * * *" };

test("a schedule is run at its time, once, also over a restart", async () => {
  const { state, scheduler, got, restarted } = await scheduled();
  expect(valueOf(await state.call("schedule.create", DAILY)).text).toContain("Next: 2026-03-02T09:00:00.000Z");
  await scheduler.tick();
  expect(got).toEqual([]);
  state.clock.set("2026-03-02T09:00:01.000Z");
  await scheduler.tick();
  await scheduler.tick();
  const again = await restarted();
  await again.tick();
  expect(got).toMatchObject([
    { agent: "a", text: "Good morning", conversation: "schedule:daily", principal: { id: "schedule:daily", kind: "schedule", role: null } },
  ]);
  expect(again.list()).toMatchObject([{ name: "daily", next: "2026-03-03T09:00:00.000Z", isKept: true }]);
});

test("a process that dies between taking in and noting it runs nothing twice", async () => {
  const { state, got, restarted } = await scheduled();
  valueOf(await state.call("schedule.create", DAILY));
  state.clock.set("2026-03-02T09:00:01.000Z");
  let isDead = true;
  const dying = await restarted({
    records: () => (isDead ? { ...state.records, put: () => ({ ok: false, diagnostics: [] }) } : state.records),
  });
  await dying.tick();
  isDead = false;
  await (await restarted()).tick();
  expect(got).toHaveLength(1);
});

test("what was missed is run once; what is too late is not", async () => {
  const { state, got, trouble, restarted } = await scheduled();
  valueOf(await state.call("schedule.create", { name: "often", message: "m", every: "10m" }));
  state.clock.add(3_600_000);
  await (await restarted()).tick();
  expect(got).toHaveLength(1);
  state.clock.add(LIMITS.scheduleLateMs + 600_001);
  await (await restarted()).tick();
  expect(got).toHaveLength(1);
  expect(trouble.join()).toContain("limits.scheduleLateMs");
});

test("what the Project says of objects made outside of the repository", async () => {
  for (const unmanaged of [null, "refuse"]) {
    const { state } = await scheduled(unmanaged);
    expect(codesOf(await state.call("schedule.create", DAILY))).toEqual(["UNMANAGED_REFUSED"]);
  }
  const { state, scheduler, restarted } = await scheduled("ephemeral");
  valueOf(await state.call("schedule.create", DAILY));
  expect(scheduler.list()).toHaveLength(1);
  expect((await restarted()).list()).toEqual([]);
});

test("a schedule whose grant is gone is not run any more", async () => {
  const { state, got, trouble, scheduler } = await scheduled();
  valueOf(await state.call("schedule.create", DAILY));
  state.apply([project({ unmanaged: "keep" }), PROVIDER, agent("a", [])]);
  state.clock.set("2026-03-02T09:00:01.000Z");
  await scheduler.tick();
  expect(got).toEqual([]);
  expect(trouble.join()).toContain("may not make schedules");
});

test.each([
  ["everything of it", "all"],
  ["its making schedules", ["schedule.create"]],
] as const)("a schedule whose maker is held is not run: %s", async (_, denied) => {
  const { state, got, trouble, scheduler } = await scheduled();
  valueOf(await state.call("schedule.create", DAILY));
  state.hold({ selector: "Agent/a", denied });
  state.clock.set("2026-03-02T09:00:01.000Z");
  await scheduler.tick();
  expect(got).toEqual([]);
  expect(trouble.join()).toContain("is held: incident");
});

test("names of schedules bring along what was in the conversation that chose them", async () => {
  const { state, scheduler } = await scheduled();
  const labels = { classes: ["confidential"], private: true, untrusted: true };
  valueOf(
    scheduler.create({
      owner: OWNER,
      agent: "a",
      name: "the-customer-is-ada",
      time: { everyMs: 3_600_000 },
      message: "m",
      by: "a",
      people: [],
      labels,
    }),
  );
  const made = valueOf(await state.call("schedule.create", DAILY));
  expect(made.text).toContain("the-customer-is-ada");
  expect(made.labels).toEqual(labels);
  expect(valueOf(await state.call("schedule.cancel", { name: "daily" })).labels).toEqual(labels);
});

test("times that are none", async () => {
  const { state, scheduler } = await scheduled();
  for (const [time, code] of [
    [{}, "SCHEDULE_INVALID"],
    [{ at: "2027-01-01T00:00:00Z", every: "1h" }, "SCHEDULE_INVALID"],
    [{ at: "2020-01-01T00:00:00Z" }, "SCHEDULE_INVALID"],
    [{ at: "tomorrow" }, "SCHEDULE_INVALID"],
    [{ every: "59s" }, "SCHEDULE_INVALID"],
    [{ cron: "* * * * * *" }, "SCHEDULE_INVALID"],
    [{ cron: "0 0 31 2 *" }, "SCHEDULE_INVALID"],
    [{ cron: "@daily; rm" }, "SCHEDULE_INVALID"],
    [{ every: "60s", approved: true }, "CALL_INVALID"],
  ] as const) {
    expect(codesOf(await state.call("schedule.create", { name: "x", message: "m", ...time }))).toEqual([code]);
  }
  valueOf(await state.call("schedule.create", { name: "x", message: "m", every: "60s" }));
  valueOf(await state.call("schedule.cancel", { name: "x" }));
  expect(codesOf(await state.call("schedule.cancel", { name: "x" }))).toEqual(["SCHEDULE_NOT_FOUND"]);
  const wish = { owner: OWNER, agent: "a", time: { everyMs: 60_000 }, message: "m", by: "a", labels: NO_LABELS, people: [] };
  for (let i = 0; i < LIMITS.schedulesPerAgent; i++) valueOf(scheduler.create({ ...wish, name: `n${i}` }));
  expect(codesOf(scheduler.create({ ...wish, name: "more" }))).toEqual(["SCHEDULE_LIMIT"]);
});
