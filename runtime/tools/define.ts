import { Validator } from "@cfworker/json-schema";
import { fail, LIMITS, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { canonicaliseRequest, parseTool } from "../../trust/capability/index.ts";
import { callDigest, type CanonicalCall, type Credential, type Tool } from "../gate/index.ts";
import type { Run } from "../run/index.ts";

/** What a tool makes of arguments that fit its schema. */
export interface Wish {
  readonly action: string;
  /** As it was written; brought into its canonical form by the one canonicaliser. */
  readonly resource: string | null;
  readonly facts: JsonObject;
  /** @param resource - The canonical form. */
  readonly effect: (resource: string) => JsonObject;
  readonly summary: (resource: string) => string;
}

export interface Definition {
  readonly name: string;
  readonly description: string;
  readonly properties: JsonObject;
  readonly required: readonly string[];
  readonly wish: (args: JsonObject, run: Run, credentials: readonly Credential[]) => Result<Wish>;
  readonly run: Tool["run"];
}

/** One tool out of its parts: unknown arguments are refused, and nothing it is given makes it throw. */
export function defineTool({ name, description, properties, required, wish, run }: Definition): Tool {
  const input: JsonObject = { type: "object", additionalProperties: false, required, properties };
  const validator = new Validator(input, "2020-12", true);
  return {
    name,
    description,
    input,
    canonicalise: (args, of, credentials = []) => {
      try {
        return canonical(name, validator, args, (given) => wish(given, of, credentials));
      } catch {
        // Text that is no Unicode, nesting without end: whatever it is, it has no canonical form.
        return invalid(name, "they have no canonical form");
      }
    },
    run,
  };
}

function canonical(tool: string, validator: Validator, args: Json, wish: (args: JsonObject) => Result<Wish>): Result<CanonicalCall> {
  const { valid, errors } = validator.validate(args);
  if (!valid) return invalid(tool, errors.at(-1)?.error ?? "they do not fit its schema");
  const wished = wish(args as JsonObject);
  if (!wished.ok) return wished;
  const { action, facts, effect, summary } = wished.value;
  const resource = resourceOf(tool, wished.value.resource);
  if (!resource.ok) return resource;
  const call = { tool, action, resource: resource.value, effect: effect(resource.value ?? "") };
  return ok({ ...call, facts, summary: `${tool} ${summary(resource.value ?? "")}`, digest: callDigest(call) });
}

function resourceOf(tool: string, written: string | null): Result<string | null> {
  const facts = parseTool(tool);
  const type = facts.ok ? facts.value.resource : null;
  return type === null || written === null ? ok(null) : canonicaliseRequest(type, written);
}

export function invalid(tool: string, why: string): Result<never> {
  return fail(problem("CALL_INVALID", { detail: `The arguments of ${tool} are refused: ${why.slice(0, LIMITS.httpHeaderChars)}` }));
}

/** The text at a key of checked arguments; absent: `otherwise`. */
export function textIn<T>(args: JsonObject, key: string, otherwise: T): string | T {
  const value = args[key];
  return typeof value === "string" ? value : otherwise;
}

export function numberIn<T>(args: JsonObject, key: string, otherwise: T): number | T {
  const value = args[key];
  return typeof value === "number" ? value : otherwise;
}

/** Schema of a text, for the arguments of tools. */
export function textSchema(description: string, maxLength: number = LIMITS.callBytes): JsonObject {
  return { type: "string", maxLength, description };
}

export function wholeSchema(description: string, minimum: number, maximum: number): JsonObject {
  return { type: "integer", minimum, maximum, description };
}
