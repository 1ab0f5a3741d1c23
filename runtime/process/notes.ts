import type { Clock, Ids, Owner } from "../../core/index.ts";
import type { Audit } from "../audit/index.ts";
import type { Bus } from "../events/index.ts";

/** What the process itself says about generations and plugins: to the audit, and to who listens on the bus. */
export interface Notes {
  readonly activated: (owner: Owner, generation: number) => void;
  readonly rejected: (owner: Owner, generation: number, reason: string) => void;
  readonly plugin: (owner: Owner, plugin: string, what: "started" | "stopped" | "failed", why: string) => void;
  readonly rotated: (sealed: number) => void;
}

export interface NotesWorld {
  readonly audit: () => Audit;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
}

const PLUGIN_STATES = { started: "running", stopped: "stopped", failed: "failed" } as const;

export function newNotes({ audit, bus, clock, ids }: NotesWorld): Notes {
  const now = (): string => clock.now().toISOString();
  const ours = { actor: "runtime", decision: "none" } as const;
  const changed = (owner: Owner, generation: number, outcome: "active" | "rejected"): void =>
    bus.publish({ type: "generation.changed", at: now(), correlation: ids.next(), owner, generation, outcome });
  return {
    activated: (owner, generation) => {
      audit().record({ kind: "generation.active", owner, correlation: ids.next(), ...ours, facts: { generation } });
      changed(owner, generation, "active");
    },
    rejected: (owner, generation, reason) => {
      audit().record({ kind: "generation.rejected", owner, correlation: ids.next(), ...ours, facts: { generation, reason } });
      changed(owner, generation, "rejected");
    },
    plugin: (owner, plugin, what, why) => {
      const kind = what === "started" ? "plugin.started" : "plugin.stopped";
      audit().record({ kind, owner, correlation: ids.next(), ...ours, resource: `Plugin/${plugin}`, facts: { why } });
      bus.publish({ type: "plugin.state", at: now(), correlation: ids.next(), plugin, state: PLUGIN_STATES[what], reason: why });
    },
    rotated: (sealed) => {
      audit().record({ kind: "keys.rotated", owner: null, correlation: ids.next(), ...ours, facts: { sealed } });
    },
  };
}
