/**
 * Runs the tests over a fresh build, in random order (the seed is printed; `--sequence.seed=N` repeats
 * it), and ends with one plain line: `N passed, N failed`, and `, N skipped` if any.
 *
 *   npm test -- core              only files whose path holds "core"
 *   npm run test:slow             also *.slow.test.ts
 *   npm run test:update           rewrites golden files (vitest's own, and those of tests that see
 *                                 MOLTBOT_TEST_UPDATE=1); review their diff like code
 *
 * A whole run also measures line coverage and fails below the thresholds of vitest.config.ts.
 * What tests leave behind, and what the run prints, is swept for the secrets they used (scripts/sweep.ts); a hit fails
 * the run. So does a process that a test started and that is still alive at the end (scripts/survivors.ts): it is named and
 * ended. A run in which nothing was executed has failed. Other arguments go to vitest as they are.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "./build.ts";
import { sweep } from "./sweep.ts";
import { endSurvivors } from "./survivors.ts";
import { cleanEnvironment, exitStatus, ROOT } from "./checkout.ts";

/** The part of vitest's JSON report that is counted here. */
export interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A file that could not even be loaded holds no test results; it counts as one failure. */
export function countTests(report: Report): Counts {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const passed = tests.filter((test) => test.status === "passed").length;
  const failed = tests.filter((test) => test.status === "failed").length;
  return { passed, failed: failed + brokenFiles.length, skipped: tests.length - passed - failed };
}

export function summaryLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`;
}

/** What is wrong with a run although no test failed; undefined when it is good. */
export function flawOf(counts: Counts, status: number): string | undefined {
  if (counts.passed + counts.failed === 0) return "No test was executed.";
  if (status !== 0 && counts.failed === 0) return "vitest failed outside of a test; its message is above.";
  return undefined;
}

async function main(argv: readonly string[]): Promise<number> {
  if ((await build()) !== 0) {
    console.log("The build failed, so no test was run.\n0 passed, 1 failed");
    return 1;
  }
  // Last, because vitest takes what follows `--update` for its value, and would run everything.
  const isUpdate = argv.includes("--update");
  const rest = argv.filter((argument) => argument !== "--slow" && argument !== "--update");
  const folder = fs.mkdtempSync(path.join(roomFor(), "moltbot-tests-"));
  const reportFile = path.join(folder, "report.json");
  const vitest = path.join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const [temporary, swept, compiled] = [path.join(folder, "tmp"), path.join(folder, "swept.txt"), path.join(folder, "compiled")];
  for (const each of [temporary, compiled]) fs.mkdirSync(each);
  // Some tests act as another user, who must get through to what is theirs.
  for (const each of [folder, temporary]) fs.chmodSync(each, 0o711);
  const env = cleanEnvironment({
    TMPDIR: temporary,
    MOLTBOT_TEST_SWEPT: swept,
    // One for all processes of the built CLI, in place of one in each test's home.
    MOLTBOT_TEST_COMPILED: compiled,
    ...(argv.includes("--slow") ? { MOLTBOT_TEST_SLOW: "1" } : {}),
    ...(isUpdate ? { MOLTBOT_TEST_UPDATE: "1" } : {}),
  });
  // Only a whole run can tell how much of each room is covered.
  const coverage = rest.length === 0 ? ["--coverage.enabled"] : [];
  const ended = spawnSync(process.execPath, [vitest, "run", ...reporters, ...coverage, ...rest, ...(isUpdate ? ["--update"] : [])], {
    cwd: ROOT,
    stdio: "inherit",
    env,
  });
  const report: Report = fs.existsSync(reportFile) ? (JSON.parse(fs.readFileSync(reportFile, "utf8")) as Report) : { testResults: [] };
  const alive = await endSurvivors(folder);
  const leaks = [...linesOf(swept), ...sweep(temporary), ...sweep(reportFile)];
  fs.rmSync(folder, { recursive: true, force: true });

  const counts = countTests(report);
  const status = exitStatus(ended);
  const left = [
    ...told("Secrets of tests were left behind", leaks),
    ...told(
      "Processes that tests started were left running",
      alive.map(({ pid, command }) => `${pid}: ${command}`),
    ),
  ];
  const flaw = left.length > 0 ? left.join("\n") : flawOf(counts, status);
  if (flaw !== undefined) console.log(flaw);
  console.log(summaryLine(flaw === undefined ? counts : { ...counts, failed: counts.failed + 1 }));
  return flaw === undefined && counts.failed === 0 ? status : 1;
}

const MEMORY = "/dev/shm";
const MEMORY_BYTES = 8 * 1024 ** 3;

/** Where there is much memory to spare: thousands of small stores are written, and a test that waits for a disk learns nothing. */
function roomFor(): string {
  const room = fs.existsSync(MEMORY) ? fs.statfsSync(MEMORY) : undefined;
  const isRoomy = room !== undefined && room.bavail * room.bsize >= MEMORY_BYTES && os.freemem() >= MEMORY_BYTES;
  return isRoomy && runsPrograms(MEMORY) ? MEMORY : os.tmpdir();
}

/** Containers mount it without: tests put programs of their own into PATH. */
function runsPrograms(room: string): boolean {
  const folder = fs.mkdtempSync(path.join(room, "moltbot-tries-"));
  const program = path.join(folder, "program");
  fs.writeFileSync(program, "#!/bin/sh\nexit 0\n", { mode: 0o700 });
  const { status } = spawnSync(program);
  fs.rmSync(folder, { recursive: true });
  return status === 0;
}

function told(what: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`${what}:`, ...lines] : [];
}

function linesOf(file: string): readonly string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n") : [];
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
