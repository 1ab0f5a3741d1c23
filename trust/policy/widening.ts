import { addressOf, isObject, LIMITS, type Address, type FindingCode, type Instant, type Json, type Resource } from "../../core/index.ts";
import {
  grantKey,
  closureOf,
  effectiveDelta,
  expandGrants,
  exposureOf,
  formerNames,
  isActor,
  renamedClosure,
  withoutMarks,
  type AtomGain,
  type Closure,
  type Exposure,
  type ReachEdge,
  type Renames,
  type SecretGain,
} from "../capability/index.ts";

/** Two states between which something becomes possible. */
export interface Widening {
  readonly added: readonly AtomGain[];
  readonly removed: readonly AtomGain[];
  /** What a reviewer should see beside the atoms. */
  readonly findings: readonly Json[];
}

/** One state: what is declared or was recorded, and what it comes to. */
export interface EffectiveState {
  readonly resources: readonly Resource[];
  readonly closure: Closure;
  /** What has another name since, under the name that it had. Resources and closure speak of that one. */
  readonly renames?: Renames;
}

export function effectiveState(resources: readonly Resource[], edges: readonly ReachEdge[], now: Instant): EffectiveState {
  const atoms = resources.flatMap((resource) => expandGrants(resource, now).atoms);
  return { resources, closure: closureOf(resources, edges, atoms) };
}

/**
 * The state before: what is declared now, with what changes as it was.
 *
 * @param before - What the addresses that change held; null where nothing was.
 * @param moves - From where what has a new name moved there; both are among the addresses that change.
 * @param edges - References of the desired state, and those of the resources that change as they were.
 */
export function stateBefore(
  resources: readonly Resource[],
  before: ReadonlyMap<Address, Resource | null>,
  edges: { readonly now: readonly ReachEdge[]; readonly before: readonly ReachEdge[] },
  now: Instant,
  moves: ReadonlyMap<Address, Address> = new Map(),
): EffectiveState {
  const kept = resources.filter((each) => !before.has(addressOf(each.kind, each.metadata.name)));
  const old = [...before.values()].filter((each) => each !== null);
  const edgesThen = [...edges.now.filter((edge) => !before.has(edge.from)), ...edges.before];
  return { ...effectiveState([...kept, ...old], edgesThen, now), renames: new Map([...moves].map(([to, from]) => [from, to])) };
}

/** Kinds that others are reached by alone through their references and grants, whatever else they say. */
const PLAIN: ReadonlySet<string> = new Set(["Agent", "ModelProvider", "Skill"]);

/**
 * Whether nothing that changes has a part in who reaches what: the same addresses with the same references and
 * grants, of kinds that say no more about it. Then nothing becomes possible, and the state before need not be
 * put together. Most edits are of prompts and models.
 */
export function reachesTheSame(
  resources: ReadonlyMap<Address, Resource>,
  before: ReadonlyMap<Address, Resource | null>,
  edges: { readonly now: readonly ReachEdge[]; readonly before: readonly ReachEdge[] },
  now: Instant,
): boolean {
  for (const [address, old] of before) {
    const fresh = resources.get(address);
    if (!old || !fresh || !PLAIN.has(fresh.kind) || old.spec["enabled"] !== fresh.spec["enabled"]) return false;
    if (grantsOf(old, now) !== grantsOf(fresh, now)) return false;
  }
  return edgesOf(edges.before, before) === edgesOf(edges.now, before);
}

function grantsOf(resource: Resource, now: Instant): string {
  return expandGrants(resource, now).atoms.map(grantKey).sort().join("\n");
}

function edgesOf(edges: readonly ReachEdge[], among: ReadonlyMap<Address, unknown>): string {
  const from = edges.filter((edge) => among.has(edge.from)).map((edge) => `${edge.from} ${edge.reach} ${edge.to}`);
  return [...new Set(from)].sort().join("\n");
}

/** What becomes possible between two states, widening and narrowing. */
export function widening(before: EffectiveState, after: EffectiveState): Widening {
  if (before.closure === after.closure) return { added: [], removed: [], findings: [] };
  const { renames = NONE } = before;
  const { added, removed } = effectiveDelta(renamedClosure(before.closure, renames), after.closure);
  return {
    added: added.atoms,
    removed: renames.size === 0 ? removed.atoms : removed.atoms.map(asKnown),
    findings: [...added.atoms.flatMap(unattended), ...added.secrets.map(secretFinding), ...combined(before, after)],
  };
}

const NONE: Renames = new Map();

/** What is lost may name what was only spoken of. */
function asKnown(gain: AtomGain): AtomGain {
  const { subject, grant, tool, pattern, first, via } = gain;
  return {
    ...gain,
    subject: known(subject),
    grant: withoutMarks(grant),
    tool: withoutMarks(tool),
    pattern: withoutMarks(pattern),
    first: first.map(known),
    via: via.map(known),
  };
}

function known(address: Address): Address {
  return withoutMarks(address) as Address;
}

/** A new grant that nobody is asked about. */
function unattended({ subject, tool, action, pattern, constraints, first }: AtomGain): readonly Json[] {
  const isUnattended = isObject(constraints) && constraints["approval"] === "never";
  // Where only others gain it, the grant itself is not new.
  return isUnattended && first.includes(subject)
    ? [{ code: "approval.never" satisfies FindingCode, subject, atom: `${tool} ${action} ${pattern}` }]
    : [];
}

function secretFinding({ secret, gainers, first, via, viaSkipped }: SecretGain): Json {
  const skipped = viaSkipped === undefined ? {} : { viaSkipped };
  return {
    code: "secret.reached" satisfies FindingCode,
    subject: secret,
    message: "its value serves tools that more can now use",
    gainers,
    first,
    via,
    ...skipped,
  };
}

/** Who now combines private data, untrusted input and outbound network, and did not before. */
function combined(before: EffectiveState, after: EffectiveState): readonly Json[] {
  const old = exposureOf(before.resources, before.closure);
  const then = formerNames(before.renames ?? NONE);
  const fresh = exposureOf(after.resources, after.closure);
  const all = (exposure: Exposure): boolean => exposure.privateData && exposure.untrustedInput && exposure.egress;
  const gained = after.closure.graph.nodes.filter(
    (each) => each.startsWith("Agent/") && isActor(each) && all(fresh(each)) && !all(old(then(each))),
  );
  const [subject] = gained;
  if (subject === undefined) return [];
  const message = "now combines private data, untrusted input and outbound network";
  return [
    {
      code: "lethal-trifecta" satisfies FindingCode,
      subject,
      message,
      gainers: gained.length,
      first: gained.slice(0, LIMITS.gainersShown),
    },
  ];
}
