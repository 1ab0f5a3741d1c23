import type { CodeEntry } from "./entry.ts";

/** Names, references, overlays and environments. */
export const RESOLVE_CODES = {
  RESOURCE_DUPLICATE: {
    outcome: "INVALID",
    summary: "Two resources with the same address",
    page: "Kind and name together are a resource's address; it can be declared once. To change a resource for one environment, use an overlay.",
  },
  LIST_KEY_DUPLICATE: {
    outcome: "INVALID",
    summary: "Two entries with the same key in a keyed list",
    page: "Some lists are maps in disguise: capabilities by name, accounts by name. They are compared and overlaid by that key, so two entries with the same key would hide each other. Name them differently.",
  },
  MOVE_INVALID: {
    outcome: "INVALID",
    summary: "Move that cannot be made",
    page: "An entry of `moved` in moltbot.yaml says that a resource has a new name: it is then renamed where it lives instead of deleted and created. The kind stays, the old name is not declared any more, and the new one is. A name may follow another (`a` to `b`, `b` to `c`): what still lives as `a` becomes `c`. Nothing moves to two names, and no two move to one. Once every environment has applied the move, the entry can go.",
  },
  RESOURCE_COLLISION: {
    outcome: "INVALID",
    summary: "Names too similar",
    page: "Two names differ only by case or by Unicode normal form. On some systems they are the same.",
  },
  REF_NOT_FOUND: {
    outcome: "INVALID",
    summary: "Reference not found",
    page: "A field names a resource that no file declares (or that this change removes). Declare it, or correct the name.",
  },
  REF_CYCLE: {
    outcome: "INVALID",
    summary: "Circular reference",
    page: "Resources refer to each other in a circle along `uses`, `holds` or `bounds`, so none of them can be applied first. Agents that talk to or call each other may be circular; these references may not.",
  },
  PROJECT_DUPLICATE: {
    outcome: "INVALID",
    summary: "More than one Project",
    page: "A repository folder has one Project, in moltbot.yaml. A folder below with its own moltbot.yaml is another Project and is not read as part of this one.",
  },
  OWNER_RESERVED: {
    outcome: "INVALID",
    summary: "The name is reserved",
    page: "`unmanaged/unmanaged` is the owner of what no Project manages, so no Project and environment are called so. Give one of them another name.",
  },
  ENVIRONMENT_REQUIRED: {
    outcome: "INVALID",
    summary: "Environment required",
    page: "The Project declares environments, so a command must say which one: `-e NAME`.",
  },
  ENVIRONMENT_UNKNOWN: {
    outcome: "INVALID",
    summary: "Unknown environment",
    page: "The Project declares no environment of this name.",
  },
  OVERLAY_UNMATCHED: {
    outcome: "INVALID",
    summary: "Overlay matches nothing",
    page: "An overlay holds what differs for a resource that exists. One that matches nothing is usually a misspelt name.",
  },
  OVERLAY_TRUST: {
    outcome: "INVALID",
    summary: "Overlay touches a trust field",
    page: "Fields that judge changes (trust, verification, approvals, policies, secret rules, windows, limits, protection) have one value for the whole Project, so that no environment can loosen them.",
  },
} as const satisfies Record<string, CodeEntry>;
