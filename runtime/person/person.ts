import {
  digestJson,
  fail,
  ok,
  problem,
  shown,
  type Clock,
  type Digest,
  type Ids,
  type Instant,
  type Json,
  type Result,
} from "../../core/index.ts";
import type { Audit, SecurityEventKind } from "../audit/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Keeper, Kept } from "./types.ts";

export interface PersonWorld {
  readonly records: SealedRecords;
  readonly audit: Audit;
  readonly keepers: readonly Keeper[];
  readonly clock: Clock;
  readonly ids: Ids;
  /** Who asks for it. */
  readonly actor: string;
}

/** Everything that is stored about a person. */
export interface Exported {
  readonly ids: readonly string[];
  readonly at: Instant;
  /** By keeper; empty lists too, so that one sees where was looked. */
  readonly parts: Readonly<Record<string, readonly Kept[]>>;
  /** Over all parts. */
  readonly digest: Digest;
  /** The audit record that is the receipt. */
  readonly receipt: Digest;
}

/** What was deleted. */
export interface Deleted {
  readonly ids: readonly string[];
  readonly at: Instant;
  /** How many things, by keeper. */
  readonly counts: Readonly<Record<string, number>>;
  readonly receipt: Digest;
}

/** Reads everything about a person and records that it was handed out. `PERSON_UNKNOWN` where nothing is stored. */
export function exportPerson(world: PersonWorld, ids: readonly string[]): Result<Exported> {
  const who = new Set(ids);
  const parts: Record<string, readonly Kept[]> = {};
  for (const keeper of world.keepers) {
    const found = keeper.find(world.records, who);
    if (!found.ok) return found;
    parts[keeper.name] = found.value;
  }
  if (Object.values(parts).every((list) => list.length === 0)) return fail(unknown(ids));
  const digest = digestJson(parts as unknown as Json);
  const counts = Object.fromEntries(Object.entries(parts).map(([name, list]) => [name, list.length]));
  const receipt = record(world, "person.exported", ids, { counts, digest });
  return receipt.ok ? ok({ ids, at: world.clock.now().toISOString(), parts, digest, receipt: receipt.value }) : receipt;
}

/** Deletes everything about a person in one transaction, and records that and why. What is deleted is not in the record. */
export function deletePerson(world: PersonWorld, ids: readonly string[], reason: string): Result<Deleted> {
  const who = new Set(ids);
  const counts: Record<string, number> = {};
  const done = world.records.together((records): Result<Digest> => {
    for (const keeper of world.keepers) {
      const removed = keeper.remove(records, who);
      if (!removed.ok) return removed;
      counts[keeper.name] = removed.value;
    }
    if (Object.values(counts).every((count) => count === 0)) return fail(unknown(ids));
    // Inside the transaction: without a receipt nothing is deleted.
    return record(world, "person.deleted", ids, { counts, reason });
  });
  return done.ok ? ok({ ids, at: world.clock.now().toISOString(), counts, receipt: done.value }) : done;
}

/** The audit outlives the person's data: it names the ids by digest. */
function record(
  world: PersonWorld,
  kind: SecurityEventKind,
  ids: readonly string[],
  facts: { readonly [key: string]: Json },
): Result<Digest> {
  const written = world.audit.record({
    kind,
    owner: null,
    correlation: world.ids.next(),
    actor: world.actor,
    decision: "allowed",
    facts: { ...facts, people: ids.map((id) => digestJson(id)) },
  });
  return written.ok ? ok(written.value.hash) : written;
}

function unknown(ids: readonly string[]): ReturnType<typeof problem> {
  return problem("PERSON_UNKNOWN", { detail: `Nothing that is stored names ${ids.map((id) => shown(id)).join(" or ")}.` });
}
