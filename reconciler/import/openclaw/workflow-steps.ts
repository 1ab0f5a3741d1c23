import type { Address, Json } from "../../../core/index.ts";
import { at, booleanOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asDuration, asText, oneOf, type Convert } from "./convert.ts";
import type { Gateway } from "./gateway.ts";
import type { Models } from "./models.ts";

/** What the steps of all workflows need. */
export interface Workflows {
  readonly gateway: Gateway;
  readonly models: Models;
}

/** Sets a field of the workflow's one step. */
export type SetField = (node: SourceNode | undefined, field: readonly string[], convert: Convert) => boolean;

/** A step that asks an agent, with the settings that heartbeats, jobs and hooks have alike. */
export function carryStep({ gateway, models }: Workflows, address: Address, node: SourceNode, set: SetField): void {
  const choice = models.choice(textOf(at(node, "model")) ?? "");
  const model = at(node, "model");
  if (model && choice) gateway.draft.put(address, ["spec", "steps", 0, "model"], choice, [model]);
  set(at(node, "thinking"), ["model", "thinking"], (value) => (choice ? asText(value) : undefined));
  set(at(node, "timeoutSeconds"), ["timeout"], asDuration("s"));
  set(at(node, "lightContext"), ["session", "lightContext"], booleanOf);
}

/** Where the answer goes: nowhere, where the agent was last spoken to, or a channel. */
export function carryDelivery(
  gateway: Gateway,
  where: { readonly target?: SourceNode | undefined; readonly to?: SourceNode | undefined; readonly account?: SourceNode | undefined },
  set: SetField,
): void {
  const target = textOf(where.target);
  const channel = gateway.channels.find(({ id }) => id === target);
  if (target === "none") set(where.target, ["deliver", "when"], () => "never");
  else if (target === "last") set(where.target, ["deliver", "when"], () => "notable");
  else if (channel) set(where.target, ["deliver", "channel"], () => channel.name);
  set(where.account, ["deliver", "account"], (node) => channel?.accounts.get(textOf(node) ?? "") ?? asText(node));
  set(where.to, ["deliver", "to"], asText);
}

/** `main`, `isolated`, or the name of a conversation. */
export const SESSION: Convert = (node) => {
  const known = oneOf({ main: "main", isolated: "isolated", none: "isolated" })(node);
  return known ?? (textOf(node) === undefined ? undefined : "named");
};

export function carrySession(node: SourceNode | undefined, set: SetField): void {
  if (!node) return;
  if (SESSION(node) === "named") set(node, ["session", "name"], (value) => textOf(value)?.replace(/^session:/, "") ?? undefined);
  set(node, ["session", "mode"], SESSION);
}

/** The one step of a workflow that asks an agent. */
export function startWorkflow(
  gateway: Gateway,
  id: string,
  agent: string,
  trigger: Json,
  home: SourceNode,
): { readonly address: Address; readonly set: SetField } {
  const { draft } = gateway;
  const name = draft.names("Workflow").take(id, "workflow");
  const address = draft.create("Workflow", name, id, home);
  draft.imply(address, ["spec", "trigger"], trigger);
  draft.imply(address, ["spec", "steps"], [{ name: "ask", action: "agent", agent }]);
  const set: SetField = (node, field, convert) => {
    const value = node && convert(node);
    return node !== undefined && value !== undefined && draft.put(address, ["spec", "steps", 0, ...field], value, [node]);
  };
  return { address, set };
}
