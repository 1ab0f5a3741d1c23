import {
  fail,
  ok,
  problem,
  type Address,
  type Digest,
  type Edit,
  type Generation,
  type Hold,
  type LedgerHead,
  type LedgerRecord,
  type Owner,
  type Pin,
  type Result,
} from "../core/index.ts";
import { readProjectOnly, type Context } from "./desired.ts";
import { edited, fieldDifferences } from "./diff/index.ts";
import { exportFiles, type ExportedFile } from "./export.ts";
import type { FieldChange } from "./plan/index.ts";
import { readLoopState, type LoopState } from "./loop-state.ts";
import type { LedgerReport } from "./record/index.ts";
import { openTarget, stateFolder, type Target } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

export type { ExportedFile } from "./export.ts";

/** What a command on the record starts from. */
interface Opened {
  readonly context: Context;
  readonly target: Target;
  readonly owner: Owner;
}

async function open(query: Query, world: World): Promise<Result<Opened>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const target = openTarget(project.target, folder, query.state, world);
  return target.ok ? ok({ context: context.value, target: target.value, owner: `${project.name}/${project.environment}` }) : target;
}

function noRecord(owner: Owner): Result<never> {
  return fail(
    problem("NO_RECORD", {
      detail: `Nothing was ever applied for ${owner} from this state folder.`,
      remedy: "Apply first, or name the state folder that was used:\n  --state DIR",
      context: { owner },
    }),
  );
}

export interface HistoryReport {
  readonly owner: Owner;
  /** Newest first. */
  readonly generations: readonly Generation[];
}

/** The generations of this owner; empty before the first apply. */
export async function history(query: Query, world: World): Promise<Result<HistoryReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const generations = opened.value.target.record.generations(opened.value.owner);
  return generations.ok ? ok({ owner: opened.value.owner, generations: generations.value ?? [] }) : generations;
}

export interface StatusReport {
  readonly owner: Owner;
  readonly target: string;
  readonly lineage: string | null;
  readonly active: Generation | null;
  readonly candidate: Generation | null;
  readonly pin: Pin | null;
  readonly holds: readonly Hold[];
  readonly edits: readonly Edit[];
  /** An apply that was killed, or is running now. */
  readonly openIntent: { readonly plan: Digest; readonly actor: string; readonly at: string } | null;
  readonly ledgerHead: LedgerHead | null;
  readonly recipient: string | null;
  /** Every active resource, sorted, with what it lacks to run; empty when it lacks nothing. */
  readonly resources: readonly { readonly address: Address; readonly inert: readonly string[] }[];
  /** How far the watch loop of this state folder has come; null where none has run. */
  readonly watch: LoopState | null;
}

/** What is active, what it lacks, and what stands open. A loop state that cannot be read is told beside it. */
export async function status(query: Query, world: World): Promise<Result<StatusReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { context, target, owner } = opened.value;
  const record = target.record.status(owner);
  if (!record.ok) return record;
  const watch = readLoopState(stateFolder(context.project.target, context.folder, query.state));
  const observation = await target.observe(owner, [], world.signal);
  if (!observation.ok) return observation;
  const { live, read } = observation.value;
  const resources = read([...live.rows.keys()]);
  if (!resources.ok) return resources;
  const inert = target.assess([...resources.value.values()]);
  const found = record.value;
  const report: StatusReport = {
    owner,
    target: target.type,
    lineage: live.lineage,
    active: live.generation,
    candidate: found?.candidate ?? null,
    pin: live.pin,
    holds: live.holds,
    edits: live.edits,
    openIntent: found?.openIntent ?? null,
    ledgerHead: live.ledgerHead,
    recipient: found?.recipient ?? null,
    resources: [...live.rows.keys()].map((address) => ({ address, inert: inert.get(address) ?? [] })),
    watch: watch.ok ? watch.value : null,
  };
  return ok(report, watch.ok ? [] : watch.diagnostics);
}

export interface DriftReport {
  readonly owner: Owner;
  readonly generation: number;
  readonly drift: readonly { readonly address: Address; readonly fields: readonly FieldChange[]; readonly edits: readonly Edit[] }[];
  readonly holds: readonly Hold[];
}

/** What was changed outside git: the edits, field by field, and the holds. Compares with the record, not with the files. */
export async function drift(query: Query, world: World): Promise<Result<DriftReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const observation = await target.observe(owner, [], world.signal);
  if (!observation.ok) return observation;
  const { live, read } = observation.value;
  if (!live.generation) return noRecord(owner);
  const addresses = [...new Set(live.edits.map((edit) => edit.address))].sort();
  const recorded = read(addresses);
  if (!recorded.ok) return recorded;
  const entries = [...recorded.value].map(([address, resource]) => {
    const edits = live.edits.filter((edit) => edit.address === address);
    const schema = world.kinds.byName.get(resource.kind)?.schema;
    const differences = fieldDifferences({ ...resource }, { ...edited(resource, edits) }, schema);
    const fields = differences.map(({ path, before, after, sensitive }) => ({ path, before, after, sensitive }));
    return { address, fields, edits };
  });
  return ok({ owner, generation: live.generation.number, drift: entries, holds: live.holds });
}

/** Ends the pin of a rollback, so that the refused configuration may come back. */
export async function resume(query: Query, world: World): Promise<Result<{ readonly owner: Owner; readonly pin: Pin | null }>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const found = target.record.status(owner);
  if (!found.ok) return found;
  if (!found.value) return noRecord(owner);
  if (!found.value.pin) return ok({ owner, pin: null });
  const ended = target.record.endPin(owner, world.actor);
  return ended.ok ? ok({ owner, pin: found.value.pin }) : ended;
}

/**
 * The active generation as manifests that plan empty when they are planned again. Envelopes come as
 * they were in git; nothing is decrypted.
 */
export async function exportTree(
  query: Query,
  world: World,
): Promise<Result<{ readonly generation: number; readonly files: readonly ExportedFile[] }>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const found = target.record.status(owner);
  if (!found.ok) return found;
  const generation = found.value?.active?.number;
  if (generation === undefined) return noRecord(owner);
  const resources = target.record.resources(owner, generation);
  if (!resources.ok) return resources;
  const files = await exportFiles([...resources.value.values()], world.kinds, (digests) => target.record.values(digests));
  return files.ok ? ok({ generation, files: files.value }) : files;
}

/** Records of the ledger, oldest first. */
export async function auditTail(query: Query, last: number, world: World): Promise<Result<readonly LedgerRecord[]>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const found = target.record.status(owner);
  if (!found.ok) return found;
  const head = found.value?.ledgerHead;
  if (!head) return noRecord(owner);
  const records = target.record.ledger(Math.max(1, head.seq - last + 1), last);
  return records.ok ? ok(records.value ?? []) : records;
}

/** Walks the whole hash chain; with a head that was seen elsewhere, also checks that it is on the chain. */
export async function verifyAudit(query: Query, head: LedgerHead | null, world: World): Promise<Result<LedgerReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const report = opened.value.target.record.verifyLedger(head);
  if (!report.ok) return report;
  return report.value ? ok(report.value) : noRecord(opened.value.owner);
}

/** Writes the whole store, without keys, to one new file. */
export async function backup(
  query: Query,
  out: string,
  world: World,
): Promise<Result<{ readonly head: LedgerHead; readonly bytes: number; readonly digest: Digest }>> {
  const opened = await open(query, world);
  return opened.ok ? opened.value.target.record.backup(out) : opened;
}

export interface RestoreQuery {
  readonly file: string | null;
  readonly because: string;
  readonly replace: boolean;
  /** Keep the store that stands here although a newer head was seen. */
  readonly acceptOlder: boolean;
}

export interface Restored {
  readonly head: LedgerHead;
  /** Keys that were not here and were made anew: with a new `runtime.agekey` secrets need `secret rekey`. */
  readonly newKeys: readonly string[];
  readonly recipient: string | null;
}

/** Brings a backup back, or accepts a store that is older than the head that was seen. */
export async function restore(query: Query, choice: RestoreQuery, world: World): Promise<Result<Restored>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { record } = opened.value.target;
  const { file, because, replace, acceptOlder } = choice;
  if (acceptOlder || file === null) {
    const head = record.acceptOlder(world.actor, because);
    return head.ok ? ok({ head: head.value, newKeys: [], recipient: null }) : head;
  }
  return record.restore(file, { actor: world.actor, because, replace });
}

/** Brings an older store to the present format; a copy of the old file stays. */
export async function migrateStore(
  query: Query,
  world: World,
): Promise<Result<{ readonly from: string; readonly to: string; readonly copy: string | null }>> {
  const opened = await open(query, world);
  return opened.ok ? opened.value.target.record.migrate(world.actor) : opened;
}
