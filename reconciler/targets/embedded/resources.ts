import { fail, isObject, ok, problem, type Address, type Digest, type Json, type Resource, type Result } from "../../../core/index.ts";
import type { StoreReader } from "../../../runtime/store/index.ts";

/** The resources behind row digests. Bytes are checked against their digest by the store. */
export function readResources(store: StoreReader, rows: ReadonlyMap<Address, Digest>): Result<ReadonlyMap<Address, Resource>> {
  const values = store.values(rows.values());
  if (!values.ok) return values;
  const out = new Map<Address, Resource>();
  for (const [address, digest] of rows) {
    const bytes = values.value.get(digest);
    const resource = bytes && parseResource(bytes);
    if (!resource) {
      return fail(
        problem("STORE_CORRUPT", { detail: `The recorded ${address} is not readable as a resource.`, context: { address, digest } }),
      );
    }
    out.set(address, resource);
  }
  return ok(out);
}

function parseResource(bytes: Uint8Array): Resource | undefined {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
    return isObject(value) && isObject(value["metadata"]) && isObject(value["spec"]) ? (value as unknown as Resource) : undefined;
  } catch {
    return undefined;
  }
}
