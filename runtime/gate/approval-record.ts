import { canonicalJson, isObject } from "../../core/index.ts";
import type { Role } from "../run/index.ts";
import type { Approval, Approver } from "./types.ts";

/** How approvals stand in the store. Whoever may answer sees what would run, so it is sealed like a conversation. */
export const APPROVAL_SLOTS = "gate/approval/";

export function slotOfApproval(id: string): string {
  return `${APPROVAL_SLOTS}${id}`;
}

const ID = /^[0-9a-f]{16}$/;

export function isApprovalId(text: string): boolean {
  return ID.test(text);
}

export function encodeApproval(approval: Approval): Uint8Array {
  return Buffer.from(canonicalJson({ v: 2, ...approval }));
}

/** Sealed by us; undefined for what another version wrote, which then is no approval. */
export function decodeApproval(bytes: Uint8Array): Approval | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (!isObject(value) || value["v"] !== 2) return undefined;
    const { v: _, ...approval } = value;
    return approval as unknown as Approval;
  } catch {
    return undefined;
  }
}

const ROLES: readonly Role[] = ["viewer", "operator", "editor", "owner"];

export function isAtLeastAsHigh(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/**
 * Why somebody may not answer an approval; undefined when they may. Who may use the state folder can do more than
 * answer; everybody else is a member of a Team, known for sure, and none of those who asked: not on whose behalf the
 * call is made, nor who spoke to the agents that lead to it, under whatever id and by whatever way they answer.
 */
export function refusalOf({ role, principal, behind }: Pick<Approval, "role" | "principal" | "behind">, by: Approver): string | undefined {
  if (by.via === "cli") return undefined;
  if (!by.verified) return "whose identity was only claimed";
  if (by.role === null || !isAtLeastAsHigh(by.role, role)) return `whose role is ${by.role ?? "none"}; ${role} is needed`;
  const asked = new Set([principal?.id, principal?.person, ...behind]);
  return asked.has(by.id) || (by.person !== null && asked.has(by.person)) ? "who asked for it" : undefined;
}
