import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { digestBytes } from "../../core/index.ts";
import { validate } from "../../reconciler/engine.ts";
import { kindModelFromSchema, withKind } from "../../schemas/kind-model.fixture.ts";
import { KINDS } from "../../schemas/index.ts";
import { COMPILED } from "../compiled.fixture.ts";
import { agentText, codesOf, ECHO, manifest, PROJECT, repository, value, worldOf, write, type Tree } from "../engine.fixture.ts";

const CLI = resolve(import.meta.dirname, "../../bin/moltbot.js");
const ENV = { PATH: process.env["PATH"] ?? "", ...COMPILED, NO_COLOR: "1" };
const TREE: Tree = { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a") };

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function moltbot(repo: string, ...args: readonly string[]): Ran {
  const ran = spawnSync(process.execPath, [CLI, ...args, "-C", repo], { env: ENV, encoding: "utf8" });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

/** Every file of a folder by its digest: two equal snapshots are byte for byte the same folder. */
function snapshot(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(folder, file)).isFile());
  return Object.fromEntries(files.toSorted().map((file) => [file, digestBytes(readFileSync(join(folder, file)))]));
}

/** A refusal: the documented exit code, these codes and no others, nothing changed, the same words twice, no stack trace. */
function refused(repo: string, code: number, words: readonly string[]): void {
  const before = snapshot(repo);
  const [first, second] = [moltbot(repo, "apply", "--auto-approve"), moltbot(repo, "apply", "--auto-approve")];
  expect([first.code, first.err], first.err).toEqual([code, second.err]);
  for (const each of words) expect(first.err).toContain(each);
  expect(first.err).not.toMatch(/^\s+at |undefined|\[object Object\]|NaN/m);
  expect(snapshot(repo)).toEqual(before);
}

describe("hostile manifests, through the command", () => {
  test.each<[string, Tree, readonly string[]]>([
    ["hostile input 18: a control character in a name", { "r/a.yaml": agentText('"a\\u001b[2J"') }, ["r/a.yaml:3:", "\\u001b"]],
    [
      "hostile input 22: the same kind and name in two files",
      { "r/other.yaml": agentText("a", "prompt: Other.") },
      ["RESOURCE_DUPLICATE", "r/a.yaml", "r/other.yaml"],
    ],
    ["hostile input 23: names that differ only by case", { "r/b.yaml": agentText("A") }, ["r/b.yaml:3:", "Names are RFC 1123 labels"]],
    ["hostile input 23: names that differ only by normal form", { "r/b.yaml": agentText("e\u0301") }, ["r/b.yaml:3:"]],
    [
      "hostile input 25: a reference to something missing",
      { "r/echo.yaml": manifest("ModelProvider", "ecco", "type: echo") },
      ["REF_NOT_FOUND", "r/a.yaml:5:"],
    ],
  ])("%s", (_name, files, words) => {
    refused(repository({ ...TREE, ...files }), 1, words);
  });

  test("hostile input 25: a reference to something that is removed in the same change", () => {
    const repo = repository({
      ...TREE,
      "r/s.yaml": manifest("Skill", "s", "prompt: Do it."),
      "r/a.yaml": agentText("a", "prompt: Be kind.\nskills: [s]"),
    });
    expect(moltbot(repo, "apply", "--auto-approve").code).toBe(0);
    write(repo, { "r/s.yaml": null, "r/t.yaml": manifest("Skill", "t", "prompt: Do it.") });
    refused(repo, 1, ["REF_NOT_FOUND", 'Skill "s"']);
  });

  test("hostile input 24: a circle of `uses` through three files is printed; agents that call each other may be circular", async () => {
    const next = { type: "string", "x-moltbot-ref": { kind: "Link", reach: "uses" } };
    const link = kindModelFromSchema({
      $id: "https://moltbot.dev/schemas/link.schema.json",
      title: "Link",
      type: "object",
      required: ["apiVersion", "kind", "metadata", "spec"],
      properties: {
        apiVersion: { type: "string" },
        kind: { type: "string", const: "Link" },
        metadata: { type: "object", properties: { name: { type: "string" } } },
        spec: { type: "object", additionalProperties: false, properties: { next } },
      },
    });
    const world = worldOf({ kinds: withKind(KINDS, link) });
    const circle = Object.fromEntries(["a", "b", "c"].map((name, i) => [`r/l${name}.yaml`, manifest("Link", name, `next: ${"bca"[i]}`)]));
    const result = await validate({ repo: repository({ ...TREE, ...circle }) }, world);
    expect(codesOf(result)).toEqual(["REF_CYCLE"]);
    expect(result.ok || result.diagnostics[0]?.detail).toContain("Link/a -> Link/b -> Link/c -> Link/a");
    const mutual = { "r/a.yaml": agentText("a", "prompt: A.\nsubAgents: [b]"), "r/b.yaml": agentText("b", "prompt: B.\nsubAgents: [a]") };
    value(await validate({ repo: repository({ ...TREE, ...mutual }) }, world));
  });
});

describe("hostile input 59: a record that is not what it was", () => {
  test.each<[string, (file: string) => void]>([
    ["empty", (file) => truncateSync(file, 0)],
    ["truncated", (file) => truncateSync(file, 5_000)],
    ["bit-flipped in a row", (file) => flip(file, readFileSync(file).indexOf("Agent/a"))],
    ["of a newer format", (file) => flip(file, 63)],
  ])("%s is CORRUPT, never read as owning nothing", (_name, damage) => {
    const repo = repository(TREE);
    expect(moltbot(repo, "apply", "--auto-approve").code).toBe(0);
    damage(join(repo, ".moltbot", "store.db"));
    for (const command of [["plan"], ["apply", "--auto-approve"], ["status"]]) {
      const ran = moltbot(repo, ...command);
      expect([ran.code, ran.out.includes("create")], `${command[0]}: ${ran.err}`).toEqual([9, false]);
    }
  });
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}
