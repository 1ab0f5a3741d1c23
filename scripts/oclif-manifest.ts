/**
 * Writes oclif.manifest.json beside package.json: every command with its flags, arguments and words,
 * so that the CLI finds a command, and shows help, without importing the others. Made from dist/.
 */
import fs from "node:fs";
import path from "node:path";
import { Plugin } from "@oclif/core";
import { ROOT } from "./checkout.ts";

const FILE = path.join(ROOT, "oclif.manifest.json");

/** @throws when a command file in dist/ cannot be imported: the build is then broken. */
export async function writeOclifManifest(): Promise<void> {
  const manifest = await commandManifest();
  const scratch = `${FILE}.${process.pid}.tmp`;
  fs.writeFileSync(scratch, `${JSON.stringify(manifest)}\n`);
  fs.renameSync(scratch, FILE);
}

/** The manifest as oclif makes it, commands sorted. Also what docs/commands.md is generated from. */
export async function commandManifest(): Promise<Plugin["manifest"]> {
  const plugin = new Plugin({ root: ROOT, type: "core", ignoreManifest: true, errorOnManifestCreate: true, respectNoCacheDefault: true });
  await plugin.load();
  const { manifest } = plugin;
  const commands = Object.values(manifest.commands).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...manifest, commands: Object.fromEntries(commands.map((command) => [command.id, { ...command, usage: usageOf(command) }])) };
}

type CachedCommand = Plugin["manifest"]["commands"][string];

/** `plan [FLAGS]`, `apply [PLANFILE] [FLAGS]`: oclif would repeat every global flag in each command's usage. */
export function usageOf(command: Pick<CachedCommand, "id" | "args">): string {
  const args = Object.values(command.args).map((arg) => {
    const name = `${arg.name.toUpperCase()}${arg.multiple === true ? "..." : ""}`;
    return arg.required === true ? name : `[${name}]`;
  });
  return [command.id.replaceAll(":", " "), ...args, "[FLAGS]"].join(" ");
}

if (import.meta.main) await writeOclifManifest();
