import {
  fail,
  mapResult,
  ok,
  problem,
  shown,
  UNMANAGED,
  unreachable,
  type Edit,
  type Hold,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import { madeCalled, type Live, type LiveAgent, type LiveMade, type LiveOwner } from "../live/index.ts";
import { heldAs } from "../gate/index.ts";
import type { AgentsWorld } from "./agents-world.ts";
import { judgeEdit } from "./edits.ts";
import { ownerOf } from "./owners.ts";
import { AGENT_NAME, count, objectOf, orNull, OWNER, pageFrom, pageOf, pageQuery, REASON, text } from "./schema.ts";
import { changedSince } from "./problem.ts";
import { isAsSeen, madeOne, patchMade, removeMade, tagOf, unmanagedRoutes } from "./routes-unmanaged.ts";
import type { Call, Reply, Route } from "./types.ts";

const AGENT: JsonObject = objectOf({
  owner: OWNER,
  name: AGENT_NAME,
  description: orNull(text("What it is for.")),
  model: text("`<provider>/<model>` that answers first."),
  managedBy: text("Who says what it is: a repository, a call of this API, or (forgotten) nobody any more.", {
    enum: ["git", "api", "nobody"],
  }),
  like: orNull(text("The declared agent that one made by the API is like.")),
  status: text("What it does now. `stopped`: made by the API, and it may not run.", {
    enum: ["idle", "busy", "error", "held", "stopped"],
  }),
  why: orNull(text("Why it is stopped.")),
  tools: { type: "array", items: text("A tool it was granted."), description: "Sorted." },
  generation: count("The generation it is of; that of its owner for one made by the API."),
});

const POINTER: JsonObject = text("A JSON Pointer into the resource.", { pattern: "^/spec(/([^~/]|~[01])*)*$", maxLength: 1_024 });
const STEP: JsonObject = {
  anyOf: [objectOf({ pointer: POINTER, value: {} }), objectOf({ pointer: POINTER, remove: { const: true } })],
};
const CHANGED: JsonObject = objectOf({
  became: text("What became of it.", { enum: ["nothing", "edit", "hold", "changed", "removed"] }),
  id: orNull(text("Of the edit or the hold.")),
  denied: {
    anyOf: [{ const: "all" }, { type: "array", items: text("A tool.") }, { type: "null" }],
    description: "What a hold takes away.",
  },
});

/** An agent that runs. */
function shownAgent({ stateOf }: AgentsWorld, owner: LiveOwner, agent: LiveAgent): JsonObject {
  const { resource, name, grants } = agent;
  const [model] = owner.active.loaded.agents.get(name)?.choices ?? [];
  const description = resource.spec["description"];
  const made = owner.made.get(name);
  const isHeld = owner.holds.some(({ selector, denied }) => denied === "all" && (selector === "*" || selector === agent.address));
  return {
    owner: owner.owner,
    name,
    description: typeof description === "string" ? description : null,
    model: model ? `${model.provider}/${model.model}` : "",
    managedBy: made ? "api" : owner.owner === UNMANAGED ? "nobody" : "git",
    like: made?.like ?? null,
    status: isHeld ? "held" : stateOf(owner.owner, name),
    why: null,
    tools: [...new Set(grants.map(({ tool }) => tool))].sort(),
    generation: owner.active.generation.number,
  };
}

/** An agent that was made by the API and may not run: it is listed, and says why. */
function shownStopped({ beside, name, like, resource, problem: why }: LiveMade, owner: LiveOwner | undefined): JsonObject {
  const { description, model } = resource.spec as { readonly description?: Json; readonly model?: { provider?: string; name?: string } };
  return {
    owner: beside,
    name,
    description: typeof description === "string" ? description : null,
    model: `${model?.provider ?? ""}/${model?.name ?? ""}`,
    managedBy: "api",
    like,
    status: "stopped",
    why: why?.detail ?? null,
    tools: [],
    generation: owner?.active.generation.number ?? 0,
  };
}

/** Agents of one owner, by name: those that run, and those made by the API that may not. */
function listed(world: AgentsWorld, owner: LiveOwner): readonly (readonly [name: string, shown: () => JsonObject])[] {
  const running = [...owner.agents.values()].map((agent) => [agent.name, () => shownAgent(world, owner, agent)] as const);
  const stopped = [...owner.made.values()].filter(({ problem: why }) => why !== null);
  return [...running, ...stopped.map((made) => [made.name, () => shownStopped(made, owner)] as const)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Agents, as they run. */
export function agentRoutes(world: AgentsWorld): readonly Route[] {
  const { live } = world;
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
        const page = pageFrom(listed(world, owner.value), ([name]) => name, query);
        return ok({ status: 200, body: { items: page.items.map(([, shownOne]) => shownOne()), next: page.next } });
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
        const stopped = stoppedOne(world, params["name"] ?? "");
        if (!stopped.ok) return stopped;
        if (stopped.value) {
          const { made, owner } = stopped.value;
          return ok({ status: 200, etag: tagOf(made.resource), body: shownStopped(made, owner) });
        }
        const found = runningOne(live(), query, params["name"] ?? "");
        if (!found.ok) return found;
        const { owner, agent } = found.value;
        return ok({ status: 200, etag: tagOf(agent.resource), body: shownAgent(world, owner, agent) });
      },
    },
    ...unmanagedRoutes(world),
    {
      method: "PATCH",
      path: "/v2/agents/{name}",
      id: "changeAgent",
      summary: "Change an agent outside the repository: an edit, or a hold where it only takes away. One made by the API is changed itself",
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
      summary: "Stop a declared agent: a hold on everything it may do. One made by the API is removed",
      tag: "agents",
      role: "editor",
      params: objectOf({ name: AGENT_NAME }),
      query: objectOf({ owner: OWNER, reason: REASON }, ["owner"]),
      answer: CHANGED,
      status: 200,
      handle: async (call) => {
        const made = madeOne(world, call);
        if (!made.ok) return made;
        if (made.value) return removeMade(world, call, made.value);
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

function runningOne(live: Live, query: JsonObject, name: string): Result<Found> {
  const owner = ownerOf(live, query);
  if (!owner.ok) return owner;
  const agent = owner.value.agents.get(name);
  return agent
    ? ok({ owner: owner.value, agent })
    : fail(problem("API_NOT_FOUND", { detail: `${owner.value.owner} has no agent ${shown(name)}.` }));
}

function stoppedOne(
  { live }: AgentsWorld,
  name: string,
): Result<{ readonly made: LiveMade; readonly owner: LiveOwner | undefined } | null> {
  const state = live().state();
  if (!state.ok) return state;
  const made = madeCalled(state.value, name);
  return ok(made?.problem ? { made, owner: state.value.owners.get(made.beside) } : null);
}

/** The agent that a call means, as it is now; with `If-Match`, only as the caller has seen it. */
function agentOf({ live }: AgentsWorld, { params, query, ifMatch }: Call): Result<Found> {
  const found = runningOne(live(), query, params["name"] ?? "");
  if (!found.ok) return found;
  return isAsSeen(found.value.agent.resource, ifMatch) ? found : fail(changedSince());
}

function changed(world: AgentsWorld, call: Call): Result<Reply> | Promise<Result<Reply>> {
  const made = madeOne(world, call);
  if (!made.ok) return made;
  const { patch, reason } = call.body as unknown as { readonly patch: Edit["patch"]; readonly reason: string };
  if (made.value) return patchMade(world, call, made.value, patch, reason);
  const found = agentOf(world, call);
  if (!found.ok) return found;
  const { owner, agent } = found.value;
  const now = world.live().now().toISOString();
  const meaning = judgeEdit([...owner.declared.resources], agent.address, patch, { kinds: world.kinds, now });
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
