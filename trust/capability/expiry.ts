import { fail, ok, problem, shown, type Instant, type Json, type Result } from "../../core/index.ts";

export interface Expiry {
  readonly state: "none" | "active" | "expired";
  /** When `active` becomes `expired`; null otherwise. */
  readonly flipsAt: Instant | null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;
const NEVER: Expiry = { state: "none", flipsAt: null };
const OVER: Expiry = { state: "expired", flipsAt: null };

/** A grant is void from its `expiresAt` on. Pure: the present is an argument. */
export function expiryAt(expiresAt: Json | undefined, now: Instant): Result<Expiry> {
  if (expiresAt === undefined || expiresAt === null) return ok(NEVER);
  const at = typeof expiresAt === "string" && INSTANT.test(expiresAt) ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(at)) {
    return fail(
      problem("CAPABILITY_EXPIRY", { detail: `${shown(expiresAt)} is not an instant.`, remedy: "Write it so: 2027-01-01T00:00:00Z" }),
    );
  }
  // Written so that a `now` that is no instant counts as past every expiry.
  return ok(Date.parse(now) < at ? { state: "active", flipsAt: new Date(at).toISOString() } : OVER);
}
