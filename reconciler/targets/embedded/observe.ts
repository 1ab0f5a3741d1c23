import { fail, ok, UNMANAGED, type Address, type Digest, type Generation, type Owner, type Result } from "../../../core/index.ts";
import { openStore, runtimeRecipient, type StorePorts, type StoreReader } from "../../../runtime/store/index.ts";
import type { LiveState, Recorded } from "../../diff/types.ts";
import type { Observation } from "../types.ts";
import { readResources } from "./resources.ts";

/**
 * Reads the live state of one owner from the store. The store is opened and closed for each read, so
 * that a plan never holds anything; what a later read finds changed is caught when apply plans again.
 */
export function observe(dir: string, ports: StorePorts, owner: Owner, desired: Iterable<Address>): Result<Observation> {
  const live = withReader(dir, ports, (store) => (store ? liveState(store, dir, owner, desired) : ok(nothingYet(owner))));
  if (!live.ok) return live;
  const { rows } = live.value;
  const read = async (addresses: readonly Address[]): Promise<Result<Recorded>> => {
    const wanted = new Map(addresses.flatMap((address): [Address, Digest][] => entryOf(rows, address)));
    return withReader<Recorded>(dir, ports, (store) => (store ? readResources(store, wanted) : ok<Recorded>(new Map())));
  };
  return ok({ live: live.value, read });
}

function entryOf(rows: ReadonlyMap<Address, Digest>, address: Address): [Address, Digest][] {
  const digest = rows.get(address);
  return digest ? [[address, digest]] : [];
}

/** Opens the store for reading; `null` when nothing was ever applied there. */
export function withReader<T>(dir: string, ports: StorePorts, use: (store: StoreReader | null) => Result<T>): Result<T> {
  const store = openStore(dir, { mode: "read" }, ports);
  if (!store.ok) return fail(...store.diagnostics);
  try {
    return use(store.value);
  } finally {
    store.value?.close();
  }
}

function nothingYet(owner: Owner): LiveState {
  return {
    owner,
    lineage: null,
    generation: null,
    rows: new Map(),
    edits: [],
    holds: [],
    pin: null,
    ledgerHead: null,
    recipient: null,
    foreign: new Map(),
  };
}

function* withoutOwn(desired: Iterable<Address>, rows: ReadonlyMap<Address, Digest>): Iterable<Address> {
  for (const address of desired) if (!rows.has(address)) yield address;
}

function liveState(store: StoreReader, dir: string, owner: Owner, desired: Iterable<Address>): Result<LiveState> {
  const generation = store.active(owner);
  if (!generation.ok) return generation;
  const rows = generation.value ? store.rows(owner, generation.value.number) : ok<ReadonlyMap<Address, Digest>>(new Map());
  const [edits, holds, pin, head] = [store.edits(owner), store.holds(owner), store.pin(owner), store.ledgerHead()];
  const [candidate, recipient] = [store.candidate(owner), runtimeRecipient(dir)];
  if (!rows.ok) return rows;
  // An address belongs to one owner: what is among our rows is nobody else's.
  const owners = store.ownersOf(withoutOwn(desired, rows.value));
  if (!edits.ok) return edits;
  if (!holds.ok) return holds;
  if (!pin.ok) return pin;
  if (!head.ok) return head;
  if (!candidate.ok) return candidate;
  if (!recipient.ok) return recipient;
  if (!owners.ok) return owners;
  const others: Result<Generation | null> = store.active(UNMANAGED);
  if (!others.ok) return others;
  return ok({
    owner,
    lineage: store.lineage,
    generation: generation.value,
    rows: rows.value,
    edits: edits.value,
    holds: holds.value,
    pin: pin.value,
    ledgerHead: head.value,
    candidate: candidate.value,
    recipient: recipient.value,
    foreign: new Map([...owners.value].filter(([, holder]) => holder !== owner)),
    ...(others.value && others.value.resources > 0 && { unmanaged: others.value.resources }),
  });
}
