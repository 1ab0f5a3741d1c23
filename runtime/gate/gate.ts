import { LIMITS, ok, type Result } from "../../core/index.ts";
import { isSameOrEveryTool } from "../../trust/capability/index.ts";
import { held, type LiveAgent, type LiveOwner } from "../live/index.ts";
import type { Labels, Run } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { approvalStore } from "./approvals.ts";
import { newBudgets } from "./budgets.ts";
import { heldIn, isInForce } from "./decide.ts";
import { recordHolds } from "./hold-events.ts";
import { newExecution } from "./execute.ts";
import { newHandles, UNNARROWED } from "./handles.ts";
import { newRates } from "./rates.ts";
import { grow, newSessionStates, WORST_LABELS, type SessionStates } from "./session-state.ts";
import { newTokens } from "./tokens.ts";
import type { GateWorld, OfferedTool, RuntimeGate, Tool } from "./types.ts";
import { newWaiting } from "./waiting.ts";

/** Opens the gate of a running gateway: the one way from a model's wish to an effect. */
export function openGate(world: GateWorld): RuntimeGate {
  const { live, records } = world;
  const handles = newHandles();
  const sessions = newSessionStates(records);
  const store = approvalStore(world);
  const waiting = newWaiting(store, world);
  const stopRecording = recordHolds(live, world.audit);
  const budgets = newBudgets({ live, records, sessions });
  const execute = newExecution({ world, handles, sessions, approvals: store, waiting, rates: newRates(LIMITS.sessionsKnown) });
  return {
    offer: (run) => offer(world, run, (tool, agent) => issue(handles, tool, agent, run, live.now().getTime())),
    execute,
    labelsOf: (session) => {
      const facts = sessions.of(session);
      return facts.ok ? facts.value.labels : WORST_LABELS;
    },
    labelled: (session, labels, to) => labelled(sessions, session, labels, to),
    tokens: newTokens(handles, { now: live.now }),
    approvals: { list: store.list, answer: waiting.answer },
    budgets,
    revoke: handles.revoke,
    finish: (run) => {
      handles.finish(run);
      budgets.finish(run);
    },
    forget: (session) => {
      const gone = store.forget(session);
      return gone.ok ? sessions.forget(session) : gone;
    },
    close: () => {
      stopRecording();
      waiting.close();
      budgets.close();
      sessions.close();
    },
  };
}

function labelled(sessions: SessionStates, session: string, labels: Labels, to?: SealedRecords): Result<void> {
  const facts = sessions.of(session);
  if (!facts.ok) return facts;
  if (!grow(facts.value, labels)) return ok(undefined);
  const saved = sessions.save(session, to);
  // It counts from here on; where it, or the caller's transaction, comes to nothing, it is written with what is saved next.
  if (!saved.ok || to) sessions.touch(session);
  return saved;
}

function issue(handles: ReturnType<typeof newHandles>, tool: Tool, agent: LiveAgent, run: Run, now: number): OfferedTool {
  const capability = handles.issue({
    tool,
    owner: run.owner,
    agent: run.agent,
    session: run.session,
    run: run.id,
    from: agent.stamp,
    expiresAt: now + LIMITS.capabilityMs,
    narrowing: UNNARROWED,
  });
  return { name: tool.name, description: tool.description, input: tool.input, capability };
}

/** What an agent may ask for: a grant in force covers some use of it, no policy refuses the grant, nobody holds it. */
function offer(world: GateWorld, run: Run, make: (tool: Tool, agent: LiveAgent) => OfferedTool): Result<readonly OfferedTool[]> {
  const found = world.live.agent(run.owner, run.agent);
  if (!found.ok) return found;
  const { owner, agent } = found.value;
  const now = world.live.now();
  const hold = heldIn(owner.holds, run, { tool: "", resource: null }, now);
  if (hold) return ok([], [held(agent.address, hold)]);
  if (agent.refused) return ok([], [agent.refused]);
  if (agent.grants.length === 0) return ok([]);
  const tools = world.tools({ owner, agent, run });
  return ok(tools.filter((tool) => mayUse(tool.name, agent, owner, run, now)).map((tool) => make(tool, agent)));
}

function mayUse(tool: string, agent: LiveAgent, owner: LiveOwner, run: Run, now: Date): boolean {
  if (heldIn(owner.holds, run, { tool, resource: null }, now)) return false;
  return agent.grants.some((grant) => isSameOrEveryTool(grant.tool, tool) && isInForce(grant, now) && grant.verdict().answer !== "denied");
}
