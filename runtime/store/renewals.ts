import fs from "node:fs";
import { isKeyInUse } from "./check-keys.ts";
import type { Db } from "./db.ts";
import { exists, syncFolder, type Places } from "./files.ts";
import { KEY_NAMES, keyFile, loadKey, NEXT } from "./keys.ts";
import type { KeyName } from "./types.ts";

/**
 * A key is renewed in three steps: the new one is written beside the old as `NAME.next`, the store takes
 * it into use in one transaction, the file takes the old one's place. Here the third step is made up for,
 * or, when the second never happened, the first is undone.
 */
export function settleRenewals(db: Db, places: Places, lineage: string): void {
  for (const name of KEY_NAMES) {
    const next = `${keyFile(places.keys, name)}${NEXT}`;
    if (exists(next)) settleRenewal(places, name, isKeyInUse(db, name, loadKey(places.keys, name, NEXT), lineage));
  }
}

export function settleRenewal(places: Places, name: KeyName, isTaken: boolean): void {
  const file = keyFile(places.keys, name);
  if (isTaken) fs.renameSync(`${file}${NEXT}`, file);
  else fs.rmSync(`${file}${NEXT}`, { force: true });
  syncFolder(places.keys);
}
