import { isArray, isObject, pointerOf, segmentsOf, type Address, type Json, type JsonObject, type Resource } from "../../core/index.ts";
import { ceilingContains, parseTool, type Atom, type Ceiling, type DeclaredAtom, type ResourceType } from "../capability/index.ts";
import { doesMutate, type Facts } from "./facts/index.ts";
import type { ChannelFacts, ReachFacts } from "./reach.ts";

/** Facts of the Project and its environment, the same for every question of one plan. */
export interface InputContext {
  readonly project: string;
  readonly environment: string;
  readonly ceiling: Ceiling;
  /** Null where commits are not verified, or by nobody who is allowed. */
  readonly commit: JsonObject | null;
  readonly signer: JsonObject | null;
  /** Which of the fields that cost something anybody reads; absent for all of them. */
  readonly wanted?: Wanted;
}

/** Fields of questions that are looked for far away; what no rule in force reads is null without being looked for. */
const COSTLY = {
  agent: "agent",
  network: "network",
  workspace: "workspace",
  passthrough: "passthrough",
  mutates: "mutates",
  delivery: "delivery",
  reach: "reach",
  resource: "resource",
  unattended: "facts.unattended",
  ungranted: "facts.ungranted",
  channel: "facts.channel",
  exposed: "facts.reach",
  data: "facts.data",
  budget: "facts.budget",
  place: "facts.place",
  pin: "facts.pin",
  lookAlike: "facts.lookAlike",
  purposes: "facts.purposes",
  weakened: "facts.weakened",
} as const;

export type Wanted = Readonly<Record<keyof typeof COSTLY, boolean>>;

/** @param reads - Paths of the input that rules read; `""` is everything. */
export function wantedBy(reads: readonly string[]): Wanted {
  const isRead = (path: string): boolean =>
    reads.some((read) => read === "" || read === path || read.startsWith(`${path}.`) || path.startsWith(`${read}.`));
  return Object.fromEntries(Object.entries(COSTLY).map(([name, path]) => [name, isRead(path)])) as unknown as Wanted;
}

const EVERYTHING = wantedBy([""]);

/** A setting whose own name warns of it. */
const NAMED_UNSAFE = /^(?:dangerously|unsafe|insecure|allowUnsafe|allowInsecure)/;

/**
 * The question about one capability, complete: every field is there, null when unknown. `declared` null
 * is a call that no grant covers. What no rule reads is not computed.
 */
export function grantInput(
  subject: Resource,
  declared: DeclaredAtom | null,
  reach: ReachFacts | (() => ReachFacts),
  { project, environment, ceiling, wanted = EVERYTHING }: InputContext,
  facts?: Facts,
): JsonObject {
  const { grant, tool, action, pattern, constraints, expiry } = declared ? declared.atom : NO_ATOM;
  const of = <T extends Json>(isWanted: boolean, find: (asked: DeclaredAtom) => T): T | null =>
    declared && isWanted ? find(declared) : null;
  return {
    agent: wanted.agent ? describe(subject) : null,
    granted: declared !== null,
    grant,
    tool,
    action,
    pattern,
    constraints,
    expiry,
    network: of(wanted.network, (asked) => networkFacts(asked, ceiling)),
    workspace: of(wanted.workspace, (asked) => workspaceFacts(asked, subject)),
    passthrough: of(wanted.passthrough, passthroughFacts),
    mutates: of(wanted.mutates, ({ atom }) => doesMutate(atom)),
    delivery: of(wanted.delivery, (asked) => facts?.delivery(asked) ?? null),
    reach: wanted.reach ? ((typeof reach === "function" ? reach() : reach) as unknown as JsonObject) : null,
    project: { name: project, environment },
  };
}

const NO_ATOM: { readonly [field in "grant" | "tool" | "action" | "pattern" | "constraints" | "expiry"]: null } = {
  grant: null,
  tool: null,
  action: null,
  pattern: null,
  constraints: null,
  expiry: null,
};

export interface AdmissionFacts {
  /** The tools that the agent of that name has grants for. */
  readonly toolsOf: (agent: string) => ReadonlySet<string>;
  readonly channel: ChannelFacts | null | (() => ChannelFacts | null);
  /** What the closure says of an agent; null for other kinds. */
  readonly agent: ReachFacts | null | (() => ReachFacts | null);
  /** What verifying the bundle of a plugin or skill showed; null for what has none. */
  readonly bundle?: JsonObject | null;
  /** The resource that is, or was. */
  readonly address?: Address;
  /** What else is known of the state; without it, nothing is. */
  readonly more?: Facts;
}

/** The question about one resource, complete. Both sides are there: null where it does not exist. */
export function admissionInput(after: Resource | null, before: Resource | null, facts: AdmissionFacts, context: InputContext): JsonObject {
  const { project, environment, commit, signer, wanted = EVERYTHING } = context;
  const resource = after ?? before;
  return {
    resource: resource && wanted.resource ? describe(resource) : null,
    new: after?.spec ?? null,
    old: before?.spec ?? null,
    facts: after ? factsOfResource(after, facts, wanted) : factsOfNothing(facts, wanted),
    project: { name: project, environment },
    commit,
    signer,
    bundle: facts.bundle ?? null,
  };
}

function factsOfResource(resource: Resource, facts: AdmissionFacts, wanted: Wanted): JsonObject {
  const { more } = facts;
  const of = (isWanted: boolean, find: (all: Facts) => Json): Json => (more && isWanted ? find(more) : null);
  return {
    declared: true,
    unattended: wanted.unattended && resource.kind === "Agent" ? unattendedGrants(resource) : [],
    ungranted: wanted.ungranted ? ungrantedFacts(resource, facts) : [],
    ...factsAround(facts, wanted),
    data: of(wanted.data, (all) => all.data(resource)),
    budget: of(wanted.budget, (all) => all.budget(resource)),
    place: of(wanted.place, (all) => all.place(resource)),
    pin: of(wanted.pin, (all) => all.pin(resource)),
    lookAlike: of(wanted.lookAlike, (all) => all.lookAlike(resource)),
    purposes: of(wanted.purposes, (all) => all.purposes(resource)) ?? [],
  };
}

/** Of what goes, only what stands around it is known. */
function factsOfNothing(facts: AdmissionFacts, wanted: Wanted): JsonObject {
  return {
    declared: false,
    unattended: [],
    ungranted: [],
    ...factsAround(facts, wanted),
    data: null,
    budget: null,
    place: null,
    pin: null,
    lookAlike: null,
    purposes: [],
  };
}

function factsAround({ channel, agent, address, more }: AdmissionFacts, wanted: Wanted): JsonObject {
  return {
    channel: wanted.channel ? (known(channel) as unknown as JsonObject | null) : null,
    reach: wanted.exposed ? (known(agent) as unknown as JsonObject | null) : null,
    weakened: more && address && wanted.weakened ? more.weakened(address) : [],
  };
}

function known<T>(fact: T | (() => T)): T {
  return typeof fact === "function" ? (fact as () => T)() : fact;
}

/** A resource as every question names it. */
export function describe(resource: Resource): JsonObject {
  const { name, labels = {}, annotations = {} } = resource.metadata;
  return { kind: resource.kind, name, labels, annotations };
}

/** Null only for a tool that is known to act on something else: a pattern that was not read is outside. */
function networkFacts({ atom, pattern }: DeclaredAtom, ceiling: Ceiling): JsonObject | null {
  return actsOn(atom, "url") ? { inside: pattern !== undefined && ceilingContains(ceiling, pattern) } : null;
}

function workspaceFacts({ atom, pattern }: DeclaredAtom, subject: Resource): JsonObject | null {
  if (!actsOn(atom, "path")) return null;
  const { sandbox } = subject.spec;
  // What has a canonical form cannot lead out of the workspace; that it has one is what `inside` says.
  return { inside: pattern?.type === "path", mode: (isObject(sandbox) ? sandbox["workspaceAccess"] : undefined) ?? "write" };
}

/** A tool nobody knows might act on anything. */
function actsOn({ tool }: Atom, type: ResourceType): boolean {
  if (tool.startsWith("passthrough:")) return false;
  const facts = parseTool(tool);
  return !facts.ok || facts.value.resource === type;
}

function passthroughFacts({ atom, value }: DeclaredAtom): JsonObject | null {
  const [family, target = ""] = atom.tool.split(":");
  if (family !== "passthrough") return null;
  const segments = segmentsOf(atom.pattern);
  return { target, segments, value: value ?? null, isNamedUnsafe: segments.some((segment) => NAMED_UNSAFE.test(segment)) };
}

/** Where an agent has a grant that nobody is asked about. */
function unattendedGrants(agent: Resource): readonly string[] {
  const { capabilities } = agent.spec;
  if (!isArray(capabilities)) return [];
  return capabilities.flatMap((each, i) => {
    const constraints = isObject(each) ? each["constraints"] : undefined;
    return isObject(constraints) && constraints["approval"] === "never" ? [pointerOf(["spec", "capabilities", i])] : [];
  });
}

/** What a resource is set up for without the grant that makes it work. */
function ungrantedFacts(resource: Resource, facts: AdmissionFacts): readonly Json[] {
  if (resource.kind === "Workflow") return stepFacts(resource, facts.toolsOf);
  if (resource.kind !== "Agent") return [];
  const tools = facts.toolsOf(resource.metadata.name);
  const { subAgents, mcpServers, memory } = resource.spec;
  const lacking = (what: string, list: Json | undefined, field: string, isGranted: (name: string) => boolean): readonly Json[] =>
    texts(list).flatMap((name, i) => (isGranted(name) ? [] : [{ what, pointer: pointerOf(["spec", field, i]) }]));
  const isForgetful = isObject(memory) && !["memory.read", "memory.search", "memory.write"].some((tool) => tools.has(tool));
  return [
    ...lacking("sub-agent", subAgents, "subAgents", (name) => tools.has(`agent:${name}`)),
    ...lacking("mcp-server", mcpServers, "mcpServers", (name) => [...tools].some((tool) => tool.startsWith(`mcp:${name}/`))),
    ...(isForgetful ? [{ what: "memory", pointer: "/spec/memory" }] : []),
  ];
}

/** Steps that call a tool as an agent that has no grant for it. */
function stepFacts(workflow: Resource, toolsOf: AdmissionFacts["toolsOf"]): readonly Json[] {
  const { steps } = workflow.spec;
  return (isArray(steps) ? steps : []).flatMap((step, i) => {
    if (!isObject(step) || step["action"] !== "tool" || typeof step["tool"] !== "string") return [];
    const tools = toolsOf(typeof step["agent"] === "string" ? step["agent"] : "");
    const every = step["tool"].replace(/\/.*$/, "/*");
    return tools.has(step["tool"]) || tools.has(every) ? [] : [{ what: "step", pointer: pointerOf(["spec", "steps", i, "tool"]) }];
  });
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
