/**
 * runtime/store: the embedded record and the sealed records of one state folder (`.moltbot`), in SQLite.
 *
 * Offers {@link openStore} (generations, rows, values, edits, holds, pins, ledger), {@link openRecords}
 * (encrypted conversations), {@link lockForApply}, {@link holdRuntime} and {@link isRuntimeHeld}
 * (exclusion), {@link readKey}, {@link runtimeRecipient}, {@link newStoreKey} and {@link unlockStoreKey}
 * (keys), and the store's care:
 * {@link backupStore}, {@link restoreStore}, {@link acceptStore}, {@link migrateStore}, {@link renewKey}.
 * Everything but waiting for the lock is synchronous.
 *
 * docs/decisions/0005-the-embedded-record.md says what is written when, and what each kind of damage becomes.
 */
export { backupStore } from "./backup.ts";
export { openBackupKeys, sealKeys, type SealedKeys } from "./backup-keys.ts";
export { readKey, runtimeRecipient } from "./read-key.ts";
export { acceptStore } from "./accept.ts";
export { holdRuntime, isRuntimeHeld, lockForApply } from "./lock.ts";
export { lifeOf } from "./lives.ts";
export { migrateStore } from "./migrate.ts";
export { openRecords } from "./records.ts";
export { openStore } from "./open.ts";
export { checkPlugin, installedPlugins, installPlugin, prunePlugins, readPlugin } from "./plugins.ts";
export { renewKey } from "./renew-key.ts";
export { rotatedAt, rotateKeys } from "./rotate.ts";
export { restoreStore } from "./restore.ts";
export { newStoreKey, storeKeyForm, unlockStoreKey } from "./store-key.ts";
// For rooms that keep a file of their own in the state folder, such as the audit.
export { createDb } from "./create.ts";
export { bytesOf, numberOf, openDb, textOf, type Db } from "./db.ts";
export { fault, guard, must, StoreFault } from "./faults.ts";
export { exists, readSmall, sweepTemporary, syncFolder, temporaryName, writeDurably } from "./files.ts";
export { ledgerKeyOf, ledgerPublicKey } from "./keys.ts";
export { checkStateDir, requireWritable } from "./state-dir.ts";
export { hasUnfinishedWrite } from "./wal.ts";
export type * from "./types.ts";
