import type { CodeEntry } from "./entry.ts";

/** runtime/gate: what an agent may do, asked at each call. */
export const GATE_CODES = {
  CAPABILITY_INVALID: {
    outcome: "NOT_ALLOWED",
    summary: "Not a capability of this run",
    page: "A tool was asked for with something that is not a capability the gate gave to this very run: a copy, something put together by hand, one of another agent or session, or one that was revoked. In the audit it also stands for a tool that a model asked for by a name that its agent was not offered, because nobody granted it. Nothing was done, and the attempt is in the audit.",
  },
  CAPABILITY_STALE: {
    outcome: "STALE",
    summary: "The capability is from before a change",
    page: "Since the tools were offered, another generation became active, an edit was made, or the time of the capability ran out. Nothing was done. The tools are offered again as they are now with the next step of the run.",
  },
  TOKEN_INVALID: {
    outcome: "UNTRUSTED",
    summary: "Not a token of this gateway",
    page: "A capability token came across a process border and does not verify: it was changed, is for another run, is over, or holds a restriction that is not known here. Nothing was done.",
  },
  CALL_INVALID: {
    outcome: "INVALID",
    summary: "The call has no canonical form",
    page: "The arguments of a tool call are not what the tool takes, or name a resource in a form that means nothing or more than one thing. A call is judged, approved and run in one canonical form; what has none is refused. docs/capabilities.md says what the forms are.",
  },
  CALL_NOT_GRANTED: {
    outcome: "DENIED",
    summary: "No grant covers the call",
    page: "Allow comes only from grants: none of the agent's capabilities that are in force covers this tool, action and resource. Nothing was done. `moltbot why AGENT can TOOL RESOURCE` says what is granted; a wider grant is a change to the agent's manifest.",
  },
  CALL_DENIED: {
    outcome: "DENIED",
    summary: "A policy refused the call",
    page: "A grant covers the call, and a policy in force refuses it: always for this grant, or now, because of who asks, what the conversation has seen, or how often it was called. Nothing was done. The message names the rules; `moltbot policy list` says where they stand.",
  },
  CALL_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "The call is too large",
    page: "The arguments of a tool call pass limits.callBytes, or what would be sent passes `constraints.maxRequestBytes` of the grant. Nothing was done.",
  },
  CALL_RATE: {
    outcome: "LIMIT",
    summary: "Called too often",
    page: "The grant says how often the tool may be called (`constraints.rate`, `constraints.maxCalls`), or the agent's budgets do (`toolCallsPerSession`), and that is used up. Nothing was done. A rate frees itself with time; the others hold for the session.",
  },
  CALL_LOOP: {
    outcome: "LIMIT",
    summary: "The same call over and over",
    page: "The same tool was called with the same arguments as often in a row as `budgets.repeatedToolCalls` of the agent allows (or limits.repeatedToolCalls). Nothing was done: a model that repeats itself spends money without getting on.",
  },
  CALL_DEPTH: {
    outcome: "LIMIT",
    summary: "Agents call each other too deep",
    page: "The call of another agent would nest deeper than `delegation.maxDepth` of an agent on the way, or limits.agentDepth, allows. Nothing was done.",
  },
  BUDGET_SPENT: {
    outcome: "LIMIT",
    summary: "The budget is spent",
    page: "The agent's budgets bound what it may spend in a day (UTC), a conversation or for one message, and that is spent. The run ends here; what was done stays. Raise the budget in the agent's manifest, or wait for the next day.",
  },
  PRICE_UNKNOWN: {
    outcome: "REFUSED",
    summary: "What the model costs is not known",
    page: "The agent has a budget in money, and the model is paid for but has no `prices` in its ModelProvider, or the provider did not say how many tokens it used. An unknown price is not zero, so the budget cannot be kept and the model is not asked. Declare the prices, or use a budget in tokens.",
  },
  APPROVAL_REFUSED: {
    outcome: "NOT_ALLOWED",
    summary: "A person refused the call",
    page: "The call needs the approval of a person, and that person said no. Nothing was done. The same call is not asked again in this session until the refusal runs out (limits.approvalMs).",
  },
  APPROVAL_EXPIRED: {
    outcome: "NOT_ALLOWED",
    summary: "Nobody approved the call in time",
    page: "The call needs the approval of a person, and nobody answered within limits.approvalMs, or what asked for it ended. Nothing was done.",
  },
  APPROVAL_MISMATCH: {
    outcome: "NOT_ALLOWED",
    summary: "The approval is for another call",
    page: "An approval covers exactly one call: its tool, action, resource and every byte of what runs, for one principal in one session of one agent under one generation. What was about to run differs, so the approval does not cover it. Nothing was done.",
  },
  APPROVAL_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such approval",
    page: "There is no open approval with this id: it was never asked for, or it ran out and was removed. `moltbot gateway approvals` lists those that are open.",
  },
  APPROVAL_ANSWERED: {
    outcome: "REFUSED",
    summary: "The approval was answered already",
    page: "An approval is answered once. `moltbot gateway approvals` lists those that are open.",
  },
  APPROVER_NOT_ALLOWED: {
    outcome: "NOT_ALLOWED",
    summary: "Not somebody who may approve this",
    page: "An approval is given by a member of a Team with the role operator or above, or the role that a policy asks for, whose identity was proved; and never by a message in the conversation that asks for it. On the machine itself `moltbot gateway approvals give ID` does, for whoever may use the state folder.",
  },
  APPROVALS_FULL: {
    outcome: "LIMIT",
    summary: "Too many approvals are open",
    page: "There are as many open approvals as limits.approvalsOpen allows. Nothing was done. Answer or refuse some of them: `moltbot gateway approvals`.",
  },
  HOLD_SELECTOR: {
    outcome: "INVALID",
    summary: "Not something that can be held",
    page: "`moltbot gateway freeze` takes the address of something that is active (`Agent/support`, `Plugin/crm`, `Channel/web`), or `*` for everything, and an end in the future or none. A hold on something that is not there would look like one and stop nothing, so it is refused.",
  },
  TOOL_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "The tool failed",
    page: "The call was allowed and the tool broke while it ran. What it may have done until then is not known; the audit has the call.",
  },
  TOOL_TIMEOUT: {
    outcome: "UNAVAILABLE",
    summary: "The tool took too long",
    page: "The call was allowed and did not end within the time that its grant, its agent or limits.toolMs allows. It was told to stop.",
  },
  GATE_BROKEN: {
    outcome: "DENIED",
    summary: "The gate could not decide",
    page: "Something in the gate itself went wrong while a call was judged. Unsure means no: nothing was done. Please report it.",
  },
} as const satisfies Record<string, CodeEntry>;
