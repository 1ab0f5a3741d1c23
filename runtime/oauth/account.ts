import { digestBytes, isObject, ok, type Instant, type Json, type Owner, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** An account at a provider, as it is sealed. */
export interface Account {
  readonly issuer: string;
  readonly clientId: string;
  /** Null after the provider refused it: somebody must log in again. */
  readonly refreshToken: string | null;
  readonly accessToken: string;
  readonly accessUntil: Instant;
  /** Another process is fetching a new token until then at most. */
  readonly busyUntil: Instant | null;
}

export function accountSlot(owner: Owner, provider: string): string {
  return `credential/${digestBytes(`${owner}\n${provider}`).slice("sha256:".length, "sha256:".length + 32)}`;
}

export function decodeAccount(head: Uint8Array): Account | null {
  const json = JSON.parse(Buffer.from(head).toString("utf8")) as Json;
  return isObject(json) && json["v"] === 1 ? (json as unknown as Account) : null;
}

export function encodeAccount(account: Account): Uint8Array {
  return Buffer.from(JSON.stringify({ v: 1, ...account }));
}

export function readAccount(records: SealedRecords, slot: string): Result<Account | null> {
  const found = records.get(slot);
  return found.ok ? ok(found.value && decodeAccount(found.value.head)) : found;
}

export function hasAccount(records: SealedRecords, owner: Owner, provider: string): Result<boolean> {
  const found = readAccount(records, accountSlot(owner, provider));
  return found.ok ? ok(found.value !== null && found.value.refreshToken !== null) : found;
}

/** Drops the account; what the provider issued stays valid there until it ends. */
export function forgetAccount(records: SealedRecords, owner: Owner, provider: string): Result<void> {
  return records.remove(accountSlot(owner, provider));
}
