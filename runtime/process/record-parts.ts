import { auditPart, type AuditPart } from "./audit-part.ts";
import { candidatePart } from "./candidate-part.ts";
import type { CandidateWatch } from "./candidates.ts";
import { ephemeralPart } from "./ephemeral-part.ts";
import { livePart, type LivePart } from "./live-part.ts";
import { newNotes, type Notes } from "./notes.ts";
import { storePart, type StorePart } from "./store-part.ts";
import { tlsPart, type TlsPart } from "./tls-part.ts";
import type { Bus } from "../events/index.ts";
import type { Turns } from "../turns/index.ts";
import { newSteadiness } from "./steady.ts";
import type { Part } from "./types.ts";
import type { GatewayWorld } from "./world.ts";

/** What is kept, and what is active of it: the store, the audit, the live generations, and the candidates that wait. */
export interface RecordParts {
  readonly state: StorePart;
  readonly audit: AuditPart;
  readonly live: LivePart;
  readonly ephemeral: Part;
  readonly candidates: Part;
  readonly notes: Notes;
  /** Whether the clock is believed when something would go because it is old. */
  readonly mayForget: () => boolean;
  /** What is told of exceptions from TLS 1.3. */
  readonly tls: TlsPart;
}

export interface RecordWorld {
  readonly world: GatewayWorld;
  readonly bus: Bus;
  readonly turns: Turns;
  /** What a candidate is tried with before it may become active. */
  readonly trials: CandidateWatch["trials"];
  /** Called in a turn of its own after a generation became active. */
  readonly activated: () => void;
}

export function recordParts({ world, bus, turns, trials, activated }: RecordWorld): RecordParts {
  const { dir, actor, clock, ids, version } = world;
  const state = storePart(world);
  const steadiness = newSteadiness(clock, (hours) => {
    const reason = `The clock is ${hours} hours ahead of what was known: nothing is deleted for its age before it has stood for a day.`;
    world.tell({ kind: "trouble", reason });
  });
  const audit = auditPart({
    note: (head) => {
      const written = state.store().noteAudit(head, actor);
      if (!written.ok) world.tell({ kind: "trouble", reason: written.diagnostics.map(({ detail }) => detail).join(" ") });
    },
    dir,
    actor,
    clock,
    ids,
    version,
    later: turns.next,
    steadiness,
    onRecorded: (record) => bus.publish({ type: "audit.recorded", at: record.at, correlation: record.correlation, record: { ...record } }),
  });
  const notes = newNotes({ audit: audit.audit, bus, clock, ids });
  const live = livePart({
    dir,
    store: state.store,
    kinds: world.kinds,
    clock,
    changed: (owner, generation) => {
      world.tell({ kind: "active", owner, generation });
      notes.activated(owner, generation);
      // Not within the look that noticed it.
      setImmediate(activated);
      setImmediate(audit.witness);
    },
  });
  const ephemeral = ephemeralPart({ live: live.live, store: state.store, actor, kinds: world.kinds, version });
  const candidates = candidatePart({
    store: state.store,
    actor,
    trials,
    look: () => void live.live().state(),
    tell: ({ owner, generation, reason }) => {
      if (reason === null) return;
      world.tell({ kind: "refused", owner, generation, reason });
      notes.rejected(owner, generation, reason);
    },
    failed: (reason) => world.tell({ kind: "trouble", reason }),
  });
  const tls = tlsPart({ live: live.live, audit: audit.audit, ids, failed: (reason) => world.tell({ kind: "trouble", reason }) });
  return { state, audit, live, ephemeral, candidates, notes, tls, mayForget: steadiness.mayForget };
}
