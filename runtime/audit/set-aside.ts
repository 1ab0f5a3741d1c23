import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, type Clock, type Result } from "../../core/index.ts";
import { exists, isRuntimeHeld, syncFolder } from "../store/index.ts";
import { auditFile, guardAudit } from "./file.ts";
import { openAuditReader } from "./open.ts";

const FILES = ["audit.db", "audit.db-wal", "audit.db-shm", "audit.json"];

/**
 * A chain that does not verify goes out of the way, whole, for whoever looks into it; the next gateway begins
 * a new one. One that verifies stays where it is.
 *
 * @returns the folder where it is now; null where nothing was wrong
 */
export function setAsideBroken(dir: string, clock: Clock): Result<string | null> {
  return guardAudit(() => {
    if (!FILES.some((name) => exists(path.join(dir, name)))) return ok(null);
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
    const place = `${auditFile(dir)}.broken-${clock.now().toISOString().replace(/[:.]/g, "-")}`;
    fs.mkdirSync(place, { mode: 0o700 });
    for (const name of FILES) if (exists(path.join(dir, name))) fs.renameSync(path.join(dir, name), path.join(place, name));
    syncFolder(dir);
    return ok(place);
  });
}
