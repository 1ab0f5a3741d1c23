import { ok, type Actor, type Kinds } from "../../core/index.ts";
import type { Live, LiveMade, LiveOwner } from "../live/index.ts";
import type { StoreWriter } from "../store/index.ts";
import type { Part } from "./types.ts";

export interface EphemeralWorld {
  readonly live: () => Live;
  readonly store: () => Pick<StoreWriter, "changeUnmanaged">;
  readonly actor: Actor;
  readonly kinds: Kinds;
  readonly version: string;
}

/**
 * What is ephemeral is gone when the gateway starts: agents that the API made before, beside a Project that says so.
 * They would not run in any case; this takes them out of the store as well.
 */
export function ephemeralPart({ live, store, actor, kinds, version }: EphemeralWorld): Part {
  return {
    name: "ephemeral agents",
    start: async () => {
      const state = live().state();
      if (!state.ok) return state;
      const rows = [...state.value.owners.values()]
        .flatMap((owner) => ephemeralOf(owner, live().startedAt))
        .map(({ address, digest }) => ({ address, before: digest, bytes: null }));
      if (rows.length === 0) return ok(undefined);
      const removed = store().changeUnmanaged({
        rows,
        actor,
        because: "spec.unmanaged is ephemeral, and the gateway started",
        schema: kinds.digest,
        engine: version,
      });
      // They stay stopped all the same; an apply that takes one over is not disturbed.
      return ok(undefined, removed.ok ? removed.warnings : removed.diagnostics.map((each) => ({ ...each, severity: "warning" as const })));
    },
    stop: async () => {},
  };
}

function ephemeralOf({ declared, made }: LiveOwner, startedAt: Date): readonly LiveMade[] {
  const project = declared.resources.find((each) => each.kind === "Project");
  if (project?.spec["unmanaged"] !== "ephemeral") return [];
  return [...made.values()].filter(({ at }) => !(Date.parse(at) >= startedAt.getTime()));
}
