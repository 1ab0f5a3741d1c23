import { mapResult, type JsonObject, type Owner, type Result } from "../../../core/index.ts";
import type { StoreWriter } from "../../store/index.ts";
import type { Call, Reply } from "../types.ts";
import type { Lease, Leases } from "./leases.ts";

export interface ApplyWorld {
  readonly dir: string;
  readonly store: () => StoreWriter;
  readonly leases: Leases;
  /** The runtime's public half. */
  readonly recipient: () => Result<string | null>;
  /** Called when content beside the record was brought back: what could not be opened may be now. */
  readonly mended: () => void;
}

/** What the operations of one sort have in common. */
export const LOOKING = { method: "GET", tag: "record", role: "viewer", status: 200 } as const;
export const READING = { method: "POST", tag: "record", role: "viewer", isReading: true, status: 200 } as const;
export const WRITING = { method: "POST", tag: "record", role: "editor", status: 200 } as const;

/** The work of whoever holds the claim that the body names. */
export async function withLease(leases: Leases, call: Call, work: (lease: Lease) => Promise<Result<Reply>>): Promise<Result<Reply>> {
  const lease = leases.use(call.caller.id, wordIn(call, "lease"));
  return lease.ok ? await work(lease.value) : lease;
}

export function wordIn({ body }: Call, key: string): string {
  const value = (body as JsonObject)[key];
  return typeof value === "string" ? value : "";
}

export function ownerIn(call: Call): Owner {
  return wordIn(call, "owner") as Owner;
}

/** The ledger says who it really was beside who they say they are. */
export function actorOf(call: Call): string {
  const claimed = wordIn(call, "actor");
  return call.caller.token === null ? claimed : `${claimed} (${call.caller.id})`;
}

export function reply(body: JsonObject): Reply {
  return { status: 200, body };
}

export function said(result: Result<JsonObject>): Result<Reply> {
  return mapResult(result, reply);
}

/** Done, and nothing to say. */
export function done(result: Result<unknown>): Result<Reply> {
  return mapResult(result, () => ({ status: 204 }));
}
