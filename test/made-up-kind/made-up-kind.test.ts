import { describe, expect, test } from "vitest";
import { apply, plan, status, validate } from "../../reconciler/engine.ts";
import { kindModelFromSchema, withKind } from "../../schemas/kind-model.fixture.ts";
import { KINDS } from "../../schemas/index.ts";
import { codesOf, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES } from "../engine.fixture.ts";

/** A kind that no code of ours knows: this schema is all there is of it. */
const LAMP = {
  $id: "https://moltbot.dev/schemas/lamp.schema.json",
  title: "Lamp",
  description: "A lamp that an agent can be asked to watch.",
  type: "object",
  additionalProperties: false,
  required: ["apiVersion", "kind", "metadata", "spec"],
  properties: {
    apiVersion: { type: "string", const: "moltbot.dev/v1alpha1" },
    kind: { type: "string", const: "Lamp" },
    metadata: {
      type: "object",
      additionalProperties: false,
      required: ["name"],
      properties: { name: { type: "string", pattern: "^[a-z0-9-]{1,63}$" } },
    },
    spec: {
      type: "object",
      additionalProperties: false,
      required: ["watcher"],
      properties: {
        watcher: { type: "string", "x-moltbot-ref": { kind: "ModelProvider", reach: "uses" } },
        colour: { type: "string", enum: ["red", "green"], default: "green", "x-moltbot-reload": "restart" },
        socket: { type: "string", "x-moltbot-immutable": true },
        switches: {
          type: "array",
          "x-moltbot-key": "room",
          items: { type: "object", additionalProperties: false, properties: { room: { type: "string" }, on: { type: "boolean" } } },
        },
      },
    },
  },
} as const;

const world = worldOf({ kinds: withKind(KINDS, kindModelFromSchema(LAMP)) });
const lamp = (name: string, spec: string): string => manifest("Lamp", name, spec);
const TREE = {
  "moltbot.yaml": PROJECT,
  "r/echo.yaml": ECHO,
  "r/l.yaml": lamp("l", "watcher: echo\nswitches: [{room: hall, on: true}, {room: attic}]"),
};

describe("a kind that is only a schema", () => {
  test("validates, plans, applies, changes by its annotations, and is pruned", async () => {
    const repo = repository(TREE);
    const { resources } = value(await validate({ repo }, world));
    expect(resources.find((each) => each.kind === "Lamp")?.spec).toEqual({
      watcher: "echo",
      colour: "green",
      switches: [{ room: "attic" }, { room: "hall", on: true }],
    });
    value(await apply({ repo }, null, YES, world));
    expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);

    write(repo, { "r/l.yaml": lamp("l", "watcher: echo\ncolour: red\nswitches: [{room: attic}, {room: hall}]") });
    const [update] = value(await plan({ repo }, world)).plan.body.changes;
    expect(update).toMatchObject({ action: "update", reload: "restart" });
    expect(update?.fields.map((field) => field.path)).toEqual(["spec.colour", "spec.switches[hall].on"]);
    write(repo, { "r/l.yaml": lamp("l", "watcher: echo\nsocket: e27") });
    expect(value(await plan({ repo }, world)).plan.body.changes[0]?.action).toBe("replace");

    write(repo, { "r/l.yaml": null });
    value(await apply({ repo }, null, YES, world));
    expect(value(await status({ repo }, world)).resources.map((each) => each.address)).toEqual(["ModelProvider/echo", "Project/acme"]);
  });

  test("its references are checked, and are edges of the graph", async () => {
    const repo = repository({ ...TREE, "r/l.yaml": lamp("l", "watcher: nobody") });
    expect(codesOf(await plan({ repo }, world))).toEqual(["REF_NOT_FOUND"]);
    write(repo, { "r/l.yaml": lamp("l", "watcher: echo") });
    value(await apply({ repo }, null, YES, world));
    write(repo, {
      "r/l.yaml": lamp("l", "watcher: echo\ncolour: red"),
      "r/echo.yaml": manifest("ModelProvider", "echo", "type: echo\ndescription: Other."),
    });
    const { body } = value(await plan({ repo, targets: ["Lamp/l"] }, world)).plan;
    expect(body.changes.map((each) => each.address)).toEqual(["Lamp/l", "ModelProvider/echo"]);
  });

  test("its schema's refusals have their place in the file", async () => {
    const repo = repository({ ...TREE, "r/l.yaml": lamp("l", "watcher: echo\ncolor: red") });
    const result = await validate({ repo }, world);
    expect(result.ok || result.diagnostics[0]).toMatchObject({ code: "FIELD_UNKNOWN", at: { file: "r/l.yaml", line: 6, column: 3 } });
  });

  test("without the schema, the kind is unknown", async () => {
    expect(codesOf(await validate({ repo: repository(TREE) }, worldOf()))).toEqual(["KIND_UNKNOWN"]);
  });
});
