import { fail, mapResult, problem, type Diagnostic } from "../../core/index.ts";
import { joinLabels, namesOf, NO_LABELS } from "../run/index.ts";
import type { LiveAgent, SubAgentCall, SubAgents } from "./types.ts";
import { freshSession } from "./current.ts";
import { runIn } from "./say.ts";
import type { State } from "./state.ts";

/**
 * Runs one agent for another: in a session of its own, on behalf of the agent that calls, who is listed among
 * the callers. What is in the caller's conversation goes along as labels, and what came up in the called one
 * comes back with the answer.
 */
export function subAgentsOf(state: State): SubAgents {
  const running = new Map<string, number>();
  return {
    call: async (call, signal) => {
      const { caller } = call;
      const from = state.agents.find(caller.agent);
      if (!from.ok) return from;
      const refused = refusal(call, from.value, running.get(caller.session) ?? 0);
      if (refused) return fail(refused);
      const to = state.agents.find(call.agent);
      if (!to.ok) return to;
      running.set(caller.session, (running.get(caller.session) ?? 0) + 1);
      try {
        return await runFor(state, call, from.value, to.value, signal);
      } finally {
        const left = (running.get(caller.session) ?? 1) - 1;
        if (left > 0) running.set(caller.session, left);
        else running.delete(caller.session);
      }
    },
  };
}

function refusal({ agent, caller }: SubAgentCall, from: LiveAgent, runningNow: number): Diagnostic | undefined {
  const { to, maxDepth, maxConcurrent } = from.agent.conduct.delegation;
  const no = (detail: string): Diagnostic =>
    problem("SUB_AGENT_REFUSED", { detail: `Agent/${caller.agent} may not call Agent/${agent}: ${detail}.` });
  if (!to.includes(agent)) return no("it is not in its `subAgents`");
  if (agent === caller.agent || caller.callers.includes(agent)) return no("that agent is waiting for this call itself");
  if (caller.callers.length + 1 > maxDepth) return no(`calls may nest ${maxDepth} deep (\`delegation.maxDepth\`)`);
  if (runningNow >= maxConcurrent) return no(`${maxConcurrent} calls may run at once (\`delegation.maxConcurrent\`)`);
  return undefined;
}

async function runFor(
  state: State,
  call: SubAgentCall,
  from: LiveAgent,
  to: LiveAgent,
  signal: AbortSignal,
): ReturnType<SubAgents["call"]> {
  const { timeoutMs, model, archiveAfterMs } = from.agent.conduct.delegation;
  const session = freshSession(state, to, null);
  if (!session.ok) return session;
  const { id } = session.value.head;
  const { caller, message, labels } = call;
  const live = model ? { ...to, agent: { ...to.agent, choices: [model, ...to.agent.choices.slice(1)] as const } } : to;
  const deadline = AbortSignal.timeout(Math.min(timeoutMs, 2 ** 31 - 1));
  const until = new Date(state.clock.now().getTime() + timeoutMs + archiveAfterMs).toISOString();
  const own = { ...session.value, head: { ...session.value.head, until } };
  const ran = await runIn(
    state,
    live,
    own,
    {
      text: message,
      principal: { id: `agent:${caller.agent}`, kind: "agent", role: null, verified: true, person: null },
      channel: null,
      labels,
      signal: AbortSignal.any([signal, caller.signal, deadline]),
      onProgress: () => undefined,
    },
    {
      callers: [...caller.callers, caller.agent],
      behind: [...new Set([...caller.behind, ...namesOf(caller.principal)])],
      isBounded: false,
    },
  );
  if (!ran.ok && deadline.aborted && !caller.signal.aborted)
    return fail(
      problem("SUB_AGENT_REFUSED", {
        detail: `Agent/${call.agent} did not answer within ${timeoutMs} ms (\`delegation.timeout\` of Agent/${caller.agent}).`,
      }),
    );
  const joined = joinLabels(labels, state.gate?.labelsOf(id) ?? NO_LABELS);
  return mapResult(ran, ({ said }) => ({ text: said.turn.text, labels: joined, session: id }));
}
