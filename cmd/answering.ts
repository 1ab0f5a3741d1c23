import { LIMITS, mapResult, ok, type Result } from "../core/index.ts";
import { approvalStore, type Approval, type ApprovalStore } from "../runtime/gate/index.ts";
import { isRuntimeHeld } from "../runtime/store/index.ts";
import { askAs, listedAt } from "./gateway-access.ts";
import type { Session } from "./session.ts";
import { withRecords } from "./with-records.ts";

/** Approvals as a command shows them. */
export interface ApprovalsReport {
  readonly approvals: readonly Approval[];
  /** A gateway runs on this store, and hears an answer at once. */
  readonly isRunning: boolean;
}

interface AnsweringFlags {
  /** A gateway elsewhere. */
  readonly url?: string | undefined;
  readonly "passphrase-file"?: string | undefined;
}

/** The calls that wait for a person. */
export async function openApprovals(session: Session, flags: AnsweringFlags): Promise<Result<ApprovalsReport>> {
  if (flags.url !== undefined) return await approvalsAt(session, flags.url);
  return await withApprovals(session, flags, (store) => store.list());
}

/** Gives or refuses one, as somebody who may use the state folder. @param id - Or how it begins. */
export async function answerApproval(
  session: Session,
  flags: AnsweringFlags,
  said: { readonly id: string; readonly answer: "given" | "refused"; readonly reason: string | null },
): Promise<Result<ApprovalsReport>> {
  if (flags.url !== undefined) return await answeredAt(session, flags.url, said);
  const { actor } = await session.world();
  return await withApprovals(session, flags, (store) => {
    const open = store.list();
    if (!open.ok) return open;
    const id = wholeId(open.value, said.id);
    const by = { id: actor, person: null, role: null, verified: true, via: "cli" } as const;
    const done = store.answer(id, { answer: said.answer, by, reason: said.reason });
    return done.ok ? ok([done.value]) : done;
  });
}

function wholeId(open: readonly Pick<Approval, "id">[], id: string): string {
  const found = open.filter((each) => each.id.startsWith(id));
  return found.length === 1 && found[0] ? found[0].id : id;
}

async function approvalsAt(session: Session, url: string): Promise<Result<ApprovalsReport>> {
  const listed = await listedAt(session, url, "/v2/approvals", LIMITS.approvalsOpen);
  return mapResult(listed, (approvals) => ({ approvals: approvals as unknown as readonly Approval[], isRunning: true }));
}

async function answeredAt(
  session: Session,
  url: string,
  { id, answer, reason }: { readonly id: string; readonly answer: "given" | "refused"; readonly reason: string | null },
): Promise<Result<ApprovalsReport>> {
  const open = await approvalsAt(session, url);
  if (!open.ok) return open;
  const whole = wholeId(open.value.approvals, id);
  // What is answered is what was read: another call under this id is none.
  const digest = open.value.approvals.find((each) => each.id === whole)?.digest;
  const body = { answer, ...(reason === null ? {} : { reason }), ...(digest === undefined ? {} : { digest }) };
  const done = await askAs(session, url, "POST", `/v2/approvals/${encodeURIComponent(whole)}/answer`, body);
  return done.ok ? ok({ approvals: [done.value as unknown as Approval], isRunning: true }) : done;
}

async function withApprovals(
  session: Session,
  flags: AnsweringFlags,
  work: (store: ApprovalStore) => Result<readonly Approval[]>,
): Promise<Result<ApprovalsReport>> {
  return await withRecords(session, flags, async (records, dir) => {
    const { clock, ids } = await session.world();
    const found = work(approvalStore({ records, clock, ids }));
    if (!found.ok) return found;
    const running = isRuntimeHeld(dir);
    return ok({ approvals: found.value, isRunning: running.ok && running.value }, found.warnings);
  });
}
