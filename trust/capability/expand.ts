import {
  addressOf,
  fail,
  isArray,
  isObject,
  ok,
  pointerOf,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Instant,
  type Json,
  type JsonObject,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { expiryAt, type Expiry } from "./expiry.ts";
import { expandPassthrough } from "./passthrough.ts";
import { matches, parsePattern } from "./pattern.ts";
import { parseTool, type ToolFacts } from "./tools.ts";
import type { Atom, DeclaredAtom, Expansion, Pattern } from "./types.ts";

const NOTHING: Expansion = { atoms: [], diagnostics: [], validUntil: null };

/**
 * Every capability a resource declares, one atom each. What has no single meaning (an unknown tool or
 * action, a pattern without canonical form) gives a diagnostic and no atom: it is never granted.
 * Kinds other than Agent and Passthrough declare none.
 */
export function expandGrants(resource: Resource, now: Instant): Expansion {
  const known = TIMELESS.get(resource);
  if (known) return known;
  const expansion = expand(resource, now);
  if (expansion.atoms.every(({ atom }) => atom.expiry === "none") && expansion.diagnostics.length === 0) TIMELESS.set(resource, expansion);
  return expansion;
}

/** By the very resource, where no instant plays a part: the second plan of an apply asks again. */
const TIMELESS = new WeakMap<Resource, Expansion>();

function expand(resource: Resource, now: Instant): Expansion {
  if (resource.kind === "Passthrough") return expandPassthrough(resource);
  const capabilities = resource.kind === "Agent" ? resource.spec["capabilities"] : undefined;
  if (!isArray(capabilities) || capabilities.length === 0) return NOTHING;
  const subject = addressOf(resource.kind, resource.metadata.name);
  const atoms: DeclaredAtom[] = [];
  const diagnostics: Diagnostic[] = [];
  const keys = new Set<string>();
  let validUntil: Instant | null = null;
  for (const [i, capability] of capabilities.entries()) {
    if (!isObject(capability)) continue;
    const place = { subject, capability, at: ["spec", "capabilities", i], now };
    const key = textOf(capability["name"] ?? capability["tool"]);
    const grant = keys.has(key) ? duplicate(place, key) : expandCapability(place);
    keys.add(key);
    atoms.push(...grant.atoms);
    diagnostics.push(...grant.diagnostics);
    if (grant.validUntil !== null && (validUntil === null || grant.validUntil < validUntil)) validUntil = grant.validUntil;
  }
  return { atoms, diagnostics, validUntil };
}

interface Grant {
  readonly subject: Address;
  readonly capability: JsonObject;
  readonly at: readonly (string | number)[];
  readonly now: Instant;
}

/** Of two grants with one key a diff sees one, so the other could change unseen. */
function duplicate(grant: Grant, key: string): Expansion {
  const field = grant.capability["name"] === undefined ? "tool" : "name";
  const found = problem("CAPABILITY_DUPLICATE", {
    detail: `Two capabilities have the key ${shown(key)}.`,
    remedy: "Give one of them a `name` of its own.",
  });
  return { ...NOTHING, diagnostics: placed([found], grant, [...grant.at, field]) };
}

function expandCapability(grant: Grant): Expansion {
  const { capability, at } = grant;
  const text = textOf(capability["tool"]);
  const tool = parseTool(text);
  if (!tool.ok) return { ...NOTHING, diagnostics: placed(tool.diagnostics, grant, [...at, "tool"]) };
  const expiry = expiryAt(capability["expiresAt"], grant.now);
  if (!expiry.ok) return { ...NOTHING, diagnostics: placed(expiry.diagnostics, grant, [...at, "expiresAt"]) };
  const { flipsAt } = expiry.value;
  const permissions = isArray(capability["permissions"]) ? capability["permissions"] : [];
  const atoms: DeclaredAtom[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, permission] of permissions.entries()) {
    const place = [...at, "permissions", i];
    const atom = atomOf(grant, tool.value, isObject(permission) ? permission : {}, expiry.value);
    if ("atom" in atom) atoms.push({ ...atom, pointer: pointerOf(place), ...(flipsAt === null ? {} : { until: flipsAt }) });
    else diagnostics.push(...placed(atom.diagnostics, grant, [...place, atom.field]));
  }
  return { atoms, diagnostics, validUntil: flipsAt };
}

type Attempt =
  | { readonly atom: Atom; readonly pattern?: Pattern }
  | { readonly diagnostics: readonly Diagnostic[]; readonly field: "action" | "resource" };

function atomOf({ subject, capability }: Grant, tool: ToolFacts, permission: JsonObject, expiry: Expiry): Attempt {
  const action = textOf(permission["action"]);
  if (!tool.actions.includes(action)) return { diagnostics: [unknownAction(tool, permission["action"])], field: "action" };
  const pattern = patternOf(tool, permission["resource"]);
  if (!pattern.ok) return { diagnostics: pattern.diagnostics, field: "resource" };
  const grant = textOf(capability["name"] ?? capability["tool"]);
  const constraints: Json = capability["constraints"] ?? {};
  const { text, read } = pattern.value;
  const atom: Atom = { subject, grant, tool: tool.tool, action, pattern: text, constraints, expiry: expiry.state };
  return read ? { atom, pattern: read } : { atom };
}

/** The canonical pattern of a permission; what the tool implies where it names none. */
function patternOf(tool: ToolFacts, resource: Json | undefined): Result<{ readonly text: string; readonly read?: Pattern }> {
  if (resource === undefined || resource === null) {
    if (tool.impliedPattern !== null) return ok({ text: tool.impliedPattern });
    const detail = `The permission names no resource, and ${tool.tool} acts on one (${tool.resource ?? "none"}).`;
    return fail(problem("CAPABILITY_RESOURCE", { detail, remedy: "Name the resource, as narrowly as the work allows." }));
  }
  if (tool.resource === null) {
    return fail(
      problem("CAPABILITY_RESOURCE", {
        detail: `${tool.tool} acts on nothing, so its permissions name no resource.`,
        remedy: "Remove `resource`.",
      }),
    );
  }
  const pattern = parsePattern(tool.resource, textOf(resource));
  if (!pattern.ok) return pattern;
  if (tool.family === "agent" && !matches(pattern.value, tool.provider?.name ?? "")) {
    const detail = `${tool.tool} calls that agent and no other, so the resource ${shown(resource)} would never apply.`;
    return fail(problem("CAPABILITY_RESOURCE", { detail, remedy: "Remove `resource`." }));
  }
  return ok({ text: pattern.value.text, read: pattern.value });
}

function unknownAction(tool: ToolFacts, action: Json | undefined): Diagnostic {
  const detail = action === undefined ? `The permission of ${tool.tool} names no action.` : `${tool.tool} has no action ${shown(action)}.`;
  return problem("CAPABILITY_ACTION", { detail, remedy: `Its actions: ${tool.actions.join(", ")}.` });
}

/** Diagnostics with the place in the resource; the engine turns it into file, line and column. */
function placed(diagnostics: readonly Diagnostic[], { subject }: Grant, at: readonly (string | number)[]): readonly Diagnostic[] {
  return diagnostics.map((each) => ({ ...each, context: { ...each.context, address: subject, pointer: pointerOf(at) } }));
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
