import { describe, expect, test } from "vitest";
import type { Json, Resource } from "../../core/index.ts";
import { secretObligations } from "./index.ts";

const NOW = new Date("2026-06-01T00:00:00Z");
const age = (more: Record<string, Json>): Json => ({ age: { recipients: ["age1x"], envelope: "sha256:0", ...more } });

function secret(values: Record<string, Json>, every: string | null = "30d", name = "s"): Resource {
  const spec = { values, ...(every === null ? {} : { rotation: { every } }) };
  return { apiVersion: "moltbot.dev/v1alpha1", kind: "Secret", metadata: { name }, spec };
}
const owed = (...resources: readonly Resource[]): readonly (readonly [string, string | null])[] =>
  secretObligations(resources, NOW).open.map(({ code, key, since }) => [`${code} ${key}`, since] as const);

describe("what is owed to a value", () => {
  const cases: readonly (readonly [string, Resource, readonly (readonly [string, string | null])[], string | null])[] = [
    ["nothing before its date", secret({ a: age({ setAt: "2026-05-15T00:00:00Z" }) }), [], "2026-06-14T00:00:00.000Z"],
    [
      "a change from its date on",
      secret({ a: age({ setAt: "2026-05-02T00:00:00Z" }) }),
      [["SECRET_ROTATION_DUE a", "2026-06-01T00:00:00.000Z"]],
      null,
    ],
    ["a moment before", secret({ a: age({ setAt: "2026-05-02T00:00:00.001Z" }) }), [], "2026-06-01T00:00:00.001Z"],
    [
      "an offset counts",
      secret({ a: age({ setAt: "2026-05-02T02:00:00+02:00" }) }),
      [["SECRET_ROTATION_DUE a", "2026-06-01T00:00:00.000Z"]],
      null,
    ],
    [
      "of an env value too",
      secret({ a: { env: { name: "X", setAt: "2026-01-01T00:00:00Z" } } }),
      [["SECRET_ROTATION_DUE a", "2026-01-31T00:00:00.000Z"]],
      null,
    ],
    [
      "an unknown age",
      secret({ a: age({}), b: { file: { path: "x" } } }),
      [
        ["SECRET_AGE_UNKNOWN a", null],
        ["SECRET_AGE_UNKNOWN b", null],
      ],
      null,
    ],
    ["nothing of what is pending", secret({ a: { pending: {} } }), [], null],
    ["nothing without a rotation", secret({ a: age({}) }, null), [], null],
    [
      "a change because somebody was removed",
      secret({ a: age({ rotate: { since: "2026-05-01T00:00:00Z", removed: ["age1y"] } }) }, null),
      [["SECRET_ROTATE_UPSTREAM a", "2026-05-01T00:00:00Z"]],
      null,
    ],
    ["a date beyond the calendar", secret({ a: age({ setAt: "2026-05-15T00:00:00Z" }) }, "999999999d"), [], "9999-12-31T23:59:59.000Z"],
  ];
  test.each(cases)("%s", (_, resource, open, opensAt) => {
    expect([owed(resource), secretObligations([resource], NOW).opensAt]).toEqual([open, opensAt]);
  });

  test("sorted, whatever the order, and nothing of other kinds", () => {
    const [a, b] = [secret({ z: age({}), a: age({}) }), secret({ k: age({}) }, "1d", "r")];
    const other = { ...a, kind: "Agent" } as Resource;
    expect(owed(a, b, other)).toEqual(owed(other, b, a));
    expect(owed(a, b)).toHaveLength(3);
  });
});
