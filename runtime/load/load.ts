import {
  addressOf,
  byCodeUnit,
  failAll,
  ok,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { loadAgent } from "./agent.ts";
import { inertOfProvider, lacksOfAgent, lacksOfKind, lacksOfSecret, lacksOfSkill } from "./lacks.ts";
import { lacksOfPlugin, loadPlugin } from "./plugin.ts";
import { loadChannel } from "./channel.ts";
import { loadProvider } from "./provider.ts";
import { loadSecret } from "./secrets.ts";
import { loadTlsExceptions } from "./tls.ts";
import type { LoadedAgent, LoadedGeneration, LoadedProvider } from "./types.ts";

/**
 * Builds everything a generation declares and starts nothing: the load-check of an apply, and what the
 * runtime works with. Resources that cannot run are listed with what they lack; only what cannot be
 * built at all is a problem. Pure.
 *
 * @param resources - Resolved resources: defaults filled in, files embedded, envelopes as digests.
 */
export function loadGeneration(resources: readonly Resource[]): Result<LoadedGeneration> {
  const { generation, diagnostics } = build(resources);
  return diagnostics.length > 0 ? failAll(diagnostics) : ok(generation);
}

/** What was built, with one agent more. Everything else in it stays the very same. */
export function withAgent(loaded: LoadedGeneration, resource: Resource, resources: readonly Resource[]): Result<LoadedGeneration> {
  const diagnostics: Diagnostic[] = [];
  const skills = new Map(resources.filter((each) => each.kind === "Skill").map((each) => [each.metadata.name, each]));
  const agent = loadAgent(resource, skills, diagnostics);
  const agents = agent ? new Map([[agent.name, agent]]) : new Map<string, LoadedAgent>();
  const problems = [...diagnostics, ...unknownProviders(agents, loaded.providers)];
  if (problems.length > 0) return failAll(problems);
  const missing = lacksOfAgent(resource, agent, loaded.providers);
  const lacks = new Map(loaded.lacks);
  if (missing.length > 0) lacks.set(addressOf(resource.kind, resource.metadata.name), [...new Set(missing)].sort(byCodeUnit));
  return ok({ ...loaded, agents: new Map([...loaded.agents, ...agents]), lacks });
}

interface Built {
  readonly generation: LoadedGeneration;
  readonly diagnostics: readonly Diagnostic[];
}

/** By the very list: an apply that assessed it for its plan checks the same list when it commits. */
const BUILT = new WeakMap<readonly Resource[], Built>();
/** Of the last list: the plan under the lock makes another one, mostly of the very same resources. */
let last: WeakRef<readonly Resource[]> | undefined;

/** Builds as much as can be built. */
export function build(resources: readonly Resource[]): Built {
  const before = last?.deref();
  const same = before && areSame(before, resources) ? BUILT.get(before) : undefined;
  const built = BUILT.get(resources) ?? same ?? buildAll(resources);
  BUILT.set(resources, built);
  last = new WeakRef(resources);
  return built;
}

function areSame(before: readonly Resource[], now: readonly Resource[]): boolean {
  return before.length === now.length && before.every((each, i) => each === now[i]);
}

function buildAll(resources: readonly Resource[]): Built {
  const diagnostics: Diagnostic[] = [];
  const ofKind = (kind: string): readonly Resource[] => resources.filter((resource) => resource.kind === kind);
  const secrets = new Map(ofKind("Secret").map((resource) => [resource.metadata.name, loadSecret(resource)]));
  const tls = loadTlsExceptions(resources);
  const providers = new Map(
    ofKind("ModelProvider").map((resource) => [resource.metadata.name, loadProvider(resource, secrets, tls, diagnostics)]),
  );
  const skills = new Map(ofKind("Skill").map((resource) => [resource.metadata.name, resource]));
  const plugins = new Map(ofKind("Plugin").map((resource) => [resource.metadata.name, loadPlugin(resource)]));
  const agents = new Map<string, LoadedAgent>();
  for (const resource of ofKind("Agent")) {
    const agent = loadAgent(resource, skills, diagnostics);
    if (agent) agents.set(agent.name, agent);
  }
  for (const each of unknownProviders(agents, providers)) diagnostics.push(each);
  const channels = new Map(ofKind("Channel").map((resource) => [resource.metadata.name, loadChannel(resource, secrets, tls, diagnostics)]));
  const lacks = new Map<Address, readonly string[]>();
  for (const resource of resources) {
    const missing = lacksOf(resource, { agents, providers, secrets, channels });
    if (missing.length > 0) lacks.set(addressOf(resource.kind, resource.metadata.name), [...new Set(missing)].sort(byCodeUnit));
  }
  return { generation: { agents, providers, plugins, secrets, channels, tls, lacks }, diagnostics };
}

function lacksOf(
  resource: Resource,
  { agents, providers, secrets, channels }: Omit<LoadedGeneration, "lacks" | "plugins" | "tls">,
): readonly string[] {
  const { name } = resource.metadata;
  if (resource.kind === "Agent") return lacksOfAgent(resource, agents.get(name), providers);
  if (resource.kind === "Skill") return lacksOfSkill(resource);
  if (resource.kind === "Plugin") return lacksOfPlugin(resource);
  if (resource.kind === "Secret") return lacksOfSecret(secrets.get(name) ?? new Map());
  if (resource.kind === "Channel") return channels.get(name)?.lacks ?? [];
  const provider = resource.kind === "ModelProvider" ? providers.get(name) : undefined;
  return provider ? [...provider.lacks, ...inertOfProvider(resource)] : lacksOfKind(resource);
}

function unknownProviders(agents: ReadonlyMap<string, LoadedAgent>, providers: ReadonlyMap<string, LoadedProvider>): readonly Diagnostic[] {
  return [...agents.values()].flatMap((agent) =>
    agent.choices
      .filter(({ provider }) => !providers.has(provider))
      .map(({ provider }) => {
        const address = addressOf("Agent", agent.name);
        return problem("REF_NOT_FOUND", {
          detail: `${address} uses model provider ${shown(provider)}, which does not exist.`,
          context: { address },
        });
      }),
  );
}
