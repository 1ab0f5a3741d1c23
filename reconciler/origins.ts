import {
  addressOf,
  byCodeUnit,
  failAll,
  isArray,
  isObject,
  nearest,
  ok,
  pointerOf,
  problem,
  shown,
  valueAt,
  type Address,
  type Diagnostic,
  type Json,
  type Resource,
  type Result,
  type SourcePosition,
} from "../core/index.ts";
import { isPolicy } from "../trust/policy/index.ts";
import { readDesired, type Desired } from "./desired.ts";
import type { FileBytes } from "./file-bytes.ts";
import { locate } from "./manifest/index.ts";
import { saidIn, type ResolvedResource } from "./resolve/index.ts";
import type { Query, World } from "./types.ts";

/** Where a value was written. */
export interface FieldOrigin {
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** The file whose content the value is, where the manifest names one. */
  readonly embeds: string | null;
}

export interface ResourceOrigins {
  readonly resource: Resource;
  /** Every scalar and every empty map or list, by its JSON pointer; null for a default of the schema. */
  readonly origins: ReadonlyMap<string, FieldOrigin | null>;
}

/**
 * The resolved resources with the place of each value: in a manifest, or in the overlay that has the
 * last word.
 *
 * @param addresses - Which; none for all.
 * @returns `RESOURCE_NOT_FOUND` for each address that nothing declares.
 */
export async function origins(query: Query, addresses: readonly string[], world: World): Promise<Result<readonly ResourceOrigins[]>> {
  const desired = await readDesired(query, world);
  if (!desired.ok) return desired;
  const { config, warnings } = desired.value;
  const asked = [...new Set(addresses)].sort(byCodeUnit);
  const unknown = asked.filter((address) => !config.byAddress.has(address as Address));
  if (unknown.length > 0) return failAll(unknown.map((address) => notDeclared(address, config.byAddress.keys())));
  const chosen = addresses.length === 0 ? config.resources : asked.flatMap((address) => config.byAddress.get(address as Address) ?? []);
  return ok(located(chosen, desired.value, world), warnings);
}

/** The policies in force, and those that the environment leaves out: what is compiled. */
export function declaredPolicies({ config, leftOut }: Pick<Desired, "config" | "leftOut">): readonly ResolvedResource[] {
  const known = new Set(config.byAddress.keys());
  const others = (leftOut ?? []).filter(({ address }) => !known.has(address));
  return [...config.resources.filter(({ resource }) => isPolicy(resource.kind)), ...others];
}

/** Where the text of each Policy begins: a file of its own, or the lines of its manifest below `rego:`. */
export function embeddedPolicies(
  desired: Desired,
  world: World,
): ReadonlyMap<Address, { readonly file: string; readonly firstLine: number }> {
  return new Map(
    located(declaredPolicies(desired), desired, world).flatMap(({ resource, origins: places }) => {
      const place = places.get("/spec/rego");
      if (!place) return [];
      const address = addressOf(resource.kind, resource.metadata.name);
      // A block of text begins on the line below its `|`.
      return [[address, place.embeds === null ? { file: place.file, firstLine: place.line + 1 } : { file: place.embeds, firstLine: 1 }]];
    }),
  );
}

interface Leaf {
  readonly resource: number;
  readonly pointer: string;
  readonly embeds: string | null;
  /** The place to look up; null for a default. */
  readonly place: Diagnostic | null;
}

/** All places at once, so that each file is read again once. */
function located(chosen: readonly ResolvedResource[], desired: Desired, world: World): readonly ResourceOrigins[] {
  const leaves = chosen.flatMap((each, i) => leavesOf(each, i, desired, world));
  const places = leaves.flatMap(({ place }, i) => (place ? [{ ...place, context: { leaf: i } }] : []));
  const positions = new Map<number, SourcePosition | undefined>(
    locate(places, desired.files).map((place) => [Number(place.context["leaf"]), place.at]),
  );
  const maps = chosen.map(() => new Map<string, FieldOrigin | null>());
  for (const [i, { resource, pointer, embeds }] of leaves.entries()) {
    const at = positions.get(i);
    maps[resource]?.set(pointer, at ? { file: at.file, line: at.line, column: at.column, embeds } : null);
  }
  return chosen.map(({ resource }, i) => ({ resource, origins: maps[i] ?? new Map() }));
}

function leavesOf(each: ResolvedResource, index: number, { files }: Desired, world: World): readonly Leaf[] {
  return [...leafPaths(each.resource as unknown as Json, [])].map((at) => {
    const said = saidIn(each, at, world.kinds);
    const pointer = pointerOf(at);
    if (!said) return { resource: index, pointer, embeds: null, place: null };
    const { file, document, value } = said.layer;
    const origin = { file, document, pointer: pointerOf(said.path), part: "value" } as const;
    const embeds = embeddedFile(valueAt(value, said.path), valueAt(each.resource as unknown as Json, at), files);
    return { resource: index, pointer, embeds, place: problem("READ_FAILED", { detail: "", origin }) };
  });
}

function* leafPaths(value: Json, at: readonly (string | number)[]): Generator<readonly (string | number)[]> {
  if (isArray(value) && value.length > 0) for (const [i, item] of value.entries()) yield* leafPaths(item, [...at, i]);
  else if (isObject(value) && Object.keys(value).length > 0)
    for (const key of Object.keys(value)) yield* leafPaths(value[key] ?? null, [...at, key]);
  else yield at;
}

/** `{file: path}`, or a path that stands for the file's content. */
function embeddedFile(written: Json | undefined, resolved: Json | undefined, files: FileBytes): string | null {
  const path = isObject(written) ? written["file"] : written === resolved ? undefined : written;
  return typeof path === "string" && files.has(path) ? path : null;
}

function notDeclared(address: string, known: Iterable<string>): Diagnostic {
  const near = nearest(address, known);
  return problem("RESOURCE_NOT_FOUND", {
    detail: `No file declares ${shown(address)}.`,
    remedy: near === undefined ? "List what is declared:\nmoltbot graph" : `Did you mean ${near}?`,
    context: { address },
  });
}
