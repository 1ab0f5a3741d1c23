/**
 * Replaces files in a process that ends itself at the n-th call to the file system: once that has
 * happened, nothing is known of what the process still meant to do, as after `kill -9`.
 *
 *   node test/kill/replacing.fixture.ts FOLDER N
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { replaceFiles } from "../../cmd/replace-files.ts";

const [folder = "", at = "0"] = process.argv.slice(2);
let left = Number(at);
const CALLS = ["mkdirSync", "openSync", "writeFileSync", "fchmodSync", "fsyncSync", "renameSync", "linkSync", "rmSync"] as const;

for (const name of CALLS) {
  const real = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (--left === 0) process.kill(process.pid, "SIGKILL");
      return real(...args);
    },
  });
}
syncBuiltinESMExports();

const names = JSON.parse(fs.readFileSync(`${folder}/names.json`, "utf8")) as readonly string[];
const result = replaceFiles(
  folder,
  names.map((path) => ({ path, before: fs.readFileSync(`${folder}/${path}`), after: `new ${path}` })),
);
process.exitCode = result.ok ? 0 : 1;
