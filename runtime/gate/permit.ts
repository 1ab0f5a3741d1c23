import { checkBounds } from "./bounds.ts";
import { decide, type Question } from "./decide.ts";
import { stale, type Handle } from "./handles.ts";
import type { Known } from "./receipts.ts";
import { no, type Execution, type Permitted, type Refusal, type Step } from "./steps.ts";
import type { CanonicalCall } from "./types.ts";
import { broken } from "./waiting.ts";

/** Everything that can be decided at once, as of now. */
export function permit({ world, sessions, rates }: Execution, handle: Handle, call: CanonicalCall, known: Known): Step<Permitted> {
  const { run } = known;
  const found = world.live.agent(run.owner, run.agent);
  if (!found.ok) return no(known, found.diagnostics);
  const { owner, agent } = found.value;
  if (agent.stamp !== handle.from) return no({ ...known, owner }, [stale("what is active changed since it was offered")]);
  const session = sessions.of(run.session);
  if (!session.ok) return no({ ...known, owner }, session.diagnostics);
  const now = world.live.now();
  const question: Question = { owner, agent, run, call, session: session.value, narrowing: handle.narrowing, now };
  const decision = decide(question);
  if (!decision.isAllowed) return no({ ...known, owner, rules: decision.rules, question: decision.question }, [decision.why]);
  let refusal: Refusal | undefined;
  for (const allowed of decision.allowed) {
    const wrong = checkBounds(rates, { ...question, allowed });
    if (!wrong) return { isOk: true, value: { owner, agent, session: session.value, allowed } };
    refusal ??= { why: [wrong], known: { ...known, owner, rules: allowed.rules, question: allowed.question } };
  }
  return { isOk: false, refusal: refusal ?? { why: [broken("no grant")], known } };
}
