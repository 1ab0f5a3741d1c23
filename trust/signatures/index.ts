/**
 * trust/signatures: commits, plugin bundles, attestations. What this version cannot verify or enforce
 * is refused here, so that nothing is accepted without effect.
 */
export {
  approvalRules,
  approvalStates,
  isBy,
  peopleOf,
  type ApprovalFacts,
  type ApprovalRule,
  type ApprovalState,
  type Person,
  type Signatory,
  type VerifiedApproval,
} from "./approvals.ts";
export {
  encodeEnvelope,
  parseAttestationJson,
  parseEnvelope,
  signedBytes,
  STATEMENT_TYPE,
  type Envelope,
  type EnvelopeSignature,
} from "./dsse.ts";
export { encodeStatement, parseStatement, PREDICATES, type Statement, type StatementKind } from "./statement.ts";
export { isJudging } from "./judges.ts";
export { unenforceable, type Unenforceable } from "./unenforceable.ts";
