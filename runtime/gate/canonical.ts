import {
  canonicalJson,
  digestJson,
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Digest,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import { canonicaliseRequest, parseTool } from "../../trust/capability/index.ts";
import type { Run } from "../run/index.ts";
import type { CanonicalCall, Credential, Tool } from "./types.ts";

/** What an approval covers: everything that decides what happens, and nothing that is only said about it. */
export function callDigest({ tool, action, resource, effect }: Pick<CanonicalCall, "tool" | "action" | "resource" | "effect">): Digest {
  return digestJson({ tool, action, resource, effect });
}

/**
 * The one canonical form of a call, made once by its tool and checked here: it is the tool's own, what it acts
 * on is its own canonical form, and its digest covers it. It is a copy that nobody can change any more.
 */
export function canonicalCall(tool: Tool, args: Json, run: Run, credentials: readonly Credential[] = []): Result<CanonicalCall> {
  const given = plain(args);
  if (!given.ok) return given;
  const made = tool.canonicalise(given.value, run, credentials);
  if (!made.ok) return made;
  const copy = plain(made.value as unknown as Json);
  if (!copy.ok) return copy;
  const call = frozen(copy.value) as unknown as CanonicalCall;
  const wrong = refusalOf(call, tool.name);
  return wrong === undefined ? ok(call) : invalid(wrong);
}

/** A copy that is plain data and within {@link LIMITS.callBytes}: no cycles, getters, functions, or numbers that are none. */
function plain(value: Json): Result<Json> {
  let text: string;
  try {
    text = canonicalJson(value);
  } catch {
    return invalid("it is not plain JSON");
  }
  const bytes = Buffer.byteLength(text);
  return bytes > LIMITS.callBytes ? fail(tooLarge(bytes)) : ok(JSON.parse(text) as Json);
}

function refusalOf(call: CanonicalCall, name: string): string | undefined {
  if (call.tool !== name) return `it is a call of ${shown(call.tool)} and not of ${shown(name)}`;
  const tool = parseTool(name);
  if (!tool.ok) return "there is no such tool";
  if (typeof call.action !== "string") return "it names no action";
  const { resource } = tool.value;
  if (resource === null ? call.resource !== null : !isCanonical(resource, call.resource))
    return "what it acts on is not in its canonical form";
  if (!isObject(call.effect) || !isObject(call.facts) || typeof call.summary !== "string") return "its canonical form is not whole";
  return callDigest(call) === call.digest ? undefined : "its digest does not cover it";
}

function isCanonical(type: Parameters<typeof canonicaliseRequest>[0], resource: unknown): boolean {
  if (typeof resource !== "string") return false;
  const form = canonicaliseRequest(type, resource);
  return form.ok && form.value === resource;
}

function frozen(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  for (const each of Object.values(value as JsonObject)) frozen(each);
  return Object.freeze(value);
}

function invalid(why: string): Result<never> {
  return fail(problem("CALL_INVALID", { detail: `The call is refused: ${why}.` }));
}

function tooLarge(size: number): ReturnType<typeof problem> {
  return problem("CALL_TOO_LARGE", {
    detail: `The call has ${size} bytes; limits.callBytes is ${LIMITS.callBytes}.`,
    context: { limit: LIMITS.callBytes },
  });
}
