import { unreachable, type Secret } from "../../core/index.ts";
import { keyTypeOf, recipientOf } from "./age-identity.ts";
import { isStoreKeyInUse } from "./data-key.ts";
import type { Db } from "./db.ts";
import type { Places } from "./files.ts";
import { keyCandidates, keyMismatch, ledgerKeyOf, ledgerPublicKey } from "./keys.ts";
import { declaredIn } from "./ledger-table.ts";
import { noted } from "./own-keys.ts";
import type { KeyName, RuntimeKeyType } from "./types.ts";

/** Whether a key file's text is that of the key this store uses. */
export function isKeyInUse(db: Db, name: KeyName, text: Secret<string>, lineage: string): boolean {
  switch (name) {
    case "store.key":
      return isStoreKeyInUse(db, text, lineage);
    case "ledger.key":
      return ledgerPublicKey(ledgerKeyOf(text)) === declaredIn(db, "ledgerKey");
    case "runtime.agekey":
      return recipientOf(text.open()) === ownRecipient(db);
    default:
      return unreachable(name);
  }
}

/** Of which type the runtime's key is, also where its file is gone. */
export function presentType(db: Db): RuntimeKeyType {
  return keyTypeOf(ownRecipient(db) ?? "");
}

function ownRecipient(db: Db): string | undefined {
  return noted(db, "recipient") ?? declaredIn(db, "recipient");
}

/**
 * The keys that only the runtime uses are the store's own, so that every command that opens the store
 * notices one that was emptied or swapped. The ledger's key is checked with the signature of the head.
 *
 * @throws StoreFault `KEY_MISSING`, `KEY_MISMATCH`, or `STORE_CORRUPT` for a file that holds no key.
 */
export function checkOwnKeys(db: Db, places: Places, lineage: string): void {
  for (const name of ["store.key", "runtime.agekey"] as const)
    if (!keyCandidates(places, name).some((text) => isKeyInUse(db, name, text, lineage))) throw keyMismatch(name);
}
