import { nearest, problem, shown, type Address, type Diagnostic, type Hold, type Owner } from "../../core/index.ts";

/** What everybody says who asks for something that is not active. */
export function nothingActive(owner: Owner): Diagnostic {
  return problem("NOTHING_ACTIVE", {
    detail: `Nothing is active for ${owner} in this state folder.`,
    remedy: "moltbot apply",
    context: { owner },
  });
}

const MAX_LISTED = 10;

export function agentNotFound(name: string, known: Iterable<string>): Diagnostic {
  const agents = [...known].sort();
  const near = nearest(name, agents);
  const listed = agents.slice(0, MAX_LISTED).join(", ") + (agents.length > MAX_LISTED ? ` and ${agents.length - MAX_LISTED} more` : "");
  return problem("AGENT_NOT_FOUND", {
    detail: `The active generation has no agent ${shown(name)}${agents.length > 0 ? `; it has ${listed}` : " and none at all"}.`,
    remedy: near === undefined ? "An agent must be applied before it answers:\nmoltbot apply" : `Did you mean "${near}"?`,
    context: { agent: shown(name) },
  });
}

export function held(address: Address, hold: Hold): Diagnostic {
  return problem("HELD", {
    detail: `${address} is held: ${shown(hold.reason)} (by ${shown(hold.actor)}).`,
    remedy: "Wait until it expires or is lifted; see until when:\nmoltbot status",
    context: { address, hold: hold.id },
  });
}
