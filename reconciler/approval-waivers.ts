import {
  caution,
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Diagnostic,
  type Digest,
  type LedgerRecord,
  type Owner,
  type Result,
} from "../core/index.ts";
import { noRecord, open } from "./opened.ts";
import type { Plan } from "./plan/index.ts";
import type { Target } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** What an operator took upon themselves, as the ledger has it. */
export interface ApprovalWaiver {
  /** The effect that may be applied without the people whom the rules ask. */
  readonly effect: Digest;
  /** Over this generation, and so for one apply. */
  readonly generation: number;
  readonly because: string;
  readonly actor: string;
  readonly at: string;
}

/** Of a ledger record; undefined for one of another kind or owner. */
export function waiverIn({ kind, owner, actor, at, body }: LedgerRecord, whose: Owner): ApprovalWaiver | undefined {
  const { effect, generation, because } = body;
  if (kind !== "waived" || owner !== whose || typeof effect !== "string" || typeof generation !== "number") return undefined;
  return { effect: effect as Digest, generation, because: typeof because === "string" ? because : "", actor, at };
}

/** The waivers since a generation became active, newest first: what is older was for another, or is used up. */
export async function waiversSince(
  record: Pick<Target["record"], "status" | "ledger">,
  owner: Owner,
): Promise<Result<readonly ApprovalWaiver[]>> {
  const status = await record.status(owner);
  if (!status.ok) return status;
  const { active = null, ledgerHead = null } = status.value ?? {};
  if (!active || !ledgerHead) return ok([]);
  const found: ApprovalWaiver[] = [];
  const oldest = Math.max(1, ledgerHead.seq - LIMITS.proofRecords);
  for (let to = ledgerHead.seq; to >= oldest; to -= LIMITS.recordsRead) {
    const from = Math.max(1, to - LIMITS.recordsRead + 1);
    const page = await record.ledger(from, to - from + 1);
    if (!page.ok) return page;
    const newest = (page.value ?? []).toReversed();
    const end = newest.findIndex((each) => each.kind === "receipt" && each.owner === owner && each.body["generation"] === active.number);
    const since = (end < 0 ? newest : newest.slice(0, end)).flatMap((each) => waiverIn(each, owner) ?? []);
    found.push(...since.filter(({ generation }) => generation === active.number));
    if (end >= 0) break;
  }
  return ok(found);
}

/** Who waived, and why, as the receipt of a generation says; null where people approved it, or nobody was asked. */
export async function waivedGeneration(
  record: Pick<Target["record"], "status" | "ledger">,
  owner: Owner,
  generation: number,
): Promise<{ readonly actor: string; readonly because: string } | null> {
  const status = await record.status(owner);
  const head = status.ok ? (status.value?.ledgerHead?.seq ?? 0) : 0;
  const page = await record.ledger(Math.max(1, head - LIMITS.recordsRead + 1), LIMITS.recordsRead);
  const receipt = (page.ok ? (page.value ?? []) : []).findLast(
    (each) => each.kind === "receipt" && each.owner === owner && each.body["generation"] === generation,
  );
  const { approvalsWaivedBy: actor, approvalsWaivedBecause: because } = receipt?.body ?? {};
  return typeof actor === "string" && typeof because === "string" ? { actor, because } : null;
}

export function usedWaiver({ actor, because }: { readonly actor: string; readonly because: string }, generation: number): Diagnostic {
  return caution("APPROVALS_WAIVED", {
    detail: `Generation ${generation} was applied without the approvals that were asked for; ${shown(actor)} waived them: ${shown(because)}.`,
    context: { generation },
  });
}

/** One that nothing was applied under yet. */
export function openWaiver({ actor, at, because, effect, generation }: ApprovalWaiver): Diagnostic {
  return caution("APPROVALS_WAIVED", {
    detail: `Effect ${effect} may be applied over generation ${generation} without approvals: ${shown(actor)} waived them on ${at}: ${shown(because)}. The next generation ends that.`,
    context: { generation, effect },
  });
}

/** What is said of a plan that goes without its approvals. */
export function waivedWarning({ actor, at, because }: ApprovalWaiver): Diagnostic {
  return caution("APPROVALS_WAIVED", {
    detail: `Nobody has approved this plan as its rules ask; ${shown(actor)} waived that on ${at}: ${shown(because)}.`,
    remedy: "Whoever did it can tell why; the ledger keeps it:\n  moltbot audit tail",
  });
}

/**
 * An operator of the host takes the place of people who are not there any more: for one effect, over the generation that is
 * active now. It goes into the ledger before anything is done with it. No commit can do that.
 *
 * @returns `WAIVER_REFUSED` for a plan that needs none, or that is not about what is active here.
 */
export async function waiveApprovals(
  query: Query,
  plan: Plan,
  because: string,
  confirm: () => Promise<Result<void>>,
  world: World,
): Promise<Result<ApprovalWaiver>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const status = await target.record.status(owner);
  if (!status.ok) return status;
  const active = status.value?.active ?? null;
  if (!active) return noRecord(owner);
  const wrong = whyNot(plan, owner, active.number);
  if (wrong !== undefined) return refused(wrong);
  const agreed = await confirm();
  if (!agreed.ok) return agreed;
  const { effect, digest, evidence } = plan;
  const rules = (evidence.approvals ?? []).map(({ when, count, teams, approvedBy }) => ({ when, count, teams, approvedBy }));
  const written = await target.record.recordWaiver(owner, world.actor, { effect, plan: digest, generation: active.number, because, rules });
  if (!written.ok) return written;
  return ok({ effect, generation: active.number, because, actor: world.actor, at: world.clock.now().toISOString() });
}

function whyNot({ body, evidence }: Plan, owner: Owner, generation: number): string | undefined {
  const whose = `${body.project}/${body.environment}`;
  if (whose !== owner) return `it is about ${shown(whose)}, and the record here is that of ${shown(owner)}`;
  if (body.target.generation !== generation)
    return `it was made over generation ${body.target.generation}, and generation ${generation} is active`;
  if (evidence.repository.commit === null || evidence.repository.dirty)
    return "its files are not those of a commit, so nobody could look at them again";
  const waiting = (evidence.approvals ?? []).filter(({ count, approvedBy }) => approvedBy.length < count);
  return waiting.length === 0 ? "no rule waits for anybody's approval of it" : undefined;
}

function refused(why: string): Result<never> {
  return fail(
    problem("WAIVER_REFUSED", {
      detail: `Nothing was waived: ${why}.`,
      remedy: "Make the plan of the commit again, and look at it:\n  moltbot plan --ref REV --out FILE",
    }),
  );
}

/** Whether anything of this is a body that a proof may show; for verifying without a store. */
export function waiverAmong(
  records: readonly LedgerRecord[],
  owner: Owner,
  { effect, generation, before }: { readonly effect: Digest; readonly generation: number; readonly before: number },
): ApprovalWaiver | null {
  const found = records.filter(({ seq, body }) => seq < before && isObject(body)).map((each) => waiverIn(each, owner));
  return found.find((each) => each?.effect === effect && each.generation === generation) ?? null;
}
