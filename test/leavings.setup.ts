/**
 * Sweeps what a test removes before it is gone: every removal of a folder below TMPDIR goes through
 * `scripts/sweep.ts` first, and what it finds is written down beside, where `scripts/test.ts` reads it after
 * the run. Only runs that it started name the file (MOLTBOT_TEST_SWEPT).
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import path from "node:path";
import { sweep } from "../scripts/sweep.ts";

const notes = process.env["MOLTBOT_TEST_SWEPT"];

if (notes !== undefined) {
  const below = `${fs.realpathSync(os.tmpdir())}${path.sep}`;
  const real = fs.rmSync.bind(fs);
  fs.rmSync = (target, options) => {
    if (options?.recursive === true && path.resolve(String(target)).startsWith(below)) {
      const found = sweep(path.resolve(String(target)));
      if (found.length > 0) fs.appendFileSync(notes, found.map((each) => `${each}\n`).join(""));
    }
    real(target, options);
  };
  const remove = fs.promises.rm.bind(fs.promises);
  fs.promises.rm = async (target, options) => {
    if (options?.recursive === true) fs.rmSync(target, options);
    else await remove(target, options);
  };
  syncBuiltinESMExports();
}
