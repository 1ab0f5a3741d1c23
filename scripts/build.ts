/**
 * Makes dist/ from the sources, and the command manifest that lets the CLI start without importing
 * every command. `npm ci` runs it through `prepare`, and every test run starts with it. All it makes
 * is ignored by git. The packed package brings dist/ along and never runs this.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { exitStatus, ROOT } from "./checkout.ts";

const DIST = path.join(ROOT, "dist");

/** What tsc does not emit but dist/ needs: files that stand beside the sources and are imported at run time. */
const ASSETS = { folder: "schemas/generated", endings: [".js", ".mjs", ".cjs", ".json"] };

/** @returns the exit code: 0 when dist/ is whole. */
export async function build(): Promise<number> {
  const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const compiled = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
  removeOrphans(DIST);
  copyAssets();
  await writeCommandManifest();
  return exitStatus(compiled);
}

/** A deleted source must not live on in dist/, where it would still be packed and found by name. */
function removeOrphans(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const built = path.join(entry.parentPath, entry.name);
    const source = path.join(ROOT, path.relative(DIST, built));
    const isMade = fs.existsSync(source) || fs.existsSync(source.replace(/(\.d\.ts|\.js)$/, ".ts"));
    if (!isMade) fs.rmSync(built);
  }
}

function copyAssets(): void {
  const from = path.join(ROOT, ASSETS.folder);
  if (!fs.existsSync(from)) return;
  for (const name of fs.readdirSync(from)) {
    if (!ASSETS.endings.some((ending) => name.endsWith(ending))) continue;
    const to = path.join(DIST, ASSETS.folder, name);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(path.join(from, name), to);
  }
}

async function writeCommandManifest(): Promise<void> {
  const script = path.join(ROOT, "scripts", "oclif-manifest.ts");
  if (!fs.existsSync(script)) return;
  const loaded = (await import(script)) as { readonly writeOclifManifest: () => Promise<void> };
  await loaded.writeOclifManifest();
}

if (import.meta.main) process.exitCode = await build();
