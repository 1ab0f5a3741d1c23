import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { strictObject } from "./strict-json.ts";

describe("a strict JSON object", () => {
  test("is what JSON says, whatever is in it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object);
        expect(strictObject(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each<readonly [string, string, string]>([
    ["at the top", '{"a":1,"a":2}', '"a" stands there twice'],
    ["below", '{"x":[{"b":{"c":1,"d":2,"c":3}}]}', '"c" stands there twice'],
    ["in another spelling", String.raw`{"a":1,"\u0061":2}`, "stands there twice"],
    ["after texts full of marks", String.raw`{"a":"},{\"a\":\\","a":1}`, '"a" stands there twice'],
  ])("has no key twice %s", (_, text, why) => {
    expect(strictObject(Buffer.from(text))).toContain(why);
  });

  test.each<readonly [string, string | Buffer]>([
    ["a list", "[]"],
    ["a text", '"a"'],
    ["half", '{"a":'],
    ["with a byte order mark", "\uFEFF{}"],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
  ])("is not %s", (_, bytes) => {
    expect(strictObject(Buffer.from(bytes as string))).toMatch(/^it is not/);
  });

  test("may have the same key in two of its objects, and as a value", () => {
    expect(strictObject(Buffer.from('{"a":{"a":"a"},"b":["a","a",{"a":1}]}'))).toMatchObject({ a: { a: "a" } });
  });

  test("is read in linear time, and with millions of escapes in one text", () => {
    const text = `{"a":"${"\\n".repeat(8_000_000)}"}`;
    const start = performance.now();
    expect(typeof strictObject(Buffer.from(text))).toBe("object");
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
