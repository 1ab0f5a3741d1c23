import { isDeepStrictEqual } from "node:util";
import {
  edited,
  fail,
  isObject,
  ok,
  problem,
  UNMANAGED,
  type Address,
  type Edit,
  type Generation,
  type Hold,
  type Owner,
  type Resource,
  type Result,
} from "../../core/index.ts";
import type { StoreReader } from "../store/index.ts";
import { build, loadGeneration } from "./load.ts";
import type { LoadedGeneration } from "./types.ts";

/** The part of a store that reading the active generation needs. */
export type ActiveStore = Pick<StoreReader, "active" | "rows" | "values" | "edits" | "holds">;

/** What an owner's runtime runs now: the active generation, with edits, and the holds on it. */
export interface Active {
  readonly generation: Generation;
  readonly loaded: LoadedGeneration;
  /** What it was built from: rows with edits. */
  readonly resources: readonly Resource[];
  readonly edits: readonly Edit[];
  readonly holds: readonly Hold[];
}

/**
 * Reads and builds the live configuration: (active generation + edits); the holds that subtract from it
 * are beside it, for each use to ask. Null before the first apply. Effect: reads the store.
 *
 * What is unmanaged was put together by nobody: of it, what cannot be built is left out, and stops only itself.
 *
 * @param before - What an earlier call returned: where nothing changed since, it is not built again.
 */
export function readActive(store: ActiveStore, owner: Owner, before?: Active | null): Result<Active | null> {
  const generation = store.active(owner);
  if (!generation.ok) return generation;
  if (generation.value === null) return ok(null);
  const edits = store.edits(owner);
  if (!edits.ok) return edits;
  const holds = store.holds(owner);
  if (!holds.ok) return holds;
  const found = { generation: generation.value, edits: edits.value, holds: holds.value };
  const isSame =
    before?.generation.owner === owner &&
    before.generation.digest === found.generation.digest &&
    before.generation.number === found.generation.number;
  if (isSame && isDeepStrictEqual(before.edits, found.edits)) return ok({ ...before, ...found });
  const resources = readResources(store, owner, found);
  if (!resources.ok) return resources;
  const loaded = owner === UNMANAGED ? ok(build(resources.value).generation) : loadGeneration(resources.value);
  return loaded.ok ? ok({ ...found, resources: resources.value, loaded: loaded.value }) : loaded;
}

/** The same with other resources; what cannot be built of them is left out. */
export function buildActive(active: Active): Active {
  return { ...active, loaded: build(active.resources).generation };
}

/** Every resource of one generation as it is stored, with edits laid over; checked against its digests. */
export function readResources(
  store: Pick<StoreReader, "rows" | "values">,
  owner: Owner,
  { generation, edits }: Pick<Active, "generation" | "edits">,
): Result<readonly Resource[]> {
  const rows = store.rows(owner, generation.number);
  if (!rows.ok) return rows;
  const values = store.values(new Set(rows.value.values()));
  if (!values.ok) return values;
  const byAddress = Map.groupBy(edits, ({ address }) => address);
  const resources: Resource[] = [];
  for (const [address, digest] of rows.value) {
    const bytes = values.value.get(digest);
    const resource = bytes && parseRow(bytes);
    if (!resource) return fail(unreadable(address));
    resources.push(edited(resource, byAddress.get(address) ?? []));
  }
  return ok(resources);
}

function parseRow(bytes: Uint8Array): Resource | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
    const isResource = isObject(value) && typeof value["kind"] === "string" && isObject(value["metadata"]) && isObject(value["spec"]);
    return isResource ? (value as unknown as Resource) : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(address: Address): ReturnType<typeof problem> {
  return problem("STORE_CORRUPT", { detail: `The row of ${address} is not a resource.`, context: { address } });
}
