import { createHash } from "node:crypto";
import { byCodeUnit, fail, LIMITS, ok, problem, shown, type Hold, type Owner, type Result } from "../../../core/index.ts";
import { isSameOrEveryTool, matches } from "../../../trust/capability/index.ts";
import { textIn } from "../define.ts";
import { nextDue } from "./due.ts";
import { SCHEDULE_CHANNEL, type Schedule, type Scheduler, type SchedulerWorld } from "./types.ts";

const PREFIX = "schedule/";
/** A clock that jumps is noticed within this time. */
const LOOK_MS = 60_000;

/**
 * Runs each due time once: the message is taken in under the name of its due time before the next one is noted, and
 * under one name a message is taken in once, so that a process that dies between the two does nothing twice.
 * What came due while nobody ran is run once, for the earliest missed time, if it is not older than
 * {@link LIMITS.scheduleLateMs}; further missed times are left out.
 */
export function openScheduler(world: SchedulerWorld): Scheduler {
  const all = new Map<string, Schedule>();
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let work: Promise<void> = Promise.resolve();

  const arm = (): void => {
    clearTimeout(timer);
    if (!isRunning || all.size === 0) return;
    const now = world.clock.now().getTime();
    const next = Math.min(...[...all.values()].map((each) => Date.parse(each.next)));
    timer = setTimeout(() => void tick(), Math.min(Math.max(next - now, 1_000), LOOK_MS));
    timer.unref();
  };
  const keep = (key: string, schedule: Schedule): Result<void> => {
    const kept = schedule.isKept ? world.records().put(slotOf(key), Buffer.from(JSON.stringify(schedule))) : ok(undefined);
    if (kept.ok) all.set(key, schedule);
    return kept;
  };
  const drop = (key: string, schedule: Schedule): Result<void> => {
    const dropped = schedule.isKept ? world.records().remove(slotOf(key)) : ok(undefined);
    if (dropped.ok) all.delete(key);
    return dropped;
  };
  const runDue = async (): Promise<void> => {
    const now = world.clock.now();
    for (const [key, schedule] of [...all].sort(([a], [b]) => byCodeUnit(a, b))) {
      if (!isRunning || Date.parse(schedule.next) > now.getTime()) continue;
      if (isGone(world, key, schedule)) {
        all.delete(key);
        continue;
      }
      const outcome = await runOne(world, schedule, now).catch((error: unknown) => broken(world, schedule, error));
      if (outcome === "again") continue;
      const next = nextDue(schedule.time, new Date(schedule.next), now);
      const moved = next ? keep(key, { ...schedule, next: next.toISOString() }) : drop(key, schedule);
      if (!moved.ok) world.failed(schedule, moved.diagnostics[0]?.detail ?? "it could not be kept");
    }
  };
  const tick = (): Promise<void> => (work = work.then(runDue, runDue).finally(arm));

  return {
    name: "schedules",
    tick,
    start: async () => {
      const loaded = load(world);
      if (!loaded.ok) return loaded;
      for (const schedule of loaded.value) all.set(keyOf(schedule), schedule);
      isRunning = true;
      arm();
      return ok(undefined);
    },
    stop: async () => {
      isRunning = false;
      clearTimeout(timer);
      await work;
    },
    list: () => [...all].sort(([a], [b]) => byCodeUnit(a, b)).map(([, schedule]) => schedule),
    create: (wish) => {
      const unmanaged = unmanagedOf(world, wish.owner);
      if (unmanaged === "refuse") return fail(refused());
      const key = keyOf(wish);
      const own = [...all.values()].filter(({ owner, by }) => owner === wish.owner && by === wish.by);
      if (!all.has(key) && own.length >= LIMITS.schedulesPerAgent) return fail(tooMany(wish.by));
      const before = all.get(key);
      if (before && before.by !== wish.by) return fail(invalid(`Agent/${before.by} has made one of that name`));
      const now = world.clock.now();
      const next = nextDue(wish.time, now, now);
      if (!next) return fail(invalid("it never comes"));
      const schedule = { ...wish, isKept: unmanaged === "keep", next: next.toISOString() };
      const kept = keep(key, schedule);
      arm();
      return kept.ok ? ok(schedule) : kept;
    },
    forget: (people) => {
      let count = 0;
      for (const [key, schedule] of all) {
        if (!schedule.people.some((each) => people.has(each))) continue;
        all.delete(key);
        count++;
      }
      return count;
    },
    cancel: (owner, agent, name) => {
      const key = keyOf({ owner, agent, name });
      const found = all.get(key);
      if (!found) return fail(problem("SCHEDULE_NOT_FOUND", { detail: `Agent/${agent} has no schedule ${shown(name)}.` }));
      return drop(key, found);
    },
  };
}

/** Another process deleted it, with the data of whom it was made for: it is not run, and not written again. */
function isGone({ records }: SchedulerWorld, key: string, { isKept }: Schedule): boolean {
  if (!isKept) return false;
  const slot = records().get(slotOf(key));
  return slot.ok && slot.value === null;
}

/** A fault of ours stops this schedule for now, and no other. */
function broken(world: SchedulerWorld, schedule: Schedule, error: unknown): "again" {
  world.failed(schedule, error instanceof Error ? error.message : "unknown");
  return "again";
}

/** `again`: it is tried once more at the next look. */
async function runOne(world: SchedulerWorld, schedule: Schedule, now: Date): Promise<"done" | "again"> {
  const { agent, name, next, message, labels } = schedule;
  const late = now.getTime() - Date.parse(next);
  if (late > LIMITS.scheduleLateMs) {
    world.failed(schedule, `it was due ${Math.round(late / 60_000)} minutes ago, more than limits.scheduleLateMs`);
    return "done";
  }
  const why = notAllowed(world, schedule);
  if (why !== null) {
    world.failed(schedule, why);
    return "done";
  }
  const taken = await world.receive({
    key: `schedule/${slotOf(keyOf(schedule)).slice(PREFIX.length)}/${next}`,
    agent,
    conversation: `schedule:${name}`,
    about: schedule.people,
    principal: { id: `schedule:${name}`, kind: "schedule", role: null, verified: true, person: null },
    channel: SCHEDULE_CHANNEL,
    labels,
    text: message,
    attachments: [],
    to: { account: "", peer: name, thread: null, replyTo: null },
  });
  if (taken.ok) return "done";
  world.failed(schedule, taken.diagnostics[0]?.detail ?? "it was not taken in");
  return "again";
}

/** What would not be made any more is not run any more either. */
function notAllowed(world: SchedulerWorld, { owner, agent, by }: Schedule): string | null {
  if (unmanagedOf(world, owner) === "refuse") return "its Project allows nothing outside of the repository any more";
  const maker = world.live().agent(owner, by);
  if (!maker.ok) return maker.diagnostics[0]?.detail ?? "the agent that made it is not active";
  const { agent: making, owner: of } = maker.value;
  if (making.refused) return making.refused.detail;
  // Who is held does nothing through anybody else, and nothing that it wished for before.
  const hold = isHeld(of.holds, by, world.clock.now());
  if (hold) return `Agent/${by}, which made it, is held: ${hold.reason}`;
  const isGranted = making.grants.some(
    ({ tool, pattern, verdict }) =>
      tool === "schedule.create" && pattern !== null && matches(pattern, agent) && verdict().answer !== "denied",
  );
  return isGranted ? null : `Agent/${by} may not make schedules for Agent/${agent} any more`;
}

/** The hold on an agent, or on its making schedules. */
function isHeld(holds: readonly Hold[], agent: string, now: Date): Hold | undefined {
  return holds.find(
    ({ selector, denied, until }) =>
      (selector === "*" || selector === `Agent/${agent}`) &&
      (denied === "all" || denied.some((tool) => isSameOrEveryTool(tool, "schedule.create"))) &&
      (until === null || !(Date.parse(until) <= now.getTime())),
  );
}

/** `Project.spec.unmanaged`; what cannot be read allows nothing. */
function unmanagedOf(world: SchedulerWorld, owner: Owner): "refuse" | "ephemeral" | "keep" {
  const state = world.live().state();
  const found = state.ok ? state.value.owners.get(owner) : undefined;
  const project = [...(found?.resources.values() ?? [])].find(({ kind }) => kind === "Project");
  const said = textIn(project?.spec ?? {}, "unmanaged", "refuse");
  return said === "keep" || said === "ephemeral" ? said : "refuse";
}

function load(world: SchedulerWorld): Result<readonly Schedule[]> {
  const slots = world.records().list(PREFIX);
  if (!slots.ok) return slots;
  // Sealed by us and bound to its slot: what opens is what was written.
  const all = slots.value.map(({ head }) => JSON.parse(Buffer.from(head).toString("utf8")) as Omit<Schedule, "people"> & Partial<Schedule>);
  return ok(all.map((each) => ({ ...each, people: each.people ?? [] })));
}

function keyOf({ owner, agent, name }: Pick<Schedule, "owner" | "agent" | "name">): string {
  return JSON.stringify([owner, agent, name]);
}

function slotOf(key: string): string {
  return `${PREFIX}${createHash("sha256").update(key).digest("hex").slice(0, 40)}`;
}

function refused(): ReturnType<typeof problem> {
  return problem("UNMANAGED_REFUSED", {
    detail: "The Project allows no objects that are made outside of the repository, and a schedule made by an agent is one.",
    remedy: "Where it is meant: `unmanaged: ephemeral` or `unmanaged: keep` in the Project.",
  });
}

export function invalid(why: string): ReturnType<typeof problem> {
  return problem("SCHEDULE_INVALID", { detail: `The schedule is refused: ${why}.` });
}

function tooMany(agent: string): ReturnType<typeof problem> {
  return problem("SCHEDULE_LIMIT", {
    detail: `Agent/${agent} has made ${LIMITS.schedulesPerAgent} schedules; more are not allowed (limits.schedulesPerAgent).`,
    context: { limit: LIMITS.schedulesPerAgent },
  });
}
