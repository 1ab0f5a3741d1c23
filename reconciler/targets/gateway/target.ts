import {
  fail,
  isObject,
  mapResult,
  ok,
  problem,
  shown,
  type Clock,
  type Diagnostic,
  type Digest,
  type Fence,
  type Result,
} from "../../../core/index.ts";
import { openClient, type DeviceKey, type TlsExceptions } from "../../../runtime/client/index.ts";
import { loadGeneration } from "../../../runtime/load/index.ts";
import type { Target } from "../types.ts";
import { commitPlan } from "./commit.ts";
import { FENCE, readAs } from "./forms.ts";
import { observe } from "./observe.ts";
import { inspectPlugins, mendPlugins } from "./plugins.ts";
import { gatewayRecord } from "./record.ts";

export interface GatewayOptions {
  readonly url: string;
  readonly key: () => Result<DeviceKey>;
  readonly version: string;
  readonly schema: Digest;
  readonly clock: Clock;
  readonly tls: TlsExceptions;
  /** Raised when the command is interrupted. */
  readonly signal: AbortSignal;
}

/** How long one question for the claim waits at the gateway; asked again until the command's own patience is over. */
const LEASE_WAIT_MS = 10_000;
/** A claim that is held is told so, well before the gateway would end it. */
const RENEW_MS = 8_000;
/** How long giving the claim back may take. */
const RELEASE_MS = 3_000;

interface Claim {
  lease: string | undefined;
}

/** The claims of this process, by the command that took them: a plan that is made again under the lock has the same. */
const claims = new WeakMap<AbortSignal, Map<string, Claim>>();

function claimsOf(command: AbortSignal, url: string): Claim {
  const all = claims.get(command) ?? new Map<string, Claim>();
  claims.set(command, all);
  const claim = all.get(url) ?? { lease: undefined };
  all.set(url, claim);
  return claim;
}

/** Our own runtime elsewhere, over its API: effect and record commit together, there. */
export function gatewayTarget({ url, key, version, schema, clock, tls, signal: interrupted }: GatewayOptions): Target {
  const client = openClient({ place: { url, tls }, proof: { kind: "device", key }, clock, unreachable });
  const claim = claimsOf(interrupted, url);
  return {
    type: "gateway",
    mode: "atomic",
    record: gatewayRecord(client, interrupted),
    assess: (resources) => mapResult(loadGeneration(resources), ({ lacks }) => lacks),
    inspect: (resources) => inspectPlugins(client, resources, interrupted),
    mend: (resources) => mendPlugins(client, resources, interrupted),
    lock: async (actor, timeoutMs, signal) => {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const waitMs = Math.max(0, Math.min(LEASE_WAIT_MS, Math.ceil(until - performance.now())));
        const taken = await client.ask("POST", "/v2/record/leases", { actor, waitMs }, signal);
        const isLocked = !taken.ok && taken.diagnostics.some(({ code }) => code === "APPLY_LOCKED");
        if (isLocked && performance.now() < until && !signal.aborted) continue;
        if (!taken.ok) return taken;
        const { lease: id, silentMs } = taken.value;
        if (typeof id !== "string" || typeof silentMs !== "number") return noLease();
        claim.lease = id;
        const beat = setInterval(
          () => void client.ask("POST", `/v2/record/leases/${id}/renew`, null, signal),
          Math.min(RENEW_MS, silentMs / 3),
        );
        return ok({
          release: async () => {
            clearInterval(beat);
            claim.lease = undefined;
            // Also after an interruption. Where it does not arrive, the claim ends by itself.
            await client.ask("DELETE", `/v2/record/leases/${id}`, null, AbortSignal.timeout(RELEASE_MS));
          },
        });
      }
    },
    observe: (owner, desired, signal) => observe(client, owner, desired, signal),
    claim: async (owner, plan) => {
      if (claim.lease === undefined) return noLease();
      const begun = await client.ask("POST", "/v2/record/intents", { lease: claim.lease, owner, plan }, interrupted);
      return mapResult(
        readAs<{ readonly fence: Fence }>(begun, (value) => isObject(value) && FENCE(value["fence"]), "its claim"),
        ({ fence }) => fence,
      );
    },
    commit: async (plan, values, facts, fence, signal) => {
      const { lease } = claim;
      if (lease === undefined) return noLease();
      const check = loadGeneration(facts.resources);
      return check.ok ? await commitPlan({ client, lease, plan, values, facts, fence, signal, version, schema }) : check;
    },
    release: async (fence, why) =>
      mapResult(await client.ask("POST", "/v2/record/abandonments", { fence: { ...fence }, why }, interrupted), () => undefined),
  };
}

function unreachable(place: string, why: string): Diagnostic {
  return problem("TARGET_UNAVAILABLE", {
    detail: `The gateway at ${shown(place)} does not answer as it should: ${shown(why)}.`,
    remedy: "Look whether it runs, and run the command again.",
  });
}

function noLease(): Result<never> {
  return fail(
    problem("LEASE_LOST", { detail: "The gateway was not claimed, or the claim was given back.", remedy: "Plan and apply again." }),
  );
}
