import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codePoints } from "./errors.ts";
import { FORMATS } from "./formats.ts";
import { byteCount, durationMs, rateOf } from "./units.ts";

describe("date-time", () => {
  test.each([
    ["UTC", "2027-01-01T00:00:00Z", true],
    ["an offset", "2027-01-01T00:00:00+05:30", true],
    ["milliseconds", "2027-01-01T00:00:00.123Z", true],
    ["lower case", "2027-01-01t00:00:00z", true],
    ["29 February of a leap year", "2028-02-29T00:00:00Z", true],
    ["29 February of another year", "2027-02-29T00:00:00Z", false],
    ["29 February of a century", "2100-02-29T00:00:00Z", false],
    ["29 February of the fourth century", "2000-02-29T00:00:00Z", true],
    ["31 April", "2027-04-31T00:00:00Z", false],
    ["month 13", "2027-13-01T00:00:00Z", false],
    ["day 0", "2027-01-00T00:00:00Z", false],
    ["hour 24", "2027-01-01T24:00:00Z", false],
    ["a leap second", "2027-06-30T23:59:60Z", false],
    ["offset 24 hours", "2027-01-01T00:00:00+24:00", false],
    ["no offset", "2027-01-01T00:00:00", false],
    ["a date alone", "2027-01-01", false],
    ["a space", "2027-01-01 00:00:00Z", false],
    ["a word", "tomorrow", false],
    ["nothing", "", false],
  ])("%s", (_name, text, isRight) => {
    expect(FORMATS["date-time"](text)).toBe(isRight);
  });

  test("whatever it takes, ajv's own takes too, and a Date can be made of it", () => {
    const ajv = new Ajv();
    (addFormats as unknown as { default: (ajv: Ajv) => void }).default(ajv);
    const oracle = ajv.compile({ type: "string", format: "date-time" });
    const digits = (n: number, max: number) => fc.integer({ min: 0, max }).map((i) => String(i).padStart(n, "0"));
    const zone = fc.oneof(
      fc.constant("Z"),
      fc.tuple(fc.constantFrom("+", "-"), digits(2, 25), digits(2, 61)).map(([s, h, m]) => `${s}${h}:${m}`),
    );
    const texts = fc
      .tuple(digits(4, 9999), digits(2, 13), digits(2, 32), digits(2, 24), digits(2, 60), digits(2, 60), zone)
      .map(([y, mo, d, h, mi, s, z]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${z}`);
    fc.assert(
      fc.property(texts, (text) => {
        if (!FORMATS["date-time"](text)) return;
        expect(oracle(text)).toBe(true);
        expect(Number.isNaN(Date.parse(text))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

test("uri takes what the platform's parser takes", () => {
  for (const text of ["https://a.example", "http://127.0.0.1:11434/v1", "wss://a.example/x"]) expect(FORMATS.uri(text)).toBe(true);
  for (const text of ["a.example", "/x", "", "https://", "http://a b"]) expect(FORMATS.uri(text)).toBe(false);
});

test("lengths count code points", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => codePoints(text) === Array.from(text).length));
  expect(codePoints("\u{1f600}a")).toBe(2);
  expect(codePoints("\ud83d")).toBe(1);
});

describe("units", () => {
  test.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["5m", 300_000],
    ["24h", 86_400_000],
    ["7d", 604_800_000],
    ["0s", undefined],
    ["-1s", undefined],
    ["1.5h", undefined],
    ["1h30m", undefined],
    ["30", undefined],
    ["30 s", undefined],
    ["9999999999s", undefined],
  ])("duration %s", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  test.each([
    ["512B", 512],
    ["64KiB", 65_536],
    ["1MiB", 1_048_576],
    ["2GiB", 2_147_483_648],
    ["1MB", undefined],
    ["1", undefined],
    ["0B", undefined],
  ])("size %s", (text, bytes) => {
    expect(byteCount(text)).toBe(bytes);
  });

  test.each([
    ["10/s", { count: 10, perMs: 1000 }],
    ["30/min", { count: 30, perMs: 60_000 }],
    ["100/h", { count: 100, perMs: 3_600_000 }],
    ["1000/d", { count: 1000, perMs: 86_400_000 }],
    ["30/m", undefined],
    ["0/s", undefined],
    ["30", undefined],
  ])("rate %s", (text, rate) => {
    expect(rateOf(text)).toEqual(rate);
  });
});
