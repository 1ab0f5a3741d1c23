import { fail, isObject, ok, problem, shown, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { matches } from "../../trust/capability/index.ts";
import {
  attenuate,
  callDigest,
  type CanonicalCall,
  type Capability,
  type Credential,
  type RuntimeGate,
  type Tool,
  type ToolOutput,
} from "../gate/index.ts";
import type { LoadedPlugin, PluginNeed } from "../load/index.ts";
import type { Run } from "../run/index.ts";
import type { PluginStorage } from "./storage.ts";
import type { HostCall, RunningPlugin } from "./types.ts";

/** The way back through the gate for what a plugin asks. */
export type PluginGate = Pick<RuntimeGate, "offer" | "execute" | "tokens">;

export interface PluginToolsWorld {
  readonly gate: () => PluginGate;
  /** Tools by name, for the canonical form of what a plugin asks. */
  readonly toolOf: (name: string) => Tool | undefined;
  /** What it keeps; null: nothing. */
  readonly storage: PluginStorage | null;
  /** What the host adds to its requests; it is opened when one is carried out. */
  readonly credentials: readonly Credential[];
}

/** A tool of a plugin with its description and schema, from the resource or the plugin's own manifest. */
export interface PluginToolFacts {
  readonly name: string;
  readonly description: string;
  readonly input: JsonObject;
}

/** The tools of one plugin, as the gate runs them. Their names begin with the plugin's: none shadows another. */
export function pluginTools(
  loaded: LoadedPlugin,
  facts: readonly PluginToolFacts[],
  plugin: () => Promise<Result<RunningPlugin>>,
  world: PluginToolsWorld,
): readonly Tool[] {
  return facts.map(({ name, description, input }): Tool => {
    const tool = `plugin:${loaded.name}/${name}`;
    return {
      name: tool,
      description,
      input,
      canonicalise: (args) => canonical(tool, name, args),
      run: async ({ effect }, { run }, signal) => {
        const running = await plugin();
        if (!running.ok) return running;
        const seen = { private: loaded.secrets.size + loaded.credentials.length > 0 };
        const result = await running.value.call(name, effect["args"] ?? {}, hostFor(loaded, run, world, seen), signal);
        return result.ok ? ok(outputOf(result.value, seen.private)) : result;
      },
    };
  });
}

function canonical(tool: string, name: string, args: Json): Result<CanonicalCall> {
  if (!isObject(args)) return fail(problem("PLUGIN_ARGUMENTS", { detail: `The arguments of ${tool} are not an object.` }));
  const call = { tool, action: "call", resource: name, effect: { args } };
  return ok({ ...call, facts: { arguments: Object.keys(args).length }, digest: callDigest(call), summary: `${tool} ${shown(args)}` });
}

/** What a plugin returns is somebody else's text; it is private where the plugin holds a secret, asks with a credential, or read what it had kept. */
function outputOf(value: Json, isPrivate: boolean): ToolOutput {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { text, labels: { classes: [], private: isPrivate, untrusted: true }, facts: { chars: text.length } };
}

/**
 * What a plugin asks of the host in one call: judged by its own needs and by the grants of the agent that called
 * it, so it can never do more than either. The capability it is carried out with is narrowed to the need that
 * covers it, and so is whatever follows from it, such as a redirect. What is outside goes through the gate with
 * no right at all: refused there, and recorded.
 */
function hostFor(loaded: LoadedPlugin, run: Run, world: PluginToolsWorld, seen: { private: boolean }): HostCall {
  return async (name, args) => {
    if (name === "storage") {
      const kept = world.storage?.(args) ?? fail(undeclared(loaded, "storage"));
      if (kept.ok && args["op"] === "get" && kept.value !== null) seen.private = true;
      return kept;
    }
    const gate = world.gate();
    const need = needOf(loaded, name, world.toolOf(name)?.canonicalise(args, run, world.credentials));
    const capability = need ? narrowedTo(need, gate, run) : undefined;
    const result = await gate.execute(capability ?? ({ tool: name } as Capability), args, run, need ? world.credentials : []);
    if (!need) return fail(undeclared(loaded, name));
    if (!result.ok) return result;
    seen.private ||= result.value.labels.private;
    return ok(result.value.text);
  };
}

/** What has no canonical form is refused for that by the gate, to a plugin that may ask for such things at all. */
function needOf({ needs }: LoadedPlugin, name: string, form: Result<CanonicalCall> | undefined): PluginNeed | undefined {
  if (!form) return undefined;
  return form.ok ? needFor(needs, form.value) : needs.find(({ tool }) => tool === name);
}

/** The need that covers a request. */
export function needFor(needs: readonly PluginNeed[], { tool, action, resource }: CanonicalCall): PluginNeed | undefined {
  return needs.find((need) => {
    if (need.tool !== tool || need.action !== action) return false;
    return need.pattern === null ? resource === null : resource !== null && matches(need.pattern, resource);
  });
}

/** The agent's own right, and of that what the need names. */
function narrowedTo({ tool, action, pattern }: PluginNeed, gate: PluginGate, run: Run): Capability | undefined {
  const offered = gate.offer(run);
  const whole = offered.ok ? offered.value.find((each) => each.name === tool)?.capability : undefined;
  if (!whole) return undefined;
  const minted = gate.tokens.mint(whole, run);
  const byAction = minted.ok ? attenuate(minted.value, { actions: [action] }) : minted;
  const narrowed = byAction.ok && pattern ? attenuate(byAction.value, { resource: pattern.text }) : byAction;
  const accepted = narrowed.ok ? gate.tokens.accept(narrowed.value, run) : narrowed;
  return accepted.ok ? accepted.value : undefined;
}

function undeclared({ name }: LoadedPlugin, what: string): ReturnType<typeof problem> {
  const detail = `Plugin ${name} asked for ${shown(what)} in a way that it does not declare. It had no effect.`;
  return problem("PLUGIN_NOT_DECLARED", { detail, context: { plugin: name } });
}
