import { InternalError, ok } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { completionScript, SHELLS } from "../completion/index.ts";
import { Args, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";

export default class Completion extends MoltbotCommand {
  static override summary = "Print a script that completes moltbot's commands in your shell";
  static override description = "Commands, flags and their values, from the same table as the help. Load it again after an upgrade.";
  static override examples = [
    { description: "In this bash, now", command: "source <(<%= config.bin %> completion bash)" },
    { description: "In every fish", command: "<%= config.bin %> completion fish > ~/.config/fish/completions/moltbot.fish" },
    { description: "In every zsh, with that folder in $fpath", command: "<%= config.bin %> completion zsh > ~/.zfunc/_moltbot" },
  ];
  static override args = {
    shell: Args.string({ options: [...SHELLS], required: true, description: SHELLS.join(", "), ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Completion);
    const shell = SHELLS.find((each) => each === args.shell);
    if (shell === undefined) throw new InternalError("a shell that is not offered was let through");
    return conclude(this.session(flags), ok(completionScript(shell)), { views: { text: (script) => script } });
  }
}
