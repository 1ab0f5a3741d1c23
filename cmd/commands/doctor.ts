import { EXIT, ok } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { outputFlag } from "../flags.ts";
import { conclude, exitCodeOfAll } from "../session.ts";
import { checkupViews } from "../views/checkup.ts";

export default class Doctor extends MoltbotCommand {
  static override summary = "Look for what is wrong or missing, and say what to do";
  static override description =
    "The machine (Node, git, optional tools, terminal), the repository (Project, manifests, secrets without a value), the state folder (mode, owner, space, " +
    "store, keys, ledger, clock). Changes nothing. The exit code is that of the worst failure; warnings are none.";
  static override examples = [
    { description: "Something does not work: what is it?", command: "<%= config.bin %> doctor" },
    { description: "For monitoring", command: "<%= config.bin %> doctor --state /var/lib/moltbot -o json" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(Doctor);
    const session = this.session(flags);
    const { runCheckup } = await import("../checkup/index.ts");
    return conclude(session, ok(await runCheckup(session)), {
      views: checkupViews,
      code: (checks) => exitCodeOfAll(checks.flatMap((check) => check.problems)) ?? EXIT.ok,
    });
  }
}
