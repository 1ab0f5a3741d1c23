import { escapeText } from "../../core/index.ts";
import type { ImportedCue } from "../../reconciler/engine.ts";
import { jsonText, yamlText, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** With a folder, what was written; without, the manifests themselves as one YAML stream. */
export function cueViews(out: string | undefined): Views<ImportedCue> {
  const record = ({ evaluator, files }: ImportedCue): object => ({
    formatVersion: "1.0",
    kind: "Import",
    evaluator,
    out: out ?? null,
    files: out === undefined ? files : files.map((file) => file.path),
  });
  return {
    json: (value) => jsonText(record(value)),
    yaml: (value) => yamlText(record(value)),
    text: ({ evaluator, files }, look) =>
      out === undefined
        ? files.map((file) => `# ${escapeText(file.path)}\n${file.text}`).join("---\n")
        : fitted(
            look,
            `${symbolOf(look, "ok")} ${counted(files.length, "manifest")} in ${escapeText(out)}, by ${escapeText(evaluator)}.\n`,
          ),
  };
}
