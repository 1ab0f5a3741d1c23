import {
  digestJson,
  fail,
  mapResult,
  ok,
  problem,
  shown,
  unreachable,
  type Edit,
  type Hold,
  type Json,
  type JsonObject,
  type Kinds,
  type Result,
} from "../../core/index.ts";
import type { Live, LiveAgent, LiveOwner } from "../live/index.ts";
import { heldAs } from "../gate/index.ts";
import type { StoreWriter } from "../store/index.ts";
import { judgeEdit } from "./edits.ts";
import { ownerOf } from "./owners.ts";
import { count, objectOf, orNull, OWNER, pageFrom, pageOf, pageQuery, text } from "./schema.ts";
import { changedSince } from "./problem.ts";
import type { Call, Reply, Route } from "./types.ts";

export interface AgentsWorld {
  readonly live: () => Live;
  /** What it does now. */
  readonly stateOf: (owner: string, agent: string) => "idle" | "busy" | "error";
  readonly store: () => Pick<StoreWriter, "addEdit" | "addHold">;
  readonly kinds: Kinds;
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

const POINTER: JsonObject = text("A JSON Pointer into the resource.", { pattern: "^/spec(/([^~/]|~[01])*)*$", maxLength: 1_024 });
const STEP: JsonObject = {
  anyOf: [objectOf({ pointer: POINTER, value: {} }), objectOf({ pointer: POINTER, remove: { const: true } })],
};
const REASON: JsonObject = text("Why; it is recorded.", { minLength: 1, maxLength: 1_024 });
const CHANGED: JsonObject = objectOf({
  became: text("What became of it.", { enum: ["nothing", "edit", "hold"] }),
  id: orNull(text("Of the edit or the hold.")),
  denied: {
    anyOf: [{ const: "all" }, { type: "array", items: text("A tool.") }, { type: "null" }],
    description: "What a hold takes away.",
  },
});

/** Agents, as they run. */
export function agentRoutes(world: AgentsWorld): readonly Route[] {
  const { live, stateOf } = world;
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
        return ok({ status: 200, etag: etagOf(agent), body: shownAgent(owner.value, agent) });
      },
    },
    {
      method: "PATCH",
      path: "/v2/agents/{name}",
      id: "changeAgent",
      summary: "Change an agent outside the repository: an edit, or a hold where it only takes away",
      tag: "agents",
      role: "editor",
      params: objectOf({ name: AGENT_NAME }),
      query: objectOf({ owner: OWNER }, ["owner"]),
      body: objectOf({ patch: { type: "array", minItems: 1, maxItems: 64, items: STEP }, reason: REASON }),
      answer: CHANGED,
      status: 200,
      handle: async (call) => changed(world, call),
    },
    {
      method: "DELETE",
      path: "/v2/agents/{name}",
      id: "stopAgent",
      summary: "Stop an agent: a hold on everything it may do. It goes when the repository does not declare it any more",
      tag: "agents",
      role: "editor",
      params: objectOf({ name: AGENT_NAME }),
      query: objectOf({ owner: OWNER, reason: REASON }, ["owner"]),
      answer: CHANGED,
      status: 200,
      handle: async (call) => {
        const found = agentOf(world, call);
        if (!found.ok) return found;
        const { owner, agent } = found.value;
        const { id, role } = call.caller;
        const reason = typeof call.query["reason"] === "string" ? call.query["reason"] : "";
        return held(
          world
            .store()
            .addHold({ owner: owner.owner, selector: agent.address, denied: "all", reason, actor: id, until: null, ...heldAs(role) }),
        );
      },
    },
  ];
}

interface Found {
  readonly owner: LiveOwner;
  readonly agent: LiveAgent;
}

/** The agent that a call means, as it is now; with `If-Match`, only as the caller has seen it. */
function agentOf({ live }: AgentsWorld, { params, query, ifMatch }: Call): Result<Found> {
  const owner = ownerOf(live(), query);
  if (!owner.ok) return owner;
  const agent = owner.value.agents.get(params["name"] ?? "");
  if (!agent) return fail(problem("API_NOT_FOUND", { detail: `${owner.value.owner} has no agent ${shown(params["name"] ?? "")}.` }));
  if (ifMatch !== null && ifMatch !== "*" && ifMatch !== etagOf(agent)) return fail(changedSince());
  return ok({ owner: owner.value, agent });
}

function changed(world: AgentsWorld, call: Call): Result<Reply> {
  const found = agentOf(world, call);
  if (!found.ok) return found;
  const { owner, agent } = found.value;
  const { patch, reason } = call.body as unknown as { readonly patch: Edit["patch"]; readonly reason: string };
  const now = world.live().now().toISOString();
  const meaning = judgeEdit([...owner.resources.values()], agent.address, patch, { kinds: world.kinds, now });
  if (!meaning.ok) return meaning;
  const actor = call.caller.id;
  const { address } = agent;
  switch (meaning.value.kind) {
    case "nothing":
      return ok({ status: 200, body: { became: "nothing", id: null, denied: null } });
    case "hold":
      return held(
        world.store().addHold({
          owner: owner.owner,
          selector: address,
          denied: meaning.value.denied,
          reason,
          actor,
          until: null,
          ...heldAs(call.caller.role),
        }),
      );
    case "edit":
      return mapResult(world.store().addEdit({ owner: owner.owner, address, patch, actor }), ({ id }) => ({
        status: 200,
        body: { became: "edit", id, denied: null },
      }));
    default:
      return unreachable(meaning.value);
  }
}

function held(hold: Result<Hold>): Result<Reply> {
  return mapResult(hold, ({ id, denied }) => ({
    status: 200,
    body: { became: "hold", id, denied: denied === "all" ? denied : [...denied] },
  }));
}

function etagOf({ resource }: LiveAgent): string {
  return digestJson(resource as unknown as Json).slice("sha256:".length, "sha256:".length + 32);
}
