import fs from "node:fs";
import path from "node:path";

let known: string | undefined;

/**
 * The folder of package.json: one above this file in the sources, two above in dist/. Found by
 * looking, so that both work and nothing else does.
 */
export function packageRoot(): string {
  const above = path.resolve(import.meta.dirname, "..");
  return fs.existsSync(path.join(above, "package.json")) ? above : path.dirname(above);
}

/** moltbot's own version, from package.json, read once. Imports nothing heavy: `--version` waits for it. */
export function packageVersion(): string {
  known ??= (JSON.parse(fs.readFileSync(path.join(packageRoot(), "package.json"), "utf8")) as { readonly version: string }).version;
  return known;
}
