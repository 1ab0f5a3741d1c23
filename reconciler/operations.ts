import {
  caution,
  madeOf,
  ok,
  UNMANAGED,
  type Address,
  type Diagnostic,
  type Digest,
  type Edit,
  type Generation,
  type Hold,
  type LedgerHead,
  type Owner,
  type Pin,
  type Resource,
  type Result,
} from "../core/index.ts";
import { openWaiver, usedWaiver, waivedGeneration, waiversSince } from "./approval-waivers.ts";
import { secretObligations, type SecretObligation } from "../trust/secrets/index.ts";
import { edited, fieldDifferences } from "./diff/index.ts";
import { exportFiles, type ExportedFile } from "./export.ts";
import { driftClasses } from "./drift-class.ts";
import type { Drift, FieldChange } from "./plan/index.ts";
import { readLoopState, type LoopState } from "./loop-state.ts";
import { judgeInForce } from "./commit-judge.ts";
import { noRecord, open, type Opened } from "./opened.ts";
import { stateFolder, type Target } from "./targets/index.ts";
import type { Query, World } from "./types.ts";
import { anchorOf } from "./verifying.ts";

export type { ExportedFile } from "./export.ts";

export interface HistoryReport {
  readonly owner: Owner;
  /** Newest first. */
  readonly generations: readonly Generation[];
}

/** The generations of this owner; empty before the first apply. */
export async function history(query: Query, world: World): Promise<Result<HistoryReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const generations = await opened.value.target.record.generations(opened.value.owner);
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
  /** What people owe the active Secrets: changes that are due, by date or because somebody who knows a value was removed. */
  readonly obligations: readonly SecretObligation[];
  readonly resources: readonly { readonly address: Address; readonly inert: readonly string[] }[];
  /** What is on the target and belongs to no Project, sorted: it was forgotten. */
  readonly unmanaged: readonly Address[];
  /** How far the watch loop of this state folder has come; null where none has run. */
  readonly watch: LoopState | null;
}

/** What is active, what it lacks, and what stands open. A loop state that cannot be read is told beside it. */
export async function status(query: Query, world: World): Promise<Result<StatusReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { context, target, owner } = opened.value;
  const record = await target.record.status(owner);
  if (!record.ok) return record;
  const watch = readLoopState(stateFolder(context.project.target, context.folder, query.state));
  const observation = await target.observe(owner, [], world.signal);
  if (!observation.ok) return observation;
  const { live, read } = observation.value;
  const resources = await read([...live.rows.keys()]);
  if (!resources.ok) return resources;
  const { inert, unbuilt } = assessed(target, [...resources.value.values()]);
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
    obligations: secretObligations([...resources.value.values()], world.clock.now()).open,
    resources: [...live.rows.keys()].map((address) => ({ address, inert: inert.get(address) ?? [] })),
    unmanaged: found?.unmanaged ?? [],
    watch: watch.ok ? watch.value : null,
  };
  return ok(report, [
    ...unbuilt,
    ...(watch.ok ? [] : watch.diagnostics),
    ...(await waiverWarnings(opened.value)),
    ...followedUnverified(report, opened.value, [...resources.value.values()], query),
  ]);
}

/** Whether what is active was applied without its approvals, or something may be. */
async function waiverWarnings({ target, owner }: Opened): Promise<readonly Diagnostic[]> {
  const standing = await waiversSince(target.record, owner);
  if (!standing.ok) return standing.diagnostics;
  const found = await target.record.status(owner);
  const active = found.ok ? (found.value?.active ?? null) : null;
  const used = active ? await waivedGeneration(target.record, owner, active.number) : null;
  return [...(used ? [usedWaiver(used, active?.number ?? 0)] : []), ...standing.value.map(openWaiver)];
}

/** A branch that is followed while nothing verifies who commits to it. */
function followedUnverified(
  { watch, owner }: StatusReport,
  { context }: Opened,
  resources: readonly Resource[],
  query: Query,
): readonly Diagnostic[] {
  if (!watch?.source) return [];
  const anchor = anchorOf(context, query);
  if (!anchor.ok) return anchor.diagnostics;
  const active = resources.find((each) => each.kind === "Project");
  if (judgeInForce(active, active, anchor.value, null).by !== "nobody") return [];
  return [
    caution("VERIFICATION_OFF", {
      detail: `${owner} follows ${watch.source.branch} of ${watch.source.url}, and nothing verifies who signed its commits: whoever can push there decides what runs here.`,
      remedy: "Require signatures in moltbot.yaml (docs/commits.md), or on this host:\n  moltbot trust init",
    }),
  ];
}

/** What is active was built once; another version of the runtime may see it otherwise. That is a remark, no failure. */
function assessed(
  target: Target,
  resources: readonly Resource[],
): { readonly inert: ReadonlyMap<Address, readonly string[]>; readonly unbuilt: readonly Diagnostic[] } {
  const found = target.assess(resources);
  return found.ok
    ? { inert: found.value, unbuilt: [] }
    : { inert: new Map(), unbuilt: found.diagnostics.map((each) => caution(each.code, each)) };
}

export interface DriftReport {
  readonly owner: Owner;
  readonly generation: number;
  readonly drift: readonly {
    readonly address: Address;
    /** What the edits of it do to what is possible. */
    readonly class: Drift["class"];
    readonly fields: readonly FieldChange[];
    readonly edits: readonly Edit[];
  }[];
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
  const applied = await read(addresses.length === 0 ? [] : [...live.rows.keys()]);
  if (!applied.ok) return applied;
  const recorded = [...applied.value].filter(([address]) => addresses.includes(address));
  const now = new Map(
    recorded.map(([address, resource]) => [
      address,
      edited(
        resource,
        live.edits.filter((each) => each.address === address),
      ),
    ]),
  );
  const classes = driftClasses([...applied.value.values()], now, world.clock.now().toISOString(), world.kinds);
  const entries = recorded.map(([address, resource]) => {
    const edits = live.edits.filter((edit) => edit.address === address);
    const schema = world.kinds.byName.get(resource.kind)?.schema;
    const differences = fieldDifferences({ ...resource }, { ...edited(resource, edits) }, schema);
    const fields = differences.map(({ path, before, after, sensitive }) => ({ path, before, after, sensitive }));
    return { address, class: classes.get(address) ?? "neutral", fields, edits };
  });
  return ok({ owner, generation: live.generation.number, drift: entries, holds: live.holds });
}

/** Ends the pin of a rollback, so that the refused configuration may come back. */
export async function resume(query: Query, world: World): Promise<Result<{ readonly owner: Owner; readonly pin: Pin | null }>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const found = await target.record.status(owner);
  if (!found.ok) return found;
  if (!found.value) return noRecord(owner);
  if (!found.value.pin) return ok({ owner, pin: null });
  const ended = await target.record.endPin(owner, world.actor);
  return ended.ok ? ok({ owner, pin: found.value.pin }) : ended;
}

/**
 * The active generation as manifests that plan empty when they are planned again. Envelopes come as
 * they were in git; nothing is decrypted.
 *
 * @param choices - `unmanaged`: what belongs to no Project instead, as its manifests would say it.
 */
export async function exportTree(
  query: Query,
  world: World,
  { unmanaged = false }: { readonly unmanaged?: boolean } = {},
): Promise<Result<{ readonly generation: number; readonly files: readonly ExportedFile[] }>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target } = opened.value;
  const owner = unmanaged ? UNMANAGED : opened.value.owner;
  const found = await target.record.status(owner);
  if (!found.ok) return found;
  const generation = found.value?.active?.number;
  if (generation === undefined) return unmanaged ? ok({ generation: 0, files: [] }) : noRecord(owner);
  const resources = await target.record.resources(owner, generation);
  if (!resources.ok) return resources;
  const all = [...resources.value.values()].map((each) => madeOf(each)?.resource ?? each);
  const files = await exportFiles(all, world.kinds, (digests) => target.record.values(digests));
  return files.ok ? ok({ generation, files: files.value }) : files;
}
