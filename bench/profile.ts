/**
 * Where the time of a CPU profile goes: by function itself, by function with what it calls, and by room.
 *
 *   node --cpu-prof --cpu-prof-dir=DIR bin/moltbot.js plan ...
 *   node bench/profile.ts DIR/*.cpuprofile [ROWS]
 */
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { ROOT } from "../scripts/checkout.ts";

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

type Totals = Map<string, number>;

function add(totals: Totals, key: string, ms: number): void {
  totals.set(key, (totals.get(key) ?? 0) + ms);
}

function placeOf(url: string): string {
  if (url === "") return "(native)";
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  return file.startsWith(ROOT) ? file.slice(ROOT.length + 1) : file.replace(/^.*node_modules\//, "");
}

/** A room is the folder of a file; a library is its package. */
function roomOf(place: string): string {
  if (place.startsWith("node:") || place === "(native)") return place.startsWith("node:") ? "node" : place;
  return place.split("/").slice(0, -1).join("/") || place;
}

function selfMs(profile: Profile): ReadonlyMap<number, number> {
  const self = new Map<number, number>();
  for (const [i, id] of profile.samples.entries()) self.set(id, (self.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0) / 1000);
  return self;
}

function main([file, rows = "40"]: readonly string[]): void {
  if (file === undefined) throw new Error("node bench/profile.ts FILE.cpuprofile [ROWS]");
  const profile = JSON.parse(fs.readFileSync(file, "utf8")) as Profile;
  const self = selfMs(profile);
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const [own, whole, rooms]: [Totals, Totals, Totals] = [new Map(), new Map(), new Map()];
  const label = ({ callFrame }: ProfileNode): string =>
    `${callFrame.functionName || "(anonymous)"} ${placeOf(callFrame.url)}:${callFrame.lineNumber + 1}`;
  /** Depth first; a function that calls itself counts once on each path. */
  const walk = (id: number, above: ReadonlySet<string>): number => {
    const node = byId.get(id);
    if (!node) return 0;
    const name = label(node);
    const ms = self.get(id) ?? 0;
    add(own, name, ms);
    add(rooms, roomOf(placeOf(node.callFrame.url)), ms);
    const path = above.has(name) ? above : new Set(above).add(name);
    const total = (node.children ?? []).reduce((sum, child) => sum + walk(child, path), ms);
    if (!above.has(name)) add(whole, name, total);
    return total;
  };
  const total = walk(profile.nodes[0]?.id ?? 0, new Set());
  process.stdout.write(`${total.toFixed(0)} ms in all\n`);
  show("by room, itself", rooms, Number(rows));
  show("by function, itself", own, Number(rows));
  show("by function, with what it calls", whole, Number(rows));
}

function show(title: string, totals: Totals, rows: number): void {
  const lines = [...totals].toSorted(([, a], [, b]) => b - a).slice(0, rows);
  process.stdout.write(`\n${title}\n${lines.map(([name, ms]) => `${ms.toFixed(1).padStart(9)}  ${name}\n`).join("")}`);
}

if (import.meta.main) main(process.argv.slice(2));
