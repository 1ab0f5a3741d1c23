import { InternalError, type Address } from "../../core/index.ts";
import { leavesBelow, pointerOfNode, type LeafNode, type SourceNode } from "./json5/tree.ts";
import type { Destination, Fate, ReportLeaf } from "./types.ts";

/**
 * What became of every value of the source. A value has one entry: it may stand in several places, but
 * it cannot be carried and left at once. What nobody claims goes to the rest, so nothing is lost in silence.
 */
export interface Accounts {
  readonly leaves: readonly LeafNode[];
  /** The value, or all below it, stands there. */
  carried(node: SourceNode, to: Destination): void;
  /** The same, for what is a secret. */
  secret(node: SourceNode, to: Destination): void;
  passthrough(node: SourceNode, to: Destination): void;
  quarantined(node: SourceNode): void;
  /** Nothing is written for what below the node is not claimed yet. */
  leave(node: SourceNode | undefined, why: string): void;
  note(node: SourceNode | undefined, text: string): void;
  isOpen(leaf: LeafNode): boolean;
  /** There is a value there, and something below it that nobody has claimed. */
  isOpenAt(node: SourceNode | undefined): boolean;
  destinations(node: SourceNode): readonly Destination[];
  report(): readonly ReportLeaf[];
}

interface Entry {
  fate: Fate | undefined;
  readonly to: Destination[];
  readonly notes: string[];
}

export function newAccounts(root: SourceNode): Accounts {
  const leaves = leavesBelow(root);
  const entries = new Map<LeafNode, Entry>(leaves.map((leaf) => [leaf, { fate: undefined, to: [], notes: [] }]));
  const entryOf = (leaf: LeafNode): Entry => {
    const entry = entries.get(leaf);
    if (!entry) throw new InternalError(`${pointerOfNode(leaf)} is no leaf of this source`);
    return entry;
  };
  const claim = (node: SourceNode, fate: Fate, to: Destination): void => {
    for (const leaf of leavesBelow(node)) {
      const entry = entryOf(leaf);
      if (entry.fate === "left" || entry.fate === "quarantined") throw new InternalError(`${pointerOfNode(leaf)} was given up before`);
      // A value that is both a secret and a field's reference to it counts as a secret.
      entry.fate = entry.fate === "secret" || entry.fate === "passthrough" ? entry.fate : fate;
      if (!entry.to.some((known) => known.address === to.address && known.pointer === to.pointer)) entry.to.push(to);
    }
  };
  const open = (node: SourceNode | undefined): readonly LeafNode[] =>
    node ? leavesBelow(node).filter((leaf) => entryOf(leaf).fate === undefined) : [];
  return {
    leaves,
    carried: (node, to) => claim(node, "carried", to),
    secret: (node, to) => claim(node, "secret", to),
    passthrough: (node, to) => {
      for (const leaf of leavesBelow(node)) entryOf(leaf).fate = undefined;
      claim(node, "passthrough", to);
    },
    quarantined: (node) => {
      for (const leaf of leavesBelow(node)) entryOf(leaf).fate = "quarantined";
    },
    leave: (node, why) => {
      for (const leaf of open(node)) {
        const entry = entryOf(leaf);
        entry.fate = "left";
        entry.notes.push(why);
      }
    },
    note: (node, text) => {
      for (const leaf of node ? leavesBelow(node) : []) {
        const { notes } = entryOf(leaf);
        if (!notes.includes(text)) notes.push(text);
      }
    },
    isOpen: (leaf) => entryOf(leaf).fate === undefined,
    isOpenAt: (node) => open(node).length > 0,
    destinations: (node) => leavesBelow(node).flatMap((leaf) => entryOf(leaf).to),
    report: () =>
      leaves.map((leaf) => {
        const { fate, to, notes } = entryOf(leaf);
        if (fate === undefined) throw new InternalError(`${pointerOfNode(leaf)} is not accounted for`);
        return { source: pointerOfNode(leaf), line: leaf.line, fate, to, notes };
      }),
  };
}

export function destination(address: Address, pointer: string): Destination {
  return { address, pointer };
}
