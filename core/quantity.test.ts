import { describe, expect, test } from "vitest";
import { parseByteSize, parseDuration } from "./quantity.ts";

describe("quantities", () => {
  const durations: readonly (readonly [string, number | undefined])[] = [
    ["1ms", 1],
    ["30s", 30_000],
    ["2m", 120_000],
    ["24h", 86_400_000],
    ["90d", 7_776_000_000],
    ["0s", undefined],
    ["1.5s", undefined],
    ["-1s", undefined],
    ["10", undefined],
    ["s", undefined],
    ["1week", undefined],
    ["9999999999s", undefined],
    [" 1s", undefined],
  ];
  test.each(durations)("duration %s", (text, ms) => expect(parseDuration(text)).toBe(ms));

  const sizes: readonly (readonly [string, number | undefined])[] = [
    ["1B", 1],
    ["8MiB", 8_388_608],
    ["64KiB", 65_536],
    ["2GiB", 2_147_483_648],
    ["1MB", undefined],
    ["1", undefined],
    ["1constructor", undefined],
  ];
  test.each(sizes)("size %s", (text, bytes) => expect(parseByteSize(text)).toBe(bytes));
});
