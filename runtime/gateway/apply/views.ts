import { UNMANAGED, mapResult, ok, type Address, type Json, type JsonObject, type Owner, type Result } from "../../../core/index.ts";
import type { StoreReader } from "../../store/index.ts";

/** What an applier elsewhere sees of the record, as JSON: the words of core/record, unchanged. */

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

type Parts = Readonly<Record<string, Result<unknown>>>;

/** All parts, or the first failure. */
function together(parts: Parts): Result<JsonObject> {
  for (const part of Object.values(parts)) if (!part.ok) return part;
  return ok(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, json(part.ok ? part.value : null)])));
}

function rowsOf(store: StoreReader, owner: Owner, generation: number | undefined): Result<readonly (readonly [Address, string])[]> {
  return generation === undefined ? ok([]) : mapResult(store.rows(owner, generation), (rows) => [...rows]);
}

/** The live state of one owner: everything that a plan compares with. */
export function observed(store: StoreReader, owner: Owner, addresses: readonly Address[], recipient: string | null): Result<JsonObject> {
  const generation = store.active(owner);
  if (!generation.ok) return generation;
  const rows = rowsOf(store, owner, generation.value?.number);
  if (!rows.ok) return rows;
  const own = new Set(rows.value.map(([address]) => address));
  const owners = store.ownersOf(addresses.filter((address) => !own.has(address)));
  const foreign = mapResult(owners, (found) => [...found].filter(([, holder]) => holder !== owner));
  return together({
    owner: ok(owner),
    lineage: ok(store.lineage),
    generation,
    rows,
    edits: store.edits(owner),
    holds: store.holds(owner),
    pin: store.pin(owner),
    candidate: store.candidate(owner),
    ledgerHead: store.ledgerHead(),
    recipient: ok(recipient),
    foreign,
    unmanaged: mapResult(store.active(UNMANAGED), (others) => others?.resources ?? 0),
  });
}

/** What an operator asks of the record of one owner. */
export function statusOf(store: StoreReader, owner: Owner, recipient: string | null): Result<JsonObject> {
  const unmanaged = store.active(UNMANAGED);
  if (!unmanaged.ok) return unmanaged;
  return together({
    lineage: ok(store.lineage),
    active: store.active(owner),
    candidate: store.candidate(owner),
    pin: store.pin(owner),
    holds: store.holds(owner),
    edits: mapResult(store.edits(owner), (edits) => edits.length),
    openIntent: mapResult(store.openIntent(owner), (open) => open && { plan: open.fence.plan, actor: open.actor, at: open.at }),
    ledgerHead: store.ledgerHead(),
    unmanaged: mapResult(rowsOf(store, UNMANAGED, unmanaged.value?.number), (rows) => rows.map(([address]) => address)),
    recipient: ok(recipient),
  });
}

/** What the runtime said of the open candidate, and where the record is: the receipt of a commit. */
export function receiptOf(store: StoreReader, owner: Owner): Result<JsonObject> {
  return together({
    lineage: ok(store.lineage),
    active: store.active(owner),
    candidate: store.candidate(owner),
    answer: store.candidateAnswer(owner),
    head: store.headProof(),
  });
}
