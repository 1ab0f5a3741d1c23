import { digestBytes } from "../core/index.ts";
import { compiledDigests, parseLock, policiesAmong, type CompiledDigests } from "../trust/policy/index.ts";
import { isAttestationAsked, loadPolicyAttestations } from "../trust/signatures/index.ts";
import type { Proof } from "./proving.ts";

/** Who, or why nobody can tell, to end a sentence. */
type Proved = { readonly by: string | null } | { readonly fault: string };

/** Whether the policies that judged it are attested, where what judged it asks. A Project that has none is asked nothing. */
export async function policiesProved({ judges, policies }: Proof): Promise<Proved> {
  const project = judges.resources.find(isAttestationAsked);
  if (!project || policiesAmong(judges.resources).length === 0) return { by: null };
  const named = compiledDigests(project);
  if (!named || !policies) return { fault: "the policies that judged it had to be attested, and it shows no attestation" };
  const shown = shownIn(policies, named);
  if (!shown) return { fault: "the lock or the attestation of its policies is not the one that was active" };
  const { policyTrust, verifyPolicies } = await loadPolicyAttestations();
  const found = verifyPolicies(shown, policyTrust(project));
  if (found.ok) return { by: found.value.identity ?? found.value.signer };
  return { fault: found.diagnostics[0]?.detail.replace(/\.$/, "") ?? "its policies cannot be verified" };
}

/** What is shown, where it is what a recorded Project names by digest, and the lock is about the bundle that is named beside it. */
function shownIn(policies: NonNullable<Proof["policies"]>, named: CompiledDigests) {
  const [lock, attestation] = [Buffer.from(policies.lock, "base64"), Buffer.from(policies.attestation, "base64")];
  if (digestBytes(lock) !== named.lock || digestBytes(attestation) !== named.attestation) return undefined;
  const parsed = parseLock(lock.toString());
  if (!parsed.ok || parsed.value.wasm !== named.bundle) return undefined;
  const { sources, opa, wasm } = parsed.value;
  return { attestation, wasm, lock, sources, opa };
}
