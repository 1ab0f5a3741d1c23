import {
  byCodeUnit,
  InternalError,
  type Address,
  type Edit,
  type Json,
  type Kinds,
  type Owner,
  type Reload,
  type Resource,
} from "../../core/index.ts";
import type { Change, Drift, FieldChange, PlanHold, Reason } from "../plan/types.ts";
import type { ResolvedConfig, ResolvedResource } from "../resolve/types.ts";
import { edited } from "./edits.ts";
import { fieldDifferences, type FieldDifference } from "./fields.ts";
import type { LiveState, Recorded } from "./types.ts";

export interface Move {
  readonly from: Address;
  readonly to: Address;
}

export interface DiffInput {
  readonly desired: ResolvedConfig;
  readonly live: LiveState;
  readonly recorded: Recorded;
  readonly kinds: Kinds;
  readonly moves: readonly Move[];
  readonly driftMode: "correct" | "report" | "ignore";
  /** Drift of these is reported whatever the mode. */
  readonly leaveDrift: ReadonlySet<Address>;
  /** Why an undeclared resource goes: it is not declared any more, or everything is destroyed. */
  readonly deleteReason: "not-declared" | "destroy";
  /** What is released instead of deleted. */
  readonly isForgotten: (address: Address) => boolean;
  /** Addresses of the desired state that are taken over from other owners. */
  readonly adopted: ReadonlyMap<Address, Owner>;
  /** The instant of the plan, to tell holds that are over. */
  readonly now: Date;
}

export interface Differences {
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly holds: readonly PlanHold[];
  readonly noop: number;
}

/**
 * The recorded resources that {@link diff} needs in full: those whose digest differs, those that go,
 * those that were edited. With a changed schema (`all`) every one, because its defaults may differ.
 */
export function addressesToRead(desired: ResolvedConfig, live: LiveState, all: boolean): Address[] {
  const needed = new Set<Address>(live.edits.map((edit) => edit.address).filter((address) => live.rows.has(address)));
  for (const [address, digest] of live.rows) {
    if (all || desired.byAddress.get(address)?.digest !== digest) needed.add(address);
  }
  return [...needed].sort(byCodeUnit);
}

/** Desired, live and recorded state to changes and drift. Sorted by address; the same for any input order. */
export function diff(input: DiffInput): Differences {
  const moves = effectiveMoves(input);
  const movedTo = new Map(moves.map((move) => [move.to, move.from]));
  const movedFrom = new Set(moves.map((move) => move.from));
  const changes: Change[] = [];
  let noop = 0;
  for (const each of input.desired.resources) {
    // Another owner's resource is never a create, and nothing of ours until it is taken over.
    if (input.live.foreign.has(each.address) && !input.adopted.has(each.address)) continue;
    const change = changeOf(each, movedTo.get(each.address), input);
    if (change) changes.push(change);
    else noop++;
  }
  for (const address of input.live.rows.keys()) {
    if (!input.desired.byAddress.has(address) && !movedFrom.has(address)) changes.push(removal(address, input));
  }
  changes.sort((a, b) => byCodeUnit(a.address, b.address));
  return { changes, drift: driftOf(input), holds: holdsOf(input), noop };
}

/**
 * Moves whose source is recorded and whose destination is new; others have happened or mean nothing. One name may
 * have followed another: what lives under the first of them moves to the last. Nothing moves twice, and no two to one name.
 */
function effectiveMoves({ moves, live, desired }: DiffInput): readonly Move[] {
  const next = new Map(moves.toReversed().map((move) => [move.from, move.to]));
  const sources = [...new Set(moves.map(({ from }) => from))].filter((from) => live.rows.has(from) && !desired.byAddress.has(from));
  const found = new Map<Address, Move>();
  for (const from of sources) {
    const to = nameNow(from, next, (at) => live.rows.has(at) || desired.byAddress.has(at));
    if (to !== undefined && !live.rows.has(to) && desired.byAddress.has(to) && !found.has(to)) found.set(to, { from, to });
  }
  return [...found.values()];
}

/** The first name on the way that is recorded or declared; none where the names go round. */
function nameNow(from: Address, next: ReadonlyMap<Address, Address>, isThere: (at: Address) => boolean): Address | undefined {
  const seen = new Set([from]);
  for (let at = next.get(from); at !== undefined && !seen.has(at); at = next.get(at)) {
    if (isThere(at)) return at;
    seen.add(at);
  }
  return undefined;
}

function changeOf(each: ResolvedResource, from: Address | undefined, input: DiffInput): Change | undefined {
  const { address, resource: after } = each;
  const digest = input.live.rows.get(address);
  if (digest === each.digest) return undefined;
  const before = recordedAt(from ?? address, digest !== undefined || from !== undefined, input);
  if (!before && input.adopted.has(address))
    return { address, action: "adopt", reason: "adopt-requested", reload: "hot", fields: [], after };
  if (!before) return { address, action: "create", reason: "declared", reload: "hot", fields: [], after };
  const differences = fieldDifferences(before as unknown as Json, after as unknown as Json, schemaOf(after.kind, input));
  if (from) return { address, action: "move", reason: "moved", reload: reloadOf(differences), fields: fieldsOf(differences), after, from };
  if (differences.length === 0) return undefined;
  const isReplace = differences.some((difference) => difference.immutable);
  const [action, reason] = isReplace ? (["replace", "immutable-changed"] as const) : (["update", "fields-changed"] as const);
  return { address, action, reason, reload: isReplace ? "session" : reloadOf(differences), fields: fieldsOf(differences), after };
}

function recordedAt(address: Address, isRecorded: boolean, input: DiffInput): Resource | undefined {
  if (!isRecorded) return undefined;
  const resource = input.recorded.get(address);
  if (!resource) throw new InternalError(`diff needs the recorded ${address}`);
  return resource;
}

/** No longer declared: deleted, or released and left as it is. */
function removal(address: Address, input: DiffInput): Change {
  if (input.isForgotten(address)) return { address, action: "forget", reason: "forget-requested", reload: "hot", fields: [], after: null };
  const reason: Reason = input.deleteReason;
  const reload = schemaOf(address.slice(0, address.indexOf("/")), input)?.["x-moltbot-reload"] ?? "session";
  return { address, action: "delete", reason, reload, fields: [], after: null };
}

function schemaOf(kind: string, input: DiffInput): NonNullable<ReturnType<Kinds["byName"]["get"]>>["schema"] | undefined {
  return input.kinds.byName.get(kind)?.schema;
}

const COST = { hot: 0, restart: 1, session: 2 } satisfies Record<Reload, number>;

function reloadOf(differences: readonly FieldDifference[]): Reload {
  return differences.reduce<Reload>((worst, each) => (COST[each.reload] > COST[worst] ? each.reload : worst), "hot");
}

function fieldsOf(differences: readonly FieldDifference[]): FieldChange[] {
  return differences.map(({ path, before, after, sensitive }) => ({ path, before, after, sensitive }));
}

/** What was changed outside git: the difference that the recorded edits make to the recorded rows. */
function driftOf(input: DiffInput): Drift[] {
  const byAddress = new Map<Address, Edit[]>();
  for (const edit of input.live.edits) {
    const list = byAddress.get(edit.address);
    if (list) list.push(edit);
    else byAddress.set(edit.address, [edit]);
  }
  return [...byAddress.entries()]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([address, edits]) => {
      const recorded = input.recorded.get(address);
      if (!recorded) return [];
      const live = edited(recorded, edits);
      const differences = fieldDifferences(recorded as unknown as Json, live as unknown as Json, schemaOf(recorded.kind, input));
      const isLeft = input.leaveDrift.has(address) || (!input.desired.byAddress.has(address) && input.isForgotten(address));
      const action = input.driftMode === "correct" && isLeft ? "report" : input.driftMode;
      return [{ address, class: "neutral", action, fields: fieldsOf(differences) } as const];
    });
}

function holdsOf({ live, now }: DiffInput): PlanHold[] {
  return live.holds
    .filter((hold) => hold.until === null || new Date(hold.until) > now)
    .map(({ id, selector, denied, reason, until }) => ({ id, selector, denied, reason, until }))
    .sort((a, b) => byCodeUnit(a.id, b.id));
}
