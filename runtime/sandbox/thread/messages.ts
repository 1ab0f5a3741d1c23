/** What a plugin's thread and the gateway say to each other. Values that the plugin made are text, to be judged by the reader. */

/** What a thread is started with. */
export interface ThreadStart {
  readonly runtime: "js" | "wasm";
  readonly code: Uint8Array;
  /** What every call is given beside its arguments, as JSON: `{plugin, settings, secrets}`. */
  readonly context: string;
  /** The JSON Schema of each tool's arguments, as JSON. */
  readonly inputs: string;
  readonly memoryPages: number;
}

export type ToThread =
  | { readonly type: "call"; readonly call: number; readonly tool: string; readonly args: string; readonly timeoutMs: number }
  | { readonly type: "answer"; readonly call: number; readonly request: number; readonly ok: boolean; readonly text: string }
  | { readonly type: "cancel"; readonly call: number };

/** How a call can end other than with a result. */
export const ENDS = [
  "PLUGIN_FAILED",
  "PLUGIN_TIMEOUT",
  "PLUGIN_LIMIT",
  "PLUGIN_TOOL_UNKNOWN",
  "PLUGIN_ARGUMENTS",
  "PLUGIN_UNUSABLE",
  "PLUGIN_IMPORT_REFUSED",
  "PLUGIN_ANSWER_INVALID",
] as const;
export type End = (typeof ENDS)[number];

export type FromThread =
  | { readonly type: "ready" }
  | { readonly type: "request"; readonly call: number; readonly request: number; readonly kind: "call" | "storage"; readonly text: string }
  | { readonly type: "log"; readonly call: number; readonly text: string }
  | { readonly type: "done"; readonly call: number; readonly text: string }
  | { readonly type: "failed"; readonly call: number; readonly code: End; readonly text: string };

/** What runs calls inside of a thread. */
export interface Engine {
  readonly call: (order: Extract<ToThread, { readonly type: "call" }>) => void;
  readonly answer: (answer: Extract<ToThread, { readonly type: "answer" }>) => void;
  readonly cancel: (call: number) => void;
}

export type Send = (message: FromThread) => void;

/** Reads what came from a thread: it may be in the plugin's hands. @returns undefined for what is no such message. */
export function readMessage(value: unknown): FromThread | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { type, call, request, kind, text, code } = value as Readonly<Record<string, unknown>>;
  if (type === "ready") return { type };
  if (typeof call !== "number" || typeof text !== "string") return undefined;
  if (type === "log" || type === "done") return { type, call, text };
  if (type === "failed") return { type, call, text, code: ENDS.find((each) => each === code) ?? "PLUGIN_FAILED" };
  const isRequest = type === "request" && typeof request === "number" && (kind === "call" || kind === "storage");
  return isRequest ? { type, call, request, kind, text } : undefined;
}
