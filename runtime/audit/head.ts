import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { canonicalJson, isDigest, isObject, problem, type JsonObject, type LedgerHead } from "../../core/index.ts";
import { ledgerPublicKey, StoreFault, textOf, type Db } from "../store/index.ts";
import type { AuditHeadProof } from "./types.ts";

/**
 * The signed head of the audit: the last record, and the last one that was dropped. `ledger.key` signs it
 * at every write, so what stands in the file without that key does not pass.
 */
export interface Head extends LedgerHead {
  readonly lineage: string;
  readonly base: LedgerHead | null;
}

/** Says what is signed, so that the signature never passes for one over anything else. */
export const AUDIT_CONTEXT = "moltbot-audit-head\n";

const FORMAT = "1.0";

export function writeHead(db: Db, head: Head, key: KeyObject): string {
  const signed = canonicalJson({ formatVersion: FORMAT, ...head } as unknown as JsonObject);
  const signature = sign(null, Buffer.from(AUDIT_CONTEXT + signed), key).toString("base64");
  const text = canonicalJson({ signed, signature, key: ledgerPublicKey(key) });
  db.run("INSERT INTO meta (key, value) VALUES ('head', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", text);
  return text;
}

export function headText(db: Db): string {
  return textOf(db.row("SELECT value FROM meta WHERE key = 'head'")?.[0], "audit head");
}

/** What the file says of its head, its signature checked with the key it names. @throws StoreFault `AUDIT_BROKEN` */
export function readHead(text: string): { readonly head: Head; readonly proof: AuditHeadProof } {
  const outer = parsed(text);
  const { signed, signature, key } = outer ?? {};
  if (typeof signed !== "string" || typeof signature !== "string" || typeof key !== "string")
    throw broken("is not one that moltbot writes");
  const head = headOf(signed);
  if (!head) throw broken("is not one that moltbot writes");
  if (!isSigned(signed, signature, key)) throw broken("has a signature that does not hold");
  return { head, proof: { lineage: head.lineage, signed, signature, key } };
}

/** The head that a proof signs; undefined for what is not one. */
export function headOf(signed: string): Head | undefined {
  const value = parsed(signed);
  if (!value || value["formatVersion"] !== FORMAT || canonicalJson(value) !== signed) return undefined;
  const { lineage, base } = value;
  if (typeof lineage !== "string" || !isHead(value) || !(base === null || (isObject(base) && isHead(base)))) return undefined;
  const { seq, hash } = value as unknown as Head;
  return { lineage, seq, hash, base: base as unknown as LedgerHead | null };
}

function isHead({ seq, hash }: JsonObject): boolean {
  return typeof seq === "number" && Number.isSafeInteger(seq) && seq > 0 && isDigest(hash);
}

export function isSigned(signed: string, signature: string, key: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
    return verify(null, Buffer.from(AUDIT_CONTEXT + signed), publicKey, Buffer.from(signature, "base64"));
  } catch {
    // A key or a signature that is no such thing.
    return false;
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function broken(why: string): StoreFault {
  return new StoreFault(
    problem("AUDIT_BROKEN", {
      detail: `The audit of this store cannot be believed: its head ${why}.`,
      remedy: "Keep audit.db as it is for whoever looks into it, and set it aside to go on:\nmoltbot audit new-epoch --reason TEXT",
    }),
  );
}
