import { canonicalJson, fail, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** JSON in the sealed records of the store. */

export function readSealed(records: SealedRecords, slot: string): Result<Json | null> {
  const found = records.get(slot);
  if (!found.ok) return found;
  if (found.value === null || found.value.head.length === 0) return ok(null);
  return parsed(found.value.head);
}

export function writeSealed(records: SealedRecords, slot: string, value: JsonObject): Result<void> {
  return records.put(slot, Buffer.from(canonicalJson(value)));
}

export function parsed(bytes: Uint8Array): Result<Json> {
  try {
    return ok(JSON.parse(Buffer.from(bytes).toString("utf8")) as Json);
  } catch {
    return damaged("A sealed record of logins and devices");
  }
}

export function damaged(what: string): Result<never> {
  return fail(problem("STORE_CORRUPT", { detail: `${what} is not in a form that moltbot writes.` }));
}
