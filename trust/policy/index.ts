/**
 * policy: who says no. Compiled Rego policies are checked against their lock, asked about every resource
 * and every capability, and answer allowed, denied, or decided on each call. Whatever goes wrong denies.
 *
 * Offers `judgePlan`, the stages "expand capabilities" and "evaluate policy" as one pure function;
 * `loadPolicy` and `loadBuiltinPolicy` for the bundle, `denyAll` for when there is none; and the pieces
 * the runtime asks with on each call: `grantInput`, `reachOf`, `judge`.
 */
export { aggregatorOf, KNOWN_SETS, type AggregatedPolicy } from "./aggregator.ts";
export { builtinPolicyDigest, builtinPolicyFiles, builtinFolder, loadBuiltinPolicy, type PolicyFiles } from "./bundled.ts";
export { HOST_BUILTINS, REPLACED_BUILTINS } from "./builtins/index.ts";
export type { OriginOf } from "./diagnostics.ts";
export { decisionDiff, type DecisionDiff, type Flip, type FlipAnswer, type JudgedState, type RuleUse } from "./flips.ts";
export { callInput, type CallFacts } from "./call-input.ts";
export { factsOf, isMetered, PURPOSE_LABEL, type Facts } from "./facts/index.ts";
export { admissionInput, grantInput, type AdmissionFacts, type InputContext } from "./input.ts";
export { judge, levelOf, rulesOf, type Spoken, type Verdict } from "./judge.ts";
export { approvingTeams, inForce, judgeOf, trustPartOf, type FinalVerdict, type InForce, type TrustPart } from "./in-force.ts";
export { judgeAgain } from "./judge-again.ts";
export { isTrustWeakened, judgePlan, TRUST_WEAKENED, type ActiveState, type JudgeRequest, type PlanJudgement } from "./judge-plan.ts";
export { isolatedPolicy } from "./isolated.ts";
export { denyAll, loadPolicy } from "./load.ts";
export { parseLock } from "./lock.ts";
export {
  COMPILED_FIELD,
  COMPILED_FILES,
  compiledDigests,
  isPolicy,
  NOTHING_COMPILED,
  ownPolicies,
  policiesAmong,
  type Candidate,
  type Compiled,
  type CompiledDigests,
  type OwnPolicies,
  type StartPolicy,
} from "./own.ts";
export { projectPolicy, type ProjectPolicy } from "./project.ts";
export { activeCandidate, isIncluded, selectionOf, type Selection } from "./selection.ts";
export { subjectOf, type Subject } from "./subject.ts";
export { dataDocument, policySourcesDigest, regoName, type PolicyText } from "./sources.ts";
export { together } from "./together.ts";
export { reachOf, type ChannelFacts, type ReachFacts, type ReachMap } from "./reach.ts";
export { inspectModule, withoutStart } from "./wasm.ts";
export { withGuards, type NativeBuiltin } from "./wasm-strict.ts";
export {
  BROKEN_RULE,
  ENTRIES,
  type Answer,
  type Effect,
  type Entry,
  type Finding,
  type Level,
  type Levels,
  type PlanDecision,
  type PlanRemark,
  type PlanViolation,
  type Policy,
  type PolicyLock,
  type RuleFacts,
} from "./types.ts";
export { effectiveState, stateBefore, widening, type EffectiveState, type Widening } from "./widening.ts";
