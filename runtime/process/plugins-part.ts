import { canonicalJson, InternalError, ok, type Json, type Owner, type Result } from "../../core/index.ts";
import type { GateWorld, Tool } from "../gate/index.ts";
import type { PluginState } from "../gateway/index.ts";
import type { Live, LiveOwner, LiveState } from "../live/index.ts";
import type { LoadedGeneration, LoadedPlugin, SecretRef } from "../load/index.ts";
import type { OpenedPlugin, PluginsWorld } from "../sandbox/index.ts";
import type { Trial } from "./candidates.ts";
import type { Part } from "./types.ts";

export interface PluginsPartWorld extends Omit<PluginsWorld, "toolOf"> {
  readonly live: () => Live;
  /** Tools that are no plugin's. */
  readonly builtIn: GateWorld["tools"];
  /** A plugin that is active cannot be opened: it stops only itself. */
  readonly failed: (owner: Owner, plugin: string, reason: string) => void;
}

export interface PluginsPart extends Part {
  readonly tools: GateWorld["tools"];
  readonly states: () => readonly PluginState[];
  /** Tries again to open what could not be opened. */
  readonly again: () => Promise<void>;
  /** Opens every plugin of a candidate; those stay open, and are there at once when it becomes active. */
  readonly trial: Trial;
}

interface Entry {
  readonly owner: Owner;
  readonly opening: Promise<Result<OpenedPlugin>>;
  opened: OpenedPlugin | undefined;
}

/** The plugins of what is active: opened when they become active, closed when they are not any more. */
export function pluginsPart(world: PluginsPartWorld): PluginsPart {
  const entries = new Map<string, Entry>();
  /** What is active and could not be opened, with the reason: shown until it can be, or is not wanted any more. */
  const failures = new Map<string, PluginState>();
  let leave: (() => void) | undefined;
  const open = async (owner: Owner, key: string, loaded: LoadedPlugin): Promise<Result<OpenedPlugin>> => {
    const known = entries.get(key);
    if (known) return await known.opening;
    const { openPlugin } = await import("../sandbox/index.ts");
    const again = entries.get(key);
    if (again) return await again.opening;
    const opening = openPlugin(owner, loaded, { ...world, toolOf: (of, name) => toolOf(world, entries, of, name) });
    const entry: Entry = { owner, opening, opened: undefined };
    entries.set(key, entry);
    const result = await opening;
    if (result.ok) entry.opened = result.value;
    // What was missing may be there the next time.
    else entries.delete(key);
    return result;
  };
  const reconcile = async ({ owners }: LiveState, isTold: boolean): Promise<void> => {
    const wanted = new Map([...owners.values()].flatMap((of) => [...keysOf(of.owner, of.active.loaded)]));
    for (const [key, { owner, loaded }] of wanted) {
      const opened = await open(owner, key, loaded);
      if (opened.ok) {
        failures.delete(key);
        continue;
      }
      const reason = opened.diagnostics[0]?.detail ?? "";
      failures.set(key, { owner, name: loaded.name, state: "failed", reason });
      if (isTold) world.failed(owner, loaded.name, reason);
    }
    for (const key of failures.keys()) if (!wanted.has(key)) failures.delete(key);
    for (const [key, entry] of entries) {
      if (wanted.has(key)) continue;
      entries.delete(key);
      await entry.opened?.close();
    }
  };
  let work = Promise.resolve();
  return {
    name: "plugins",
    tools: (place) => [...world.builtIn(place), ...toolsOf(place.owner, entries)],
    states: () => [
      ...[...entries.values()].flatMap(({ owner, opened }) => (opened ? [{ owner, name: opened.name, ...opened.state() }] : [])),
      ...failures.values(),
    ],
    again: () => {
      const state = world.live().state();
      if (state.ok) work = work.then(() => reconcile(state.value, true));
      return work;
    },
    trial: async ({ generation, loaded }) => {
      for (const [key, each] of keysOf(generation.owner, loaded)) {
        const opened = await open(generation.owner, key, each.loaded);
        if (!opened.ok) return opened.diagnostics[0]?.detail ?? "unknown";
      }
      return null;
    },
    start: async () => {
      const state = world.live().state();
      if (!state.ok) return state;
      leave = world.live().onChange((changed) => {
        work = work.then(() => reconcile(changed, true));
      });
      await reconcile(state.value, true);
      return ok(undefined);
    },
    stop: async () => {
      leave?.();
      await work;
      await Promise.all([...entries.values()].flatMap(({ opened }) => (opened ? [opened.close()] : [])));
      entries.clear();
    },
  };
}

function toolsOf(owner: LiveOwner, entries: ReadonlyMap<string, Entry>): readonly Tool[] {
  return [...keysOf(owner.owner, owner.active.loaded).keys()].flatMap((key) => entries.get(key)?.opened?.tools ?? []);
}

function toolOf({ live, builtIn }: PluginsPartWorld, entries: ReadonlyMap<string, Entry>, owner: Owner, name: string): Tool | undefined {
  const state = live().state();
  const of = state.ok ? state.value.owners.get(owner) : undefined;
  const [agent] = of?.agents.values() ?? [];
  if (!of || !agent) return undefined;
  const run = { owner, agent: agent.name, session: "", id: "", principal: null, channel: null, callers: [], behind: [], signal: NEVER };
  return [...builtIn({ owner: of, agent, run }), ...toolsOf(of, entries)].find((tool) => tool.name === name);
}

const NEVER = new AbortController().signal;

interface Wanted {
  readonly owner: Owner;
  readonly loaded: LoadedPlugin;
}

const KEYS = new WeakMap<LoadedGeneration, ReadonlyMap<string, Wanted>>();

/** What each plugin is, as text: as long as nothing of it changes, its secrets included, it keeps running. */
function keysOf(owner: Owner, generation: LoadedGeneration): ReadonlyMap<string, Wanted> {
  const known = KEYS.get(generation);
  if (known) return known;
  const { plugins, secrets } = generation;
  const keys = new Map<string, Wanted>();
  for (const loaded of plugins.values()) {
    if (!loaded.isEnabled) continue;
    const { name, archive, tools, needs, settings, limits, isolation } = loaded;
    const source = ({ secret, key }: SecretRef): Json => [secret, key, asJson(secrets.get(secret)?.get(key))];
    const values = [...loaded.secrets].map(([as, ref]) => [as, source(ref)]);
    const credentials = loaded.credentials.map(({ value, ...each }) => [asJson(each), source(value)]);
    const what = {
      name,
      archive,
      settings,
      isolation,
      limits: { ...limits },
      tools: asJson(tools),
      needs: asJson(needs),
      values: asJson(values),
      credentials: asJson(credentials),
    };
    keys.set(`${owner}\n${canonicalJson(what)}`, { owner, loaded });
  }
  KEYS.set(generation, keys);
  return keys;
}

function asJson(value: unknown): Json {
  const text = JSON.stringify(value ?? null);
  if (text === undefined) throw new InternalError("a plugin holds what is no data");
  return JSON.parse(text) as Json;
}
