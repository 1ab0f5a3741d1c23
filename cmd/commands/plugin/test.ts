import { fail, isObject, problem, type Diagnostic, type Json, type JsonObject, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { readPluginFolder, withoutTypes, type TestedPlugin } from "../../plugins/index.ts";
import { conclude } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { testedViews } from "../../views/plugin-test.ts";

export default class PluginTest extends MoltbotCommand {
  static override summary = "Run a plugin's tools in the sandbox that the gateway uses";
  static override description =
    "Makes the calls that tests.yaml lists, or with --tool one call, and shows what came of each. Requests of the plugin to the host are answered " +
    "with what tests.yaml says and refused otherwise: nothing real is asked, and no network or file is touched. A test that fails ends with exit code 1.";
  static override examples = [
    { description: "The tests of the plugin in this folder", command: "<%= config.bin %> plugin test" },
    { description: "One call", command: `<%= config.bin %> plugin test weather --tool hello --args '{"name": "Ada"}'` },
  ];
  static override args = {
    folder: Args.string({ description: "the plugin's folder (default: the current one)", default: ".", ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    tool: Flags.string({ helpValue: "TOOL", description: "call this tool once, instead of the tests", env: "MOLTBOT_TOOL" }),
    args: Flags.string({ helpValue: "JSON", description: "its arguments (default: {})", dependsOn: ["tool"], env: "MOLTBOT_ARGS" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginTest);
    const session = this.session(flags);
    const one = flags.tool === undefined ? null : { tool: flags.tool, args: argumentsIn(flags.args ?? "{}") };
    return conclude(session, await tested(args.folder, one), { views: testedViews, problems: failures });
  }
}

async function tested(folder: string, one: { readonly tool: string; readonly args: JsonObject } | null): Promise<Result<TestedPlugin>> {
  const files = readPluginFolder(folder);
  if (!files.ok) return files;
  const plain = withoutTypes(files.value);
  if (!plain.ok) return plain;
  const { testPlugin } = await import("../../plugins/tests.ts");
  const result = await testPlugin(plain.value, one);
  if (!result.ok || result.value.calls.length > 0) return result;
  return fail(
    problem("PLUGIN_TESTS_INVALID", {
      detail: "There is no tests.yaml with tests in it.",
      remedy: "Write one, or name a tool with --tool.",
    }),
  );
}

function argumentsIn(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new UsageError("--args takes a JSON object.");
}

function failures({ calls }: TestedPlugin): readonly Diagnostic[] {
  return calls
    .filter(({ passed }) => !passed)
    .map(({ name, wanted }) =>
      problem("PLUGIN_TEST_FAILED", { detail: `The test ${JSON.stringify(name)} wanted ${wanted ?? "something else"}.` }),
    );
}
