import fs from "node:fs";
import { escapeText, fail, isObject, LIMITS, ok, problem, type Json, type Result } from "../../../core/index.ts";
import type { PolicyExplained, PolicyQuestion } from "../../../reconciler/engine.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { policyExplainedViews } from "../../views/policy.ts";

export default class PolicyEval extends MoltbotCommand {
  static override summary = "Ask the policies in force one question";
  static override description =
    "AGENT TOOL [ACTION]: what a plan asks about the agent's grants for that tool, and what each policy says, with the rule and its line. --input: a question " +
    "from a JSON file, for trying a rule out. Every answer ends with exit code 0; `-o json` shows the whole input.";
  static override examples = [
    { description: "Why does this grant need an approval?", command: "<%= config.bin %> policy eval support http.fetch get" },
    { description: "A question from a file", command: "<%= config.bin %> policy eval --input question.json --entry call" },
  ];
  static override args = {
    agent: Args.string({ description: "the agent", ignoreStdin: true }),
    tool: Args.string({ description: "the tool, such as http.fetch", ignoreStdin: true }),
    action: Args.string({ description: "the action (default: every action that is granted)", ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    input: Flags.string({ helpValue: "FILE", description: "a JSON file with the input", env: "MOLTBOT_INPUT" }),
    entry: Flags.option({
      options: ["admission", "grant", "call"] as const,
      default: "grant" as const,
      description: "the entry point that --input is for",
      env: "MOLTBOT_ENTRY",
    })(),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PolicyEval);
    const session = this.session(flags);
    const { agent, tool, action } = args;
    return conclude(session, await this.answers(session, flags.input, { agent, tool, action, entry: flags.entry }), {
      views: policyExplainedViews,
    });
  }

  private async answers(
    session: Session,
    input: string | undefined,
    {
      agent,
      tool,
      action,
      entry,
    }: { agent?: string | undefined; tool?: string | undefined; action?: string | undefined; entry: PolicyQuestion["entry"] },
  ): Promise<Result<readonly PolicyExplained[]>> {
    const { askPolicies, explainGrant } = await import("../../../reconciler/engine.ts");
    if (input !== undefined) {
      if (agent !== undefined) throw new UsageError("Ask about AGENT TOOL, or give a question with --input.");
      const question = readQuestion(input, entry);
      return question.ok ? await askPolicies(question.value, session.query, await session.world()) : question;
    }
    if (agent === undefined || tool === undefined) throw new UsageError("Ask about AGENT TOOL, or give a question with --input FILE.");
    return await explainGrant({ agent, tool, ...(action === undefined ? {} : { action }) }, session.query, await session.world());
  }
}

function readQuestion(file: string, entry: PolicyQuestion["entry"]): Result<PolicyQuestion> {
  const wrong = (why: string): Result<never> =>
    fail(
      problem("POLICY_QUESTION", {
        detail: `${escapeText(file)} is no question: ${why}.`,
        remedy: "Give a JSON object; docs/policy-authoring.md lists its fields.",
        context: { path: file },
      }),
    );
  try {
    if (fs.statSync(file).size > LIMITS.policyInputChars) return wrong("it is too long (limits.policyInputChars)");
    const value = JSON.parse(fs.readFileSync(file, "utf8")) as Json;
    return isObject(value) ? ok({ entry, input: value }) : wrong("it is no JSON object");
  } catch (error) {
    return wrong(error instanceof Error ? error.message : "it cannot be read");
  }
}
