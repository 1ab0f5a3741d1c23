import type { Json, JsonObject, Result } from "../../core/index.ts";

/** A plugin as it was verified, ready to be run. */
export interface PluginProgram {
  readonly name: string;
  readonly runtime: "js" | "wasm";
  /** Verified bytes of the entry file. */
  readonly code: Uint8Array;
  /** `Plugin.spec.config`. */
  readonly settings: JsonObject;
  /** The secrets it is handed, by name, opened. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly limits: { readonly memoryBytes: number; readonly timeoutMs: number; readonly storageBytes: number };
  /** The JSON Schema of each tool's arguments, by its name. */
  readonly inputs: Readonly<Record<string, JsonObject>>;
  /** In a process of its own, beside the sandbox. */
  readonly isolation: "worker" | "process";
}

/**
 * What a plugin may ask of the host, each request judged by the gate. Plain data in and out. The tool `storage` is
 * what it keeps between calls: `{op: "get" | "set" | "delete" | "keys", key?, value?}`.
 */
export type HostCall = (tool: string, args: JsonObject, signal: AbortSignal) => Promise<Result<Json>>;

/** A plugin that runs. It stops only itself, whatever it does. */
export interface RunningPlugin {
  readonly call: (tool: string, args: Json, host: HostCall, signal: AbortSignal) => Promise<Result<Json>>;
  readonly state: () => { readonly state: "running" | "stopped" | "failed"; readonly reason: string | null };
  readonly close: () => Promise<void>;
}

/** One command, as it was approved. */
export interface CommandRequest {
  /** The program and its arguments; never a shell line. */
  readonly argv: readonly [string, ...string[]];
  /** Relative to the workspace. */
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array | null;
  readonly workspace: string;
  readonly access: "none" | "read" | "write";
  /** Hosts that the allow-list proxy lets through, as URL patterns; empty: no network. */
  readonly hosts: readonly string[];
  readonly limits: {
    readonly timeoutMs: number;
    readonly memoryBytes: number;
    readonly processes: number;
    readonly cpus: number;
    readonly outputBytes: number;
    readonly diskBytes: number;
  };
}

export interface CommandResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly truncated: boolean;
  /** Hosts that it asked for and was refused, each once; for the audit. */
  readonly refusedHosts: readonly string[];
  readonly ms: number;
}

/** What keeps commands in, on this machine. */
export interface Protection {
  /** `none`: commands are refused. */
  readonly by: "bubblewrap" | "none";
  /** What each layer keeps out, for `doctor` and `gateway status`. */
  readonly layers: readonly string[];
  readonly why: string | null;
}

export interface CommandSandbox {
  readonly run: (request: CommandRequest, signal: AbortSignal) => Promise<Result<CommandResult>>;
  readonly protection: () => Promise<Protection>;
}
