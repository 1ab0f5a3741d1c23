import { addressOf, digestBytes, type Diagnostic, type Resource } from "../core/index.ts";
import {
  COMPILED_FILES,
  isIncluded,
  NOTHING_COMPILED,
  parseLock,
  selectionOf,
  type Candidate,
  type Compiled,
  type OwnPolicies,
} from "../trust/policy/index.ts";
import { isAttestationAsked, loadPolicyAttestations, type AttestedPolicies } from "../trust/signatures/index.ts";
import type { Context } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import type { World } from "./types.ts";

/** Compiled policies that may be asked, and who says where they come from. */
export interface KnownCandidate extends Candidate {
  /** Null where nobody asks, or nobody says. */
  readonly attested: AttestedPolicies | null;
}

/** The Project that is declared, and the one that is active, which has its say until another one is. */
export interface Projects {
  readonly declared: Resource;
  readonly active: Resource | undefined;
}

/** Is who compiled the policies asked at all? By the declared Project, by the active one, or by both. */
export function attestationAskers({ declared, active }: Projects): readonly Resource[] {
  return [declared, ...(active ? [active] : [])].filter(isAttestationAsked);
}

/** Those of the files: the Policies that the environment leaves out are compiled with them. */
export async function fileCandidate(
  { compiled = NOTHING_COMPILED, leftOut = [], project, files }: Context,
  projects: Projects,
  config: ResolvedConfig,
  world: World,
): Promise<KnownCandidate> {
  const asked = await attested(compiled, projects);
  const each = config.byAddress.get(addressOf(projects.declared.kind, projects.declared.metadata.name));
  const refusals = asked.refusals.map((diagnostic): Diagnostic => {
    const { pointer } = diagnostic.context;
    if (typeof pointer !== "string") return { ...diagnostic, at: { file: COMPILED_FILES.attestation, line: 1, column: 1 } };
    const path = pointer.split("/").slice(1);
    return each && each.layers.length > 0 ? { ...diagnostic, origin: originIn(each, path, "value", world.kinds) } : diagnostic;
  });
  return {
    ...asked,
    refusals: locate(refusals, files),
    leftOut: leftOut.map(({ resource }) => resource),
    isLeftOut: (name) => !isIncluded(addressOf("Policy", name), project),
  };
}

/** Those of the record. Which policies they were not asked as, their own Project says. */
export async function recordedCandidate(compiled: Compiled, projects: Projects, environment: string): Promise<KnownCandidate> {
  const selection = selectionOf(projects.active, environment);
  return {
    ...(await attested(compiled, projects)),
    leftOut: [],
    isLeftOut: (name) => !isIncluded(addressOf("Policy", name), selection),
  };
}

/** Who compiled what is asked now; null where nobody asks. */
export function compiledBy(own: OwnPolicies | null, candidates: readonly KnownCandidate[]): AttestedPolicies | null {
  return candidates.find(({ bundle }) => bundle !== null && bundle === own?.compiled?.bundle)?.attested ?? null;
}

/** An attestation is recorded where the declared Project asks for one, so that a plan after the apply has nothing to take away. */
async function attested(compiled: Compiled, projects: Projects): Promise<Compiled & Pick<KnownCandidate, "attested" | "refusals">> {
  const { bundle, lock } = compiled;
  const askers = attestationAskers(projects);
  const kept = { ...compiled, attestation: isAttestationAsked(projects.declared) ? compiled.attestation : null };
  const parsed = lock && parseLock(new TextDecoder().decode(lock));
  // What is missing, or is no lock, is told by what would load it.
  if (askers.length === 0 || bundle === null || lock === null || !parsed?.ok) return { ...kept, attested: null, refusals: [] };
  const { policyTrust, verifyPolicies } = await loadPolicyAttestations();
  const { sources, opa } = parsed.value;
  const asked = { attestation: compiled.attestation, wasm: digestBytes(bundle), lock, sources, opa };
  const found = askers.map((project) => verifyPolicies(asked, policyTrust(project)));
  const refused = found.find((each) => !each.ok);
  const last = found.at(-1);
  return { ...kept, attested: last?.ok ? last.value : null, refusals: refused && !refused.ok ? refused.diagnostics : [] };
}
