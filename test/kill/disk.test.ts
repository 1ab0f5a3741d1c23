import { describe, expect, test } from "vitest";
import { failAt, hasStrace, prepare, sampled } from "./kill.fixture.ts";

/** Calls whose failure means that something was not written; `write` also carries the terminal's output. */
const DISK = new Set(["pwrite64", "fsync", "fdatasync", "rename", "mkdir", "ftruncate", "openat"]);

/** The quick suite tries every 30th point. */
const EVERY = 30;

describe.runIf(hasStrace())("hostile inputs 56 and 57: the disk is full, or returns I/O errors", () => {
  test.each(["first", "update"] as const)("%s apply", { timeout: 300_000 }, async (kind) => {
    const scenario = await prepare(kind);
    const points = scenario.points.filter((point) => DISK.has(point.call) && point.text.includes("/.moltbot"));
    expect(points.length).toBeGreaterThan(10);
    for (const [i, point] of sampled(points, EVERY).entries()) await failAt(scenario, point, i % 2 === 0 ? "ENOSPC" : "EIO");
  });
});
