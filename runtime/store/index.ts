/**
 * runtime/store: the embedded record and the sealed records of one state folder (`.moltbot`), in SQLite.
 *
 * Offers: {@link openStore} (generations, rows, values, edits, holds, pins, ledger), {@link openRecords}
 * (encrypted conversations), {@link lockForApply}, {@link holdRuntime} and {@link isRuntimeHeld}
 * (exclusion), {@link readKey} and {@link runtimeRecipient} (keys), {@link seal} and {@link unseal},
 * {@link backupStore}, {@link restoreStore}, {@link acceptStore}, {@link migrateStore}, {@link renewKey}.
 * Everything but waiting for the lock is synchronous.
 */
import type { Actor, Instant, LedgerHead, Result } from "../../core/index.ts";
import type {
  ApplyLock,
  BackupInfo,
  KeyName,
  LockHolder,
  MigrateInfo,
  RestoreInfo,
  RestoreOptions,
  RuntimeHold,
  SealedRecords,
  StorePorts,
  StoreReader,
  StoreWriter,
} from "./types.ts";

export type * from "./types.ts";

/** Null: nothing was ever applied here. Never null for `create: true`. */
export declare function openStore(dir: string, options: { readonly mode: "read" }, ports: StorePorts): Result<StoreReader | null>;
export declare function openStore(
  dir: string,
  options: { readonly mode: "write"; readonly create: false },
  ports: StorePorts,
): Result<StoreWriter | null>;
export declare function openStore(
  dir: string,
  options: { readonly mode: "write"; readonly create: true; readonly actor: Actor },
  ports: StorePorts,
): Result<StoreWriter>;
/** Null where there is no store. */
export declare function openRecords(dir: string, ports: StorePorts): Result<SealedRecords | null>;
/** Makes the state folder where there is none. Waits at most `timeoutMs`; then `APPLY_LOCKED` names the holder. */
export declare function lockForApply(
  dir: string,
  holder: LockHolder,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Result<ApplyLock>>;
export declare function holdRuntime(dir: string): Result<RuntimeHold>;
export declare function isRuntimeHeld(dir: string): Result<boolean>;
/** The secret half: an `AGE-SECRET-KEY-1...` line for `runtime.agekey`, base64 of 32 bytes for the others. */
export declare function readKey(dir: string, name: KeyName): Result<string>;
/** The `age1...` recipient of the runtime; null where there is no store yet. */
export declare function runtimeRecipient(dir: string): Result<string | null>;
export declare function backupStore(dir: string, out: string, ports: StorePorts): Result<BackupInfo>;
export declare function restoreStore(dir: string, file: string, options: RestoreOptions, ports: StorePorts): Result<RestoreInfo>;
/** `restore --accept-older`: the store as it is stands from now on, although a newer ledger head was seen. */
export declare function acceptStore(
  dir: string,
  options: { readonly actor: Actor; readonly because: string },
  ports: StorePorts,
): Result<LedgerHead>;
export declare function migrateStore(dir: string, options: { readonly actor: Actor }, ports: StorePorts): Result<MigrateInfo>;
/** A lost key's way forward: `gateway recipient --new`, `gateway reset-store`, `audit new-epoch`. */
export declare function renewKey(
  dir: string,
  name: KeyName,
  options: { readonly actor: Actor; readonly because: string },
  ports: StorePorts,
): Result<{ readonly at: Instant; readonly recipient: string | null }>;
