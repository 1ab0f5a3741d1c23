import { digestJson, fail, isDigest, isObject, LIMITS, ok, problem, shortDigest, shown, type Json, type Result } from "../../core/index.ts";
import { effectOf } from "./assemble.ts";
import type { Plan, PlanBody } from "./types.ts";

/** A plan as text: what `plan --out` writes and `plan -o json` prints, the same bytes. */
export function writePlan(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** Digest of a part of a parsed file; a string where the part cannot be hashed. */
function digestOf(make: () => string): string {
  try {
    return make();
  } catch {
    return "";
  }
}

/**
 * Reads a plan file as a claim: its digest and effect must be those of its body, its format one we
 * know. Nothing in it is applied; apply plans again and compares.
 *
 * @returns `PLAN_FILE_INVALID`, `PLAN_VERSION`, or `FILE_TOO_LARGE` above {@link LIMITS.planFileBytes}.
 */
export function readPlan(bytes: Uint8Array, file: string): Result<Plan> {
  if (bytes.length > LIMITS.planFileBytes) {
    return fail(problem("FILE_TOO_LARGE", { detail: `${file} has ${bytes.length} bytes; a plan file may have ${LIMITS.planFileBytes}.` }));
  }
  const value = parse(bytes);
  if (!isObject(value) || value["kind"] !== "Plan") return invalid(file, "it is not JSON with kind Plan, or was cut short");
  const version = value["formatVersion"];
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    return fail(
      problem("PLAN_VERSION", {
        detail: `${file} has plan format ${shown(version)}; this moltbot reads format 1.x.`,
        remedy: "Plan again with this moltbot, or apply with the one that wrote it.",
        context: { file },
      }),
    );
  }
  const { digest, effect, body } = value;
  if (!isDigest(digest) || !isDigest(effect) || !isObject(body)) return invalid(file, "digest, effect or body is missing");
  if (digestOf(() => digestJson(body)) !== digest) return invalid(file, `its body does not hash to ${shortDigest(digest)}…`);
  const hasShape =
    isObject(body["inputs"]) && isObject(body["target"]) && Array.isArray(body["changes"]) && Array.isArray(body["decisions"]);
  if (!hasShape) return invalid(file, "its body lacks inputs, target, changes or decisions");
  if (digestOf(() => effectOf(body as unknown as PlanBody)) !== effect) return invalid(file, "its effect is not that of its body");
  return ok(value as unknown as Plan);
}

function parse(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return null;
  }
}

function invalid(file: string, why: string): Result<Plan> {
  return fail(
    problem("PLAN_FILE_INVALID", {
      detail: `${file} cannot be used as a plan: ${why}.`,
      remedy: "Make it again:\n  moltbot plan --out FILE",
      context: { file },
    }),
  );
}
