import { fail, isObject, LIMITS, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import { STOPPED_BY, type Run } from "../run/index.ts";
import { isPast } from "./handles.ts";
import type { ApprovalRequest, ApprovalStore } from "./approvals.ts";
import type { Approval, ApprovalAnswer, GateWorld } from "./types.ts";

/** Waits for people. An answer given by this process is heard at once, one by another process within {@link LIMITS.approvalLookMs}. */
export interface Waiting {
  /** Until it is given. `APPROVAL_REFUSED`, `APPROVAL_EXPIRED`, or why it does not matter any more. */
  readonly wait: (approval: Approval, run: Run, isStillWanted: () => Diagnostic | undefined) => Promise<Result<Approval>>;
  readonly ask: (request: ApprovalRequest, run: Run) => Result<Approval>;
  readonly answer: (id: string, answer: ApprovalAnswer) => Result<Approval>;
  /** Records and tells what became of an approval. */
  readonly heard: (approval: Approval, run: Run, answer: "given" | "refused" | "expired") => Result<void>;
  /** Looks again and again for as long as something goes on. @returns how to stop. */
  readonly watch: (each: () => void) => () => void;
  readonly close: () => void;
}

type Watch = () => void;

/** How many are looked at in one go: looking must never be what keeps the gateway busy. */
const AT_A_TIME = 100;

export function newWaiting(store: ApprovalStore, { audit, bus, clock }: Pick<GateWorld, "audit" | "bus" | "clock">): Waiting {
  const watches = new Set<Watch>();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const look = (most = Number.POSITIVE_INFINITY): void => {
    for (const watch of [...watches].slice(0, most)) {
      // Looked at last, next time: with many of them each has its turn.
      if (watches.delete(watch)) watches.add(watch);
      watch();
    }
  };
  const watch = (each: Watch): (() => void) => {
    watches.add(each);
    timer ??= setInterval(() => look(AT_A_TIME), LIMITS.approvalLookMs).unref();
    return () => {
      watches.delete(each);
      if (watches.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
  const tell = (approval: Approval, run: Run, answer: "given" | "refused" | "expired"): Result<void> => {
    const { owner, agent, session, tool, action } = approval;
    const recorded = audit.record({
      kind: `approval.${answer}`,
      owner,
      correlation: run.id,
      actor: approval.answer?.by ?? "runtime",
      agent,
      session,
      tool,
      action,
      decision: answer === "given" ? "allowed" : "denied",
      facts: { approval: approval.id, call: approval.digest, ...(approval.answer ? { via: approval.answer.via } : {}) },
    });
    bus.publish({
      type: "approval.answered",
      at: clock.now().toISOString(),
      correlation: run.id,
      owner,
      agent,
      session,
      approval: approval.id,
      answer,
    });
    return recorded.ok ? ok(undefined) : recorded;
  };
  return {
    watch,
    heard: tell,
    ask: (request, run) => {
      const asked = store.ask(request);
      if (!asked.ok) return asked;
      const { id, owner, agent, session, tool, action, digest, summary } = asked.value;
      const recorded = audit.record({
        kind: "approval.asked",
        owner,
        correlation: run.id,
        actor: run.principal?.id ?? "runtime",
        agent,
        session,
        tool,
        action,
        decision: "asked",
        facts: { approval: id, call: digest },
      });
      if (!recorded.ok) return recorded;
      bus.publish({
        type: "approval.asked",
        at: clock.now().toISOString(),
        correlation: run.id,
        owner,
        agent,
        session,
        approval: id,
        tool,
        summary,
      });
      return asked;
    },
    wait: (approval, run, isStillWanted) =>
      new Promise((resolve) => {
        const end = (result: Result<Approval>): void => {
          leave();
          run.signal.removeEventListener("abort", check);
          resolve(result);
        };
        const check = (): void => {
          try {
            if (isClosed || run.signal.reason === STOPPED_BY.shutdown)
              return end(fail(expired(approval, "the gateway stops; the question stays open")));
            const next = progress(store, approval, { run, isStillWanted, now: clock.now().getTime() });
            if (!next) return;
            if (next.answer !== null) {
              const told = tell(next.approval, run, next.answer);
              if (!told.ok) return end(told);
            }
            end(next.result);
          } catch (error) {
            end(fail(broken(error)));
          }
        };
        const leave = watch(check);
        run.signal.addEventListener("abort", check);
        check();
      }),
    answer: (id, answer) => {
      const done = store.answer(id, answer);
      if (done.ok) look();
      return done;
    },
    close: () => {
      isClosed = true;
      look();
    },
  };
}

interface Progress {
  readonly approval: Approval;
  readonly answer: "given" | "refused" | "expired" | null;
  readonly result: Result<Approval>;
}

interface Wish {
  readonly run: Run;
  readonly isStillWanted: () => Diagnostic | undefined;
  readonly now: number;
}

/** What became of an approval; undefined while nobody answered. */
function progress(store: ApprovalStore, asked: Approval, { run, isStillWanted, now }: Wish): Progress | undefined {
  const found = store.get(asked.id);
  if (!found.ok) return { approval: asked, answer: null, result: found };
  const approval = found.value ?? { ...asked, state: "expired" as const };
  if (approval.state === "given") return { approval, answer: "given", result: ok(approval) };
  if (approval.state === "refused") return { approval, answer: "refused", result: fail(refused(approval)) };
  if (approval.state !== "asked" || isPast(approval.expiresAt, now))
    return over(store, approval, expired(approval, "nobody answered in time"));
  const why = run.signal.aborted ? expired(approval, "what asked for it was cancelled") : isStillWanted();
  return why ? over(store, approval, why) : undefined;
}

function over(store: ApprovalStore, approval: Approval, why: Diagnostic): Progress {
  const gone = store.expire(approval.id);
  return { approval, answer: "expired", result: gone.ok ? fail(why) : gone };
}

export function refused({ id, answer, tool }: Approval): Diagnostic {
  const reason = answer?.reason === null || answer === null ? "" : `: ${JSON.stringify(answer.reason)}`;
  return problem("APPROVAL_REFUSED", { detail: `The call of ${tool} was refused by a person${reason}.`, context: { approval: id } });
}

export function expired({ id, tool }: Approval, why: string): Diagnostic {
  return problem("APPROVAL_EXPIRED", { detail: `The call of ${tool} was not approved: ${why}.`, context: { approval: id } });
}

export function broken(error: unknown): Diagnostic {
  const said = error instanceof Error ? error.message : isObject(error) ? "" : String(error);
  return problem("GATE_BROKEN", { detail: "The gate could not decide, and nothing was done.", cause: said });
}
