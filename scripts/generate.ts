/**
 * Writes everything that is made from schemas/*.schema.json: types, validators, models, reference pages.
 *
 *   node scripts/generate.ts           writes what changed
 *   node scripts/generate.ts --check   writes nothing; exits 1 and names each file that is stale
 */
import fs from "node:fs";
import path from "node:path";
import { digestJson, type JsonObject } from "../core/index.ts";
import { modelsModule } from "./generate/models.ts";
import { referencePages } from "./generate/reference.ts";
import { COMMON, formatFiles, kindFiles, readSchemaFiles, ROOT, titleOf } from "./generate/schemas.ts";
import { sdkTypesModule } from "./generate/sdk-types.ts";
import { typesModule } from "./generate/types.ts";
import { validatorsModule } from "./generate/validators.ts";

/** Every generated file by its path, relative to the repository. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = readSchemaFiles();
  const kinds = kindFiles(files);
  const formats = formatFiles(files);
  const ofKinds = only(files, [COMMON, ...kinds.map(({ file }) => file)]);
  const ofFormats = withParts(only(files, [COMMON, ...formats]), files);
  return new Map([
    ["schemas/generated/models.ts", modelsModule(files, digestJson(Object.fromEntries(ofKinds)))],
    ["schemas/generated/types.ts", await typesModule(ofKinds, "written")],
    ["schemas/generated/resolved.ts", await typesModule(ofKinds, "resolved")],
    ["schemas/generated/formats.ts", await typesModule(ofFormats, "format")],
    ["schemas/generated/validators.ts", validatorsModule(ofKinds, new Map(kinds.map(({ kind, file }) => [kind, file])))],
    ["schemas/generated/format-validators.ts", validatorsModule(ofFormats, new Map(formats.map((file) => [titleOf(files, file), file])))],
    ["schemas/generated/sdk-types.ts", sdkTypesModule()],
    ...referencePages(files),
  ]);
}

function only(files: ReadonlyMap<string, JsonObject>, names: readonly string[]): ReadonlyMap<string, JsonObject> {
  return new Map([...files].filter(([file]) => names.includes(file)));
}

/** Also the files that these take parts from: their parts, not what they describe themselves. */
function withParts(chosen: ReadonlyMap<string, JsonObject>, files: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, JsonObject> {
  const all = new Map(chosen);
  for (const schema of all.values()) {
    for (const [, file = ""] of JSON.stringify(schema).matchAll(/"\$ref":"([a-z-]+\.schema\.json)#/g)) {
      const { type: _type, ...parts } = files.get(file) ?? {};
      if (!all.has(file)) all.set(file, parts);
    }
  }
  return all;
}

/** The files whose content is not what the schemas say. */
export async function staleFiles(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const stale = [];
  for (const [file, text] of await generatedFiles()) {
    const at = path.join(ROOT, file);
    if (!fs.existsSync(at) || fs.readFileSync(at, "utf8") !== text) stale.push({ file, text });
  }
  return stale;
}

if (import.meta.main) {
  const stale = await staleFiles();
  const isCheck = process.argv.includes("--check");
  for (const { file, text } of stale) {
    if (isCheck) console.error(`stale: ${file}`);
    else {
      fs.mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
      fs.writeFileSync(path.join(ROOT, file), text);
      console.log(`wrote ${file}`);
    }
  }
  if (isCheck && stale.length > 0) {
    console.error("Run: npm run generate");
    process.exitCode = 1;
  }
}
