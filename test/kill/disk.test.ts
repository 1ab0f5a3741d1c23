import { describe, expect, test } from "vitest";
import { failAt, hasStrace, prepare } from "./kill.fixture.ts";

/** Calls whose failure means that something was not written; `write` also carries the terminal's output. */
const DISK = new Set(["pwrite64", "fsync", "fdatasync", "rename", "mkdir", "ftruncate", "openat"]);

/** The quick suite tries every 19th point. */
const EVERY = 19;

describe.runIf(hasStrace())("hostile inputs 56 and 57: the disk is full, or returns I/O errors", () => {
  test.each(["first", "update"] as const)("%s apply", { timeout: 300_000 }, (kind) => {
    const scenario = prepare(kind);
    const points = scenario.points.filter((point) => DISK.has(point.call) && point.text.includes("/.moltbot"));
    expect(points.length).toBeGreaterThan(10);
    for (const [i, point] of points.entries()) if (i % EVERY === 0) failAt(scenario, point, i % 2 === 0 ? "ENOSPC" : "EIO");
  });
});
