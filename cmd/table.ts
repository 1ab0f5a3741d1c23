import fs from "node:fs";
import path from "node:path";
import { nearest } from "../core/index.ts";
import { packageRoot } from "./version.ts";

/** The commands by id (`audit:verify`), from the manifest that the build writes beside package.json. */
export interface CommandTable {
  readonly ids: ReadonlySet<string>;
}

export type Found =
  | { readonly kind: "command"; readonly id: string; readonly argv: readonly string[] }
  /** The words name a group of commands, not one of them. */
  | { readonly kind: "topic"; readonly id: string; readonly argv: readonly string[] }
  | { readonly kind: "unknown"; readonly words: string; readonly suggestion: string | undefined };

export function readCommandTable(): CommandTable {
  const file = path.join(packageRoot(), "oclif.manifest.json");
  const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as { readonly commands: Readonly<Record<string, unknown>> };
  return { ids: new Set(Object.keys(manifest.commands)) };
}

/** The longest run of leading words that names a command, else a topic. */
export function findCommand(table: CommandTable, argv: readonly string[]): Found {
  const firstFlag = argv.findIndex((word) => word.startsWith("-"));
  const words = argv.slice(0, firstFlag < 0 ? argv.length : firstFlag);
  for (let count = words.length; count > 0; count--) {
    const id = words.slice(0, count).join(":");
    if (table.ids.has(id)) return { kind: "command", id, argv: argv.slice(count) };
  }
  const topic = words[0];
  const isTopic = topic !== undefined && [...table.ids].some((id) => id.startsWith(`${topic}:`));
  if (isTopic && words.length === 1) return { kind: "topic", id: topic, argv: argv.slice(1) };
  const asked = words.slice(0, isTopic ? 2 : 1).join(" ");
  const known = [...table.ids].map((id) => id.replaceAll(":", " "));
  return { kind: "unknown", words: asked, suggestion: nearest(asked, known) };
}
