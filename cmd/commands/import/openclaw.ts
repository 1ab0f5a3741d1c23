import path from "node:path";
import { isName } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { importViews } from "../../views/imported.ts";
import { writeWholeTree } from "../../whole-tree.ts";

export default class ImportOpenclaw extends MoltbotCommand {
  static override summary = "Turn the configuration of an OpenClaw gateway into a repository";
  static override description =
    "Reads openclaw.json (also moltbot.json and clawdbot.json) as JSON5 and says of every value where it went. Secrets never reach a manifest in plain text: they are encrypted for --recipient, or wait for `moltbot secret set`. Without --out, writes nothing and shows the whole report.";
  static override examples = [
    { description: "What would become of it?", command: "<%= config.bin %> import openclaw ~/.openclaw/openclaw.json" },
    {
      description: "A new repository, secrets encrypted at once",
      command: "<%= config.bin %> import openclaw ~/.openclaw/openclaw.json --out bots --recipient age1...",
    },
    { description: "Every gateway of a fleet, a Project each", command: "<%= config.bin %> import openclaw instances --out fleet" },
  ];
  static override args = {
    from: Args.string({ required: true, description: "a configuration file, or a folder in which to look for them", ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml", "markdown"),
    out: Flags.string({ helpValue: "DIR", description: "a folder that is empty or not there yet", env: "MOLTBOT_OUT" }),
    recipient: Flags.string({
      helpValue: "AGE1...",
      multiple: true,
      multipleNonGreedy: true,
      description: "encrypt the secrets that are found for this age recipient",
      env: "MOLTBOT_RECIPIENT",
    }),
    name: Flags.string({ helpValue: "NAME", default: "openclaw", description: "the name of the Project", env: "MOLTBOT_NAME" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(ImportOpenclaw);
    const session = this.session(flags);
    if (!isName(flags.name)) throw new UsageError("--name takes lower-case letters, digits and inner hyphens, at most 63.");
    const { importOpenclaw } = await import("../../../reconciler/engine.ts");
    const imported = await importOpenclaw({ from: path.resolve(args.from), project: flags.name, recipients: flags.recipient ?? [] });
    const written = imported.ok && flags.out !== undefined ? writeWholeTree(flags.out, imported.value.files) : undefined;
    return conclude(session, written && !written.ok ? written : imported, { views: importViews(flags.out) });
  }
}
