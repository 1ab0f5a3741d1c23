import fs from "node:fs";
import { expect, test } from "vitest";
import type { JsonObject } from "../../core/index.ts";
import { valueOf } from "../policy-build/rego.fixture.ts";
import { instantiate } from "./evaluator.ts";
import { loadPolicy, parseLock } from "./index.ts";
import { inspectModule } from "./wasm.ts";
import { compileModule } from "../wasm/index.ts";

const POLICIES = new URL("../../policies/", import.meta.url);
const BUNDLE = fs.readFileSync(new URL("bundle.wasm", POLICIES));
const LOCK = valueOf(parseLock(fs.readFileSync(new URL("policies.lock.json", POLICIES), "utf8")));

const question = (i: number): JsonObject => ({
  granted: true,
  action: `action-${i}`,
  constraints: { approval: "never" },
  expiry: i % 2 ? "expired" : "none",
  network: { inside: true },
  workspace: null,
  passthrough: null,
  reach: { openChannel: null, ceiling: null },
});

const MIB = 1024 * 1024;

test("1,000,000 different decisions leave the memory of the instance as it was", { timeout: 600_000 }, () => {
  const evaluator = instantiate(compileModule(BUNDLE), valueOf(inspectModule(BUNDLE)).memoryPages);
  const entry = evaluator.entrypoints.get("moltbot/grant") ?? -1;
  for (let i = 0; i < 1_000; i++) evaluator.evaluate(entry, JSON.stringify(question(i)));
  const before = evaluator.memoryBytes();
  for (let i = 0; i < 1_000_000; i++) evaluator.evaluate(entry, JSON.stringify(question(i)));
  expect(evaluator.memoryBytes()).toBe(before);
});

test("1,000,000 decisions of a policy, each remembered for a while, do not add up in the process", { timeout: 600_000 }, () => {
  const policy = valueOf(loadPolicy(BUNDLE, { ...LOCK, reads: [""] }));
  const ask = (from: number, to: number): void => {
    for (let i = from; i < to; i++) policy.evaluate("grant", question(i));
  };
  ask(0, 200_000);
  const before = process.memoryUsage().rss;
  ask(200_000, 1_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * MIB);
});
