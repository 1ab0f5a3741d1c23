import { digestBytes, digestJson, ok, type Diagnostic, type Digest, type Resource } from "../../core/index.ts";
import {
  activeCandidate,
  compiledDigests,
  denyAll,
  isolatedPolicy,
  loadBuiltinPolicy,
  NOTHING_COMPILED,
  ownPolicies,
  policiesAmong,
  together,
  type Compiled,
  type Policy,
  type StartPolicy,
} from "../../trust/policy/index.ts";
import type { LiveStore } from "./types.ts";

/** The policies that owners are judged by: the shipped ones once, each own bundle once and for as long as somebody needs it. */
export interface PolicyShelf {
  /** @returns with what is wrong: then the policy denies everything. */
  readonly of: (
    resources: readonly Resource[],
    environment: string,
    store: LiveStore,
  ) => { readonly policy: Policy; readonly remarks: readonly Diagnostic[] };
  /** Ends those that nobody asked for since the last call. */
  readonly sweep: () => void;
  readonly close: () => void;
}

export function policyShelf(given: Policy | undefined): PolicyShelf {
  let shipped: { readonly policy: Policy; readonly remarks: readonly Diagnostic[] } | undefined;
  const started = new Map<Digest, Policy>();
  let wanted = new Set<Digest>();
  const start: StartPolicy = (bundle, lock, lockBytes) => {
    const key = digestJson([digestBytes(bundle), digestBytes(lockBytes)]);
    wanted.add(key);
    const known = started.get(key);
    if (known) return ok(known);
    const loaded = isolatedPolicy(bundle, lock);
    if (loaded.ok) started.set(key, loaded.value);
    return loaded;
  };
  const end = (keep: ReadonlySet<Digest>): void => {
    for (const [key, policy] of started) {
      if (keep.has(key)) continue;
      started.delete(key);
      policy.close?.();
    }
  };
  return {
    of: (resources, environment, store) => {
      shipped ??= given ? { policy: given, remarks: [] } : loadShipped();
      const project = resources.find((each) => each.kind === "Project");
      const candidates = project ? [activeCandidate(recorded(project, store), project, environment)] : [];
      const own = ownPolicies(policiesAmong(resources), candidates, start);
      if (!own) return shipped;
      // What denies everything instead of the bundle says why by its answer.
      const { broken } = own.compiled ? { broken: null } : own.policy.evaluate("grant", {});
      return { policy: together(shipped.policy, own.policy), remarks: broken ? [...shipped.remarks, broken] : shipped.remarks };
    },
    sweep: () => {
      end(wanted);
      wanted = new Set();
    },
    close: () => end(new Set()),
  };
}

function loadShipped(): { readonly policy: Policy; readonly remarks: readonly Diagnostic[] } {
  const loaded = loadBuiltinPolicy();
  return loaded.ok ? { policy: loaded.value, remarks: [] } : { policy: denyAll(loaded.diagnostics), remarks: loaded.diagnostics };
}

/** As the active generation recorded them; without bytes where they are lost, which denies. */
function recorded(project: Resource, store: LiveStore): Compiled {
  const digests = compiledDigests(project);
  const values = digests && store.values([digests.bundle, digests.lock]);
  if (!digests || !values?.ok) return NOTHING_COMPILED;
  const bytesOf = (digest: Digest): Uint8Array | null => values.value.get(digest) ?? null;
  return { bundle: bytesOf(digests.bundle), lock: bytesOf(digests.lock), attestation: null };
}
