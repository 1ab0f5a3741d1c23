import { LIMITS, problem, type Diagnostic } from "../../core/index.ts";
import type { LiveGrant } from "../live/index.ts";
import type { Allowed, Question } from "./decide.ts";
import type { Execution, Permitted } from "./steps.ts";
import type { Rates } from "./rates.ts";
import type { CanonicalCall } from "./types.ts";

type Asked = Question & { readonly allowed: Allowed };

/** The conditions of a grant and the budgets of its agent, before anything is taken of them. */
export function checkBounds(rates: Rates, asked: Asked): Diagnostic | undefined {
  return grantBounds(rates, asked) ?? agentBounds(asked) ?? depthOf(asked);
}

function grantBounds(rates: Rates, { allowed: { grant }, session, call, now }: Asked): Diagnostic | undefined {
  const { rate, maxCalls, maxRequestBytes } = grant.constraints;
  const key = keyOf(grant);
  if (rate && !rates.has(key, rate, now.getTime()))
    return tooOften(call, `its grant allows ${rate.count} calls in ${rate.perMs} ms (constraints.rate)`);
  const calls = session.callsOfGrant.get(key) ?? 0;
  if (maxCalls !== null && calls >= maxCalls)
    return tooOften(call, `it was called ${calls} times in this session; constraints.maxCalls of its grant is ${maxCalls}`);
  const bytes = Buffer.byteLength(JSON.stringify(call.effect));
  return maxRequestBytes !== null && bytes > Math.max(maxRequestBytes, SMALL) ? tooLarge(bytes, maxRequestBytes) : undefined;
}

/** What a call needs beside what it sends: names, headers. The tool itself counts exactly what goes out. */
const SMALL = 16 * 1024;

function agentBounds({ agent, session, call }: Asked): Diagnostic | undefined {
  const { toolCallsPerSession, repeatedToolCalls } = agent.budgets;
  if (toolCallsPerSession !== null && session.calls >= toolCallsPerSession)
    return tooOften(call, `${session.calls} tools were called in this session; budgets.toolCallsPerSession is ${toolCallsPerSession}`);
  const most = repeatedToolCalls ?? LIMITS.repeatedToolCalls;
  if (session.last?.digest !== call.digest || session.last.count < most) return undefined;
  return problem("CALL_LOOP", {
    detail: `${call.tool} was called ${session.last.count} times in a row with the same arguments; ${repeatedToolCalls === null ? "limits" : "budgets"}.repeatedToolCalls is ${most}.`,
    context: { tool: call.tool },
  });
}

function depthOf({ owner, agent, run, call }: Asked): Diagnostic | undefined {
  if (!call.tool.startsWith("agent:")) return undefined;
  const depth = run.callers.length + 1;
  const bounds = [agent, ...run.callers.flatMap((each) => owner.agents.get(each) ?? [])].map((each) => each.delegation.maxDepth);
  const most = Math.min(LIMITS.agentDepth, ...bounds);
  if (depth <= most) return undefined;
  return problem("CALL_DEPTH", { detail: `${call.tool} would nest ${depth} deep; ${most} is allowed.`, context: { tool: call.tool } });
}

/** Counts a call that is going to happen. */
export function takeBounds({ rates, world }: Execution, { allowed, session }: Permitted, call: CanonicalCall): void {
  const { rate } = allowed.grant.constraints;
  const key = keyOf(allowed.grant);
  if (rate) rates.take(key, rate, world.live.now().getTime());
  session.calls++;
  add(session.callsOfTool, call.tool);
  add(session.callsOfGrant, key);
  session.last = { digest: call.digest, count: session.last?.digest === call.digest ? session.last.count + 1 : 1 };
}

/** Whether a bound depends on counters that a restart must not forget. */
export function needsCounters({ allowed, agent, owner }: Permitted): boolean {
  return owner.countsCalls || allowed.grant.constraints.maxCalls !== null || agent.budgets.toolCallsPerSession !== null;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keyOf({ declared: { atom } }: LiveGrant): string {
  return `${atom.subject} ${atom.grant}`;
}

function tooOften({ tool }: CanonicalCall, why: string): Diagnostic {
  return problem("CALL_RATE", { detail: `${tool} is called too often: ${why}.`, context: { tool } });
}

function tooLarge(bytes: number, allowed: number): Diagnostic {
  return problem("CALL_TOO_LARGE", {
    detail: `The call has ${bytes} bytes; constraints.maxRequestBytes of its grant is ${allowed}.`,
    context: { limit: allowed },
  });
}
