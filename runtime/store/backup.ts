import fs from "node:fs";
import path from "node:path";
import { ok, problem, shown, type Result } from "../../core/index.ts";
import { requireStore } from "./accept.ts";
import { writeBackup } from "./backup-file.ts";
import { openDb } from "./db.ts";
import { digestOfKeys, keyTexts, type SealedKeys } from "./backup-keys.ts";
import { fault, guard, must, StoreFault } from "./faults.ts";
import { renameDurably, temporaryName, type Places } from "./files.ts";
import type { SignedHead } from "./head.ts";
import { verifyTable } from "./ledger-table.ts";
import { openSession } from "./open.ts";
import { STORE_FORMAT } from "./schema.ts";
import { loadView } from "./session.ts";
import type { BackupInfo, StorePorts } from "./types.ts";
import { verifyContents } from "./verify.ts";

/**
 * One file with everything, the keys only where they come sealed: generations, values, edits, holds, pins, the ledger, and the
 * encrypted records as they are. It is a copy of one moment, and what was copied is verified whole before
 * the file gets its name: a damaged store gives no backup. Other processes may go on meanwhile.
 */
export function backupStore(dir: string, out: string, ports: StorePorts, keys: SealedKeys | null = null): Result<BackupInfo> {
  return guard(() => {
    const places = requireStore(dir);
    refuseOwnFiles(places, out);
    if (keys && digestOfKeys(keyTexts(places)) !== keys.of)
      throw fault("STORE_UNAVAILABLE", "A key of the store was renewed meanwhile.", { remedy: "Run the command again." });
    const { session } = openSession(places, "write", ports);
    const [copy, temporary] = [temporaryName(out), temporaryName(out)];
    try {
      fs.closeSync(fs.openSync(copy, "wx", 0o600));
      session.db.run("VACUUM INTO ?", copy);
      const head = verifyCopy(copy, places);
      const fd = fs.openSync(temporary, "wx", 0o600);
      try {
        const { lineage, seq, hash } = head;
        const createdAt = ports.clock.now().toISOString();
        const header = {
          kind: "Backup",
          storeFormat: String(STORE_FORMAT),
          lineage,
          head: { seq, hash },
          createdAt,
        } as const;
        const { bytes, digest } = writeBackup(fd, header, copy, keys?.bytes ?? null);
        fs.fsyncSync(fd);
        renameDurably(temporary, out);
        return ok({ lineage, head: header.head, digest, bytes, hasKeys: keys !== null });
      } finally {
        fs.closeSync(fd);
      }
    } finally {
      session.close();
      for (const file of [copy, temporary]) fs.rmSync(file, { force: true });
    }
  });
}

function verifyCopy(copy: string, places: Places): SignedHead {
  const db = openDb(copy, "read");
  try {
    return db.reading(() => {
      const view = loadView(db, places);
      must(verifyTable(db, view.head));
      verifyContents(view);
      return view.head;
    });
  } finally {
    db.close();
  }
}

/** A backup among the store's own files could overwrite one of them. */
function refuseOwnFiles(places: Places, out: string): void {
  const parent = fs.realpathSync(path.dirname(path.resolve(out)));
  if (parent !== fs.realpathSync(places.dir) && parent !== path.join(fs.realpathSync(places.dir), "keys")) return;
  throw new StoreFault(
    problem("BACKUP_INVALID", {
      detail: `${shown(out)} lies in the state folder itself, where it would be lost together with the store.`,
      remedy: "Name a file elsewhere.",
    }),
  );
}
