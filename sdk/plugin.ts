/**
 * moltbot/plugin: what a plugin is written with. In the sandbox this module is built in; here are its types, and
 * the same functions for tests of a plugin's own code.
 */

/** Any JSON value: all that crosses the border of a plugin. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a plugin keeps between calls: JSON by key, encrypted, at most `Plugin.limits.storage`. */
export interface Storage {
  /** Null when nothing is kept under that key. */
  get(key: string): Promise<Json>;
  set(key: string, value: Json): Promise<null>;
  /** Whether there was something. */
  delete(key: string): Promise<boolean>;
  /** All keys, sorted. */
  keys(): Promise<readonly string[]>;
}

/** What a tool is given beside its arguments, in one call. */
export interface Context {
  /** The name of the Plugin resource. */
  readonly plugin: string;
  /** `Plugin.config`. */
  readonly settings: Readonly<Record<string, Json>>;
  /** `Plugin.secrets`, opened, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly storage: Storage;
  /**
   * Asks the host to use a tool, such as `http.fetch`. It must be among the plugin's `capabilities` and among
   * those of the agent that called; anything else is refused. The answer is the tool's text.
   *
   * @throws an Error with a `code`: why it was refused, or failed.
   */
  call(tool: string, args?: Json): Promise<string>;
  /** A pause, no longer than the call may take. */
  sleep(ms: number): Promise<null>;
  /** A line for the gateway's log. */
  log(...parts: readonly unknown[]): void;
}

/** One tool. Its arguments were checked against `input` of plugin.yaml before; what it returns goes to the agent. */
// oxlint-disable-next-line typescript/no-explicit-any -- a tool says itself what its arguments are; they were checked before
export type Tool<Args = any> = (args: Args, context: Context) => Json | void | Promise<Json | void>;

/** One function for each tool of plugin.yaml. */
export interface Plugin {
  readonly tools: Readonly<Record<string, Tool>>;
}

/** What the entry of a plugin exports: `export default definePlugin({ tools: { ... } })`. */
export function definePlugin<P extends Plugin>(plugin: P): P {
  return plugin;
}

/** A failure that is the answer: its message goes to the agent. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}
