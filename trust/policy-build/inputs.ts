import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, type Result } from "../../core/index.ts";
import { builtinFolder, ENTRIES, type Entry } from "../policy/index.ts";

/** The JSON Schema of what each entry point is asked, as text. */
export type InputSchemas = Readonly<Record<Entry, string>>;

/** Reads them from where moltbot is installed. */
export function readInputSchemas(folder: string = path.join(builtinFolder() ?? "", "../schemas/policy-input")): Result<InputSchemas> {
  try {
    const texts = ENTRIES.map((entry) => [entry, fs.readFileSync(path.join(folder, `${entry}.schema.json`), "utf8")] as const);
    return ok(Object.fromEntries(texts) as InputSchemas);
  } catch (error) {
    return fail(
      problem("POLICY_SOURCE", {
        detail: `The description of what policies are asked cannot be read: ${error instanceof Error ? error.message : "no such file"}.`,
        remedy: "Install moltbot again.",
      }),
    );
  }
}
