import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, ok, type Json } from "../../core/index.ts";
import { gateState, PROVIDER, project } from "../gate/gate.fixture.ts";
import { openRecords } from "../store/index.ts";
import { sealedStorage, type PluginStorage } from "./index.ts";
import { shownOf } from "./sandbox.fixture.ts";
import { newStops } from "./stops.ts";
import { frameOf, frameReader } from "../children/index.ts";
import { newArgumentCheck } from "./thread/arguments.ts";
import { newTurns } from "./turns.ts";

const say = (storage: PluginStorage, op: string, key?: string, value?: Json): Json =>
  shownOf(storage({ op, ...(key === undefined ? {} : { key }), ...(value === undefined ? {} : { value }) }));

describe("what a plugin keeps", () => {
  test("is there the next time, sealed, and its own", () => {
    const { records, dir } = gateState({ resources: [project(), PROVIDER] });
    const mine = sealedStorage(records, "acme/default\nmine", 10_000);
    expect([say(mine, "get", "a"), say(mine, "set", "a", { b: 1 }), say(mine, "get", "a"), say(mine, "set", "A/../ä", 2)]).toEqual([
      null,
      null,
      { b: 1 },
      null,
    ]);
    const again = openRecords(dir);
    if (!again.ok || !again.value) throw new Error("no records");
    const later = sealedStorage(again.value, "acme/default\nmine", 10_000);
    expect([say(later, "keys"), say(later, "get", "a"), say(later, "delete", "a"), say(later, "delete", "a"), say(later, "keys")]).toEqual([
      ["A/../ä", "a"],
      { b: 1 },
      true,
      false,
      ["A/../ä"],
    ]);
    expect(say(sealedStorage(again.value, "other/default\nmine", 10_000), "keys")).toEqual([]);
    again.value.close();
  });

  test("is bounded by bytes, keys and the length of a key; what is refused changes nothing", () => {
    const { records } = gateState({ resources: [project(), PROVIDER] });
    const small = sealedStorage(records, "small", 100);
    const fits = "x".repeat(100 - JSON.stringify({ key: "a", value: "" }).length);
    expect([say(small, "set", "a", `${fits}y`), say(small, "set", "a", fits), say(small, "set", "b", 1), say(small, "keys")]).toEqual([
      "PLUGIN_LIMIT",
      null,
      "PLUGIN_LIMIT",
      ["a"],
    ]);
    expect([say(small, "set", "a", 1), say(small, "set", "b", 1)]).toEqual([null, null]);
    const long = "k".repeat(LIMITS.pluginStorageKeyChars);
    const wide = sealedStorage(records, "wide", 100_000);
    expect([
      say(wide, "set", long, 1),
      say(wide, "set", `${long}k`, 1),
      say(wide, "set", "", 1),
      say(wide, "set", "a"),
      say(wide, "clear", "a"),
    ]).toEqual([null, ...Array.from({ length: 4 }, () => "PLUGIN_LIMIT")]);
  });

  test("limits.pluginStorageKeys: at the limit, and one past it", () => {
    const heads = new Map<string, Uint8Array>();
    const plain = {
      put: (slot: string, head: Uint8Array) => (heads.set(slot, head), ok(undefined)),
      get: (slot: string) => ok(heads.has(slot) ? { slot, entries: 0, head: heads.get(slot) ?? new Uint8Array() } : null),
      list: () => ok([]),
      remove: (slot: string) => ok(heads.delete(slot)),
    };
    const storage = sealedStorage(plain as never, "many", 10_000_000);
    for (let i = 0; i < LIMITS.pluginStorageKeys; i++) expect(say(storage, "set", `k${i}`, i)).toBe(null);
    expect([say(storage, "set", "more", 1), say(storage, "set", "k0", 2), say(storage, "get", "k0")]).toEqual(["PLUGIN_LIMIT", null, 2]);
  });
});

test("ends are counted in a window, and pauses grow (limits.pluginStops)", () => {
  const stops = newStops();
  const pauses: (number | null)[] = [stops.pause(0)];
  for (let i = 0; i < LIMITS.pluginStops; i++) {
    stops.add(i);
    pauses.push(stops.pause(i));
  }
  expect(pauses).toEqual([0, 100, 200, 400, 800, null]);
  expect(stops.pause(LIMITS.pluginStopWindowMs - 1)).toBeNull();
  expect(stops.pause(LIMITS.pluginStopWindowMs)).toBe(0);
});

test("turns are in order, and whoever leaves the queue is not waited for", async () => {
  const never = new AbortController().signal;
  const turns = newTurns(1, 2);
  const first = await turns.take(1_000, never);
  const order: string[] = [];
  const second = turns.take(1_000, never).then((turn) => (order.push("second"), turn?.()));
  const short = turns.take(5, never);
  expect(await turns.take(1_000, never)).toBeNull();
  expect(await short).toBeNull();
  expect(await turns.take(1_000, AbortSignal.abort())).toBeNull();
  first?.();
  first?.();
  await second;
  expect(order).toEqual(["second"]);
  expect(await turns.take(1_000, never)).not.toBeNull();
});

test("frames come out as they went in, however they are cut; a longer one ends it", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (values, size) => {
      const got: unknown[] = [];
      const read = frameReader(1_000_000, (value) => got.push(value));
      const bytes = Buffer.concat(values.map(frameOf));
      for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
      expect(JSON.stringify(got)).toBe(JSON.stringify(values));
    }),
  );
  const read = frameReader(10, () => undefined);
  expect([read(frameOf("12345678")), read(frameOf("123456789")), read(frameOf(1))]).toEqual([true, false, false]);
  expect(frameReader(10, () => undefined)(Buffer.from([0, 0, 0, 1, 0x7b]))).toBe(false);
});

test("arguments are compared with the schema of their tool", () => {
  const check = newArgumentCheck(
    JSON.stringify({
      a: { type: "object", required: ["x"], properties: { x: { type: "integer" } } },
      broken: { $ref: "https://else.example/schema" },
    }),
  );
  expect([check("a", `{"x":1}`), check("constructor", "{}"), check("b", "{}")]).toEqual([undefined, undefined, undefined]);
  expect(check("a", `{"x":"1"}`)).toContain("/x");
  expect(check("broken", "{}")).toBeDefined();
});
