import {
  canonicalJson,
  digestBytes,
  fail,
  InternalError,
  isDigest,
  ok,
  problem,
  type Address,
  type Digest,
  type Edit,
  type Json,
  type Result,
} from "../../core/index.ts";
import type { CommitRequest, RowChange } from "../../runtime/store/index.ts";
import { isPartial } from "../plan/index.ts";
import type { Plan } from "../plan/types.ts";
import type { CommitFacts, Values } from "./types.ts";

export interface RequestInput {
  readonly plan: Plan;
  readonly values: Values;
  readonly facts: CommitFacts;
  readonly version: string;
  readonly schema: Digest;
  readonly rows: readonly RowChange[];
  /** Every edit of the owner. */
  readonly edits: readonly Edit[];
  /** Which of the named digests the record has already. */
  readonly known: ReadonlySet<Digest>;
}

/** What transaction (2) writes, wherever the record is. Pure. */
export function commitRequest({ plan, values, facts, version, schema, rows, edits, known }: RequestInput): Result<CommitRequest> {
  const bytes = newValues(rows, facts, values, known);
  if (!bytes.ok) return bytes;
  const corrected = new Set(plan.body.drift.filter((each) => each.action === "correct").map((each) => each.address));
  const { create, update, replace, delete: deleted, move, adopt, forget } = plan.body.summary;
  const released = new Set(facts.released);
  const isOver = (address: Address): boolean => corrected.has(address) || (!facts.rows.has(address) && !released.has(address));
  return ok({
    reason: facts.reason,
    because: facts.because,
    resolved: plan.body.inputs.resolved,
    schema,
    engine: version,
    commit: plan.evidence.repository.commit,
    dirty: plan.evidence.repository.dirty,
    actor: facts.actor,
    rows,
    values: bytes.value,
    evidence: facts.evidence,
    correctedEdits: edits.filter((edit) => isOver(edit.address)).map((edit) => edit.id),
    adopted: facts.adopted,
    released: facts.released,
    moved: plan.body.changes.flatMap(({ address, from }) => (from === undefined ? [] : [{ from, to: address }])),
    ...(facts.pin === undefined ? {} : { pin: facts.pin }),
    ...(facts.reason === "rollback" && facts.pin ? { restores: facts.pin.generation } : {}),
    ...(isPartial(plan.body) ? { isPartial: true } : {}),
    receipt: { create, update, replace, delete: deleted, move, adopt, forget, corrected: corrected.size, ...facts.provenance },
  });
}

/** Every row that must become another, or go. */
export function rowChanges(desired: ReadonlyMap<Address, Digest>, recorded: ReadonlyMap<Address, Digest>): readonly RowChange[] {
  const changed = [...desired].filter(([address, digest]) => recorded.get(address) !== digest);
  const gone = [...recorded.keys()].filter((address) => !desired.has(address));
  return [...changed.map(([address, digest]) => ({ address, digest })), ...gone.map((address) => ({ address, digest: null }))];
}

/** Every digest that stands in a resource of a changed row. */
export function namedBy(rows: readonly RowChange[], { resources }: Pick<CommitFacts, "resources">): ReadonlySet<Digest> {
  const changed = new Set(rows.flatMap(({ address, digest }) => (digest === null ? [] : [address])));
  const named = new Set<Digest>();
  for (const resource of resources) {
    if (changed.has(`${resource.kind}/${resource.metadata.name}`)) collectDigests(resource as unknown as Json, named);
  }
  return named;
}

/** The bytes that the new rows need: the resources themselves, and what they name by digest. */
function newValues(
  rows: readonly RowChange[],
  facts: CommitFacts,
  values: Values,
  known: ReadonlySet<Digest>,
): Result<ReadonlyMap<Digest, Uint8Array>> {
  const changed = new Map(rows.map((row) => [row.address, row.digest]));
  const out = new Map<Digest, Uint8Array>();
  for (const resource of facts.resources) {
    const digest = changed.get(`${resource.kind}/${resource.metadata.name}`);
    if (!digest) continue;
    const bytes = new TextEncoder().encode(canonicalJson(resource as unknown as Json));
    if (digestBytes(bytes) !== digest)
      throw new InternalError(`row digest of ${resource.kind}/${resource.metadata.name} is not that of its bytes`);
    out.set(digest, bytes);
  }
  for (const digest of namedBy(rows, facts)) {
    const bytes = values(digest);
    if (bytes && digestBytes(bytes) !== digest) {
      return fail(
        problem("PLAN_STALE", { detail: `The bytes for ${digest} do not hash to it; nothing was written.`, context: { digest } }),
      );
    }
    if (bytes && !known.has(digest)) out.set(digest, bytes);
  }
  return ok(out);
}

/** Digests that stand in a resource as text; those with bytes beside them are carried along. */
function collectDigests(value: Json, into: Set<Digest>): void {
  if (isDigest(value)) into.add(value);
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) collectDigests(item, into);
}
