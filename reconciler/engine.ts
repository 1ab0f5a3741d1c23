/**
 * The pipeline, as functions that read like it:
 *
 *   open -> load -> validate -> resolve -> verify -> expand -> observe -> diff -> evaluate policy -> plan
 *   apply = plan, ask, lock, plan again, compare, claim, commit, record
 *
 * Every command is one of these calls: a query in, a value or its diagnostics out.
 */
import { mapResult, ok, type Resource, type Result } from "../core/index.ts";
import { applyPlan } from "./applying.ts";
import { readDesired, withoutCache } from "./desired.ts";
import type { Plan } from "./plan/index.ts";
import { newReadings } from "./readings.ts";
import { planRemembered } from "./remembered.ts";
import { planDeclared, planDestroy, planRollback } from "./wishes.ts";
import type { Imported, ImportRequest } from "./importing.ts";
import type { ImportedCue } from "./importing-cue.ts";
import type { Applied, ApplyChoices, Planned, Query, World } from "./types.ts";

export { auditTail, exportLedger, exportText, verifyAudit, verifyExport, type LedgerExport } from "./auditing.ts";
export { waiveApprovals, type ApprovalWaiver } from "./approval-waivers.ts";
export { mayApprove, signApproval } from "./approver.ts";
export { signAttestation, signClaim, type SignWith } from "./attesting.ts";
export { prove, type Proof } from "./proving.ts";
export { readAnchorFile as readTrustAnchor } from "./trust-anchor.ts";
export { verifyProof, type ProofChoices, type ProofReport } from "./verify-proof.ts";
export { declareBeside, type Beside } from "./declaring.ts";
export { formatFiles, formatTree, type FormattedFile } from "./formatting.ts";
export { graph, type Graph } from "./graph.ts";
export { type LoopState } from "./loop-state.ts";
export { missingIgnores, nameFrom, NEW_TREE_DEFAULTS, newTree, type NewTree, type StartingProvider } from "./new-tree.ts";
export { backup, migrateStore, renewKey, restore, type RenewChoice, type Restored } from "./care.ts";
export { migrateFiles, migrateTree, type MigratedFile } from "./migrating.ts";
export { origins, type FieldOrigin, type ResourceOrigins } from "./origins.ts";
export { compareDesired, type Compared, type Comparison, type ResourceDifference } from "./comparing.ts";
export type { Flip, RuleUse } from "../trust/policy/index.ts";
export { whyCan, type Why, type WhyAnswer, type WhyGrant, type WhyQuestion } from "./why-can.ts";
export { whyData, type DataSink, type WhyData } from "./why-data.ts";
export { whyRead, type WhyRead } from "./why-read.ts";
export { dropAnchor, setAnchor, trustReport, type AnchorReport, type AnchorRequest, type TrustReport } from "./anchoring.ts";
export { projectReading, type ReadingProject } from "./manifest-folder.ts";
export { place, type Place } from "./place.ts";
export { listPolicies, type ListedPolicy, type PolicyList } from "./policy-list.ts";
export { askPolicies, explainGrant, type PolicyExplained, type PolicyQuestion } from "./policy-asking.ts";
export { policySources, type PolicySources } from "./policy-sources.ts";
export { checkSecretsOf, type SecretsFound } from "./checking-secrets.ts";
export { openStored, storedValue } from "./opening-values.ts";
export { rekey, type RekeyedValue, type RekeyRequest } from "./rekeying.ts";
export { readSecretTree, type SecretTree, type StoredValue } from "./secret-tree.ts";
export { newSecretManifest, secretFragment, withSecretValues } from "./secret-editing.ts";
export { replacedValues } from "./replacing-values.ts";
export { overlaysOf, projectFolder, secretRecipients, secretSite, type SecretSite } from "./secrets.ts";
export { newReadings, type Readings } from "./readings.ts";
export { verifyPlugins, type VerifiedPlugin } from "./plugin-verifying.ts";
export { trustRootOf } from "./trusting.ts";
export { withoutCache } from "./desired.ts";
export { isCommitted } from "./source/index.ts";
export { validate, validateAll } from "./validating.ts";
export { readPlan, writePlan, hasEffect } from "./plan/index.ts";
export {
  drift,
  exportTree,
  history,
  resume,
  status,
  type DriftReport,
  type ExportedFile,
  type HistoryReport,
  type StatusReport,
} from "./operations.ts";
export { compareValues, hasReplacedValues, type ComparedValues } from "./comparing-values.ts";
export type { Imported, ImportRequest } from "./importing.ts";
export type { ImportedCue } from "./importing-cue.ts";
export type { Applied, ApplyChoices, Cache, Planned, Progress, Query, Validated, ValidatedAll, World } from "./types.ts";
export type * from "./plan/types.ts";

/** What applying would do, and why. Changes nothing but `world.cache`, where plans are remembered. */
export async function plan(query: Query, world: World): Promise<Result<Planned>> {
  return await planRemembered(query, world);
}

/** The resolved resources, as they would be recorded: overlays merged, defaults filled, files embedded. */
export async function render(query: Query, world: World): Promise<Result<{ readonly resources: readonly Resource[] }>> {
  return mapResult(await readDesired(query, world), ({ config }) => ({ resources: config.resources.map((each) => each.resource) }));
}

/**
 * Brings the target to what the files declare.
 *
 * @param saved - The plan of a plan file: the fresh plan must equal it. Null applies what is planned now.
 */
export async function apply(query: Query, saved: Plan | null, choices: ApplyChoices, world: World): Promise<Result<Applied>> {
  // The plan under the lock reads every file again; what has the same bytes needs no parsing.
  const again = { readings: newReadings(), ...withoutCache(world) };
  return await applyPlan(() => planDeclared(query, again), saved, { reason: "apply", because: null }, choices, world);
}

/**
 * Brings back the resources of generation N, judged by what judges today, and pins the owner there:
 * the configuration that was active until now is refused until it changes or `resume` ends the pin.
 */
export async function rollback(
  query: Query,
  generation: number,
  because: string,
  choices: ApplyChoices,
  world: World,
): Promise<Result<Applied>> {
  const first = await planRollback(query, generation, because, world);
  if (!first.ok) return first;
  const { pin } = first.value;
  const again = async (): ReturnType<typeof planDeclared> => {
    const planned = await planRollback(query, generation, because, world);
    return planned.ok ? ok(planned.value.planning, planned.warnings) : planned;
  };
  return await applyPlan(again, null, { reason: "rollback", because, pin }, choices, world);
}

/** Removes every resource of this owner from the target. Other owners keep theirs. */
export async function destroy(query: Query, because: string, choices: ApplyChoices, world: World): Promise<Result<Applied>> {
  return await applyPlan(() => planDestroy(query, world), null, { reason: "destroy", because }, choices, world);
}

/** OpenClaw's configuration as a repository, with a report on every value. Writes nothing; the code is loaded when asked for. */
export async function importOpenclaw(request: ImportRequest): Promise<Result<Imported>> {
  const { importOpenclawFrom } = await import("./importing.ts");
  return await importOpenclawFrom(request);
}

/** A folder of CUE as manifests. Writes nothing. */
export async function importCue(folder: string, searchPath: string): Promise<Result<ImportedCue>> {
  const { importCueFrom } = await import("./importing-cue.ts");
  return await importCueFrom(folder, searchPath);
}
