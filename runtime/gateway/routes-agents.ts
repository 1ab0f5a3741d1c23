import { fail, ok, problem, shown, type JsonObject } from "../../core/index.ts";
import type { Live, LiveAgent, LiveOwner } from "../live/index.ts";
import { ownerOf } from "./owners.ts";
import { count, objectOf, orNull, OWNER, pageFrom, pageOf, pageQuery, text } from "./schema.ts";
import type { Route } from "./types.ts";

export interface AgentsWorld {
  readonly live: () => Live;
  /** What it does now. */
  readonly stateOf: (owner: string, agent: string) => "idle" | "busy" | "error";
}

export const AGENT_NAME: JsonObject = text("`metadata.name`.", { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" });

const AGENT: JsonObject = objectOf({
  owner: OWNER,
  name: AGENT_NAME,
  description: orNull(text("What it is for.")),
  model: text("`<provider>/<model>` that answers first."),
  status: text("What it does now.", { enum: ["idle", "busy", "error", "held"] }),
  tools: { type: "array", items: text("A tool it was granted."), description: "Sorted." },
  generation: count("The generation it is of."),
});

/** Agents, as they run. */
export function agentRoutes({ live, stateOf }: AgentsWorld): readonly Route[] {
  const shownAgent = (owner: LiveOwner, agent: LiveAgent): JsonObject => {
    const { resource, name, grants } = agent;
    const [model] = owner.active.loaded.agents.get(name)?.choices ?? [];
    const description = resource.spec["description"];
    const isHeld = owner.holds.some(({ selector, denied }) => denied === "all" && (selector === "*" || selector === agent.address));
    return {
      owner: owner.owner,
      name,
      description: typeof description === "string" ? description : null,
      model: model ? `${model.provider}/${model.model}` : "",
      status: isHeld ? "held" : stateOf(owner.owner, name),
      tools: [...new Set(grants.map(({ tool }) => tool))].sort(),
      generation: owner.active.generation.number,
    };
  };
  return [
    {
      method: "GET",
      path: "/v2/agents",
      id: "listAgents",
      summary: "Agents, sorted by name",
      tag: "agents",
      role: "viewer",
      query: pageQuery({ owner: OWNER }),
      answer: pageOf(AGENT),
      status: 200,
      handle: async ({ query }) => {
        const owner = ownerOf(live(), query);
        if (!owner.ok) return owner;
        const all = [...owner.value.agents.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
        const page = pageFrom(all, ({ name }) => name, query);
        return ok({ status: 200, body: { items: page.items.map((agent) => shownAgent(owner.value, agent)), next: page.next } });
      },
    },
    {
      method: "GET",
      path: "/v2/agents/{name}",
      id: "getAgent",
      summary: "One agent",
      tag: "agents",
      role: "viewer",
      params: objectOf({ name: AGENT_NAME }),
      query: objectOf({ owner: OWNER }, ["owner"]),
      answer: AGENT,
      status: 200,
      handle: async ({ query, params }) => {
        const owner = ownerOf(live(), query);
        if (!owner.ok) return owner;
        const agent = owner.value.agents.get(params["name"] ?? "");
        if (!agent) return fail(problem("API_NOT_FOUND", { detail: `${owner.value.owner} has no agent ${shown(params["name"] ?? "")}.` }));
        return ok({ status: 200, body: shownAgent(owner.value, agent) });
      },
    },
  ];
}
