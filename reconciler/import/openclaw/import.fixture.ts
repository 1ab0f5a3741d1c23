/** Imports small configurations for tests of the mapping. */
import { isObject, type Address, type Json, type JsonObject } from "../../../core/index.ts";
import type { ImportedTree, ImportOptions, ReportLeaf } from "../types.ts";
import { importOpenclaw } from "./openclaw.ts";

export interface Look {
  readonly tree: ImportedTree;
  /** The spec of a resource; undefined where there is none. */
  readonly spec: (address: Address) => Json | undefined;
  readonly addresses: readonly string[];
  readonly leaf: (pointer: string) => ReportLeaf;
  /** `carried Agent/a#/spec/x`, for one value of the source. */
  readonly fate: (pointer: string) => string;
}

export function look(config: JsonObject | string, options: Partial<ImportOptions> = {}): Look {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  const result = importOpenclaw({ path: "openclaw.json", bytes: Buffer.from(text) }, { project: "shop", ...options });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join("\n"));
  const tree = result.value;
  const documents = new Map(tree.manifests.map(({ value }) => [addressOf(value), value]));
  const leaf = (pointer: string): ReportLeaf => {
    const found = tree.report.leaves.find(({ source }) => source === pointer);
    if (!found) throw new Error(`no value at ${pointer}`);
    return found;
  };
  return {
    tree,
    spec: (address) => documents.get(address)?.["spec"],
    addresses: [...documents.keys()],
    leaf,
    fate: (pointer) => {
      const { fate, to } = leaf(pointer);
      return [fate, ...to.map((place) => `${place.address}#${place.pointer}`)].join(" ");
    },
  };
}

function addressOf({ kind, metadata }: JsonObject): string {
  const name = isObject(metadata) ? metadata["name"] : undefined;
  if (typeof kind !== "string" || typeof name !== "string") throw new Error("a manifest without kind or name");
  return `${kind}/${name}`;
}
