/**
 * facts: what rules are told about a resource beside its own fields. Computed exactly here, where there are
 * pattern algebra, graphs and addresses, so that rules have only to compare. Each is computed when it is asked
 * for: what no rule in force reads costs nothing.
 */
import type { Address, Json, Resource } from "../../../core/index.ts";
import { parseTool, type Closure, type DeclaredAtom, type ReachEdge } from "../../capability/index.ts";
import { dataFacts, named } from "./data.ts";
import { lookAlikes } from "./look-alike.ts";
import { pinFacts } from "./pins.ts";
import { isMetered, placeOf, usesOf } from "./providers.ts";
import { purposeFacts } from "./purposes.ts";
import { objectIn } from "./read.ts";

export { isMetered } from "./providers.ts";
export { PURPOSE_LABEL } from "./purposes.ts";

export interface FactsRequest {
  readonly resources: readonly Resource[];
  readonly edges: readonly ReachEdge[];
  readonly closure: Closure;
  /** What would be weakened, by resource. */
  readonly weakened: ReadonlyMap<Address, readonly string[]>;
}

export interface Facts {
  data(resource: Resource): Json;
  delivery(declared: DeclaredAtom): Json;
  pin(resource: Resource): Json;
  lookAlike(resource: Resource): Json;
  purposes(resource: Resource): Json;
  /** Of an agent: whether what it costs is bounded. */
  budget(resource: Resource): Json;
  /** Of a model provider: what it claims of where it is, and what its address says. */
  place(resource: Resource): Json;
  weakened(address: Address): Json;
}

export function factsOf({ resources, edges, closure, weakened }: FactsRequest): Facts {
  const providers = once(() => named(resources, "ModelProvider"));
  const data = once(() => dataFacts(resources, closure));
  const alike = once(() => lookAlikes(resources));
  const purposes = once(() => purposeFacts(resources, edges));
  return {
    data: (resource) => data().agent(resource),
    delivery: (declared) => data().delivery(declared),
    pin: pinFacts,
    lookAlike: (resource) => alike()(resource),
    purposes: (resource) => purposes()(resource),
    budget: (resource) => (resource.kind === "Agent" ? budgetOf(resource, providers()) : null),
    place: (resource) => (resource.kind === "ModelProvider" ? { claimed: resource.spec["local"] === true, by: placeOf(resource) } : null),
    weakened: (address) => weakened.get(address) ?? [],
  };
}

const BOUNDS = ["tokensPerDay", "costPerDay"] as const;

function budgetOf(agent: Resource, providers: ReadonlyMap<string, Resource>): Json {
  const metered = usesOf(agent).find(({ provider, model }) => {
    const target = providers.get(provider);
    return target === undefined || isMetered(target, model);
  });
  const budgets = objectIn(agent.spec, "budgets");
  return { metered: metered?.pointer ?? null, bounded: BOUNDS.some((field) => typeof budgets[field] === "number") };
}

/** Actions that leave everything as it is, by tool. What is not listed changes something, or might. */
const READING: Readonly<Record<string, readonly string[]>> = {
  "http.fetch": ["get", "head"],
  "fs.read": ["read"],
  "fs.list": ["read"],
  "fs.search": ["read"],
  "memory.read": ["read"],
  "memory.search": ["read"],
  time: ["call"],
  json: ["call"],
};

/** Whether a grant lets an agent change something. An agent that is called asks for what it does itself. */
export function doesMutate({ tool, action }: DeclaredAtom["atom"]): boolean {
  const facts = parseTool(tool);
  if (facts.ok && facts.value.family === "agent") return false;
  return !(Object.hasOwn(READING, tool) && READING[tool]?.includes(action) === true);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
