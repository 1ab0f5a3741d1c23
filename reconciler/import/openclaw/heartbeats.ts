import { at, entriesOf, itemsOf, textOf, type MapNode, type SourceNode } from "../json5/tree.ts";
import { asBoolean, asDurationText, asText, oneOf } from "./convert.ts";
import { carry, top, type AgentEntry } from "./gateway.ts";
import { carryDelivery, carrySession, carryStep, startWorkflow, type Workflows } from "./workflow-steps.ts";

/** What OpenClaw asks, in our words, where the source says nothing. */
const PROMPT =
  "Read HEARTBEAT.md in your workspace, if there is one, and do what it asks for now. Do not repeat work that is done. If nothing needs attention, say that there is nothing to say.";

/**
 * Heartbeats: an agent is asked again and again. Agents with a heartbeat of their own have one; without
 * any such agent, the default one has what the defaults say.
 */
export function carryHeartbeats(workflows: Workflows): void {
  const { gateway } = workflows;
  const defaults = top(gateway, "agents", "defaults", "heartbeat");
  const legacy = top(gateway, "heartbeat");
  const own = gateway.agents.filter(({ node }) => at(node, "heartbeat")?.kind === "map");
  const beating = own.length > 0 ? own : defaults || legacy ? [gateway.defaultAgent] : [];
  for (const agent of beating) {
    const layers = [at(agent.node, "heartbeat"), defaults, legacy].filter((layer): layer is MapNode => layer?.kind === "map");
    carryHeartbeat(workflows, agent, layers);
  }
}

function carryHeartbeat(workflows: Workflows, agent: AgentEntry, layers: readonly MapNode[]): void {
  const { gateway } = workflows;
  const pick = (key: string): SourceNode | undefined => layers.map((layer) => at(layer, key)).find((node) => node !== undefined);
  const every = pick("every") ?? pick("intervalMinutes");
  const [home] = layers;
  const often = every && asDurationText(every);
  if (!every || !home) return;
  if (often === undefined) {
    // `0m` is how OpenClaw switches a heartbeat off.
    if (/^0+[a-z]*$/i.test(textOf(every) ?? ""))
      for (const layer of layers) gateway.draft.accounts.leave(layer, "The heartbeat is switched off, so there is no Workflow for it.");
    return;
  }
  const { address, set } = startWorkflow(gateway, `${agent.name}-heartbeat`, agent.name, { schedule: { every: often } }, home);
  const { draft } = gateway;
  draft.put(address, ["spec", "trigger", "schedule", "every"], often, [every]);
  if (!set(pick("prompt"), ["prompt"], asText)) draft.imply(address, ["spec", "steps", 0, "prompt"], PROMPT);
  carryStep(workflows, address, { ...home, entries: [...new Map(layers.toReversed().flatMap(entriesOf))] }, set);
  carryDelivery(gateway, { target: pick("target"), to: pick("to"), account: pick("accountId") }, set);
  const isolated = pick("isolatedSession");
  if (isolated) set(isolated, ["session", "mode"], oneOf({ true: "isolated", false: "main" }));
  else carrySession(pick("session"), set);
  for (const [source, field] of [
    ["start", "from"],
    ["end", "to"],
  ] as const) {
    carry(draft, at(pick("activeHours"), source), address, ["spec", "timing", "activeHours", field], asText);
  }
  carry(draft, at(pick("activeHours"), "timezone"), address, ["spec", "timing", "timezone"], asText);
  carry(draft, pick("enabled"), address, ["spec", "enabled"], asBoolean);
}

/** Heartbeats with a list of times, a form that people guessed. */
export function scheduleItems(node: SourceNode | undefined): readonly SourceNode[] {
  return itemsOf(at(node, "heartbeat", "schedule"));
}
