import { escapeText } from "../../core/index.ts";
import { jsonText, yamlText, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

interface Exported {
  readonly generation: number;
  readonly files: readonly { readonly path: string; readonly text: string; readonly bytes?: Uint8Array }[];
}

/** With a folder, what was written; without, the files themselves as one YAML stream, each under its name, byte for byte: they may be read back. What was compiled is no manifest, and is left out of the stream. */
export function exportViews(out: string | undefined): Views<Exported> {
  const record = ({ generation, files }: Exported): object => ({
    formatVersion: "1.0",
    kind: "Export",
    generation,
    out: out ?? null,
    files: files.map((file) =>
      out !== undefined ? file.path : file.bytes ? { path: file.path, base64: Buffer.from(file.bytes).toString("base64") } : file,
    ),
  });
  return {
    json: (value) => jsonText(record(value)),
    yaml: (value) => yamlText(record(value)),
    text: ({ generation, files }, look) =>
      files.length === 0
        ? "# Nothing here belongs to no Project.\n"
        : out === undefined
          ? files
              .filter((file) => file.bytes === undefined)
              .map((file) => `# ${escapeText(file.path)}\n${file.text}`)
              .join("---\n")
          : fitted(look, `${symbolOf(look, "ok")} Generation ${generation}: ${counted(files.length, "file")} in ${escapeText(out)}.\n`),
  };
}
