import { digestJson, problem, shown, type Diagnostic, type Digest, type Hold, type Instant, type JsonObject } from "../../core/index.ts";
import { contains, isSameOrEveryTool, matches, requestPattern, type Pattern } from "../../trust/capability/index.ts";
import { rulesOf, type CallFacts, type FinalVerdict } from "../../trust/policy/index.ts";
import { held, type LiveAgent, type LiveGrant, type LiveOwner } from "../live/index.ts";
import type { Role, Run } from "../run/index.ts";
import type { Narrowing } from "./handles.ts";
import { holdOn, involved } from "./holds.ts";
import type { SessionFacts } from "./session-state.ts";
import type { AskedQuestion, CanonicalCall } from "./types.ts";

export interface Question {
  readonly owner: LiveOwner;
  readonly agent: LiveAgent;
  readonly run: Run;
  readonly call: CanonicalCall;
  readonly session: SessionFacts;
  readonly narrowing: Narrowing;
  readonly now: Date;
}

/** How often a person is asked, and the least role of who may answer. */
export interface Duty {
  readonly mode: "always" | "once" | "never";
  readonly role: Role;
}

export interface Allowed {
  readonly grant: LiveGrant;
  readonly duty: Duty;
  readonly rules: readonly string[];
  /** What the rules were asked; put together when somebody wants it. */
  readonly question: () => AskedQuestion;
}

export type Decision =
  | { readonly isAllowed: true; readonly allowed: readonly [Allowed, ...Allowed[]] }
  | {
      readonly isAllowed: false;
      readonly why: Diagnostic;
      readonly rules: readonly string[];
      readonly question: (() => AskedQuestion) | null;
    };

const ORDER = { never: 0, once: 1, always: 2 } as const;

/**
 * Whether a call is allowed now: a grant covers it, nobody holds anything that has a part in it, and neither
 * grant nor call rules refuse it. Every grant that allows it is returned, those first that ask nobody: each has
 * conditions of its own. Pure, but for asking the policies.
 */
export function decide(question: Question): Decision {
  const { owner, agent, run, call, now } = question;
  if (agent.refused) return denied(agent.refused);
  const covering = coveringGrants(question);
  if (covering.length === 0) return denied(notGranted(question), ["default-deny.ungranted"]);
  const hold = heldIn(owner.holds, run, call, now);
  if (hold) return denied(held(agent.address, hold));
  const facts = factsOf(question);
  const allowed: Allowed[] = [];
  let refusal: Decision | undefined;
  for (const grant of covering) {
    const answer = judged(question, grant, facts);
    if ("refusal" in answer) refusal ??= answer.refusal;
    else allowed.push(answer.allowed);
  }
  const [first, ...others] = allowed.sort((a, b) => ORDER[a.duty.mode] - ORDER[b.duty.mode]);
  if (first) return { isAllowed: true, allowed: [first, ...others] };
  return refusal ?? denied(notGranted(question));
}

export function heldIn(
  holds: readonly Hold[],
  run: Run,
  { tool, resource }: Pick<CanonicalCall, "tool" | "resource">,
  now: Date,
): Hold | undefined {
  return holds.length === 0 ? undefined : holdOn(holds, involved(run, tool, resource), tool, now.getTime());
}

function coveringGrants({ agent, call, narrowing, now }: Question): readonly LiveGrant[] {
  const { actions, patterns } = narrowing;
  if (actions && !actions.includes(call.action)) return [];
  if (patterns.some((each) => call.resource === null || !matches(each, call.resource))) return [];
  let asked: Pattern | undefined;
  return agent.grants.filter((grant) => {
    if (grant.action !== call.action || !isSameOrEveryTool(grant.tool, call.tool) || !isInForce(grant, now)) return false;
    if (grant.pattern === null || call.resource === null) return grant.pattern === null && call.resource === null;
    // All grants of one tool act on one type of resource: the call is read once.
    if (asked?.type !== grant.pattern.type) asked = requestPattern(grant.pattern.type, call.resource);
    return asked !== undefined && contains(grant.pattern, asked);
  });
}

export function isInForce({ declared }: LiveGrant, now: Date): boolean {
  return declared.until === undefined || now.getTime() < Date.parse(declared.until);
}

function judged(question: Question, grant: LiveGrant, facts: CallFacts): { readonly allowed: Allowed } | { readonly refusal: Decision } {
  const { owner, agent, call } = question;
  const standing = grant.verdict();
  const now = owner.judgeCall(agent, grant, facts);
  const rules = rulesIn(standing, now);
  let written: AskedQuestion | undefined;
  const asked = (): AskedQuestion => (written ??= askedQuestion(owner, grant, owner.questionOf(agent, grant, facts)));
  if (standing.answer === "denied" || now.answer === "denied") {
    const why = standing.answer === "denied" ? standing : now;
    return { refusal: { isAllowed: false, why: refusedBy(why, call), rules, question: asked } };
  }
  return { allowed: { grant, duty: dutyOf(grant, standing.obligations, now.obligations), rules, question: asked } };
}

const NO_RULES: readonly string[] = [];

function rulesIn(standing: FinalVerdict, now: FinalVerdict): readonly string[] {
  const [a, b] = [rulesOf(standing), rulesOf(now)];
  return a.length + b.length === 0 ? NO_RULES : [...new Set([...a, ...b])].sort();
}

/** Both questions under one digest: what grant rules were asked goes by its own, which was made with the grant. */
function askedQuestion(owner: LiveOwner, grant: LiveGrant, call: JsonObject): AskedQuestion {
  const standing = grant.question();
  return {
    digest: questionDigest(call, standing.digest),
    owner: owner.owner,
    generation: owner.active.generation.number,
    grant: standing.input,
    call,
  };
}

/** What the audit names a question by. */
export function questionDigest(call: JsonObject, grant: Digest): Digest {
  return digestJson({ call, grant });
}

const ROLES: readonly Role[] = ["operator", "editor", "owner"];

/**
 * What the grant's own condition and the obligations of rules come to: the strictest. An obligation whose code is
 * `session` asks once in a session, `approve-<role>` says who may answer; any other asks before each call.
 */
export function dutyOf({ constraints }: Pick<LiveGrant, "constraints">, ...obligations: readonly (readonly string[])[]): Duty {
  let mode = constraints.approval;
  let role: Role = "operator";
  for (const rule of obligations.flat()) {
    const code = rule.slice(rule.indexOf(".") + 1);
    const asks = code === "session" ? "once" : "always";
    if (ORDER[asks] > ORDER[mode]) mode = asks;
    const named = ROLES.find((each) => code === `approve-${each}`);
    if (named && ROLES.indexOf(named) > ROLES.indexOf(role)) role = named;
  }
  return { mode, role };
}

/** What of a call is asked about it. */
export function factsOf({ run, call, session, now }: Question): CallFacts {
  const { principal, channel } = run;
  const { labels } = session;
  return {
    tool: call.tool,
    action: call.action,
    resource: call.resource,
    arguments: call.facts,
    principal: principal && { id: principal.id, kind: principal.kind, role: principal.role, verified: principal.verified },
    channel: channel && { name: channel.name, type: channel.type, peer: channel.peer, group: channel.group, dataClass: channel.dataClass },
    data: { classes: [...labels.classes], private: labels.private, untrusted: labels.untrusted },
    session: {
      calls: session.calls,
      callsOfTool: session.callsOfTool.get(call.tool) ?? 0,
      denied: session.denied,
      tokens: session.tokens,
      approvals: session.approvals,
    },
    time: now.toISOString() satisfies Instant,
  };
}

function denied(why: Diagnostic, rules: readonly string[] = []): Decision {
  return { isAllowed: false, why, rules, question: null };
}

function notGranted({ agent, call }: Question): Diagnostic {
  const what = call.resource === null ? `${call.tool} ${call.action}` : `${call.tool} ${call.action} ${shown(call.resource)}`;
  return problem("CALL_NOT_GRANTED", {
    detail: `No capability of ${agent.address} that is in force covers ${what}.`,
    context: { address: agent.address, tool: call.tool, action: call.action },
  });
}

function refusedBy({ violations }: FinalVerdict, { tool, action }: CanonicalCall): Diagnostic {
  const said = violations.map(({ rule, message }) => `${rule}: ${message}`).join(" ");
  return problem("CALL_DENIED", { detail: `${tool} ${action} is refused by policy. ${said}`, context: { tool, action } });
}
