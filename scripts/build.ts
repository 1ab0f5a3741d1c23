/**
 * Makes dist/ from the sources, and the command manifest that lets the CLI start without importing
 * every command. `npm ci` runs it through `prepare`, and every test run starts with it. All it makes
 * is ignored by git. The packed package brings dist/ along and never runs this.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { bundleCli } from "./bundle.ts";
import { exitStatus, ROOT } from "./checkout.ts";

const DIST = path.join(ROOT, "dist");

/** @returns the exit code: 0 when dist/ is whole. */
export async function build(): Promise<number> {
  const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const compiled = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
  const status = exitStatus(compiled);
  if (status !== 0) return status;
  removeOrphans();
  await bundleCli();
  await writeCommandManifest();
  return 0;
}

/** A deleted source must not live on in dist/, where it would still be packed and found by name. */
function removeOrphans(): void {
  if (!fs.existsSync(DIST)) return;
  for (const entry of fs.readdirSync(DIST, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const built = path.join(entry.parentPath, entry.name);
    // The bundle keeps its own house in order.
    if (built.startsWith(path.join(DIST, "cli", path.sep))) continue;
    const source = path.join(ROOT, path.relative(DIST, built)).replace(/(\.d\.ts|\.js)$/, ".ts");
    if (!fs.existsSync(source)) fs.rmSync(built);
  }
}

async function writeCommandManifest(): Promise<void> {
  const script = path.join(ROOT, "scripts", "oclif-manifest.ts");
  if (!fs.existsSync(script)) return;
  const loaded = (await import(script)) as { readonly writeOclifManifest: () => Promise<void> };
  await loaded.writeOclifManifest();
}

if (import.meta.main) process.exitCode = await build();
