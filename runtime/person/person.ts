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
import { declaredIn, knownAs, type ActiveResources, type Declared } from "./declared.ts";
import { devicesOf } from "./logins.ts";
import type { Keeper, Kept } from "./types.ts";

export interface PersonWorld {
  readonly records: SealedRecords;
  readonly audit: Audit;
  readonly keepers: readonly Keeper[];
  readonly clock: Clock;
  readonly ids: Ids;
  /** Who asks for it. */
  readonly actor: string;
  /** What is declared and active now. */
  readonly active: () => Result<ActiveResources>;
}

/** Everything that is stored about a person. */
export interface Exported {
  readonly ids: readonly string[];
  readonly at: Instant;
  /** Where a repository names the person: it is removed there. */
  readonly declared: readonly Declared[];
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
  /** Where a repository still names the person: it is removed there. */
  readonly declared: readonly Declared[];
  /** How many things, by keeper. */
  readonly counts: Readonly<Record<string, number>>;
  readonly receipt: Digest;
}

interface Known {
  /** All ids that the given ones stand for: identities that a Team declares of a name, and devices of their own. */
  readonly ids: readonly string[];
  readonly declared: readonly Declared[];
}

export function knownTo({ records, active }: Pick<PersonWorld, "records" | "active">, given: readonly string[]): Result<Known> {
  const now = active();
  if (!now.ok) return now;
  const named = knownAs(given, now.value);
  const devices = devicesOf(records, new Set(named));
  if (!devices.ok) return devices;
  const ids = [...new Set([...named, ...devices.value.theirs.map(({ name }) => `device:${name}`)])];
  return ok({ ids, declared: declaredIn(new Set(ids), now.value) });
}

/** Reads everything about a person and records that it was handed out. `PERSON_UNKNOWN` where nothing is stored. */
export function exportPerson(world: PersonWorld, given: readonly string[]): Result<Exported> {
  const known = knownTo(world, given);
  if (!known.ok) return known;
  const { ids, declared } = known.value;
  const who = new Set(ids);
  const parts: Record<string, readonly Kept[]> = {};
  for (const keeper of world.keepers) {
    const found = keeper.find(world.records, who);
    if (!found.ok) return found;
    parts[keeper.name] = found.value;
  }
  if (Object.values(parts).every((list) => list.length === 0)) return fail(unknown(given, declared));
  const digest = digestJson(parts as unknown as Json);
  const counts = Object.fromEntries(Object.entries(parts).map(([name, list]) => [name, list.length]));
  const receipt = record(world, "person.exported", ids, { counts, digest });
  return receipt.ok ? ok({ ids, at: world.clock.now().toISOString(), declared, parts, digest, receipt: receipt.value }) : receipt;
}

/** Deletes everything about a person in one transaction, and records that and why. What is deleted is not in the record. */
export function deletePerson(world: PersonWorld, given: readonly string[], reason: string): Result<Deleted> {
  const known = knownTo(world, given);
  if (!known.ok) return known;
  const { ids, declared } = known.value;
  const who = new Set(ids);
  const counts: Record<string, number> = {};
  const done = world.records.together((records): Result<Digest> => {
    for (const keeper of world.keepers) {
      const removed = keeper.remove(records, who);
      if (!removed.ok) return removed;
      counts[keeper.name] = removed.value;
    }
    if (Object.values(counts).every((count) => count === 0)) return fail(unknown(given, declared));
    // Inside the transaction: without a receipt nothing is deleted.
    return record(world, "person.deleted", ids, { counts, reason });
  });
  return done.ok ? ok({ ids, at: world.clock.now().toISOString(), declared, counts, receipt: done.value }) : done;
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

function unknown(ids: readonly string[], declared: readonly Declared[]): ReturnType<typeof problem> {
  const places = [...new Set(declared.map(({ owner, address }) => `${address} of ${owner}`))];
  return problem("PERSON_UNKNOWN", {
    detail: `Nothing that is stored names ${ids.map((id) => shown(id)).join(" or ")}.`,
    ...(places.length === 0 ? {} : { remedy: `It is declared in git, and removed there: ${places.join(", ")}.` }),
  });
}
