import type { Json } from "../../../core/index.ts";
import { at, booleanOf, entriesOf, itemsOf, numberOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asDurationText, asText } from "./convert.ts";
import { agentOf, carry, carryId, top, type AgentEntry } from "./gateway.ts";
import { scheduleItems } from "./heartbeats.ts";
import type { Skills } from "./skills.ts";
import { carryDelivery, carrySession, carryStep, startWorkflow, type SetField, type Workflows } from "./workflow-steps.ts";

/** A job of the source, wherever it stands. */
interface Job {
  readonly id: string;
  readonly label: SourceNode | undefined;
  readonly node: SourceNode;
  readonly agent: AgentEntry;
}

/** Jobs of `cron.jobs` (a list or a mapping), of `crons`, and of single agents, as workflows. */
export function carryJobs(workflows: Workflows, skills: Skills): void {
  const { gateway } = workflows;
  const jobs = top(gateway, "cron", "jobs");
  const found = [
    ...itemsOf(jobs).map((node) => jobOf(workflows, node, undefined, undefined)),
    ...entriesOf(jobs).map(([id, node]) => jobOf(workflows, node, id, undefined)),
    ...itemsOf(top(gateway, "crons")).map((node) => jobOf(workflows, node, undefined, undefined)),
    ...gateway.agents.flatMap((agent) =>
      [...itemsOf(at(agent.node, "cron")), ...scheduleItems(agent.node)].map((node) => jobOf(workflows, node, undefined, agent)),
    ),
  ];
  gateway.draft.names("Workflow").expect(found.filter(isCarried).map(({ id }) => id));
  for (const job of found) carryJob(workflows, job, skills);
}

function jobOf({ gateway }: Workflows, node: SourceNode, key: string | undefined, owner: AgentEntry | undefined): Job {
  const label = [at(node, "id"), at(node, "name"), at(node, "task")].find((each) => textOf(each) !== undefined);
  const agent = owner ?? agentOf(gateway, textOf(at(node, "agentId"))) ?? gateway.defaultAgent;
  return { id: key ?? textOf(label) ?? "job", label, node, agent };
}

/** What is said to the agent when the time has come. */
function messageOf(node: SourceNode): SourceNode | undefined {
  const payload = at(node, "payload") ?? node;
  return [at(payload, "message"), at(payload, "text"), at(payload, "prompt"), at(payload, "task")].find(
    (each) => textOf(each) !== undefined,
  );
}

/** There is a time, and something to do. */
function isCarried({ node }: Job): boolean {
  return whenOf(node) !== undefined && (messageOf(node) ?? at(node, "skill")) !== undefined;
}

function carryJob(workflows: Workflows, { id, label, node, agent }: Job, skills: Skills): void {
  const { gateway } = workflows;
  const when = whenOf(node);
  const payload = at(node, "payload") ?? node;
  const message = messageOf(node);
  const skill = at(node, "skill");
  if (!when || (!message && !skill)) return;
  const { draft } = gateway;
  const { address, set } = startWorkflow(gateway, id, agent.name, { schedule: when.trigger }, node);
  draft.put(address, ["spec", "trigger", "schedule"], when.trigger, when.from);
  carryId(draft, address, label);
  carry(draft, at(node, "description"), address, ["spec", "description"], asText);
  carry(draft, at(node, "enabled"), address, ["spec", "enabled"], booleanOf);
  carry(draft, at(node, "tz") ?? at(node, "schedule", "tz"), address, ["spec", "timing", "timezone"], asText);
  if (message) set(message, ["prompt"], asText);
  else draft.imply(address, ["spec", "steps", 0, "prompt"], `Use the skill ${textOf(skill) ?? ""}.`);
  if (skill) draft.push(address, ["spec", "steps", 0, "skills"], skills.need(textOf(skill) ?? ""), [skill]);
  const kind = at(payload, "kind");
  if (textOf(kind) === "agentTurn" || textOf(kind) === "systemEvent") set(kind, ["action"], () => "agent");
  carryStep(workflows, address, payload, set);
  carrySession(at(node, "sessionTarget") ?? at(node, "session"), set);
  const agentId = at(node, "agentId");
  if (agentId) set(agentId, ["agent"], () => agent.name);
  carryAnswer(workflows, node, set);
}

function carryAnswer({ gateway }: Workflows, node: SourceNode, set: SetField): void {
  const delivery = at(node, "delivery");
  const mode = at(delivery, "mode");
  if (textOf(mode) === "none") set(mode, ["deliver", "when"], () => "never");
  else if (textOf(mode) === "announce") set(mode, ["deliver", "when"], () => "always");
  const announce = at(node, "announce");
  if (booleanOf(announce) !== undefined) set(announce, ["deliver", "when"], (value) => (booleanOf(value) === true ? "always" : "never"));
  carryDelivery(gateway, { target: at(delivery, "channel"), to: at(delivery, "to"), account: at(delivery, "accountId") }, set);
}

interface When {
  readonly trigger: Json;
  readonly from: readonly SourceNode[];
}

/** The schedule of a job in any of the forms it is written in; undefined where it cannot be read. */
function whenOf(node: SourceNode): When | undefined {
  const schedule = at(node, "schedule");
  const kind = at(schedule, "kind");
  const when = cronWhen(node, schedule) ?? everyWhen(node, schedule) ?? onceWhen(schedule);
  return when && kind ? { ...when, from: [...when.from, kind] } : when;
}

function cronWhen(node: SourceNode, schedule: SourceNode | undefined): When | undefined {
  const bare = textOf(schedule) === undefined ? undefined : schedule;
  const cron = at(schedule, "expr") ?? at(schedule, "cron") ?? at(node, "cron") ?? bare;
  const expression = cronOf(textOf(cron) ?? "");
  return cron && expression !== undefined ? { trigger: { cron: expression }, from: [cron] } : undefined;
}

function everyWhen(node: SourceNode, schedule: SourceNode | undefined): When | undefined {
  const everyMs = at(schedule, "everyMs");
  const ms = numberOf(everyMs) ?? 0;
  if (everyMs && Number.isInteger(ms) && ms > 0) return { trigger: { every: durationOf(ms) }, from: [everyMs] };
  const every = at(schedule, "every") ?? at(node, "every");
  const often = every && asDurationText(every);
  return every && often !== undefined ? { trigger: { every: often }, from: [every] } : undefined;
}

function onceWhen(schedule: SourceNode | undefined): When | undefined {
  const once = at(schedule, "at");
  const instant = textOf(once) ?? "";
  return once && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(instant) ? { trigger: { at: instant }, from: [once] } : undefined;
}

const CRON = /^[-0-9*,/]+ [-0-9*,/]+ [-0-9*,/?LW]+ [-0-9A-Za-z*,/]+ [-0-9A-Za-z*,/?#L]+$/;

/** Five fields; a sixth in front, seconds, only where it is zero. */
function cronOf(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  const five = fields.length === 6 && fields[0] === "0" ? fields.slice(1) : fields;
  const expression = five.join(" ");
  return five.length === 5 && CRON.test(expression) ? expression : undefined;
}

function durationOf(ms: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1_000],
  ] as const;
  const [unit, size] = units.find(([, length]) => ms % length === 0) ?? (["ms", 1] as const);
  return `${ms / size}${unit}`;
}
