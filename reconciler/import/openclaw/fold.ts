import type { Address, Json } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import type { SourceNode } from "../json5/tree.ts";
import type { Convert } from "./convert.ts";

type Path = readonly (string | number)[];

/**
 * Carries settings of one agent, or defaults that hold for each agent that says nothing itself. The same
 * step carries both, so that a setting means the same wherever it stands.
 */
export interface Fold {
  readonly draft: Draft;
  field(node: SourceNode | undefined, address: Address, path: Path, convert: Convert): void;
  /** A value that was already made from the node. */
  value(node: SourceNode, address: Address, path: Path, value: Json): boolean;
  /** A list as a whole: where one stands already, nothing is added to it. */
  list(address: Address, path: Path, items: readonly { readonly node: SourceNode; readonly value: Json }[]): void;
}

export function ownSettings(draft: Draft): Fold {
  const value: Fold["value"] = (node, address, path, made) => draft.put(address, path, made, [node]);
  return {
    draft,
    value,
    field: (node, address, path, convert) => {
      const made = node && convert(node);
      if (node && made !== undefined) value(node, address, path, made);
    },
    list: (address, path, items) => {
      for (const item of items) draft.push(address, path, item.value, [item.node]);
    },
  };
}

/** Defaults: what is set stays. Values that every agent overrides are left, and the report says so. */
export function defaultSettings(draft: Draft): Fold & { readonly settle: () => void } {
  const overridden = new Set<SourceNode>();
  const filled = new Map<string, boolean>();
  const isTaken = (address: Address, path: Path): boolean => draft.get(address, path) !== undefined;
  const value: Fold["value"] = (node, address, path, made) => {
    if (!isTaken(address, path)) return draft.put(address, path, made, [node]);
    overridden.add(node);
    return false;
  };
  return {
    draft,
    value,
    field: (node, address, path, convert) => {
      const made = node && convert(node);
      if (node && made !== undefined) value(node, address, path, made);
    },
    list: (address, path, items) => {
      const key = `${address}${path.join("/")}`;
      const isFree = filled.get(key) ?? !isTaken(address, path);
      filled.set(key, isFree);
      for (const item of items) {
        if (isFree) draft.push(address, path, item.value, [item.node]);
        else overridden.add(item.node);
      }
    },
    settle: () => {
      for (const node of overridden) draft.accounts.leave(node, "Every agent says something else itself.");
    },
  };
}
