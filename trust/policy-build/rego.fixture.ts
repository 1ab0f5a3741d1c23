import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Json, JsonObject, Result } from "../../core/index.ts";
import { ENTRIES, withoutStart } from "../policy/index.ts";
import { findOpa, runOpa, type Opa } from "./opa.ts";
import { fileInTar } from "./tar.ts";
import { inWorkplace } from "./workplace.ts";

/** The compiler, for tests: there always is one. */
export function testOpa(): Opa {
  return valueOf(findOpa());
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(result.diagnostics.map((each) => `${each.at?.file}:${each.at?.line} ${each.code} ${each.detail}`).join("\n"));
  return result.value;
}

/** Compiles any Rego, without our rules for policies: for tests that need a bundle which breaks them. */
export function compileRego(...texts: readonly string[]): Uint8Array {
  return inWorkplace(testOpa(), (place) => {
    const files = texts.map((_text, i) => `source-${i}.rego`);
    for (const [i, file] of files.entries()) place.write(file, texts[i] ?? "");
    const entries = ENTRIES.flatMap((entry) => ["--entrypoint", `moltbot/${entry}`]);
    const run = place.run("build", "--target", "wasm", ...entries, "--output", "bundle.tar.gz", ...files);
    if (run.status !== 0) throw new Error(run.stderr);
    const wasm = fileInTar(gunzipSync(fs.readFileSync(path.join(place.folder, "bundle.tar.gz"))), "/policy.wasm");
    if (!wasm) throw new Error("no module");
    return withoutStart(wasm);
  });
}

/** What `opa` itself says, with errors of built-in functions as errors: undefined where it fails. */
export function opaEval(files: Readonly<Record<string, string>>, query: string, input: JsonObject): Json | undefined {
  return inWorkplace(testOpa(), (place) => {
    for (const [file, text] of Object.entries(files)) place.write(file, text);
    place.write("input.json", JSON.stringify(input));
    const data = Object.keys(files).flatMap((file) => ["--data", file]);
    const run = runOpa(testOpa(), place.folder, [
      "eval",
      "--strict-builtin-errors",
      "--format",
      "json",
      "--input",
      "input.json",
      ...data,
      query,
    ]);
    if (run.status !== 0) return undefined;
    const { result } = JSON.parse(run.stdout) as { result?: readonly { expressions: readonly { value: Json }[] }[] };
    return result?.[0]?.expressions[0]?.value;
  });
}
