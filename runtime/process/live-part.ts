import path from "node:path";
import { InternalError, ok, type Clock, type Kinds, type Owner } from "../../core/index.ts";
import { openLive, type Live, type LiveState, type LiveStore } from "../live/index.ts";
import type { Part } from "./types.ts";

/** Below the state folder: where agents work. */
export const WORKSPACES = "workspaces";

export interface LivePartWorld {
  readonly dir: string;
  readonly store: () => LiveStore;
  readonly kinds: Kinds;
  readonly clock: Clock;
  /** Another generation of an owner is active than before, for the first time included. */
  readonly changed: (owner: Owner, generation: number) => void;
}

export interface LivePart extends Part {
  readonly live: () => Live;
}

/** What is active, for as long as the gateway runs. */
export function livePart(world: LivePartWorld): LivePart {
  let live: Live | undefined;
  const known = new Map<Owner, number>();
  const notice = ({ owners }: LiveState): void => {
    for (const [owner, { active }] of owners) {
      const { number } = active.generation;
      if (known.get(owner) === number) continue;
      known.set(owner, number);
      world.changed(owner, number);
    }
  };
  return {
    name: "active generations",
    live: () => {
      if (!live) throw new InternalError("what is active was asked before the gateway started");
      return live;
    },
    start: async () => {
      const { kinds, clock } = world;
      live = openLive({ store: world.store(), kinds, clock, workspaces: path.join(world.dir, WORKSPACES) });
      live.onChange(notice);
      const state = live.state();
      if (!state.ok) return state;
      notice(state.value);
      return ok(undefined);
    },
    stop: async () => {
      live?.close();
      live = undefined;
    },
  };
}
