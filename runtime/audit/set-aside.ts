import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, type Actor, type Clock, type Result } from "../../core/index.ts";
import { exists, isRuntimeHeld, must, openStore, syncFolder } from "../store/index.ts";
import { auditFile, guardAudit, hasStore } from "./file.ts";
import { openAuditReader } from "./open.ts";

const FILES = ["audit.db", "audit.db-wal", "audit.db-shm", "audit.json"];

export interface SetAside {
  /** The folder where it is now; null where nothing was left of it. */
  readonly place: string | null;
}

/**
 * A chain that does not verify goes out of the way, whole, for whoever looks into it; the next gateway begins
 * a new one. One that verifies stays where it is.
 *
 * @returns null where nothing was wrong
 */
export function setAsideBroken(dir: string, ports: { readonly clock: Clock; readonly actor: Actor }): Result<SetAside | null> {
  const { clock, actor } = ports;
  return guardAudit<SetAside | null>(() => {
    const left = FILES.filter((name) => exists(path.join(dir, name)));
    if (left.length === 0 && !hasStore(dir)) return ok(null);
    const opened = openAuditReader(dir, clock);
    const verified = opened.ok && opened.value ? opened.value.verify() : opened;
    if (opened.ok) opened.value?.close();
    if (verified.ok) return ok(null);
    if (!verified.diagnostics.some(({ code }) => code === "AUDIT_BROKEN")) return verified;
    const held = isRuntimeHeld(dir);
    if (!held.ok) return held;
    if (held.value)
      return fail(
        problem("RUNTIME_HELD", {
          detail: "A gateway runs on this state folder and has its audit open.",
          remedy: "Stop it first, then run this command again.",
        }),
      );
    // First the ledger, so that a kill between the two leaves a chain that is still there and still does not verify.
    noteNew(dir, clock, actor);
    if (left.length === 0) return ok({ place: null });
    const place = `${auditFile(dir)}.broken-${clock.now().toISOString().replace(/[:.]/g, "-")}`;
    fs.mkdirSync(place, { mode: 0o700 });
    for (const name of left) fs.renameSync(path.join(dir, name), path.join(place, name));
    syncFolder(dir);
    return ok({ place });
  });
}

/** The ledger says that the next chain begins at its beginning. */
function noteNew(dir: string, clock: Clock, actor: Actor): void {
  const store = must(openStore(dir, { mode: "write", create: false }, { clock, randomHex: () => "" }));
  if (!store) return;
  try {
    must(store.noteAudit(null, actor));
  } finally {
    store.close();
  }
}
