/**
 * Searches what a run of the tests left behind for the secrets that the tests gave to moltbot
 * (test/canaries.fixture.ts): in files, in the forms a secret could take. `scripts/test.ts` runs it at the
 * end of a run; what tests remove before is swept as it is removed (test/leavings.setup.ts).
 */
import fs from "node:fs";
import path from "node:path";
import { formsIn, INPUT_SUFFIX } from "../test/canaries.fixture.ts";

/** Larger files are none of ours: every limit of what we write is below. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Where the canaries are made: a clone of this repository that a test tries has it too. */
const DEFINITION = "canaries.fixture.ts";

/** Every file at or below a path that holds a canary, as `path: form`; inputs of tests apart, by the names of
 * files or folders. Links are not followed. */
export function sweep(start: string): readonly string[] {
  if (start.endsWith(INPUT_SUFFIX) || path.basename(start) === DEFINITION) return [];
  const stats = fs.lstatSync(start, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return fs.readdirSync(start).flatMap((name) => sweep(path.join(start, name)));
  if (stats?.isFile() !== true || stats.size > MAX_BYTES) return [];
  const bytes = fs.readFileSync(start);
  return formsIn(bytes).map((form) => `${start}: ${form}`);
}
