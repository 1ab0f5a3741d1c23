import { fail, LIMITS, ok, problem, shown, type Clock, type Diagnostic, type Ids, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import {
  APPROVAL_SLOTS,
  decodeApproval,
  encodeApproval,
  isApprovalId,
  isAtLeastAsHigh,
  refusalOf,
  slotOfApproval,
} from "./approval-record.ts";
import { isPast } from "./handles.ts";
import type { Approval, ApprovalAnswer, Approvals } from "./types.ts";

/** What an approval is asked for: exactly one call of one principal in one session under one generation. */
export type ApprovalRequest = Omit<Approval, "id" | "state" | "askedAt" | "expiresAt" | "answer">;

/** Approvals at rest: asked, answered and used up, each step one transaction. Works beside other processes. */
export interface ApprovalStore extends Approvals {
  /** The open approval of that very call; undefined where there is none. */
  readonly find: (request: ApprovalRequest) => Result<Approval | undefined>;
  readonly ask: (request: ApprovalRequest) => Result<Approval>;
  readonly get: (id: string) => Result<Approval | undefined>;
  /** Uses a given approval up, for that very call: `APPROVAL_MISMATCH` for any other, and for the second use. */
  readonly use: (id: string, request: ApprovalRequest) => Result<Approval>;
  /** Everything that was asked in a session goes. */
  readonly forget: (session: string) => Result<void>;
  /** Nobody waits for it any more, or its time is over. */
  readonly expire: (id: string) => Result<void>;
}

export interface ApprovalWorld {
  readonly records: SealedRecords;
  readonly clock: Clock;
  readonly ids: Ids;
}

const ID_CHARS = 16;

export function approvalStore({ records, clock, ids }: ApprovalWorld): ApprovalStore {
  const now = (): number => clock.now().getTime();
  const all = (): Result<readonly Approval[]> => {
    const slots = records.list(APPROVAL_SLOTS, { limit: LIMITS.recordsRead });
    if (!slots.ok) return slots;
    const found: Approval[] = [];
    for (const { slot, head } of slots.value) {
      const approval = decodeApproval(head);
      if (approval && !isPast(approval.expiresAt, now())) found.push(approval);
      else {
        const removed = records.remove(slot);
        if (!removed.ok) return removed;
      }
    }
    return ok(found.sort((a, b) => (a.askedAt === b.askedAt ? (a.id < b.id ? -1 : 1) : a.askedAt < b.askedAt ? -1 : 1)));
  };
  const get = (id: string): Result<Approval | undefined> => {
    const slot = isApprovalId(id) ? records.get(slotOfApproval(id)) : ok(null);
    return slot.ok ? ok(slot.value ? decodeApproval(slot.value.head) : undefined) : slot;
  };
  /** One step of one approval, with nobody between reading and writing. */
  const step = (id: string, next: (approval: Approval) => Approval | Diagnostic): Result<Approval> => {
    if (!isApprovalId(id)) return fail(unknown(id));
    const done = records.change<Approval | Diagnostic>(slotOfApproval(id), (before) => {
      const approval = before ? decodeApproval(before.head) : undefined;
      const value = approval && !isPast(approval.expiresAt, now()) ? next(approval) : unknown(id);
      return { head: "severity" in value ? null : encodeApproval(value), value };
    });
    if (!done.ok) return done;
    return "severity" in done.value ? fail(done.value) : ok(done.value);
  };
  return {
    get,
    list: () => {
      const found = all();
      return found.ok ? ok(found.value.filter(({ state }) => state === "asked")) : found;
    },
    find: (request) => {
      const found = all();
      return found.ok ? ok(found.value.findLast((each) => isOpenFor(each, request))) : found;
    },
    ask: (request) => {
      const open = all();
      if (!open.ok) return open;
      if (open.value.length >= LIMITS.approvalsOpen) return fail(full());
      const at = clock.now();
      const approval: Approval = {
        ...request,
        id: ids.next().slice(0, ID_CHARS),
        state: "asked",
        askedAt: at.toISOString(),
        expiresAt: new Date(at.getTime() + LIMITS.approvalMs).toISOString(),
        answer: null,
      };
      const written = records.put(slotOfApproval(approval.id), encodeApproval(approval));
      return written.ok ? ok(approval) : written;
    },
    answer: (id, answer) => step(id, (approval) => answered(approval, answer, clock.now())),
    use: (id, request) =>
      step(id, (approval) =>
        approval.state === "given" && isFor(approval, request) && isStrictEnough(approval, request)
          ? { ...approval, state: "used" }
          : mismatch(approval),
      ),
    forget: (session) => {
      const found = all();
      if (!found.ok) return found;
      for (const each of found.value) {
        const removed = each.session === session ? records.remove(slotOfApproval(each.id)) : ok(undefined);
        if (!removed.ok) return removed;
      }
      return ok(undefined);
    },
    // Also where its time is over: a clock that is set back later revives nothing.
    expire: (id) =>
      records.change<void>(slotOfApproval(id), (before) => {
        const approval = before ? decodeApproval(before.head) : undefined;
        return { head: approval?.state === "asked" ? encodeApproval({ ...approval, state: "expired" }) : null, value: undefined };
      }),
  };
}

function answered(approval: Approval, { answer, by, reason }: ApprovalAnswer, at: Date): Approval | Diagnostic {
  if (approval.state !== "asked")
    return problem("APPROVAL_ANSWERED", {
      detail: `Approval ${approval.id} was ${approval.state === "used" ? "given, and used" : approval.state} already.`,
      context: { approval: approval.id },
    });
  const refusal = refusalOf(approval, by);
  if (refusal !== undefined)
    return problem("APPROVER_NOT_ALLOWED", {
      detail: `Approval ${approval.id} cannot be answered by ${shown(by.id)}, ${refusal}.`,
      context: { approval: approval.id },
    });
  return { ...approval, state: answer, answer: { by: by.id, via: by.via, at: at.toISOString(), reason } };
}

/** Everything an approval covers. What `once` covers in one session is every call under its grant. */
export function isFor(approval: Approval, request: ApprovalRequest): boolean {
  return coverOf(approval) === coverOf(request) && approval.digest === request.digest;
}

/** A refusal stands whoever may give it now; a question that too low a role may answer is no question for this call. */
function isOpenFor(approval: Approval, request: ApprovalRequest): boolean {
  if (!isFor(approval, request)) return false;
  return approval.state === "refused" || ((approval.state === "asked" || approval.state === "given") && isStrictEnough(approval, request));
}

/**
 * Whether what was asked then is as strict as what must be asked now. What came into the conversation since, or the
 * time of day, can make a rule ask for a higher role, or each time: an answer from before is none to that.
 */
function isStrictEnough(approval: Approval, request: ApprovalRequest): boolean {
  return isAtLeastAsHigh(approval.role, request.role) && (approval.mode === "always" || request.mode === "once");
}

/** Under what a standing approval of a session is remembered. */
export function coverOf({ owner, agent, session, principal, behind, generation, grant, tool }: ApprovalRequest): string {
  return JSON.stringify([owner, agent, session, principal?.id ?? null, behind, generation, grant, tool]);
}

export function mismatch({ id }: Pick<Approval, "id">): Diagnostic {
  return problem("APPROVAL_MISMATCH", {
    detail: `Approval ${id} does not cover this call, or was used already: it covers one call, byte for byte, once.`,
    context: { approval: id },
  });
}

function unknown(id: string): Diagnostic {
  return problem("APPROVAL_UNKNOWN", {
    detail: `There is no open approval ${shown(id)}.`,
    remedy: "See which are open:\nmoltbot gateway approvals",
  });
}

function full(): Diagnostic {
  return problem("APPROVALS_FULL", {
    detail: `${LIMITS.approvalsOpen} approvals are open already (limits.approvalsOpen).`,
    remedy: "moltbot gateway approvals",
    context: { limit: LIMITS.approvalsOpen },
  });
}
