/**
 * trust/signatures/policies: who compiled the policies. A statement about the compiled bundle, signed by
 * somebody whom the Project believes: what it says (`policyClaim`), and whether it holds (`verifyPolicies`).
 */
export { policyClaim, POLICY_PREDICATE, type PolicyClaim } from "./claim.ts";
export { listedPolicySigners, policyTrust, type ListedPolicySigner, type PolicySigner, type PolicyTrust } from "./trust.ts";
export { verifyPolicies, type AttestedPolicies, type PoliciesToVerify } from "./verify.ts";
