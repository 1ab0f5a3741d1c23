import { MoltbotCommand } from "../base.ts";
import { CACHE_FLAG, Flags, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { validatedAllViews, validatedViews } from "../views/validated.ts";

export default class Validate extends MoltbotCommand {
  static override summary = "Check every file, and list every error of the whole tree";
  static override description = "Looks at the files alone: no target, no record, no network.";
  static override examples = [
    { description: "Check the current folder", command: "<%= config.bin %> validate" },
    { description: "In a pull request of a Project with environments", command: "<%= config.bin %> validate --all-environments" },
    {
      description: "Check a commit, with a report for code scanning",
      command: "<%= config.bin %> validate --ref HEAD --report sarif=moltbot.sarif",
    },
  ];
  static override makesReports = true;
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml", "markdown"),
    "all-environments": Flags.boolean({
      description: "check every environment that the Project declares; what several of them say is told once",
      env: "MOLTBOT_ALL_ENVIRONMENTS",
    }),
    ...CACHE_FLAG,
  };
  static override contradictions = [["all-environments", "environment"]] as const;

  async run(): Promise<number> {
    const { flags } = await this.read(Validate);
    const session = this.session(flags);
    const { validate, validateAll } = await import("../../reconciler/engine.ts");
    const world = await session.showingWorld(flags);
    if (flags["all-environments"]) return conclude(session, await validateAll(session.query, world), { views: validatedAllViews });
    return conclude(session, await validate(session.query, world), { views: validatedViews });
  }
}
