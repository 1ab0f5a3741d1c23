import path from "node:path";
import { isName, mapResult } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, outputFlag } from "../../flags.ts";
import { writeNewFiles } from "../../new-files.ts";
import { newPlugin } from "../../plugins/index.ts";
import { conclude } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { startedViews } from "../../views/plugin.ts";

export default class PluginInit extends MoltbotCommand {
  static override summary = "Start a plugin: one folder with one working tool";
  static override description = "Writes plugin.yaml, the entry in JavaScript, and its types. Nothing that is there is overwritten.";
  static override examples = [{ description: "A folder of its own", command: "<%= config.bin %> plugin init weather" }];
  static override args = {
    name: Args.string({ description: "the plugin's name; also the folder, unless one is named", required: true, ignoreStdin: true }),
    folder: Args.string({ description: "where (default: a folder of that name)", ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginInit);
    if (!isName(args.name)) throw new UsageError("NAME takes lower-case letters, digits and inner hyphens, at most 63.");
    const session = this.session(flags);
    const folder = args.folder ?? args.name;
    const files = newPlugin(args.name);
    const written = writeNewFiles(path.resolve(folder), files);
    const value = { name: args.name, folder, files: files.map((file) => file.path) };
    return conclude(
      session,
      mapResult(written, () => value),
      { views: startedViews },
    );
  }
}
