import fs from "node:fs";
import { fail, LIMITS, ok, problem, type Diagnostic, type Digest, type Result } from "../../core/index.ts";
import { canonicaliseRequest, parseTool } from "../../trust/capability/index.ts";
import { joinLabels, type Labels, type Run } from "../run/index.ts";
import { needsApproval, requestOf } from "./approve.ts";
import { needsCounters } from "./bounds.ts";
import { callDigest } from "./canonical.ts";
import { decide } from "./decide.ts";
import { permit } from "./permit.ts";
import type { Execution, Permitted } from "./steps.ts";
import type { Handle } from "./handles.ts";
import { receipt, type Known } from "./receipts.ts";
import { resultFilter } from "./result.ts";
import { grow } from "./session-state.ts";
import type { CanonicalCall, Credential, ToolOutput, ToolResult, ToolScope } from "./types.ts";
import { mismatch } from "./approvals.ts";

export interface Running {
  readonly permitted: Permitted;
  readonly handle: Handle;
  readonly call: CanonicalCall;
  readonly run: Run;
  readonly known: Known;
  readonly credentials: readonly Credential[];
}

/** The effect itself: recorded before, so that none is unknown, and after, with what came of it. */
export async function runTool(parts: Execution, running: Running): Promise<Result<ToolResult>> {
  const { world, sessions } = parts;
  const { run, known, permitted } = running;
  if (needsCounters(permitted)) {
    const saved = sessions.save(run.session);
    if (!saved.ok) return saved;
  }
  const { grant } = permitted.allowed.grant.declared.atom;
  const intent = receipt(world, known, { kind: "tool.called", decision: "allowed", facts: { grant } });
  if (!intent.ok) return intent;
  const started = performance.now();
  const output = await outputOf(parts, running);
  const ms = Math.round(performance.now() - started);
  const done = { intent: intent.value.hash, ms };
  return output.ok ? finished(parts, running, output.value, done) : failed(parts, running, output.diagnostics, done);
}

interface Done {
  /** The record before the effect. */
  readonly intent: Digest;
  readonly ms: number;
}

async function outputOf(parts: Execution, running: Running): Promise<Result<ToolOutput>> {
  const { handle, call, run } = running;
  const scope = scopeOf(parts, running);
  if (!scope.ok) return scope;
  const { timeoutMs } = scope.value.limits;
  const ending = new AbortController();
  let stop: (result: Result<never>) => void = () => undefined;
  const stopped = new Promise<Result<never>>((resolve) => {
    stop = (result) => {
      // First why, then the signal: what a tool makes of being told to stop is not its result.
      resolve(result);
      ending.abort();
    };
  });
  const cancel = (): void => stop(fail(problem("TURN_STOPPED", { detail: `${call.tool} was stopped: what asked for it was cancelled.` })));
  const timer = setTimeout(() => stop(fail(tooLate(call, timeoutMs))), timeoutMs);
  const unwatch = parts.waiting.watch(() => {
    const why = narrowed(parts, running);
    if (why) stop(fail(why));
  });
  run.signal.addEventListener("abort", cancel);
  try {
    if (run.signal.aborted) cancel();
    return await Promise.race([stopped, run.signal.aborted ? stopped : handle.tool.run(call, scope.value, ending.signal)]);
  } catch (error) {
    return fail(problem("TOOL_FAILED", { detail: `${call.tool} failed while it ran.`, cause: error, context: { tool: call.tool } }));
  } finally {
    clearTimeout(timer);
    unwatch();
    run.signal.removeEventListener("abort", cancel);
  }
}

/** Why a call that runs would not be allowed any more: a hold or a generation narrowed it meanwhile. */
function narrowed({ world, sessions }: Execution, { call, run, handle }: Running): Diagnostic | undefined {
  const found = world.live.agent(run.owner, run.agent);
  if (!found.ok) return found.diagnostics[0];
  const session = sessions.of(run.session);
  if (!session.ok) return session.diagnostics[0];
  const decision = decide({ ...found.value, run, call, session: session.value, narrowing: handle.narrowing, now: world.live.now() });
  return decision.isAllowed ? undefined : decision.why;
}

function scopeOf(parts: Execution, { permitted, handle, call, run, known, credentials }: Running): Result<ToolScope> {
  const { agent, allowed } = permitted;
  const { timeoutMs, maxRequestBytes, maxResponseBytes } = allowed.grant.constraints;
  if (agent.workspace === null)
    return fail(problem("CALL_INVALID", { detail: `${agent.address} names a workspace folder that has no canonical form.` }));
  if (!fs.existsSync(agent.workspace)) fs.mkdirSync(agent.workspace, { recursive: true, mode: 0o700 });
  const usual = call.tool.startsWith("agent:") ? agent.delegation.timeoutMs : agent.timeoutMs;
  return ok({
    run,
    workspace: agent.workspace,
    limits: {
      timeoutMs: Math.min(timeoutMs ?? usual, LIMITS.toolMs),
      maxRequestBytes: maxRequestBytes ?? LIMITS.toolBytes,
      maxResponseBytes: maxResponseBytes ?? LIMITS.toolBytes,
    },
    also: (action, resource, its) => also(parts, handle, { call: { ...call, ...its }, known }, { action, resource, first: call.digest }),
    credentials,
  });
}

/**
 * A further effect of a call that runs: judged like a call of its own, with its own facts where it has some, and
 * one of the agent's grants. A person who approved the call approved that one alone: what needs an approval each time is
 * refused, and asked for as a call of its own. A no is recorded.
 */
function also(
  parts: Execution,
  handle: Handle,
  { call, known }: { readonly call: CanonicalCall; readonly known: Known },
  { action, resource, first }: { readonly action: string; readonly resource: string; readonly first: Digest },
): Result<void> {
  const tool = parseTool(call.tool);
  const type = tool.ok ? tool.value.resource : null;
  const canonical = type === null ? ok(null) : canonicaliseRequest(type, resource);
  if (!canonical.ok) return denyFurther(parts, known, canonical.diagnostics);
  const further = { ...call, action, resource: canonical.value };
  const asked: CanonicalCall = { ...further, digest: callDigest(further) };
  if (asked.digest === first) return ok(undefined);
  const about = { ...known, call: asked };
  const permitted = permit(parts, handle, asked, about);
  if (!permitted.isOk) return denyFurther(parts, permitted.refusal.known, permitted.refusal.why);
  if (needsApproval(permitted.value, requestOf(permitted.value, asked, about)))
    return denyFurther(parts, about, [mismatch({ id: "of the call" })]);
  return ok(undefined);
}

function denyFurther({ world }: Execution, known: Known, why: readonly Diagnostic[]): Result<never> {
  const [first] = why;
  const recorded = receipt(world, known, { kind: "tool.denied", decision: "denied", ...(first ? { code: first.code } : {}) });
  return recorded.ok ? fail(...why) : fail(...why, ...recorded.diagnostics);
}

/** What the model gets to see: masked, shortened, and with its labels on the session before anybody can act on it. */
function finished(parts: Execution, running: Running, output: ToolOutput, { intent, ms }: Done): Result<ToolResult> {
  const { world, sessions } = parts;
  const { permitted, run, call, known } = running;
  const most = permitted.allowed.grant.constraints.maxResponseBytes ?? LIMITS.toolBytes;
  const { text, hadSecret } = resultFilter(world.secrets?.(run.owner) ?? []).clean(output.text, most);
  const labels = joinLabels(output.labels, ownLabels(call.tool, hadSecret));
  const kept = sessions.of(run.session);
  if (!kept.ok) return kept;
  if (grow(kept.value, labels)) {
    const saved = sessions.save(run.session);
    if (!saved.ok) return saved;
  }
  const facts = { ...output.facts, ms, intent, chars: output.text.length, masked: hadSecret };
  const done = receipt(world, known, { kind: "tool.done", decision: "allowed", facts });
  return done.ok ? ok({ text, labels, receipt: done.value.hash }) : done;
}

/** What is known of a result whatever its tool says: foreign tools bring foreign text, and a secret is private. */
function ownLabels(tool: string, hadSecret: boolean): Labels {
  return { classes: [], private: hadSecret, untrusted: tool.startsWith("mcp:") || tool.startsWith("plugin:") };
}

/** What a foreign tool says of its failure is its text as much as a result is: it is read by the same model. */
function failed(
  { world, sessions }: Execution,
  { known, call, run }: Running,
  why: readonly Diagnostic[],
  { intent, ms }: Done,
): Result<never> {
  const [first] = why;
  const kept = sessions.of(run.session);
  if (!kept.ok) return kept;
  if (grow(kept.value, ownLabels(call.tool, false))) {
    const saved = sessions.save(run.session);
    if (!saved.ok) return saved;
  }
  const recorded = receipt(world, known, {
    kind: "tool.failed",
    decision: "allowed",
    ...(first ? { code: first.code } : {}),
    facts: { ms, intent },
  });
  const said = withoutSecrets(why, world.secrets?.(run.owner) ?? []);
  return recorded.ok ? fail(...said) : fail(...said, ...recorded.diagnostics);
}

/** The other side's words may stand in a failure as much as in a result. */
function withoutSecrets(why: readonly Diagnostic[], values: Parameters<typeof resultFilter>[0]): readonly Diagnostic[] {
  const filter = resultFilter(values);
  return why.map((each) => ({ ...each, detail: filter.clean(each.detail, LIMITS.toolResultChars).text }));
}

function tooLate({ tool }: CanonicalCall, timeoutMs: number): Diagnostic {
  return problem("TOOL_TIMEOUT", { detail: `${tool} did not end within ${timeoutMs} ms.`, context: { tool } });
}
