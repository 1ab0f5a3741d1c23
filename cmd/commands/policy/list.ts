import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { policyListViews } from "../../views/policy.ts";

export default class PolicyList extends MoltbotCommand {
  static override summary = "List the policies in force";
  static override description =
    "Those that moltbot ships and those of the Project: every rule with its level, what it does, and where it stands.";
  static override examples = [
    { description: "What judges a plan here", command: "<%= config.bin %> policy list" },
    { description: "For a script", command: "<%= config.bin %> policy list -o json" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(PolicyList);
    const session = this.session(flags);
    const { listPolicies } = await import("../../../reconciler/engine.ts");
    return conclude(session, await listPolicies(session.query, await session.world()), { views: policyListViews });
  }
}
