import { defineConfig } from "vitest/config";

/** Two projects: the quick suite that CI runs, and the slow one (`npm run test:slow`). Random order, so no test leans on another. */
const common = { sequence: { shuffle: true }, testTimeout: 60_000, hookTimeout: 60_000, restoreMocks: true };

export default defineConfig({
  test: {
    ...common,
    include: ["{core,schemas,trust,reconciler,runtime,cmd,test}/**/*.test.ts"],
    exclude: ["**/*.slow.test.ts", "**/node_modules/**", "dist/**"],
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["{core,trust,reconciler,runtime}/**/*.ts"],
      exclude: ["**/*.test.ts", "**/index.ts", "**/types.ts"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
