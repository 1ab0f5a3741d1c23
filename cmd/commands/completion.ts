import { addressOf, InternalError, ok } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { completionScript, SHELLS } from "../completion/index.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";

export default class Completion extends MoltbotCommand {
  static override summary = "Print a script that completes moltbot's commands in your shell";
  static override description = "Commands, flags and their values, from the same table as the help. Load it again after an upgrade.";
  static override examples = [
    { description: "In this bash, now", command: "source <(<%= config.bin %> completion bash)" },
    { description: "In every fish", command: "<%= config.bin %> completion fish > ~/.config/fish/completions/moltbot.fish" },
    { description: "In every zsh, with that folder in $fpath", command: "<%= config.bin %> completion zsh > ~/.zfunc/_moltbot" },
  ];
  static override args = {
    shell: Args.string({ options: [...SHELLS], description: SHELLS.join(", "), ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text"),
    addresses: Flags.boolean({
      description: "no script: print the addresses of the Project, for the scripts",
      hidden: true,
      env: "MOLTBOT_ADDRESSES",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Completion);
    if (flags.addresses) return await this.printAddresses(this.session(flags));
    if (args.shell === undefined) throw new UsageError(`Name a shell: ${SHELLS.join(", ")}.`);
    const shell = SHELLS.find((each) => each === args.shell);
    if (shell === undefined) throw new InternalError("a shell that is not offered was let through");
    return conclude(this.session(flags), ok(completionScript(shell)), { views: { text: (script) => script } });
  }

  /** Called at each press of a key: where nothing can be read there is nothing to offer, and nothing is said. */
  private async printAddresses(session: Session): Promise<number> {
    const { validateAll } = await import("../../reconciler/engine.ts");
    const found = await validateAll(session.query, await session.world());
    const resources = found.ok ? found.value.environments.flatMap((each) => each.resources) : [];
    const addresses = new Set(resources.map(({ kind, metadata }) => addressOf(kind, metadata.name)));
    return conclude(session, ok([...addresses].sort()), { views: { text: (all) => all.map((each) => `${each}\n`).join("") } });
  }
}
