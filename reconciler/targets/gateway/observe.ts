import {
  fail,
  generationDigest,
  isObject,
  ok,
  problem,
  type Address,
  type Digest,
  type Generation,
  type Json,
  type Owner,
  type Resource,
  type Result,
} from "../../../core/index.ts";
import type { Client } from "../../../runtime/client/index.ts";
import type { LiveState, Recorded } from "../../diff/types.ts";
import type { Observation } from "../types.ts";
import { OBSERVED, readAs } from "./forms.ts";
import { readValues } from "./wire.ts";

type Said = Omit<LiveState, "rows" | "foreign"> & {
  readonly rows: readonly (readonly [Address, Digest])[];
  readonly foreign: readonly (readonly [Address, Owner])[];
};

/** The live state of one owner, as the gateway tells it. What it says of a generation is checked against its digest. */
export async function observe(client: Client, owner: Owner, desired: Iterable<Address>, signal: AbortSignal): Promise<Result<Observation>> {
  const asked = await client.ask("POST", "/v2/record/observe", { owner, addresses: [...desired] }, signal);
  const answer = readAs<Said>(asked, OBSERVED, owner);
  if (!answer.ok) return answer;
  const said = answer.value;
  const rows = new Map(said.rows);
  const wrong = unbelievable(said.generation, rows, owner, said.owner);
  if (wrong !== null) return fail(problem("GATEWAY_RECEIPT", { detail: `What the gateway says of ${owner} cannot be: ${wrong}.` }));
  const live: LiveState = { ...said, rows, foreign: new Map(said.foreign) };
  const read = async (addresses: readonly Address[]): Promise<Result<Recorded>> =>
    await readResources(client, new Map(addresses.flatMap((address) => entryOf(rows, address))), signal);
  return ok({ live, read });
}

export async function readResources(client: Client, rows: ReadonlyMap<Address, Digest>, signal: AbortSignal): Promise<Result<Recorded>> {
  const values = await readValues(client, rows.values(), signal);
  if (!values.ok) return values;
  const out = new Map<Address, Resource>();
  for (const [address, digest] of rows) {
    const bytes = values.value.get(digest);
    const resource = bytes && parseResource(bytes);
    if (!resource || `${resource.kind}/${resource.metadata.name}` !== address)
      return fail(
        problem("GATEWAY_RECEIPT", {
          detail: `The gateway does not have ${address} as its record names it.`,
          context: { address, digest },
        }),
      );
    out.set(address, resource);
  }
  return ok(out);
}

function entryOf(rows: ReadonlyMap<Address, Digest>, address: Address): [Address, Digest][] {
  const digest = rows.get(address);
  return digest ? [[address, digest]] : [];
}

function unbelievable(generation: Generation | null, rows: ReadonlyMap<Address, Digest>, owner: Owner, said: Owner): string | null {
  if (said !== owner || (generation && generation.owner !== owner)) return "it is about another owner";
  if (!generation) return rows.size === 0 ? null : "rows without a generation";
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return generationDigest(sorted) === generation.digest ? null : "its rows are not those of its generation";
}

function parseResource(bytes: Uint8Array): Resource | undefined {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
    return isObject(value) && isObject(value["metadata"]) && isObject(value["spec"]) ? (value as unknown as Resource) : undefined;
  } catch {
    return undefined;
  }
}
