import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StoreFault } from "./faults.ts";
import { newDataKey, seal, tryUnseal, unseal } from "./seal.ts";

const KEY = newDataKey();

describe("a sealed record", () => {
  test("opens as what was sealed", () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 4_096 }), (slot, bytes) => {
        expect(Buffer.compare(unseal(KEY, slot, seal(KEY, slot, bytes)), bytes)).toBe(0);
      }),
    );
  });

  test("never repeats: the same bytes in the same slot seal differently each time", () => {
    const sealed = new Set(Array.from({ length: 1_000 }, () => Buffer.from(seal(KEY, "a", Buffer.from("same"))).toString("hex")));
    expect(sealed.size).toBe(1_000);
    expect(new Set([...sealed].map((hex) => hex.slice(2, 58))).size).toBe(1_000);
  });

  test("does not open with any bit flipped, cut anywhere, or with a byte more", () => {
    const sealed = seal(KEY, "slot", Buffer.from("a short message"));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(tryUnseal(KEY, "slot", flipped)).toBeUndefined();
    }
    for (let length = 0; length < sealed.length; length++) expect(tryUnseal(KEY, "slot", sealed.subarray(0, length))).toBeUndefined();
    expect(tryUnseal(KEY, "slot", Buffer.concat([sealed, Buffer.of(0)]))).toBeUndefined();
  });

  test("does not open in another slot or with another key", () => {
    const sealed = seal(KEY, "slot", Buffer.from("text"));
    expect(() => unseal(KEY, "slot2", sealed)).toThrow(StoreFault);
    expect(() => unseal(newDataKey(), "slot", sealed)).toThrow(/STORE_CORRUPT/);
  });

  test("shows nothing of its content", () => {
    const canary = "canary-7f3a";
    expect(Buffer.from(seal(KEY, "slot", Buffer.from(canary))).includes(canary)).toBe(false);
  });
});
