import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { flipBit, HONEST, specimen } from "./damage.fixture.ts";
import { temporaryFolder } from "./store.fixture.ts";

const PAGE_BYTES = 4_096;

/** The walk that damage.test.ts samples: bits over the whole file, in a stride that meets every field sooner or later. */
describe("a damaged store is never different", () => {
  test.each([
    ["store.db", 29],
    ["head.json", 1],
  ])(
    "bits flipped all over %s",
    (name, stride) => {
      const { dir, look } = specimen(temporaryFolder());
      const size = fs.statSync(path.join(dir, name)).size;
      const seen = new Map<string, number>();
      for (let byte = 0; byte < size; byte += stride) {
        const found = look((copy) => flipBit(path.join(copy, name), byte, byte % 8));
        expect([byte, found.says]).not.toEqual([byte, "something else"]);
        for (const code of found.says === "refused" ? found.codes : []) seen.set(code, (seen.get(code) ?? 0) + 1);
      }
      for (const code of seen.keys()) expect(HONEST).toContain(code);
      expect(seen.size).toBeGreaterThan(0);
    },
    600_000,
  );

  test("the file header and the header of every page, every bit", () => {
    const { dir, look } = specimen(temporaryFolder());
    const pages = fs.statSync(path.join(dir, "store.db")).size / PAGE_BYTES;
    const places = Array.from({ length: pages }, (_, page) => ({ from: page * PAGE_BYTES, bytes: page === 0 ? 130 : 24 }));
    for (const { from, bytes } of places) {
      for (let bit = 0; bit < bytes * 8; bit++) {
        const found = look((copy) => flipBit(path.join(copy, "store.db"), from + (bit >> 3), bit & 7));
        expect([from, bit, found.says]).not.toEqual([from, bit, "something else"]);
        for (const code of found.says === "refused" ? found.codes : []) expect(HONEST).toContain(code);
      }
    }
  }, 600_000);
});
