import { expect, test } from "vitest";
import { fail, ok, problem } from "../../core/index.ts";
import { startParts } from "./lifecycle.ts";
import type { Part } from "./types.ts";

const never = new AbortController().signal;

function part(name: string, log: string[], more: Partial<Part> = {}): Part {
  return {
    name,
    start: async () => {
      log.push(`+${name}`);
      return ok(undefined);
    },
    stop: async () => {
      log.push(`-${name}`);
    },
    ...more,
  };
}

test("parts start in order and stop in the opposite one, once", async () => {
  const log: string[] = [];
  const started = await startParts([part("a", log), part("b", log)], never);
  if (!started.ok) throw new Error("did not start");
  const [first, second] = await Promise.all([started.value.stop(), started.value.stop()]);
  expect(log).toEqual(["+a", "+b", "-b", "-a"]);
  expect(first.late).toEqual([]);
  expect(second).toBe(first);
});

test.each<[string, Partial<Part>, string]>([
  ["says no", { start: async () => fail(problem("GATEWAY_SILENT", { detail: "no" })) }, "GATEWAY_SILENT"],
  ["throws", { start: async () => Promise.reject(new Error("bang")) }, "RUNTIME_FAILED"],
])("one that %s takes down what started before it, itself included", async (_, how, code) => {
  const log: string[] = [];
  const started = await startParts([part("a", log), part("b", log, how), part("c", log)], never);
  expect(started.ok ? [] : started.diagnostics.map((each) => each.code)).toEqual([code]);
  expect(log).toEqual(["+a", "-b", "-a"]);
});

test("a signal while it starts stops what has started", async () => {
  const log: string[] = [];
  const stop = new AbortController();
  const started = await startParts([part("a", log, { start: async () => (stop.abort(), ok(undefined)) }), part("b", log)], stop.signal);
  expect(started.ok).toBe(false);
  expect(log).toEqual(["-b", "-a"]);
});

test("one that does not end is left, and the others still stop in what time there is", async () => {
  const log: string[] = [];
  const started = await startParts(
    [
      part("a", log),
      part("b", log, { stop: () => new Promise(() => {}) }),
      part("c", log, { stop: () => Promise.reject(new Error("gone")) }),
    ],
    never,
    60,
  );
  if (!started.ok) throw new Error("did not start");
  const { late, ms } = await started.value.stop();
  expect(late).toEqual(["b"]);
  expect(log).toEqual(["+a", "+b", "+c", "-a"]);
  expect(ms).toBeGreaterThanOrEqual(50);
});
