import fs from "node:fs";
import { escapeText, fail, LIMITS, problem, type Result } from "../core/index.ts";
import type { Plan } from "../reconciler/plan/types.ts";

/** A plan file as a claim: its digests hold, nothing more is known. A pipe or device is not read: it could block for ever. */
export async function readPlanFile(file: string): Promise<Result<Plan>> {
  const { readPlan } = await import("../reconciler/engine.ts");
  try {
    const facts = fs.statSync(file);
    if (!facts.isFile()) return fail(noPlanFile(file, "is not a regular file"));
    if (facts.size > LIMITS.planFileBytes) {
      const detail = `${escapeText(file)} has ${facts.size} bytes; a plan file may have ${LIMITS.planFileBytes}.`;
      return fail(problem("FILE_TOO_LARGE", { detail, context: { file } }));
    }
    return readPlan(fs.readFileSync(file), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return fail(noPlanFile(file, "does not exist"));
    return fail(unreadable(file, (error as Error).message));
  }
}

function noPlanFile(file: string, why: string): ReturnType<typeof problem> {
  return problem("PLAN_FILE_INVALID", {
    detail: `${escapeText(file)} ${why}.`,
    remedy: "Check the name; a plan file is written by:\nmoltbot plan --out FILE",
    context: { file },
  });
}

function unreadable(file: string, why: string): ReturnType<typeof problem> {
  return problem("READ_FAILED", {
    detail: `Reading ${escapeText(file)} failed: ${escapeText(why)}.`,
    remedy: "Check the name; a plan file is written by:\nmoltbot plan --out FILE",
    context: { file },
  });
}
