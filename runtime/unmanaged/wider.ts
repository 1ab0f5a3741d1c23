import {
  addressOf,
  isObject,
  jsonEqual,
  pointerOf,
  type Address,
  type Instant,
  type Json,
  type Kinds,
  type Resource,
} from "../../core/index.ts";
import { canonicaliseRequest, coveringAmong, expandGrants, referencesIn, type DeclaredAtom } from "../../trust/capability/index.ts";
import { looserField } from "./limits-of.ts";

/** What goes further than the declared agent, and where it stands. */
export interface Wider {
  readonly field: string;
  readonly what: string;
}

export interface WiderWorld {
  readonly kinds: Kinds;
  readonly now: Instant;
}

/**
 * The first thing by which an agent could do more than another one: a grant that none of the other's covers, a
 * reference that the other does not make, a limit that is larger. All of it must be one agent's: what two have
 * apart may be dangerous together, and nobody reviewed it together. Null where there is none. Pure.
 */
export function widerThan(agent: Resource, like: Resource, world: WiderWorld): Wider | null {
  return labelled(agent, like) ?? wideGrant(agent, like, world) ?? newReference(agent, like, world) ?? loose(agent, like, world);
}

/** Policies, scopes and Teams look at labels. */
function labelled(agent: Resource, like: Resource): Wider | null {
  const isSame = jsonEqual(agent.metadata.labels ?? {}, like.metadata.labels ?? {});
  return isSame ? null : { field: "metadata.labels", what: "other labels, which policies may look at" };
}

function wideGrant(agent: Resource, like: Resource, { now }: WiderWorld): Wider | null {
  const theirs = expandGrants(like, now).atoms;
  const own = expandGrants(agent, now);
  if (own.diagnostics.length > 0) return { field: "spec.capabilities", what: "a grant that cannot be read" };
  const wide = own.atoms.find((wanted) => wanted.atom.expiry !== "expired" && coveringAmong(theirs, wanted) === undefined);
  return wide ? { field: "spec.capabilities", what: grantText(wide) } : null;
}

function grantText({ atom }: DeclaredAtom): string {
  return `${atom.tool} ${atom.action} ${atom.pattern} under these conditions`;
}

function newReference(agent: Resource, like: Resource, { kinds }: WiderWorld): Wider | null {
  const keyOf = ({ to, reach, key = "" }: { readonly to: Address; readonly reach: string; readonly key?: string }): string =>
    `${reach} ${to} ${key}`;
  const theirs = new Set(referencesIn(like, kinds).references.map(keyOf));
  const fresh = referencesIn(agent, kinds).references.find((each) => !theirs.has(keyOf(each)));
  return fresh ? { field: pointerOf(fresh.at), what: fresh.to } : null;
}

function loose(agent: Resource, like: Resource, { kinds }: WiderWorld): Wider | null {
  const workspace = agent.spec["workspace"];
  // A folder that it could share with somebody; without one it has its own.
  if (isObject(workspace) && workspace["folder"] !== undefined)
    return { field: "spec.workspace.folder", what: "a folder that others may use" };
  const field = looserField(agent, like, kinds);
  return field === undefined ? null : { field, what: "less bounded" };
}

/** The declared agent whose workspace folder lies where this one's would: they would share it. */
export function sharesFolder(agent: Resource, declared: readonly Resource[]): Address | null {
  const { name } = agent.metadata;
  const other = declared.find((each) => each.kind === "Agent" && isAtOrBelow(folderOf(each.spec["workspace"]), name));
  return other ? addressOf(other.kind, other.metadata.name) : null;
}

function folderOf(workspace: Json | undefined): string | undefined {
  const folder = isObject(workspace) ? workspace["folder"] : undefined;
  const canonical = typeof folder === "string" ? canonicaliseRequest("path", folder) : undefined;
  return canonical?.ok ? canonical.value : undefined;
}

function isAtOrBelow(folder: string | undefined, name: string): boolean {
  return folder === name || folder?.startsWith(`${name}/`) === true;
}
