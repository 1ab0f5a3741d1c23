import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const ROOMS = ["core", "schemas", "trust", "reconciler", "runtime", "cmd", "test"];

/** What needs MCP servers, which are inert. */
const LATER = new Set([112, 114]);

/** Manifests (1-27), repositories and paths (28-46), plan and apply (47-68), policy (69-81), signatures and bundles (82-96), secrets (97-105), the runtime (106-124). */
const ROWS = Array.from({ length: 124 }, (_, i) => i + 1).filter((row) => !LATER.has(row));

test("every hostile input has a test that names its number", () => {
  const named = new Set(testFiles().flatMap((file) => numbersIn(readFileSync(file, "utf8"))));
  expect(ROWS.filter((row) => !named.has(row))).toEqual([]);
});

function testFiles(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join(ROOT, room, file))
      .filter((file) => file !== import.meta.filename),
  );
}

/** `hostile input 52`, `hostile inputs 56 and 57`, `row 60`, `rows 41-43`, and the tables of the manifest and source rooms: `"26: ..."`. */
function numbersIn(text: string): number[] {
  const lists = [...text.matchAll(/(?:hostile inputs?|[Rr]ows?)[ :]+((?:\d+(?:-\d+)?(?:, | and |,)?)+)/g)].map(([, list]) => list ?? "");
  const ranges = lists.flatMap((list) => list.match(/\d+(?:-\d+)?/g) ?? []);
  const keys = [...text.matchAll(/["'`](\d{1,2}): /g)].map(([, number]) => number ?? "");
  return [...ranges, ...keys].flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: Math.min(100, to - from + 1) }, (_, i) => from + i);
  });
}
