import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { otherSpellings } from "./base64.fixture.ts";
import { fromBase64, fromBase64url } from "./base64.ts";

describe("base64", () => {
  test("of any bytes is read back, in both alphabets, and in one spelling only", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (array) => {
        const bytes = Buffer.from(array);
        expect(fromBase64(bytes.toString("base64"))).toEqual(bytes);
        expect(fromBase64url(bytes.toString("base64url"))).toEqual(bytes);
        for (const other of otherSpellings(bytes.toString("base64"))) expect(fromBase64(other), other).toBeUndefined();
        for (const other of otherSpellings(bytes.toString("base64url"))) expect(fromBase64url(other), other).toBeUndefined();
      }),
    );
  });

  test.each(["A", "AA", "A===", "AAA", "AB==", "é===", "\u0000", "AA=A"])("%j is none", (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});
