import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, type Actor, type Result } from "../../core/index.ts";
import { requireStore } from "./accept.ts";
import { openDb, type Db } from "./db.ts";
import { guard } from "./faults.ts";
import { exists, renameDurably, syncFile, temporaryName, type Places } from "./files.ts";
import { writeSeenHead } from "./head.ts";
import { checkKeys } from "./keys.ts";
import { isRuntimeHeld } from "./lock.ts";
import { migrateWithin } from "./migrations.ts";
import { checkFormat, checkSeen, formatOf, requireSeen } from "./open.ts";
import { STORE_FORMAT } from "./schema.ts";
import { loadView } from "./session.ts";
import type { MigrateInfo, StorePorts } from "./types.ts";

/**
 * Brings an older store up to date: a copy of the old file, then one transaction with its ledger record.
 * Killed anywhere, the store is in the old format or the new one. Wants the apply lock.
 */
export function migrateStore(dir: string, options: { readonly actor: Actor }, ports: StorePorts): Result<MigrateInfo> {
  const held = isRuntimeHeld(dir);
  if (!held.ok) return held;
  if (held.value)
    return fail(
      problem("RUNTIME_HELD", { detail: "A gateway runs on this store, and would go on in the old format.", remedy: "Stop it first." }),
    );
  return guard((): Result<MigrateInfo> => {
    const places = requireStore(dir);
    checkKeys(places);
    const seen = requireSeen(places);
    const db = openDb(places.store, "write");
    try {
      const from = db.reading(() => formatOf(db));
      const to = String(STORE_FORMAT);
      if (from >= STORE_FORMAT) {
        checkFormat(db);
        return ok({ from: to, to, copy: null });
      }
      const copy = keepCopy(db, places, from);
      const head = db.writing(() => {
        const load = (one: Db) => {
          const view = loadView(one, places);
          checkSeen(one, view.head, seen);
          return view;
        };
        return migrateWithin(db, from, load, ports.clock.now().toISOString(), options.actor);
      });
      writeSeenHead(places.head, head);
      checkFormat(db);
      return ok({ from: String(from), to, copy });
    } finally {
      db.close();
    }
  });
}

/** The old file as it was; an earlier copy, from a migration that was killed, is as good. */
function keepCopy(db: Db, places: Places, from: number): string {
  const copy = path.join(places.dir, `store.db.format-${from}`);
  if (exists(copy)) return copy;
  const temporary = temporaryName(copy);
  try {
    fs.closeSync(fs.openSync(temporary, "wx", 0o600));
    db.run("VACUUM INTO ?", temporary);
    syncFile(temporary);
    renameDurably(temporary, copy);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  return copy;
}
