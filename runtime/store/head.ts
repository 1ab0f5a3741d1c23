import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import {
  canonicalJson,
  HEAD_CONTEXT,
  isDigest,
  isObject,
  type Digest,
  type HeadProof,
  type JsonObject,
  type LedgerHead,
} from "../../core/index.ts";
import { corrupt } from "./faults.ts";
import { exists, readSmall, writeDurably, type Places } from "./files.ts";
import { bytesOf, textOf, type Db } from "./db.ts";
import { keyCandidates, keyMismatch, ledgerKeyOf, ledgerPublicKey } from "./keys.ts";
import { declaredIn } from "./ledger-table.ts";

/**
 * The signed head: the one fact from which everything else in the store can be checked. It names the last
 * ledger record (so a cut tail is found), the state of every owner (so a lost hold or generation is
 * found), and the wrapped data key; `ledger.key` signs it. A change made without that key does not pass.
 */
export interface SignedHead extends LedgerHead {
  readonly lineage: string;
  /** Over every owner's name, fence and state digest. */
  readonly state: Digest;
  /** Of the wrapped data key. */
  readonly dataKey: Digest;
}

const FORMAT = "1.0";
const MAX_HEAD_BYTES = 4_096;

export function writeHead(db: Db, head: SignedHead, key: KeyObject): void {
  const text = canonicalJson({ formatVersion: FORMAT, ...head });
  db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('head', ?)", text);
  db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('signature', ?)", sign(null, Buffer.from(HEAD_CONTEXT + text), key));
}

/** The head with its signature and the key that made it, for somebody who has nothing else of the store. */
export function headProofOf(db: Db, { lineage }: SignedHead, key: KeyObject): HeadProof {
  const signed = textOf(metaOf(db, "head"), "ledger head");
  const signature = Buffer.from(bytesOf(metaOf(db, "signature"), "head signature")).toString("base64");
  return { lineage, signed, signature, key: ledgerPublicKey(key) };
}

export function metaOf(db: Db, key: string): unknown {
  return db.row("SELECT value FROM meta WHERE key = ?", key)?.[0];
}

/**
 * Reads the head and checks its signature, with `ledger.key` or the renewed key that waits to take its place.
 *
 * @throws StoreFault `KEY_MISSING`; `KEY_MISMATCH` when the key is whole but another's, as the ledger
 *   itself says; `STORE_CORRUPT` when the key is right and the head is not.
 */
export function readHead(db: Db, places: Places): { readonly head: SignedHead; readonly key: KeyObject } {
  const text = textOf(metaOf(db, "head"), "ledger head");
  const signature = bytesOf(metaOf(db, "signature"), "head signature");
  const keys = keyCandidates(places, "ledger.key").map(ledgerKeyOf);
  const key = keys.find((candidate) => verify(null, Buffer.from(HEAD_CONTEXT + text), createPublicKey(candidate), signature));
  if (key) return { head: parseHead(text), key };
  const declared = declaredIn(db, "ledgerKey");
  if (!keys.some((candidate) => ledgerPublicKey(candidate) === declared)) throw keyMismatch("ledger.key");
  throw corrupt("The signature of the ledger head is not valid: the store was changed by something else than moltbot.");
}

/** The head without its signature: for a store that came without its keys, once its whole chain is verified. */
export function parseHead(text: string): SignedHead {
  const value = parseJson(text);
  const head = value as unknown as SignedHead & { readonly formatVersion: string };
  if (!value || head.formatVersion !== FORMAT || !isLedgerHead(head) || typeof head.lineage !== "string") {
    throw corrupt("The ledger head is not in a form this moltbot writes.");
  }
  const { formatVersion: _, ...said } = head;
  return said;
}

function isLedgerHead(value: LedgerHead): boolean {
  return Number.isSafeInteger(value.seq) && value.seq >= 0 && isDigest(value.hash);
}

/** The newest head seen in this state folder: kept beside the store, so that an older store is noticed. */
export interface SeenHead extends LedgerHead {
  readonly lineage: string;
}

export function writeSeenHead(file: string, { lineage, seq, hash }: SeenHead): void {
  writeDurably(file, `${canonicalJson({ formatVersion: FORMAT, hash, lineage, seq })}\n`);
}

/** @returns undefined where the file is missing; @throws StoreFault where it is anything we do not write. */
export function readSeenHead(file: string): SeenHead | undefined {
  if (!exists(file)) return undefined;
  const text = readSmall(file, MAX_HEAD_BYTES);
  const value = parseJson(text) as unknown as (SeenHead & { readonly formatVersion: string }) | undefined;
  if (!value || value.formatVersion !== FORMAT || typeof value.lineage !== "string" || !isLedgerHead(value)) {
    throw corrupt('"head.json", which holds the newest ledger head seen in this state folder, is damaged.');
  }
  return { lineage: value.lineage, seq: value.seq, hash: value.hash };
}

function parseJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
