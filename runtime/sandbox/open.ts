import { fail, failAll, ok, problem, type Digest, type JsonObject, type Owner, type Result } from "../../core/index.ts";
import { loadPlugins, type PluginManifest } from "../../trust/signatures/index.ts";
import type { Credential, Tool } from "../gate/index.ts";
import type { LoadedPlugin } from "../load/index.ts";
import { readPlugin, type SealedRecords } from "../store/index.ts";
import { maskFor, type Mask, type Vault } from "../vault/index.ts";
import { misfit, runPlugin } from "./plugin.ts";
import { sealedStorage } from "./storage.ts";
import { pluginTools, type PluginGate, type PluginToolFacts } from "./tools.ts";
import type { PluginProgram, RunningPlugin } from "./types.ts";

/** What plugins are opened with. */
export interface PluginsWorld {
  /** The state folder, where archives are installed. */
  readonly stateDir: string;
  readonly records: () => Result<SealedRecords | null>;
  readonly vault: (owner: Owner) => Vault;
  readonly gate: () => PluginGate;
  readonly toolOf: (owner: Owner, name: string) => Tool | undefined;
  readonly log: (plugin: string, line: string) => void;
  readonly event: (owner: Owner, plugin: string, event: { readonly what: "started" | "stopped"; readonly why: string }) => void;
}

/** One plugin that was verified and can be called. Nothing of it runs before the first call. */
export interface OpenedPlugin {
  readonly name: string;
  readonly tools: readonly Tool[];
  readonly state: RunningPlugin["state"];
  readonly close: () => Promise<void>;
}

/**
 * Opens an installed plugin: its archive is read from where an apply put it, under its digest and nowhere
 * else, and compared whole with that digest; its own manifest says what to run. Secrets are opened with the
 * first call.
 *
 * @returns `PLUGIN_UNUSABLE`, `PLUGIN_CORRUPT`, `PLUGIN_MANIFEST_INVALID`.
 */
export async function openPlugin(owner: Owner, loaded: LoadedPlugin, world: PluginsWorld): Promise<Result<OpenedPlugin>> {
  const { name, archive } = loaded;
  if (!loaded.isEnabled || archive === null) return fail(missing(name, loaded.isEnabled ? "it pins no archive" : "it is switched off"));
  const read = await readInstalled(world.stateDir, name, archive);
  if (!read.ok) return read;
  const { manifest, code } = read.value;
  const facts = toolFacts(loaded, manifest);
  const wrong = misfit(programOf(loaded, manifest, code, facts, {}));
  if (wrong) return fail(wrong);
  let running: Promise<Result<RunningPlugin>> | undefined;
  let opened: RunningPlugin | undefined;
  const start = async (): Promise<Result<RunningPlugin>> => {
    const secrets = await openSecrets(loaded, world.vault(owner));
    if (!secrets.ok) return secrets;
    const program = programOf(loaded, manifest, code, facts, secrets.value);
    const mask = maskFor(Object.values(secrets.value));
    const log = (line: string): void => world.log(name, hidden(mask, line));
    const started = runPlugin(program, { log, event: (event) => world.event(owner, name, event) });
    if (!started.ok) return started;
    opened = masked(started.value, mask);
    return ok(opened);
  };
  const plugin = async (): Promise<Result<RunningPlugin>> => {
    const result = await (running ??= start());
    // What could not be opened may be there the next time.
    if (!result.ok) running = undefined;
    return result;
  };
  const records = world.records();
  if (!records.ok) return records;
  const storage = records.value ? sealedStorage(records.value, `${owner}\n${name}`, loaded.limits.storageBytes) : null;
  const tools = pluginTools(loaded, facts, plugin, {
    gate: world.gate,
    toolOf: (tool) => world.toolOf(owner, tool),
    storage,
    credentials: credentialsOf(owner, loaded, world),
  });
  return ok({
    name,
    tools,
    state: () => opened?.state() ?? { state: "stopped", reason: null },
    close: async () => {
      await running;
      await opened?.close();
    },
  });
}

/** Each is opened with the request that carries it. */
function credentialsOf(owner: Owner, { name, credentials }: LoadedPlugin, { vault }: PluginsWorld): readonly Credential[] {
  return credentials.map(({ value, ...each }) => ({ ...each, name: `${name}/${each.name}`, open: () => vault(owner).open(value) }));
}

interface Installed {
  readonly manifest: PluginManifest;
  readonly code: Uint8Array;
}

async function readInstalled(stateDir: string, name: string, archive: Digest): Promise<Result<Installed>> {
  const files = await readPlugin(stateDir, archive);
  if (!files.ok) return files;
  if (files.value === null) return fail(missing(name, "its archive is not installed; an apply installs it"));
  const { manifestOf } = await loadPlugins();
  const manifest = await manifestOf({ files: files.value });
  if (!manifest.ok) return manifest;
  const entry = files.value.find(({ path }) => path === manifest.value.entry);
  return entry ? ok({ manifest: manifest.value, code: entry.bytes }) : fail(missing(name, "its entry is not in the archive"));
}

/** Of each declared tool, what the resource says, and where it is silent, what the plugin says of itself. */
export function toolFacts({ tools }: Pick<LoadedPlugin, "tools">, manifest: PluginManifest): readonly PluginToolFacts[] {
  const own = new Map(ownTools(manifest).map((tool) => [tool["name"], tool]));
  return tools.map(({ name, description, input }) => {
    const said = own.get(name)?.["description"];
    const schema = input ?? own.get(name)?.["input"];
    return {
      name,
      description: description ?? (typeof said === "string" ? said : ""),
      input: (schema as JsonObject | undefined) ?? { type: "object" },
    };
  });
}

export function ownTools({ tools }: PluginManifest): readonly JsonObject[] {
  return Array.isArray(tools) ? (tools as readonly JsonObject[]) : [];
}

export function programOf(
  loaded: Pick<LoadedPlugin, "name" | "settings" | "limits" | "isolation">,
  { runtime }: Pick<PluginManifest, "runtime">,
  code: Uint8Array,
  facts: readonly PluginToolFacts[],
  secrets: Readonly<Record<string, string>>,
): PluginProgram {
  const { name, settings, limits, isolation } = loaded;
  return {
    name,
    runtime,
    code,
    settings,
    secrets,
    limits,
    isolation,
    inputs: Object.fromEntries(facts.map((each) => [each.name, each.input])),
  };
}

/** A plugin's words, without the secrets that it was handed. Where one is too short to be searched for, nothing is shown. */
function hidden(mask: Mask, words: string): string {
  return mask.words(words) ?? "(left out: the plugin holds a secret that is too short to be searched for)";
}

/** What a plugin says when it fails is read by models and people; what it returns is masked by the gate. */
function masked(plugin: RunningPlugin, mask: Mask): RunningPlugin {
  return {
    ...plugin,
    call: async (...args) => {
      const result = await plugin.call(...args);
      return result.ok ? result : failAll(result.diagnostics.map((each) => ({ ...each, detail: hidden(mask, each.detail) })));
    },
  };
}

async function openSecrets({ secrets }: LoadedPlugin, vault: Vault): Promise<Result<Readonly<Record<string, string>>>> {
  const opened: Record<string, string> = {};
  for (const [name, ref] of secrets) {
    const value = await vault.open(ref);
    if (!value.ok) return value;
    opened[name] = Buffer.from(value.value.open()).toString("utf8");
  }
  return ok(opened);
}

function missing(name: string, why: string): ReturnType<typeof problem> {
  return problem("PLUGIN_UNUSABLE", { detail: `Plugin ${name} cannot be run: ${why}.`, context: { plugin: name } });
}
