import { Validator } from "@cfworker/json-schema";
import { fail, ok, problem, shown, type Json, type JsonObject, type Result } from "../../core/index.ts";

const MAX_TOLD = 5;

/** Checks values against one schema; interpreted, so that no code is made from a schema at run time. */
export function checkerOf(schema: JsonObject, what: string): (value: Json) => Result<void> {
  const validator = new Validator(schema, "2020-12", false);
  return (value) => {
    const { valid, errors } = validator.validate(value);
    if (valid) return ok(undefined);
    // The leaves say what is wrong; what stands above them only says that something is.
    const leaves = errors.filter(({ keyword }) => !["properties", "items", "$ref", "anyOf", "oneOf", "allOf"].includes(keyword));
    const told = [...new Set((leaves.length > 0 ? leaves : errors).map((each) => `${each.instanceLocation}: ${each.error}`))].slice(
      0,
      MAX_TOLD,
    );
    return fail(problem("API_INVALID", { detail: `The ${what} does not fit: ${told.map((each) => shown(each)).join("; ")}.` }));
  };
}
