import { fail, LIMITS, ok, parseDuration, shown, type JsonObject, type Result } from "../../../core/index.ts";
import type { Tool } from "../../gate/index.ts";
import { joinLabels, NO_LABELS, type Labels } from "../../run/index.ts";
import { defineTool, textIn, textSchema } from "../define.ts";
import { peopleOf, specOf } from "../place.ts";
import type { ToolsWorld } from "../types.ts";
import { cronOf } from "./due.ts";
import { invalid } from "./scheduler.ts";
import type { Schedule, ScheduleTime } from "./types.ts";

type ScheduleWorld = Pick<ToolsWorld, "live" | "clock" | "schedules" | "labelsOf">;

const NAME = { ...textSchema("A name for it.", 63), pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" };
const AGENT = textSchema("Which agent is told; default: this one.", 63);

/** `schedule.create` and `schedule.cancel`: messages to an agent at certain times. */
export function scheduleTools(world: ScheduleWorld): readonly Tool[] {
  return [createTool(world), cancelTool(world)];
}

function createTool({ live, clock, schedules, labelsOf }: ScheduleWorld): Tool {
  return defineTool({
    name: "schedule.create",
    description:
      "Has a message sent to an agent at a time: once (`at`), again and again (`every`), or by the calendar in its time zone (`cron`). One of the same name is replaced.",
    properties: {
      name: NAME,
      agent: AGENT,
      message: { ...textSchema("What it is told then.", LIMITS.scheduleChars), minLength: 1 },
      at: textSchema("An instant: 2027-01-31T09:00:00Z.", 40),
      every: textSchema("A duration of at least a minute: 15m, 24h, 7d.", 16),
      cron: textSchema("Minute, hour, day, month, weekday: 0 9 * * 1-5.", 128),
    },
    required: ["name", "message"],
    wish: (args, run) => {
      const { agent: _, ...rest } = args;
      const time = timeOf(args, "UTC");
      if (!time.ok) return time;
      const when = textIn(args, "at", textIn(args, "every", textIn(args, "cron", "")));
      return ok({
        action: "write",
        resource: textIn(args, "agent", run.agent),
        facts: { when, chars: textIn(args, "message", "").length },
        effect: (agent) => ({ ...rest, agent }),
        summary: (agent) => `${shown(args["name"])} for ${agent}, ${shown(when)}: ${shown(args["message"])}`,
      });
    },
    run: async ({ effect }, { run }) => {
      const spec = specOf(live(), run);
      if (!spec.ok) return spec;
      const time = timeOf(effect, textIn(spec.value, "timezone", "UTC"));
      if (!time.ok) return time;
      if ("at" in time.value && Date.parse(time.value.at) <= clock.now().getTime()) return fail(invalid("its time is over"));
      const agent = textIn(effect, "agent", "");
      const target = live().agent(run.owner, agent);
      if (!target.ok) return target;
      const made = schedules().create({
        owner: run.owner,
        agent,
        name: textIn(effect, "name", ""),
        time: time.value,
        message: textIn(effect, "message", ""),
        by: run.agent,
        labels: labelsOf(run.session),
        people: peopleOf(run),
      });
      if (!made.ok) return made;
      const { next, isKept } = made.value;
      const text = `Made. Next: ${next}.${isKept ? "" : " It lives until the gateway starts again."}\n${listed(schedules().list(), run.owner, agent)}`;
      return ok({ text, labels: labelsOfAll(schedules().list(), run.owner, agent), facts: { next, isKept } });
    },
  });
}

function cancelTool({ schedules }: ScheduleWorld): Tool {
  return defineTool({
    name: "schedule.cancel",
    description: "Ends a schedule that was made with schedule.create.",
    properties: { name: NAME, agent: AGENT },
    required: ["name"],
    wish: (args, run) => {
      const name = textIn(args, "name", "");
      const resource = textIn(args, "agent", run.agent);
      return ok({ action: "write", resource, facts: {}, effect: (agent) => ({ agent, name }), summary: () => shown(name) });
    },
    run: async ({ effect }, { run }) => {
      const agent = textIn(effect, "agent", "");
      const done = schedules().cancel(run.owner, agent, textIn(effect, "name", ""));
      if (!done.ok) return done;
      const text = `Ended.\n${listed(schedules().list(), run.owner, agent)}`;
      return ok({ text, labels: labelsOfAll(schedules().list(), run.owner, agent), facts: {} });
    },
  });
}

/** Exactly one of the three. */
function timeOf(args: JsonObject, timezone: string): Result<ScheduleTime> {
  const [at, every, cron] = [textIn(args, "at", null), textIn(args, "every", null), textIn(args, "cron", null)];
  if ([at, every, cron].filter((each) => each !== null).length !== 1)
    return fail(invalid("exactly one of `at`, `every` and `cron` says when"));
  if (at !== null) return INSTANT.test(at) && !Number.isNaN(Date.parse(at)) ? ok({ at }) : fail(invalid(`${shown(at)} is no instant`));
  if (every !== null) {
    const everyMs = parseDuration(every);
    if (everyMs === undefined) return fail(invalid(`${shown(every)} is no duration`));
    if (everyMs >= LIMITS.scheduleMinMs) return ok({ everyMs });
    return fail(invalid(`${shown(every)} is shorter than ${LIMITS.scheduleMinMs} ms (limits.scheduleMinMs)`));
  }
  return cronOf(cron ?? "", timezone)
    ? ok({ cron: cron ?? "", timezone })
    : fail(invalid(`${shown(cron)} is no cron expression of five fields`));
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A name can say anything that was in the conversation that chose it. */
function labelsOfAll(all: readonly Schedule[], owner: string, agent: string): Labels {
  return all.filter((each) => each.owner === owner && each.agent === agent).reduce((sum, { labels }) => joinLabels(sum, labels), NO_LABELS);
}

function listed(all: readonly Schedule[], owner: string, agent: string): string {
  const own = all.filter((each) => each.owner === owner && each.agent === agent);
  return own.length === 0 ? `Agent ${agent} has no schedules.` : own.map(({ name, next }) => `${name}: next ${next}`).join("\n");
}
