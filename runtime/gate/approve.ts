import { createHash } from "node:crypto";
import { fail, ok, type Result } from "../../core/index.ts";
import { coverOf, type ApprovalRequest } from "./approvals.ts";
import type { Execution, Permitted, Step } from "./steps.ts";
import type { Known } from "./receipts.ts";
import type { Approval, CanonicalCall } from "./types.ts";
import { refused } from "./waiting.ts";

/**
 * The approval that a call needs: one that stands for the session, one that was given for this very call and
 * not used yet, or one that is asked for now and waited for. After waiting everything is decided again, and
 * the approval is used up before anything happens: what ran is what was approved, once.
 */
export async function approve(
  parts: Execution,
  permitted: Permitted,
  known: Known,
  again: () => Step<Permitted>,
): Promise<Step<Permitted>> {
  const { call, run } = known;
  if (!call || !needsApproval(permitted, requestOf(permitted, call, known))) return { isOk: true, value: permitted };
  const request = requestOf(permitted, call, known);
  const asked = findOrAsk(parts, request, known);
  if (!asked.ok) return { isOk: false, refusal: { why: asked.diagnostics, known } };
  const stillWanted = (): ReturnType<Parameters<typeof parts.waiting.wait>[2]> => {
    const now = again();
    return now.isOk ? undefined : now.refusal.why[0];
  };
  const given =
    asked.value.state === "given" ? { ok: true as const, value: asked.value } : await parts.waiting.wait(asked.value, run, stillWanted);
  if (!given.ok) return { isOk: false, refusal: { why: given.diagnostics, known } };
  // Given while nobody waited: after a restart, or for an earlier run of the same conversation.
  const heard = asked.value.state === "given" ? parts.waiting.heard(asked.value, run, "given") : ok(undefined);
  if (!heard.ok) return { isOk: false, refusal: { why: heard.diagnostics, known } };
  const now = again();
  if (!now.isOk) return now;
  // Another grant may cover the call by now, under other conditions: then the approval is not for it.
  const used = parts.approvals.use(given.value.id, requestOf(now.value, call, known));
  if (!used.ok) return { isOk: false, refusal: { why: used.diagnostics, known } };
  now.value.session.approvals++;
  if (used.value.mode === "once") now.value.session.once.add(coverDigest(request));
  const saved = parts.sessions.save(run.session);
  return saved.ok ? now : { isOk: false, refusal: { why: saved.diagnostics, known } };
}

/** Whether a person has to be asked before this very call. */
export function needsApproval({ allowed: { duty }, session }: Permitted, request: ApprovalRequest): boolean {
  if (duty.mode === "never") return false;
  return duty.mode === "always" || !session.once.has(coverDigest(request));
}

function findOrAsk({ approvals, waiting }: Execution, request: ApprovalRequest, { run }: Known): Result<Approval> {
  const found = approvals.find(request);
  if (!found.ok) return found;
  if (!found.value) return waiting.ask(request, run);
  // Asking again until somebody gives in is no way to an approval.
  return found.value.state === "refused" ? fail(refused(found.value)) : { ok: true, value: found.value, warnings: [] };
}

export function requestOf({ owner, allowed }: Permitted, call: CanonicalCall, { run }: Known): ApprovalRequest {
  const { duty, grant } = allowed;
  return {
    owner: run.owner,
    agent: run.agent,
    session: run.session,
    run: run.id,
    principal: run.principal && { id: run.principal.id, person: run.principal.person },
    behind: [...run.behind].sort(),
    channel: run.channel?.name ?? null,
    generation: owner.active.generation.number,
    grant: grant.declared.atom.grant,
    tool: call.tool,
    action: call.action,
    resource: call.resource,
    summary: call.summary,
    effect: call.effect,
    digest: call.digest,
    mode: duty.mode === "once" ? "once" : "always",
    role: duty.role,
  };
}

function coverDigest(request: ApprovalRequest): string {
  return createHash("sha256").update(coverOf(request)).digest("base64url");
}
