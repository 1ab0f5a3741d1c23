import { expect, test } from "vitest";
import { isLoopback } from "./index.ts";

test.each([
  ["127.0.0.1", true],
  ["127.255.255.255", true],
  ["::1", true],
  ["127.0.0.256", false],
  ["127.0.0.01", false],
  ["127.0.0", false],
  ["128.0.0.1", false],
  ["0.0.0.0", false],
  ["::", false],
  ["10.0.0.1", false],
  ["::ffff:127.0.0.1", false],
  ["localhost", false],
  ["", false],
])("%s is of this machine alone: %s", (address, is) => {
  expect(isLoopback(address)).toBe(is);
});
