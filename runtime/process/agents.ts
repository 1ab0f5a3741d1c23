import { fail, mapResult, ok, type Result } from "../../core/index.ts";
import type { Agents, LiveAgent } from "../conversations/index.ts";
import { agentNotFound, held, madeCalled, type Live, type LiveOwner, type LiveState } from "../live/index.ts";
import { heldBy } from "../load/index.ts";
import { lifeOf } from "../store/index.ts";
import type { Vault } from "../vault/index.ts";

export interface AgentsWorld {
  readonly live: () => Live;
  readonly vaultOf: (owner: LiveOwner) => Vault;
}

/** The agents of every owner: an address belongs to one owner, so a name means one agent. */
export function liveAgents({ live, vaultOf }: AgentsWorld): Agents {
  const of = (owner: LiveOwner, name: string): LiveAgent | undefined => {
    const { generation, loaded } = owner.active;
    const agent = loaded.agents.get(name);
    if (!agent) return undefined;
    const life = owner.made.get(name)?.life ?? lifeOf(generation.lives, `Agent/${name}`);
    return { owner: owner.owner, generation: generation.number, agent, providers: loaded.providers, vault: vaultOf(owner), life };
  };
  const knownOf = (name: string): Result<{ readonly owner: LiveOwner; readonly agent: LiveAgent }> => {
    const state = live().state();
    if (!state.ok) return state;
    const owner = ownerOf(state.value, name);
    const agent = owner && of(owner, name);
    return owner && agent ? ok({ owner, agent }) : missing(state.value, name);
  };
  return {
    find: (name) => {
      const found = knownOf(name);
      if (!found.ok) return found;
      const address = `Agent/${name}` as const;
      const hold = heldBy(found.value.owner.holds, address, live().now());
      return hold ? fail(held(address, hold)) : ok(found.value.agent);
    },
    known: (name) => mapResult(knownOf(name), ({ agent }) => agent),
    all: () => {
      const state = live().state();
      if (!state.ok) return state;
      const all = [...state.value.owners.values()].flatMap((owner) =>
        [...owner.active.loaded.agents.keys()].flatMap((name) => of(owner, name) ?? []),
      );
      return ok(all.sort((a, b) => (a.agent.name < b.agent.name ? -1 : 1)));
    },
  };
}

export function ownerOf({ owners }: LiveState, agent: string): LiveOwner | undefined {
  return [...owners.values()].find(({ active }) => active.loaded.agents.has(agent));
}

/** One that was made by the API and may not run says why. */
function missing(state: LiveState, name: string): Result<never> {
  const stopped = madeCalled(state, name)?.problem;
  if (stopped) return fail(stopped);
  const { owners } = state;
  return fail(
    agentNotFound(
      name,
      [...owners.values()].flatMap(({ active }) => [...active.loaded.agents.keys()]),
    ),
  );
}
