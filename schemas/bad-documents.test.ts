import { describe, expect, test } from "vitest";
import { isArray, isObject, segmentsOf, type Json, type JsonObject } from "../core/index.ts";
import { BAD, drop, EVERY_KIND } from "./bad-documents.fixture.ts";
import { KINDS } from "./index.ts";

describe.each([...KINDS.byName])("%s", (kind, model) => {
  const example = model.schema.examples?.[0] as JsonObject;
  const cases = [...EVERY_KIND, ...(BAD[kind] ?? [])];
  test.each(cases.map((each) => [each[0], each] as const))("%s", (_name, [, pointer, value, said, at = pointer]) => {
    const errors = model.validate(changed(example, segmentsOf(pointer), value));
    expect(errors.map((error) => `${error.keyword} ${error.pointer}`)).toContain(`${said} ${at}`);
  });
});

test("each kind has a table of its own", () => {
  expect(Object.keys(BAD).sort()).toEqual([...KINDS.byName.keys()].sort());
});

test("all that is wrong is said, each once, and of a wrong type nothing more", () => {
  const errors = KINDS.byName.get("Agent")?.validate({
    apiVersion: "moltbot.dev/v1alpha1",
    kind: "Agent",
    metadata: { name: "A" },
    spec: { model: { name: "m", temprature: 1 }, prompt: 3, debug: { log: 1 } },
  });
  expect(errors?.map(({ keyword, pointer }) => `${keyword} ${pointer}`).sort()).toEqual([
    "additionalProperties /spec/model",
    "pattern /metadata/name",
    "required /spec/model",
    "type /spec/debug/log",
    "type /spec/prompt",
  ]);
});

test("a bad key is one violation, which names the key and the rule", () => {
  const errors = KINDS.byName.get("Agent")?.validate({
    apiVersion: "moltbot.dev/v1alpha1",
    kind: "Agent",
    metadata: { name: "a", labels: { "a b": "x" } },
    spec: { model: { provider: "p", name: "m" } },
  });
  expect(errors).toMatchObject([
    { pointer: "/metadata/labels", keyword: "propertyNames", params: { propertyName: "a b", rule: "pattern" } },
  ]);
});

/** The document with one value changed; what is missing on the way is made. */
function changed(value: Json, at: readonly string[], to: Json | typeof drop): Json {
  const [key, ...rest] = at;
  if (key === undefined) return to === drop ? null : to;
  if (isArray(value)) return value.map((item, i) => (String(i) === key ? changed(item, rest, to) : item));
  const { [key]: old, ...others } = isObject(value) ? value : {};
  if (rest.length === 0 && to === drop) return others;
  return { ...others, [key]: changed(old ?? {}, rest, to) };
}
