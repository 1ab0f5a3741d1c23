import type { CodeEntry } from "./entry.ts";

/** The runtime's audit: the hash chain of security events. */
export const AUDIT_CODES = {
  AUDIT_BROKEN: {
    outcome: "CORRUPT",
    summary: "The audit does not verify",
    page: "A record of the runtime's audit was edited, removed, inserted, swapped or cut off, its signature does not hold, or the file is damaged. The message names the first bad record; those before it verify.\n\nNothing is recorded behind a broken chain, and what cannot be recorded is not done: the gateway does not start. Keep `audit.db` for whoever looks into it. `moltbot audit new-epoch --reason TEXT` sets it aside and begins a new chain.",
  },
  AUDIT_SET_ASIDE: {
    outcome: "CORRUPT",
    summary: "An unfinished audit record was set aside",
    page: "The machine stopped in the middle of a write. That write had not been confirmed, so the effect it was to record did not happen; it was set aside, a record says so, and everything before it stands. Nothing needs to be done.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
