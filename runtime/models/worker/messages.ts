import type { Json, JsonObject } from "../../../core/index.ts";
import type { ModelQuestion } from "../types.ts";

/** What the process of a model is started with. */
export interface EngineStart {
  /** The library, as an address to import. */
  readonly library: string;
  readonly file: string;
  readonly contextTokens: number;
  readonly threads: number;
}

export type ToEngine =
  | ({ readonly kind: "start" } & EngineStart)
  | { readonly kind: "ask"; readonly id: number; readonly question: ModelQuestion }
  | { readonly kind: "cancel"; readonly id: number };

export type FromEngine =
  | { readonly kind: "ready" }
  | { readonly kind: "text" | "thinking"; readonly id: number; readonly text: string }
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly params: Json }
  | {
      readonly kind: "end";
      readonly id: number;
      readonly finish: "stop" | "length" | "calls";
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
    }
  /** Of one question, or, with null, of the model as a whole. */
  | { readonly kind: "failed"; readonly id: number | null; readonly why: string };

/** A message of the process, whose native code read a file of strangers: each field is looked at. */
export function readFromEngine(value: unknown): FromEngine | null {
  if (typeof value !== "object" || value === null) return null;
  const { kind, id, text, name, params, why } = value as JsonObject;
  if (kind === "ready") return { kind };
  if (kind === "failed") return typeof why === "string" ? { kind, id: typeof id === "number" ? id : null, why } : null;
  if (typeof id !== "number") return null;
  if (kind === "text" || kind === "thinking") return typeof text === "string" ? { kind, id, text } : null;
  if (kind === "call") return typeof name === "string" ? { kind, id, name, params: params ?? {} } : null;
  return kind === "end" ? readEnd(id, value as JsonObject) : null;
}

function readEnd(id: number, { finish, inputTokens, outputTokens }: JsonObject): FromEngine | null {
  if (finish !== "stop" && finish !== "length" && finish !== "calls") return null;
  return { kind: "end", id, finish, inputTokens: count(inputTokens), outputTokens: count(outputTokens) };
}

function count(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
