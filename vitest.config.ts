import { defineConfig } from "vitest/config";

/** `npm run test:slow` sets this: the slow files run as well, each test with more time. */
const isSlow = process.env["MOLTBOT_TEST_SLOW"] === "1";
const timeoutMs = isSlow ? 600_000 : 60_000;

const MIN_LINES_PERCENT = 85;

/** Random order, so that no test leans on another; two workers, as the machines that run this have. */
export default defineConfig({
  test: {
    sequence: { shuffle: true },
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    restoreMocks: true,
    include: ["{core,schemas,trust,reconciler,runtime,cmd,scripts,bench,test}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "dist/**", ...(isSlow ? [] : ["**/*.slow.test.ts"])],
    setupFiles: ["test/leavings.setup.ts", "test/started.setup.ts"],
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["{core,trust,reconciler,runtime}/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.fixture.ts", "**/index.ts", "**/types.ts"],
      reporter: ["text-summary", "json-summary"],
      // What judges, records and runs is covered line by line; commands are tested as processes, which is not seen here.
      thresholds: Object.fromEntries(
        ["core", "trust", "reconciler", "runtime"].map((room) => [`${room}/**`, { lines: MIN_LINES_PERCENT }]),
      ),
    },
  },
});
