import { MoltbotCommand } from "../base.ts";
import { COMPARISON_FLAGS, compareIn } from "../diff.ts";
import { outputFlag } from "../flags.ts";

export default class Diff extends MoltbotCommand {
  static override summary = "Compare two desired states";
  static override description =
    "What is declared otherwise, what that makes possible in effect, and every answer of policy that flips, from denied to allowed first. Each side is judged " +
    "by its own policies. No target is needed, unless a side is a generation. `plan` compares with what is applied; `drift` shows what was changed outside git.";
  static override examples = [
    { description: "What did I change since the last commit?", command: "<%= config.bin %> diff" },
    { description: "What does this branch make possible?", command: "<%= config.bin %> diff --from main --to my-branch" },
    { description: "Since the generation that worked", command: "<%= config.bin %> diff --from generation:41" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml", "markdown"), ...COMPARISON_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(Diff);
    return await compareIn(this.session(flags), flags, "all");
  }
}
