import fs from "node:fs";
import { escapeText, fail, LIMITS, mapResult, problem, type Result } from "../../core/index.ts";
import type { Plan } from "../../reconciler/plan/types.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { planViews } from "../views/plan.ts";

export default class Show extends MoltbotCommand {
  static override summary = "Show a saved plan";
  static override description = "Reads the file alone. What it shows is what the file claims; `apply FILE` plans again and compares.";
  static override examples = [
    { description: "Review a plan", command: "<%= config.bin %> show plan.json" },
    { description: "As a comment for a pull request", command: "<%= config.bin %> show plan.json -o markdown" },
  ];
  static override makesReports = true;
  static override args = { file: Args.string({ description: "a file written by `plan --out`", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml", "markdown") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Show);
    const session = this.session(flags);
    const plan = await readPlanFile(args.file);
    return conclude(
      session,
      mapResult(plan, (value) => ({ plan: value })),
      { views: planViews() },
    );
  }
}

/** A plan file as a claim: its digests hold, nothing more is known. A pipe or device is not read: it could block for ever. */
export async function readPlanFile(file: string): Promise<Result<Plan>> {
  const { readPlan } = await import("../../reconciler/engine.ts");
  try {
    const facts = fs.statSync(file);
    if (!facts.isFile()) return fail(unreadable(file, "it is not a regular file"));
    if (facts.size > LIMITS.planFileBytes) {
      const detail = `${escapeText(file)} has ${facts.size} bytes; a plan file may have ${LIMITS.planFileBytes}.`;
      return fail(problem("FILE_TOO_LARGE", { detail, context: { file } }));
    }
    return readPlan(fs.readFileSync(file), file);
  } catch (error) {
    return fail(unreadable(file, (error as Error).message));
  }
}

function unreadable(file: string, why: string): ReturnType<typeof problem> {
  return problem("READ_FAILED", {
    detail: `Reading ${escapeText(file)} failed: ${escapeText(why)}.`,
    remedy: "Check the name; a plan file is written by:\nmoltbot plan --out FILE",
    context: { file },
  });
}
