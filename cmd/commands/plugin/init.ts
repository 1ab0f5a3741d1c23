import path from "node:path";
import { escapeText, fail, isName, mapResult, ok, problem, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { writeNewFiles } from "../../new-files.ts";
import { newPlugin } from "../../plugins/index.ts";
import { conclude } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { startedViews } from "../../views/plugin.ts";

export default class PluginInit extends MoltbotCommand {
  static override summary = "Start a plugin: one folder with one working tool";
  static override description =
    "Writes plugin.yaml, the entry, a test of it and the types of `moltbot/plugin`. Nothing that is there is overwritten.";
  static override examples = [{ description: "A folder of its own", command: "<%= config.bin %> plugin init weather" }];
  static override args = {
    name: Args.string({ description: "the plugin's name; also the folder, unless one is named", required: true, ignoreStdin: true }),
    folder: Args.string({ description: "where (default: a folder of that name)", ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    typescript: Flags.boolean({ description: "write the entry in TypeScript; it is packed without its types", env: "MOLTBOT_TYPESCRIPT" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginInit);
    if (!isName(args.name)) throw new UsageError("NAME takes lower-case letters, digits and inner hyphens, at most 63.");
    const session = this.session(flags);
    const folder = args.folder ?? args.name;
    const files = newPlugin(args.name, flags.typescript ? "typescript" : "javascript");
    const place = await free(folder);
    const written = place.ok ? writeNewFiles(place.value, files) : place;
    const value = { name: args.name, folder, files: files.map((file) => file.path) };
    return conclude(
      session,
      mapResult(written, () => value),
      { views: startedViews },
    );
  }
}

/** The folder, absolute, where no Project would take the plugin's files for manifests. */
async function free(folder: string): Promise<Result<string>> {
  const { projectReading } = await import("../../../reconciler/engine.ts");
  const place = path.resolve(folder);
  const project = projectReading(place);
  if (!project) return ok(place);
  const outside = path.join(path.relative("", path.dirname(project.folder)) || ".", path.basename(place));
  return fail(
    problem("PLUGIN_AMONG_MANIFESTS", {
      detail: `${escapeText(folder)} lies where ${escapeText(path.join(project.folder, "moltbot.yaml"))} reads manifests from, and plugin.yaml is none. Nothing was written.`,
      remedy: `Name a folder outside, or let spec.sources name the folders with manifests:\nmoltbot plugin init ${path.basename(place)} ${escapeText(outside)}`,
      context: { path: place },
    }),
  );
}
