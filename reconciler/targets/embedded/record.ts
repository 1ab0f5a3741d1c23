import { fail, mapResult, ok, problem, UNMANAGED, type Address, type Owner, type Result } from "../../../core/index.ts";
import {
  acceptStore,
  backupStore,
  migrateStore,
  openBackupKeys,
  openStore,
  renewKey,
  restoreStore,
  runtimeRecipient,
  sealKeys,
  type StorePorts,
  type StoreReader,
  type StoreWriter,
} from "../../../runtime/store/index.ts";
import type { RecordPort, RecordStatus } from "../../record/types.ts";
import { withReader } from "./observe.ts";
import { readResources } from "./resources.ts";

/** The record of the embedded target: the store itself. */
export function embeddedRecord(dir: string, ports: StorePorts): RecordPort {
  const read = <T>(use: (store: StoreReader) => Result<T>): Result<T | null> =>
    withReader<T | null>(dir, ports, (store) => (store ? use(store) : ok(null)));
  const write = <T>(use: (store: StoreWriter) => Result<T>): Result<T> => {
    const store = openStore(dir, { mode: "write", create: false }, ports);
    if (!store.ok) return store;
    if (!store.value) return noRecord(dir);
    try {
      return use(store.value);
    } finally {
      store.value.close();
    }
  };
  return {
    owners: async () => read((store) => store.owners()),
    status: async (owner) => read((store) => statusOf(store, owner, dir)),
    generations: async (owner) => read((store) => store.generations(owner)),
    rows: async (owner, generation) => {
      const found = read((store) => store.rows(owner, generation));
      if (!found.ok) return found;
      return found.value === null ? noRecord(dir) : ok(found.value);
    },
    resources: async (owner, generation) => {
      const found = read((store) => {
        const rows = store.rows(owner, generation);
        return rows.ok ? readResources(store, rows.value) : rows;
      });
      return found.ok && found.value === null
        ? noRecord(dir)
        : (found as Result<NonNullable<typeof found extends Result<infer T> ? T : never>>);
    },
    values: async (digests) => {
      const found = read((store) => store.values(digests));
      return !found.ok ? found : found.value === null ? ok(new Map()) : ok(found.value);
    },
    ledger: async (from, limit) => read((store) => store.ledger(from, limit)),
    headProof: async () => read((store) => store.headProof()),
    verifyLedger: async (head) =>
      read((store) => {
        const check = store.verifyLedger(head ?? undefined);
        if (!check.ok) return check;
        if (!check.value.head) return fail(problem("LEDGER_BROKEN", { detail: "The ledger is empty; it always has its first record." }));
        return ok({ records: check.value.records, head: check.value.head, lineage: store.lineage });
      }),
    endPin: async (owner, actor) => write((store) => store.endPin(owner, actor)),
    recordRefusal: async (owner, actor, codes, plan) => write((store) => store.recordRefusal(owner, actor, codes, plan)),
    recordWaiver: async (owner, actor, waiver) => write((store) => store.recordWaiver(owner, actor, waiver)),
    backup: async (out, keysFor) => {
      const keys = keysFor.length === 0 ? ok(null) : await sealKeys(dir, keysFor);
      return keys.ok ? backupStore(dir, out, ports, keys.value) : keys;
    },
    restore: async (file, { actor, because, replace, identities }) => {
      const keys = identities.length === 0 ? ok(null) : await openBackupKeys(file, identities);
      if (!keys.ok) return keys;
      return restoreStore(dir, file, { actor, because, replace, ...(keys.value && { keys: keys.value }) }, ports);
    },
    acceptOlder: async (actor, because) => acceptStore(dir, { actor, because }, ports),
    migrate: async (actor) => migrateStore(dir, { actor }, ports),
    renewKey: async (key, { actor, because }) => renewKey(dir, key, { actor, because }, ports),
  };
}

function noRecord(dir: string): Result<never> {
  return fail(
    problem("NO_RECORD", {
      detail: `Nothing was ever applied from ${dir}.`,
      remedy: "Apply first, or name the state folder that was used:\n  --state DIR",
    }),
  );
}

function statusOf(store: StoreReader, owner: Owner, dir: string): Result<RecordStatus> {
  const [active, candidate, pin, holds, edits] = [
    store.active(owner),
    store.candidate(owner),
    store.pin(owner),
    store.holds(owner),
    store.edits(owner),
  ];
  const [intent, head, recipient, unmanaged] = [store.openIntent(owner), store.ledgerHead(), runtimeRecipient(dir), unmanagedIn(store)];
  for (const each of [active, candidate, pin, holds, edits, intent, head, recipient, unmanaged]) if (!each.ok) return each;
  return ok({
    lineage: store.lineage,
    active: valueOf(active),
    candidate: valueOf(candidate),
    pin: valueOf(pin),
    holds: valueOf(holds),
    edits: valueOf(edits).length,
    openIntent: openIntentOf(valueOf(intent)),
    ledgerHead: valueOf(head),
    unmanaged: valueOf(unmanaged),
    recipient: valueOf(recipient),
  });
}

function unmanagedIn(store: StoreReader): Result<readonly Address[]> {
  const active = store.active(UNMANAGED);
  if (!active.ok) return active;
  return active.value ? mapResult(store.rows(UNMANAGED, active.value.number), (rows) => [...rows.keys()]) : ok([]);
}

function openIntentOf(intent: ReturnType<StoreReader["openIntent"]> extends Result<infer T> ? T : never): RecordStatus["openIntent"] {
  return intent && { plan: intent.fence.plan, actor: intent.actor, at: intent.at };
}

/** The value of a result that was just seen to be ok. */
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail ?? "failed result");
  return result.value;
}
