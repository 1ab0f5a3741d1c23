import { MoltbotCommand } from "../base.ts";
import { Flags, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { writeTree } from "../tree.ts";
import { exportViews } from "../views/exported.ts";

export default class Export extends MoltbotCommand {
  static override summary = "Write what is applied as manifests";
  static override description =
    "One file a resource, defaults left out, secrets encrypted as they were. A plan over the result is empty. Without --out, prints one YAML stream.";
  static override examples = [
    { description: "Get the files back", command: "<%= config.bin %> export --out restored" },
    { description: "Read what is applied", command: "<%= config.bin %> export" },
    { description: "Bring an agent that the API made to the repository", command: "<%= config.bin %> export --unmanaged" },
  ];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    unmanaged: Flags.boolean({
      description: "what belongs to no Project instead: forgotten objects, and agents that the API made",
      env: "MOLTBOT_UNMANAGED",
    }),
    out: Flags.string({ helpValue: "DIR", description: "a folder that is empty or not there yet", env: "MOLTBOT_OUT" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(Export);
    const session = this.session(flags);
    const { exportTree } = await import("../../reconciler/engine.ts");
    const exported = await exportTree(session.query, await session.world(), { unmanaged: flags.unmanaged });
    const written = exported.ok && flags.out !== undefined ? writeTree(flags.out, exported.value.files, "new") : undefined;
    return conclude(session, written && !written.ok ? written : exported, { views: exportViews(flags.out) });
  }
}
