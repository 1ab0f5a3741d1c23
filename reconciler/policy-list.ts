import { byCodeUnit, isObject, ok, type Digest, type Result } from "../core/index.ts";
import { inForce, levelOf, trustPartOf, type Level, type Policy, type RuleFacts } from "../trust/policy/index.ts";
import { judgedFiles } from "./judged-tree.ts";
import type { CompiledBy } from "./judging.ts";
import type { Query, World } from "./types.ts";

/** A policy that judges, and each of its rules. */
export interface ListedPolicy {
  readonly policy: string;
  /** Null for what moltbot ships. */
  readonly address: string | null;
  /** What the Policy, and above it the Project, says of all its rules; null where each rule decides. */
  readonly level: Level | null;
  readonly description: string | null;
  /** It looks only at some resources. */
  readonly isScoped: boolean;
  readonly rules: readonly ListedRule[];
}

export interface ListedRule extends RuleFacts {
  readonly rule: string;
  readonly level: Level;
}

export interface PolicyList {
  readonly project: string;
  readonly environment: string;
  /** Of all compiled policies, and of the data they read. */
  readonly digests: { readonly policy: Digest; readonly data: Digest };
  readonly policies: readonly ListedPolicy[];
  /** Policies that are declared and not in force: everything is denied until they are built. */
  readonly notInForce: readonly string[];
  /** Policies that are declared, and that the environment leaves out. */
  readonly leftOut: readonly string[];
  /** Who says that the policies of the Project were compiled from their sources; null where nobody asks. */
  readonly attestation: { readonly state: "attested"; readonly by: CompilerFacts } | { readonly state: "refused" } | null;
}

export interface CompilerFacts {
  /** The entry of `spec.trust.policies`. */
  readonly signer: string;
  readonly identity: string | null;
  readonly issuer: string | null;
  /** The compiler, and when, as the builder says. */
  readonly opa: string;
  readonly at: string;
}

/** Everything that judges a plan of this environment. */
export async function listPolicies(query: Query, world: World): Promise<Result<PolicyList>> {
  const judged = await judgedFiles(query, world);
  if (!judged.ok) return judged;
  const { judges, resources, desired, compiled } = judged.value;
  const { policy, project } = judges;
  const { environment } = desired.project;
  const { levels, applies } = inForce(trustPartOf(policy, project, resources), environment, world.clock.now().toISOString());
  const own = new Map(resources.filter(({ kind }) => kind === "Policy").map((each) => [each.metadata.name, each]));
  const policies = policy.policies.map((name): ListedPolicy => {
    const description = own.get(name)?.spec["description"];
    return {
      policy: name,
      address: own.has(name) ? `Policy/${name}` : null,
      level: Object.hasOwn(levels, name) ? (levels[name] ?? null) : null,
      description: typeof description === "string" ? description : null,
      isScoped: isObject(own.get(name)?.spec["applies"]) && applies.has(name),
      rules: rulesOf(name, policy).map(([rule, facts]) => ({
        rule,
        ...facts,
        level: levelOf(rule, levels, facts.effect === "warn" ? "warn" : "enforce"),
      })),
    };
  });
  const notInForce = [...own.keys()].filter((name) => !policy.policies.includes(name)).sort(byCodeUnit);
  const value = {
    project: desired.project.name,
    environment,
    digests: { policy: policy.digest, data: policy.data },
    policies,
    notInForce,
    leftOut: (desired.leftOut ?? []).map(({ resource }) => resource.metadata.name).sort(byCodeUnit),
    attestation: stateOf(compiled),
  };
  return ok(value, judged.warnings);
}

function stateOf({ isAsked, by }: CompiledBy): PolicyList["attestation"] {
  if (!isAsked) return null;
  if (!by) return { state: "refused" };
  const { signer, identity, issuer, claim } = by;
  return { state: "attested", by: { signer, identity, issuer, opa: claim.builder.opa.version, at: claim.at } };
}

function rulesOf(name: string, { rules }: Policy): readonly (readonly [string, RuleFacts])[] {
  return Object.entries(rules).filter(([rule]) => rule.slice(0, rule.indexOf(".")) === name);
}
