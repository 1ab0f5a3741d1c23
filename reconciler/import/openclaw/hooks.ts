import { at, booleanOf, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { secretAt, secretKeptElsewhere, type SecretRef } from "../secrets.ts";
import { asText } from "./convert.ts";
import { agentOf, carry, carryId, top } from "./gateway.ts";
import { carryDelivery, carrySession, carryStep, startWorkflow, type Workflows } from "./workflow-steps.ts";

/** `hooks.mappings`: requests from outside that ask an agent, as workflows with one webhook each. */
export function carryHooks(workflows: Workflows): void {
  const { gateway } = workflows;
  const section = top(gateway, "hooks");
  const mappings = itemsOf(at(section, "mappings")).filter((node) => pathOf(section, node) !== undefined);
  if (mappings.length === 0) return;
  const token = at(section, "token");
  const secret =
    (token && secretAt(gateway.draft, token, "hooks", "token")) ??
    secretKeptElsewhere(gateway.draft, "hooks", "token", "The source names no token for its webhooks.", []);
  for (const node of mappings) carryMapping(workflows, section, node, secret, token);
  const { accounts } = gateway.draft;
  accounts.leave(at(section, "enabled"), "Each webhook is a Workflow of its own.");
}

function pathOf(section: SourceNode | undefined, mapping: SourceNode): string | undefined {
  const own = textOf(at(mapping, "match", "path"));
  if (own === undefined) return undefined;
  const base = textOf(at(section, "path")) ?? "/hooks";
  const path = `/${base}/${own}`.replaceAll(/\/+/g, "/");
  return /^\/[A-Za-z0-9/_.~-]+$/.test(path) ? path : undefined;
}

function carryMapping(
  workflows: Workflows,
  section: SourceNode | undefined,
  node: SourceNode,
  secret: SecretRef,
  token: SourceNode | undefined,
): void {
  const { gateway } = workflows;
  const { draft } = gateway;
  const agentId = at(node, "agentId");
  const agent = agentId ? agentOf(gateway, textOf(agentId)) : gateway.defaultAgent;
  const prompt = at(node, "messageTemplate") ?? at(node, "textTemplate");
  const path = pathOf(section, node) ?? "";
  if (!agent) {
    draft.accounts.note(node, "No agent of that id is declared.");
    return;
  }
  const label = at(node, "id");
  const match = at(node, "match", "path");
  const id = textOf(label) ?? `hook-${textOf(match) ?? ""}`;
  const trigger = { webhook: { path, authentication: "bearer", secret } };
  const { address, set } = startWorkflow(gateway, id, agent.name, trigger, node);
  const hook = ["spec", "trigger", "webhook"];
  for (const said of [match, at(section, "path")]) if (said) draft.put(address, [...hook, "path"], path, [said]);
  if (token) draft.put(address, [...hook, "secret"], secret, [token]);
  carryId(draft, address, label);
  carry(draft, at(node, "name"), address, ["spec", "description"], asText);
  if (booleanOf(at(section, "enabled")) === false) draft.put(address, ["spec", "enabled"], false, []);
  if (agentId) set(agentId, ["agent"], () => agent.name);
  const action = at(node, "action");
  if (["agent", "wake"].includes(textOf(action) ?? "")) set(action, ["action"], () => "agent");
  if (!set(prompt, ["prompt"], asText)) draft.imply(address, ["spec", "steps", 0, "prompt"], "{{body}}");
  else
    draft.task(
      "The prompt is the source's template: check what its {{...}} stand for. Ours knows {{body}} and the outputs of steps.",
      address,
    );
  carryStep(workflows, address, node, set);
  carrySession(at(node, "sessionKey"), set);
  const deliver = at(node, "deliver");
  set(deliver, ["deliver", "when"], (value) =>
    booleanOf(value) === undefined ? undefined : booleanOf(value) === true ? "always" : "never",
  );
  carryDelivery(gateway, { target: at(node, "channel"), to: at(node, "to") }, set);
}
