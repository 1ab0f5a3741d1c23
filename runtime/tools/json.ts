import { fail, isArray, isObject, jsonDepth, LIMITS, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { Tool } from "../gate/index.ts";
import { NO_LABELS } from "../run/index.ts";
import { defineTool, textIn, textSchema } from "./define.ts";

/** `json`: reads, writes and takes apart JSON. It acts on nothing but its arguments. */
export function jsonTool(): Tool {
  return defineTool({
    name: "json",
    description:
      "Checks, formats and takes apart JSON text: `parse` (is it JSON, and what is in it), `format`, `pointer` (one value, RFC 6901), `select` (fields of each entry of a list).",
    properties: {
      op: { type: "string", enum: ["parse", "format", "pointer", "select"], description: "What to do." },
      text: textSchema("The JSON text."),
      pointer: textSchema("For pointer and select: where, as a JSON Pointer such as /items/0/name; empty: the whole.", 4_096),
      fields: { type: "array", maxItems: 64, items: textSchema("A field.", 256), description: "For select: the fields to keep." },
      indent: { type: "integer", minimum: 0, maximum: 8, description: "For format: how far to indent." },
    },
    required: ["op", "text"],
    wish: (args) =>
      ok({
        action: "call",
        resource: null,
        facts: { op: textIn(args, "op", "") },
        effect: () => args,
        summary: () => textIn(args, "op", ""),
      }),
    run: ({ effect }) => {
      const done = act(effect);
      return Promise.resolve(done.ok ? ok({ text: done.value, labels: NO_LABELS, facts: {} }) : done);
    },
  });
}

function act(args: JsonObject): Result<string> {
  const value = parsed(textIn(args, "text", ""));
  if (!value.ok) return value;
  const op = textIn(args, "op", "");
  if (op === "parse") return ok(describe(value.value));
  if (op === "format") return ok(JSON.stringify(value.value, null, Number(args["indent"] ?? 2)));
  const at = valueAtPointer(value.value, textIn(args, "pointer", ""));
  if (!at.ok) return at;
  return ok(JSON.stringify(op === "select" ? selected(at.value, args["fields"]) : at.value, null, 2));
}

function parsed(written: string): Result<Json> {
  if (jsonDepth(written) > LIMITS.depth) return refused(`it is nested deeper than ${LIMITS.depth} (limits.depth)`);
  try {
    return ok(JSON.parse(written) as Json);
  } catch (error) {
    return refused(error instanceof Error ? error.message : "it is no JSON");
  }
}

function describe(value: Json): string {
  if (isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return `an object with ${Object.keys(value).length} fields: ${Object.keys(value).slice(0, 100).join(", ")}`;
  return value === null ? "null" : `a ${typeof value}`;
}

function valueAtPointer(value: Json, pointer: string): Result<Json> {
  if (pointer !== "" && !pointer.startsWith("/")) return refused("a pointer begins with `/`");
  let at: Json = value;
  for (const raw of pointer === "" ? [] : pointer.slice(1).split("/")) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    const next: Json | undefined = isArray(at)
      ? /^(0|[1-9][0-9]{0,8})$/.test(key)
        ? at[Number(key)]
        : undefined
      : isObject(at) && Object.hasOwn(at, key)
        ? at[key]
        : undefined;
    if (next === undefined) return refused(`there is nothing at ${JSON.stringify(pointer)}`);
    at = next;
  }
  return ok(at);
}

function selected(value: Json, fields: Json | undefined): Json {
  const names = isArray(fields) ? fields.filter((each) => typeof each === "string") : [];
  const pick = (each: Json): Json =>
    isObject(each) ? Object.fromEntries(names.flatMap((name) => (Object.hasOwn(each, name) ? [[name, each[name] ?? null]] : []))) : each;
  return isArray(value) ? value.map(pick) : pick(value);
}

function refused(why: string): Result<never> {
  return fail(problem("JSON_INVALID", { detail: `The json tool cannot do this: ${why}.` }));
}
