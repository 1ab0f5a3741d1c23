import { MoltbotCommand } from "../../base.ts";
import { COMPARISON_FLAGS, compareIn } from "../../diff.ts";
import { outputFlag } from "../../flags.ts";

export default class PolicyDiff extends MoltbotCommand {
  static override summary = "Compare what policies answer in two desired states";
  static override description =
    "Every capability, by every channel that leads to it, before and after: answers that flip, from denied to allowed first, and rules that never or always " +
    "speak. The same comparison as `diff`, without the rest.";
  static override examples = [
    { description: "What does my edit of a policy allow?", command: "<%= config.bin %> policy diff" },
    { description: "In a pull request", command: "<%= config.bin %> policy diff --from origin/main --to HEAD -o markdown" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml", "markdown"), ...COMPARISON_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(PolicyDiff);
    return await compareIn(this.session(flags), flags, "policy");
  }
}
