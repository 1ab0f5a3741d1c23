/**
 * Loaded before a program (`node --import`), ends it at the n-th call that changes something on disk, as
 * `kill -9` would: KILL_AT says which. The rest of the program is as it ships.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const CHANGING = [
  "mkdirSync",
  "mkdtempSync",
  "writeFileSync",
  "writeSync",
  "fchmodSync",
  "chmodSync",
  "fsyncSync",
  "fdatasyncSync",
  "renameSync",
  "linkSync",
  "unlinkSync",
  "rmSync",
  "rmdirSync",
  "truncateSync",
  "ftruncateSync",
] as const;

let left = Number(process.env["KILL_AT"] ?? "0");

for (const name of CHANGING) {
  const real = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (--left === 0) process.kill(process.pid, "SIGKILL");
      return real(...args);
    },
  });
}
syncBuiltinESMExports();
