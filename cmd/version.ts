import fs from "node:fs";
import path from "node:path";

let known: string | undefined;

/**
 * The folder of package.json: the nearest one above this file, which is in the sources, in dist/ or in
 * the bundle.
 */
export function packageRoot(): string {
  root ??= nearestWithPackage(import.meta.dirname);
  return root;
}

let root: string | undefined;

function nearestWithPackage(folder: string): string {
  const above = path.dirname(folder);
  return above === folder || fs.existsSync(path.join(folder, "package.json")) ? folder : nearestWithPackage(above);
}

/** moltbot's own version, from package.json, read once. Imports nothing heavy: `--version` waits for it. */
export function packageVersion(): string {
  known ??= (JSON.parse(fs.readFileSync(path.join(packageRoot(), "package.json"), "utf8")) as { readonly version: string }).version;
  return known;
}
