import { describe, expect, test } from "vitest";
import { pointerOf, type Json, type Kinds, type SchemaNode } from "../../core/index.ts";
import { saidIn } from "./origin.ts";
import type { ResolvedResource } from "./types.ts";

const item: SchemaNode = { properties: { name: {}, size: { default: 1 } } };
const schema: SchemaNode = {
  properties: { plain: { items: item }, keyed: { items: item, "x-moltbot-key": "name" }, map: { properties: { x: { default: 1 } } } },
};
const kinds = { byName: new Map([["K", { schema }]]) } as unknown as Kinds;

/** Who says the field: the file of the layer and the pointer in it, or null for a default. */
function said(resolved: Json, layers: readonly Json[], at: readonly (string | number)[]): string | null {
  const each = {
    resource: { kind: "K", ...(resolved as object) },
    layers: layers.map((value, i) => ({ file: `${i}`, document: 0, line: 1, value })),
  } as unknown as ResolvedResource;
  const found = saidIn(each, at, kinds);
  return found && `${found.layer.file} ${pointerOf(found.path)}`;
}

const sized = { name: "a", size: 2 };

describe("saidIn", () => {
  test.each<[string, Json, readonly Json[], readonly (string | number)[], string | null]>([
    ["the only layer", { map: { x: 2 } }, [{ map: { x: 2 } }], ["map", "x"], "0 /map/x"],
    ["the last of two", { map: { x: 3 } }, [{ map: { x: 2 } }, { map: { x: 3 } }], ["map", "x"], "1 /map/x"],
    ["a map that a layer merges into", { map: { x: 2 } }, [{ map: { x: 2 } }, { map: {} }], ["map", "x"], "0 /map/x"],
    ["a default", { map: { x: 1 } }, [{ map: {} }], ["map", "x"], null],
    ["a default, because a map was removed", { map: { x: 1 } }, [{ map: { x: 2 } }, { map: null }], ["map", "x"], null],
    ["the removal of the field itself", { map: { x: 1 } }, [{ map: { x: 2 } }, { map: { x: null } }], ["map", "x"], "1 /map/x"],
    [
      "a default in a list that was replaced",
      { plain: [{ name: "b", size: 1 }] },
      [{ plain: [sized] }, { plain: [{ name: "b" }] }],
      ["plain", 0, "size"],
      null,
    ],
    [
      "a keyed list is merged",
      { keyed: [sized] },
      [{ keyed: [sized] }, { keyed: [{ name: "a" }] }],
      ["keyed", 0, "size"],
      "0 /keyed/0/size",
    ],
    [
      "a keyed list, sorted",
      { keyed: [sized, { name: "b" }] },
      [{ keyed: [{ name: "b" }, sized] }],
      ["keyed", 0, "size"],
      "0 /keyed/1/size",
    ],
    ["no layer at all", { map: { x: 1 } }, [], ["map", "x"], null],
  ])("%s", (_, resolved, layers, at, expected) => expect(said(resolved, layers, at)).toBe(expected));
});
