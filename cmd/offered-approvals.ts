import { LIMITS, ok, type Result } from "../core/index.ts";
import type { Query } from "../reconciler/types.ts";
import { listOf } from "./flags.ts";
import { readInputFile } from "./input-file.ts";

/** The approvals that somebody named, as part of a query; one that cannot be read is a mistake, not an absence. */
export function offeredApprovals(given: Parameters<typeof listOf>[0]): Result<Pick<Query, "approvals">> {
  const approvals: { readonly name: string; readonly bytes: Uint8Array; readonly isAsked: boolean }[] = [];
  for (const name of listOf(given)) {
    const bytes = readInputFile(name, LIMITS.attestationBytes);
    if (!bytes.ok) return bytes;
    approvals.push({ name, bytes: bytes.value, isAsked: true });
  }
  return ok(approvals.length === 0 ? {} : { approvals });
}
