/**
 * The types of `moltbot/plugin` as a module declaration that stands beside a plugin's sources, for authors who have
 * not installed the package: sdk/plugin.ts without what it does.
 */
import fs from "node:fs";
import path from "node:path";
import { HEADER } from "./header.ts";
import { ROOT } from "./schemas.ts";

export function sdkTypesModule(): string {
  const source = fs.readFileSync(path.join(ROOT, "sdk", "plugin.ts"), "utf8");
  const declared = source
    .replace(/^\/\*\*[\s\S]*?\*\/\n+/, "")
    .replace(/^\/\/ oxlint.*\n/gm, "")
    .replace(/ \{\n {2}return plugin;\n\}/, ";")
    .replace('override readonly name = "ToolError";', 'readonly name: "ToolError";');
  const lines = declared
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`));
  const text = `/** The types of moltbot/plugin, for an editor. */\ndeclare module "moltbot/plugin" {\n${lines.join("\n")}\n}\n`;
  return `${HEADER}\nexport const SDK_TYPES = ${JSON.stringify(text)};\n`;
}
