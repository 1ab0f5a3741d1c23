import { ok, type Result } from "../../../core/index.ts";
import type { Linted } from "../../../trust/policy-build/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { readyToBuild } from "../../policy-building.ts";
import { conclude, type Session } from "../../session.ts";
import { policyLintedViews } from "../../views/policy.ts";

export default class PolicyLint extends MoltbotCommand {
  static override summary = "Check the Policies without building them";
  static override description =
    "Everything that `policy build` refuses: mistakes in the text, fields of the input that do not exist, functions that policies do not get, rules without a " +
    "code of their own or a message. As warnings: rules that nothing uses, texts that are not in the form of `opa fmt`, policies without a title.";
  static override examples = [
    { description: "The current folder", command: "<%= config.bin %> policy lint" },
    { description: "In a pull request", command: "<%= config.bin %> policy lint --report github=-" },
  ];
  static override makesReports = true;
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(PolicyLint);
    const session = this.session(flags);
    return conclude(session, await linted(session), { views: policyLintedViews });
  }
}

async function linted(session: Session): Promise<Result<Linted>> {
  const ready = await readyToBuild(session);
  if (!ready.ok) return ready;
  const { lintPolicies } = await import("../../../trust/policy-build/index.ts");
  if (ready.value.request.sources.length === 0) return ok({ policies: 0, rules: 0 }, ready.warnings);
  const result = lintPolicies(ready.value.request);
  return result.ok ? ok(result.value, [...ready.warnings, ...result.warnings]) : result;
}
