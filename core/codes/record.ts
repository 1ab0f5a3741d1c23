import type { CodeEntry } from "./entry.ts";

/** The store: generations, ledger, fence, keys. */
export const RECORD_CODES = {
  STORE_CORRUPT: {
    outcome: "CORRUPT",
    summary: "The store fails its integrity check",
    page: 'A file in the state folder is truncated, changed or unreadable as what it should be. It is never read as "nothing is deployed". Restore a backup with `moltbot restore FILE --replace --because TEXT`, or look at `moltbot audit verify` to see what is damaged.',
  },
  STORE_VERSION: {
    outcome: "CORRUPT",
    summary: "The store has another format version",
    page: "A newer moltbot wrote this store, or an older one did. Older formats are brought up to date by `moltbot migrate`; a newer one needs the newer moltbot.",
  },
  STORE_MIGRATION_NEEDED: {
    outcome: "REFUSED",
    summary: "The store needs a migration",
    page: "The store was written by an older moltbot. Reading and planning work as before after `moltbot migrate`, which keeps a copy of the old file.",
  },
  STORE_UNSAFE: {
    outcome: "REFUSED",
    summary: "The state folder is not safe to use",
    page: "The state folder belongs to another user or others may write to it, so what it says cannot be relied on. Correct owner and mode: `chmod 700 .moltbot`.",
  },
  STORE_UNAVAILABLE: {
    outcome: "UNAVAILABLE",
    summary: "The store cannot be used",
    page: "The operating system refused an operation on the state folder: no space, read-only, an I/O error. Nothing half-written is used; once the cause is gone, run the command again.",
  },
  NO_RECORD: {
    outcome: "REFUSED",
    summary: "No record of this target here",
    page: "Nothing was ever applied from this state folder, or the folder is not the one that was used. Name the right one with `--state DIR`.",
  },
  APPLY_LOCKED: {
    outcome: "LOCKED",
    summary: "Somebody else is applying",
    page: "Another process holds the apply lock. The message says who, where and since when. The kernel frees the lock when that process ends; there is nothing to clean up. `--lock-timeout SECONDS` waits.",
  },
  RECORD_ELSEWHERE: {
    outcome: "REFUSED",
    summary: "The record is on the gateway's machine",
    page: "With `target: {type: gateway}` the record, its keys and its backups are where the gateway runs. Backing it up, restoring, migrating it and renewing its keys are done there, with `--state` naming the gateway's state folder.",
  },
  GATEWAY_KEY: {
    outcome: "NOT_ALLOWED",
    summary: "No device key for the gateway",
    page: "Requests to a gateway elsewhere are signed with a device key: an Ed25519 key that `moltbot gateway login --url URL` or `moltbot gateway devices add NAME --role editor` makes and makes known to the gateway. It is `devices/NAME.pem` in your configuration folder, and names the store it is for: it signs for no other. That of a login at the address is taken, else the only one that is for any address; `MOLTBOT_DEVICE_KEY` names another. Nobody else may be able to read it.",
  },
  GATEWAY_ADDRESS: {
    outcome: "INVALID",
    summary: "Not an address of a gateway",
    page: "`target.url` names the gateway that is applied to: `https://host[:port]`, or `http://` for one on this machine. What is said to a gateway is never sent where others can read it.",
  },
  GATEWAY_RECEIPT: {
    outcome: "CORRUPT",
    summary: "What the gateway says of its record cannot be believed",
    page: "Everything that a gateway gives is held against its digest, and a receipt counts only if it is of the same store, about exactly the generation that was written, with a signed end of the ledger that has grown since, under the same key. Something else came. Nothing is taken for applied; look at the gateway with `moltbot audit verify` on its machine.",
  },
  LEASE_LOST: {
    outcome: "STALE",
    summary: "The claim on the gateway does not hold any more",
    page: "An apply over the network holds a claim on the gateway, on the gateway's own clock. It ended because the applier was silent for longer than 30 seconds, the gateway was restarted, or the claim is somebody else's. Nothing more was written. Plan and apply again: what was begun is settled first.",
  },
  FENCE_LOST: {
    outcome: "STALE",
    summary: "The claim on the target was lost",
    page: "Another applier took over between this apply's intent and its commit. Nothing of this apply was written. Plan again.",
  },
  LEDGER_BROKEN: {
    outcome: "CORRUPT",
    summary: "The ledger does not verify",
    page: "A record of the ledger was edited, removed, inserted, swapped or cut off. The message names the first bad record.",
  },
  LEDGER_EXPORT_INVALID: {
    outcome: "INVALID",
    summary: "Not an exported ledger",
    page: "The file is not what `moltbot audit export` writes: one record a line, and the signed head as the last line. Without the head nobody could tell that the end was cut off. Export it again, or name the right file.",
  },
  LEDGER_BEHIND: {
    outcome: "STALE",
    summary: "The store is older than its ledger says",
    page: "A newer ledger head was seen in this state folder than the store now has: an older copy of the store was put in its place, or the disk lost writes it had confirmed. Nothing is guessed: no create or delete is planned from it. Restore the newest backup, or accept this state with `moltbot restore --accept-older --because TEXT`.",
  },
  KEY_MISSING: {
    outcome: "CORRUPT",
    summary: "A key of the store is missing",
    page: "Data exists but the key that belongs to it does not, so this is not a first start. The message names the key and the way forward.",
  },
  KEY_TYPE_UNSUPPORTED: {
    outcome: "UNAVAILABLE",
    summary: "This Node cannot use such a key",
    page: "Post-quantum keys of a runtime (ML-KEM-768 and X25519) need a Node with OpenSSL 3.5, as Node's own builds from version 24.7 on have it. A build that uses an older OpenSSL of the system can neither make nor use one. Nothing was changed: start moltbot with another Node.",
  },
  KEY_UNSAFE: {
    outcome: "REFUSED",
    summary: "A key file is readable by others",
    page: "Key files have mode 0600 and belong to the user that runs moltbot. Correct it with `chmod 600 FILE`; if others could have read it, make a new key.",
  },
  GENERATION_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such generation",
    page: "The record keeps the last 50 generations of an owner. `moltbot history` lists them.",
  },
  BACKUP_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable backup file",
    page: "The file is not a moltbot backup, was cut short, or does not match its digest.",
  },
  KEY_MISMATCH: {
    outcome: "CORRUPT",
    summary: "A key does not belong to this store",
    page: "The key file is whole but is not the key this store was made with: it was copied from elsewhere or made again. Put the right key back. If it is lost, the message names the command that makes a new one and records why.",
  },
  BACKUP_KEYS_LOCKED: {
    outcome: "REFUSED",
    summary: "The keys in the backup are locked",
    page: "The backup was written with `--with-keys --to age1...`, and none of the identities given with `--identity FILE` opens its keys. Give the identity of one of those recipients, or restore without `--identity`: keys that still stand in the state folder are used, and the others are made anew.",
  },
  STORE_KEY_LOCKED: {
    outcome: "REFUSED",
    summary: "The store's key is locked",
    page: "Stored conversations are encrypted by `keys/store.key`, and that file is locked by a passphrase or for an age identity (docs/keys.md). Give the passphrase with `--passphrase-file FILE`, or the identity with `MOLTBOT_AGE_IDENTITY_FILE`. Plans and applies need neither. A passphrase that is lost cannot be recovered: take the file away and give the conversations up with `moltbot gateway reset-store --reason TEXT`.",
  },
  PASSPHRASE_INVALID: {
    outcome: "INVALID",
    summary: "The passphrase cannot be used",
    page: "A passphrase for the store's key has 12 to 1,024 characters and stands on the first line of its file. What it protects can be copied and tried offline, so take a long one: several random words, or what a password manager makes.",
  },
  HOLD_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such hold",
    page: "No hold of this owner has this id; it may have been lifted already. `moltbot status` lists the holds in force.",
  },
  VALUE_MISMATCH: {
    outcome: "REFUSED",
    summary: "Bytes do not match the digest the plan names",
    page: "Something handed the store bytes that do not hash to the digest in the plan, or left out bytes that a row needs. Nothing was written. Plan again; if it happens again, report it.",
  },
  STORE_LIMIT: {
    outcome: "LIMIT",
    summary: "A limit of the store was passed",
    page: "The store bounds how many edits and holds an owner has, how large one encrypted record is, and how large a backup is. The message names the limit; docs/limits.md lists them.",
  },
  STORE_EXISTS: {
    outcome: "REFUSED",
    summary: "A store stands here already",
    page: "Restoring would replace a store that exists. Name another state folder with `--state DIR`, or say that you mean it: `moltbot restore FILE --replace --because TEXT`. The store that stood here is kept as `store.db.replaced`.",
  },
  STORE_RECOVERED: {
    outcome: "PARTIAL",
    summary: "An unfinished write was set aside",
    page: "The last process that wrote to the store ended in the middle of a transaction: it was killed, or the power went. What it had not finished is not used; everything before it stands. An apply can go on.",
  },
  CANDIDATE_OPEN: {
    outcome: "PARTIAL",
    summary: "A generation waits for the runtime's answer",
    page: "A new generation was written and the running gateway has not said yet whether it runs it. The generation before it stays active. Run `moltbot apply` again: it settles the open one first. If it never answers, look whether the process that runs the gateway is alive.",
  },
  CANDIDATE_REJECTED: {
    outcome: "PARTIAL",
    summary: "The runtime did not accept the generation",
    page: "The running gateway could not build or start the new generation, and said why. The generation before it stays active.",
  },
  RUNTIME_HELD: {
    outcome: "LOCKED",
    summary: "A gateway already runs on this store",
    page: "Only one gateway runs on a state folder. Stop the other one first, or name another folder with `--state DIR`. The kernel frees the claim when that process ends.",
  },
} as const satisfies Record<string, CodeEntry>;
