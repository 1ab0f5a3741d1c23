/**
 * Joins what the command line is made of into few files under dist/cli/: each command an entry of its own,
 * what they share in chunks. Finding, reading and linking two hundred modules took more than half of a
 * small plan's time (docs/performance.md). Names are kept and nothing is shortened, so that a stack trace
 * still says where it was.
 */
import fs from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "./checkout.ts";

const BUILT = path.join(ROOT, "dist", "cmd");
/** Large, and loaded by those alone who use it, or with a file beside its code: it stays a package of its own. */
const SEPARATE = ["openpgp", "quickjs-emscripten-core", "@jitl/quickjs-wasmfile-release-sync", "node-llama-cpp"];
const OUT = path.join(ROOT, "dist", "cli");

/** Bundles dist/cmd, which the compiler has just made. The old files go last: a running command may still import them. */
export async function bundleCli(): Promise<void> {
  const build = await rolldown({ input: entries(), platform: "node", external: SEPARATE, logLevel: "warn" });
  const { output } = await build.write({ dir: OUT, format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" });
  await build.close();
  removeOthers(new Set(output.map((each) => path.join(OUT, each.fileName))));
}

/** The program itself, what it answers before that is loaded, and every command. */
function entries(): Readonly<Record<string, string>> {
  const commands = path.join(BUILT, "commands");
  const files = fs.readdirSync(commands, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const names = ["main", "version", "compile-cache", ...files.map((file) => path.join("commands", file.slice(0, -".js".length)))];
  // Each is started as a thread or process, so it needs a file of its own.
  const threads = [
    ["policy-worker", path.join(ROOT, "dist", "trust", "policy", "worker.js")],
    ["plugin-thread", path.join(ROOT, "dist", "runtime", "sandbox", "thread", "main.js")],
    ["plugin-process", path.join(ROOT, "dist", "runtime", "sandbox", "thread", "process.js")],
    ["model-process", path.join(ROOT, "dist", "runtime", "models", "worker", "main.js")],
  ] as const;
  return Object.fromEntries([...names.map((name) => [name, path.join(BUILT, `${name}.js`)] as const), ...threads]);
}

function removeOthers(kept: ReadonlySet<string>): void {
  for (const entry of fs.readdirSync(OUT, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) fs.rmSync(file);
  }
}
