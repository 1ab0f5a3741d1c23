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
}

/** A setting whose own name warns of it. */
const NAMED_UNSAFE = /^(?:dangerously|unsafe|insecure|allowUnsafe|allowInsecure)/;

/**
 * The question about one capability, complete: every field is there, null when unknown. `declared` null
 * is a call that no grant covers. What no rule reads is not computed: the fields that cost something are
 * getters.
 */
export function grantInput(
  subject: Resource,
  declared: DeclaredAtom | null,
  reach: ReachFacts | (() => ReachFacts),
  context: InputContext,
  facts?: Facts,
): JsonObject {
  return {
    get agent() {
      return describe(subject);
    },
    granted: declared !== null,
    ...(declared ? atomFields(declared.atom) : NO_ATOM),
    get network() {
      return declared && networkFacts(declared, context.ceiling);
    },
    get workspace() {
      return declared && workspaceFacts(declared, subject);
    },
    get passthrough() {
      return declared && passthroughFacts(declared);
    },
    get mutates() {
      return declared && doesMutate(declared.atom);
    },
    get delivery() {
      return declared && facts ? facts.delivery(declared) : null;
    },
    get reach() {
      return (typeof reach === "function" ? reach() : reach) as unknown as JsonObject;
    },
    project: { name: context.project, environment: context.environment },
  };
}

function atomFields({ grant, tool, action, pattern, constraints, expiry }: Atom): JsonObject {
  return { grant, tool, action, pattern, constraints, expiry };
}

const NO_ATOM: JsonObject = { grant: null, tool: null, action: null, pattern: null, constraints: null, expiry: null };

export interface AdmissionFacts {
  /** The tools that the agent of that name has grants for. */
  readonly toolsOf: (agent: string) => ReadonlySet<string>;
  readonly channel: ChannelFacts | null;
  /** What the closure says of an agent; null for other kinds. */
  readonly agent: ReachFacts | null;
  /** What verifying the bundle of a plugin or skill showed; null for what has none. */
  readonly bundle?: JsonObject | null;
  /** The resource that is, or was. */
  readonly address?: Address;
  /** What else is known of the state; without it, nothing is. */
  readonly more?: Facts;
}

/** The question about one resource, complete. Both sides are there: null where it does not exist. */
export function admissionInput(after: Resource | null, before: Resource | null, facts: AdmissionFacts, context: InputContext): JsonObject {
  const resource = after ?? before;
  return {
    get resource() {
      return resource && describe(resource);
    },
    new: after?.spec ?? null,
    old: before?.spec ?? null,
    facts: factsOfResource(after, facts),
    project: { name: context.project, environment: context.environment },
    commit: context.commit,
    signer: context.signer,
    bundle: facts.bundle ?? null,
  };
}

/** Computed when asked for. */
function factsOfResource(after: Resource | null, facts: AdmissionFacts): JsonObject {
  const { more } = facts;
  const known = (ask: (all: Facts, resource: Resource) => Json): Json => (more && after ? ask(more, after) : null);
  return {
    declared: after !== null,
    get unattended() {
      return after?.kind === "Agent" ? unattendedGrants(after) : [];
    },
    get ungranted() {
      return after ? ungrantedFacts(after, facts) : [];
    },
    get channel() {
      return facts.channel as unknown as JsonObject | null;
    },
    get reach() {
      return facts.agent as unknown as JsonObject | null;
    },
    get data() {
      return known((all, resource) => all.data(resource));
    },
    get budget() {
      return known((all, resource) => all.budget(resource));
    },
    get place() {
      return known((all, resource) => all.place(resource));
    },
    get pin() {
      return known((all, resource) => all.pin(resource));
    },
    get lookAlike() {
      return known((all, resource) => all.lookAlike(resource));
    },
    get purposes() {
      return known((all, resource) => all.purposes(resource)) ?? [];
    },
    get weakened() {
      return more && facts.address ? more.weakened(facts.address) : [];
    },
  };
}

function describe(resource: Resource): JsonObject {
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
