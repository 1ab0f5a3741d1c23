import { caution, fail, ok, type Actor, type Clock, type Diagnostic, type Result } from "../../core/index.ts";
import { openStore } from "../store/index.ts";
import { guardAudit, hasAudit, notedIn, notedPastRestores } from "./file.ts";
import { broken } from "./head.ts";
import { openAuditReader } from "./open.ts";

export interface WitnessPorts {
  readonly clock: Clock;
  readonly randomHex: () => string;
}

/**
 * Has the ledger name the newest record of the audit, so that a copy of the ledger made now knows how far the
 * audit had come. An audit that is damaged is told, and noted no further.
 *
 * @returns what is wrong with the audit.
 */
export function witnessAudit(dir: string, actor: Actor, ports: WitnessPorts): Result<readonly Diagnostic[]> {
  if (!hasAudit(dir)) return ok([]);
  const head = guardAudit(() => {
    const reader = openAuditReader(dir, ports.clock);
    if (!reader.ok || reader.value === null) return fail(...(reader.ok ? [] : reader.diagnostics));
    try {
      return reader.value.head();
    } finally {
      reader.value.close();
    }
  });
  if (!head.ok) return ok(head.diagnostics.map(({ code, detail, context }) => caution(code, { detail, context })));
  const before = guardAudit(() => ok(notedIn(dir, ports.clock).noted));
  if (!before.ok) return before;
  if ((before.value?.seq ?? 0) >= head.value.seq) return ok([]);
  const store = openStore(dir, { mode: "write", create: false }, ports);
  if (!store.ok) return store;
  if (store.value === null) return ok([]);
  try {
    const written = store.value.noteAudit(head.value, actor);
    return written.ok ? ok([]) : written;
  } finally {
    store.value.close();
  }
}

/**
 * What a restored ledger says of the audit beside it: nothing where the chain holds every record that was
 * named; else that its end was cut, that it is another one, or that it is not there.
 */
export function auditAgainstLedger(dir: string, clock: Clock): readonly Diagnostic[] {
  const checked = guardAudit<unknown>(() => {
    const noted = notedPastRestores(dir, clock);
    if (noted === null) return ok(null);
    if (!hasAudit(dir)) throw broken(`is gone: audit.db is not in the state folder, and the ledger names its record ${noted.seq}`);
    const reader = openAuditReader(dir, clock);
    if (!reader.ok || reader.value === null) return reader;
    try {
      return reader.value.verify([noted]);
    } finally {
      reader.value.close();
    }
  });
  return checked.ok ? [] : checked.diagnostics.map(ofRestore);
}

/** The store is back all the same: nothing more than a remark. */
function ofRestore({ code, detail, context }: Diagnostic): Diagnostic {
  return caution(code, {
    detail,
    remedy:
      "Events are not in a backup. Put audit.db and audit.json back before the gateway starts; what was exported verifies by itself:\nmoltbot audit verify --file EVENTS.jsonl",
    context,
  });
}
