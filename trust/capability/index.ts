/**
 * capability: what agents may do, as data. Resource patterns with one canonical form and an exact
 * algebra, the table of tools, and the expansion of a resource's grants into atoms, one for each
 * (subject, tool, action, pattern, constraints). Then what that comes to: the closure says what everybody
 * can do in effect, the delta of two closures what becomes possible, the exposure what strangers could
 * carry away, and the ceilings of teams what goes too far. Pure.
 */
export { channelAccess, type ChannelAccess } from "./channel.ts";
export { channelsLeadingTo } from "./channels.ts";
export { credentialHeader, credentialPlace } from "./credential.ts";
export { closureOf, driversOf, effectiveOf, EMPTY_CLOSURE, wayBetween, type Closure, type Effective } from "./closure.ts";
export { coveringAmong, grantKey, isSameOrEveryTool } from "./delta.ts";
export { expandGrants } from "./expand.ts";
export { bringsUntrusted, exposureOf, type Exposure } from "./exposure.ts";
export { effectiveDelta, type AtomGain, type EffectiveDelta, type Gainers, type Growth, type SecretGain } from "./gains.ts";
export { graphOf, spread, type Step } from "./graph.ts";
export { expiryAt, type Expiry } from "./expiry.ts";
export { ceilingContains, hostsCover, LOCAL_CEILING, parseCeiling, type Ceiling } from "./ceiling.ts";
export { canonicalHost } from "./host.ts";
export { canonicalResource, canonicaliseRequest, contains, intersect, matches, parsePattern, requestPattern } from "./pattern.ts";
export { formerNames, renamedAtoms, renamedClosure, withoutMarks, type Renames } from "./renamed.ts";
export { EVERY_AGENT, EVERY_CHANNEL, isActor, kindOf, stepsOf, type ReachEdge } from "./steps.ts";
export { edgesAmong, referencesIn, type Found, type Reference } from "./references.ts";
export { ceilingsOf, teamsOver, type BeyondCeiling } from "./team-ceiling.ts";
export { BUILT_IN_TOOLS, parseTool, type ToolFacts } from "./tools.ts";
export type { Atom, DeclaredAtom, Expansion, Pattern, ResourceType, SegmentPattern, UrlPattern } from "./types.ts";
