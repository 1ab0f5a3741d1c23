import { randomBytes } from "node:crypto";
import { fail, LIMITS, ok, problem, type Actor, type Digest, type Result } from "../../../core/index.ts";
import type { ApplyLock } from "../../store/index.ts";

/** The apply lock of this store, held for an applier elsewhere for as long as it says that it is there. */
export interface Lease {
  readonly id: string;
  readonly actor: Actor;
  /** Who holds it, as it was proved: nobody else may use it. */
  readonly caller: string;
  /** Values that came ahead of the commit that names them. */
  readonly staged: Map<Digest, Uint8Array>;
  stagedBytes: number;
}

export interface Leases {
  readonly silentMs: number;
  readonly take: (caller: string, actor: Actor, timeoutMs: number, signal: AbortSignal) => Promise<Result<Lease>>;
  /** The lease of that id, if it is this caller's and still holds; it holds for longer then. */
  readonly use: (caller: string, id: string) => Result<Lease>;
  readonly release: (caller: string, id: string) => void;
  readonly close: () => void;
}

export interface LeasesWorld {
  /** The lock that a local apply takes too. */
  readonly lock: (actor: Actor, timeoutMs: number, signal: AbortSignal) => Promise<Result<ApplyLock>>;
  /** How long a holder may be silent; absent: {@link LIMITS.recordLeaseMs}. */
  readonly silentMs?: number | undefined;
}

interface Held extends Lease {
  readonly lock: ApplyLock;
  timer: NodeJS.Timeout;
}

/** One applier at a time, on this machine's clock: who is silent for too long has lost its claim. */
export function newLeases({ lock, silentMs = LIMITS.recordLeaseMs }: LeasesWorld): Leases {
  let held: Held | undefined;
  const end = (lease: Held): void => {
    if (held !== lease) return;
    clearTimeout(lease.timer);
    lease.lock.release();
    held = undefined;
  };
  const ofCaller = (caller: string, id: string): Held | undefined => (held?.id === id && held.caller === caller ? held : undefined);
  const alarm = (lease: () => Held): NodeJS.Timeout => setTimeout(() => end(lease()), silentMs).unref();
  return {
    silentMs,
    take: async (caller, actor, timeoutMs, signal) => {
      const taken = await lock(actor, timeoutMs, signal);
      if (!taken.ok) return taken;
      if (signal.aborted) {
        taken.value.release();
        return fail(problem("LEASE_LOST", { detail: "The applier went away while it waited for its turn." }));
      }
      const id = randomBytes(16).toString("hex");
      const lease: Held = { id, actor, caller, staged: new Map(), stagedBytes: 0, lock: taken.value, timer: alarm(() => lease) };
      held = lease;
      return ok(lease);
    },
    use: (caller, id) => {
      const lease = ofCaller(caller, id);
      if (!lease)
        return fail(
          problem("LEASE_LOST", {
            detail:
              "This claim on the gateway does not hold any more: it was silent for too long, the gateway was restarted, or it is somebody else's.",
            remedy: "Plan and apply again.",
          }),
        );
      clearTimeout(lease.timer);
      lease.timer = alarm(() => lease);
      return ok(lease);
    },
    release: (caller, id) => {
      const lease = ofCaller(caller, id);
      if (lease) end(lease);
    },
    close: () => {
      if (held) end(held);
    },
  };
}
