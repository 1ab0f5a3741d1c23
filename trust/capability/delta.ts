import { canonicalJson, isObject, type Json } from "../../core/index.ts";
import { contains } from "./pattern.ts";
import type { Atom, DeclaredAtom } from "./types.ts";

/** No part can hold NUL, so equal keys are equal atoms, and keys sort as the parts do. The name of a grant does not count. */
export function atomKey({ subject, tool, action, pattern, constraints, expiry }: Atom): string {
  return [subject, tool, action, pattern, canonicalJson(constraints), expiry].join("\0");
}

/** The same with its end: what lasts longer is another grant. */
export function grantKey({ atom, until }: DeclaredAtom): string {
  return `${atomKey(atom)}\0${until ?? ""}`;
}

/** Whether a grant is in force for at least as long as another. */
export function outlasts(had: DeclaredAtom, wanted: DeclaredAtom): boolean {
  if (had.atom.expiry === "none") return true;
  if (had.atom.expiry !== wanted.atom.expiry) return false;
  // Written so that an end that is no instant is never taken for a later one.
  return had.until === wanted.until || Date.parse(had.until ?? "") >= Date.parse(wanted.until ?? "");
}

/**
 * Whether one of some grants of the same subject already allows everything that a grant allows: the same
 * tool and action, under no stricter conditions, for as long, on resources that contain its own. A grant that
 * is narrowed gains nothing by what is left of it.
 */
export function coveredBy(grants: readonly DeclaredAtom[]): (wanted: DeclaredAtom) => boolean {
  if (grants.length === 0) return () => false;
  const keys = new Set(grants.map(grantKey));
  return (wanted) => keys.has(grantKey(wanted)) || coveringAmong(grants, wanted) !== undefined;
}

/** The first of some grants of the same subject that allows everything another does. */
export function coveringAmong(grants: readonly DeclaredAtom[], wanted: DeclaredAtom): DeclaredAtom | undefined {
  return grants.find((had) => covers(had, wanted));
}

function covers(had: DeclaredAtom, wanted: DeclaredAtom): boolean {
  const [a, b] = [had.atom, wanted.atom];
  return (
    a.action === b.action &&
    isSameOrEveryTool(a.tool, b.tool) &&
    outlasts(had, wanted) &&
    isWider(had, wanted) &&
    isAsStrict(a.constraints, b.constraints)
  );
}

const STRICTNESS: readonly Json[] = ["never", "once", "always"];

/** Whether what is wanted asks at least as much: the same conditions or more of them, and a person no less often. */
function isAsStrict(had: Json, wanted: Json): boolean {
  if (!isObject(had) || !isObject(wanted)) return canonicalJson(had) === canonicalJson(wanted);
  const { approval = "always", ...conditions } = had;
  if (STRICTNESS.indexOf(wanted["approval"] ?? "always") < STRICTNESS.indexOf(approval)) return false;
  return Object.entries(conditions).every(
    ([name, value]) => Object.hasOwn(wanted, name) && canonicalJson(wanted[name] ?? null) === canonicalJson(value),
  );
}

/** `mcp:server/*` is every tool of that server. */
export function isSameOrEveryTool(had: string, wanted: string): boolean {
  return had === wanted || (had.endsWith("/*") && wanted.startsWith(had.slice(0, -1)));
}

/** A pattern that was not read is what its tool implies: everything, or a single name. */
function isWider(had: DeclaredAtom, wanted: DeclaredAtom): boolean {
  if (had.atom.pattern === wanted.atom.pattern) return true;
  if (had.atom.tool.startsWith("passthrough:")) return false;
  if (had.pattern === undefined) return had.atom.pattern === "**";
  return wanted.pattern !== undefined && contains(had.pattern, wanted.pattern);
}
