import { digestBytes, shortDigest } from "../../core/index.ts";
import { bytesOf, textOf } from "./db.ts";
import { corrupt } from "./faults.ts";
import { readRows } from "./rows.ts";
import type { View } from "./session.ts";
import type { ContentsCheck } from "./types.ts";

/** Reads everything once. What a view checks as it is used is checked here without being asked for. */
export function verifyContents(view: View): ContentsCheck {
  const page = textOf(view.db.row("PRAGMA integrity_check(1)")?.[0], "integrity check");
  if (page !== "ok") throw corrupt("The store's database file is damaged.", page);
  const stored = new Set<string>();
  for (const [digest, bytes] of view.db.each("SELECT digest, bytes FROM contents")) {
    const name = textOf(digest, "value digest");
    if (digestBytes(bytesOf(bytes, "stored value")) !== name)
      throw corrupt(`The stored value ${shortDigest(name)} does not give its digest any more.`);
    stored.add(name);
  }
  let generations = 0;
  let checked = 0;
  for (const name of view.owners.keys()) {
    const state = view.owner(name);
    for (const generation of state?.generations ?? []) {
      if (!state || generation.status === "rejected") continue;
      const rows = readRows(view.db, state, generation);
      const lost = rows.values().find((digest) => !stored.has(digest));
      if (lost !== undefined) throw corrupt(`The stored value ${shortDigest(lost)} is missing.`);
      generations++;
      checked += rows.size;
    }
  }
  return { generations, rows: checked, values: stored.size };
}
