/**
 * runtime/gate: the one way from a model's wish to an effect. Every call goes through capability, grant, hold, policy,
 * bounds, approval, tool, result filter and receipt, in this order; the first no ends it without effect.
 *
 * Offers {@link openGate} for a running gateway, {@link approvalStore} for whoever answers approvals beside it,
 * {@link callDigest} for tools, {@link attenuate} for holders of a token.
 */
export { approvalStore, type ApprovalStore } from "./approvals.ts";
export { callDigest } from "./canonical.ts";
export { freeze, heldAs, unfreeze, type FreezeWish, type Frozen, type IncidentWorld } from "./freezing.ts";
export { questionDigest } from "./decide.ts";
export { openGate } from "./gate.ts";
export { slotOfSession } from "./session-state.ts";
export { attenuate } from "./tokens.ts";
export type {
  Approval,
  ApprovalAnswer,
  AskedQuestion,
  Approvals,
  ApprovalState,
  Approver,
  Budgets,
  CanonicalCall,
  Capability,
  Caveat,
  Credential,
  Gate,
  GateWorld,
  OfferedTool,
  RuntimeGate,
  Tokens,
  Tool,
  ToolOutput,
  ToolResult,
  ToolScope,
  Usage,
} from "./types.ts";
