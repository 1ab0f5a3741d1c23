/**
 * capability: what agents may do, as data. Resource patterns with one canonical form and an exact
 * algebra, the table of tools, and the expansion of a resource's grants into atoms, one for each
 * (subject, tool, action, pattern, constraints). Pure.
 */
export { capabilityDelta, type CapabilityDelta } from "./delta.ts";
export { expandGrants } from "./expand.ts";
export { ceilingContains, LOCAL_CEILING, parseCeiling, type Ceiling } from "./ceiling.ts";
export { canonicalHost } from "./host.ts";
export { canonicalResource, canonicaliseRequest, contains, intersect, matches, parsePattern } from "./pattern.ts";
export { BUILT_IN_TOOLS, parseTool, type ToolFacts } from "./tools.ts";
export type { Atom, DeclaredAtom, Expansion, Pattern, ResourceType, SegmentPattern, UrlPattern } from "./types.ts";
