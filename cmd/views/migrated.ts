import { escapeText, shown, unreachable, type ManifestEdit } from "../../core/index.ts";
import type { MigratedFile } from "../../reconciler/migrating.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** What `migrate --manifests` found. */
export interface ManifestsMigrated {
  /** Manifests that were looked at. */
  readonly files: number;
  /** Those of an older version, sorted: written anew, or with `--check` only named. */
  readonly changed: readonly Pick<MigratedFile, "path" | "documents">[];
  readonly isWritten: boolean;
}

export const manifestsMigratedViews: Views<ManifestsMigrated> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "ManifestsMigrated", ...value })),
  jsonl: ({ changed, isWritten }) => changed.map((file) => jsonLine({ type: "file", ...file, isWritten })).join(""),
  text: ({ files, changed, isWritten }, look) => {
    if (changed.length === 0) return fitted(look, `${symbolOf(look, "ok")} ${counted(files, "manifest")}, all of the present version.\n`);
    const lines = changed.flatMap(({ path, documents }) => [escapeText(path), ...documents.flatMap(documentLines)]);
    const said = isWritten ? "brought to the present version" : "of an older version";
    return fitted(look, `${[...lines, "", `${counted(changed.length, "file")} of ${files} ${said}.`].join("\n")}\n`);
  },
};

function documentLines({ document, address, from, to, edits }: MigratedFile["documents"][number]): readonly string[] {
  return [
    `  ${escapeText(address ?? `document ${document}`)}  ${escapeText(from)} -> ${escapeText(to)}`,
    ...edits.map((edit) => `    ${words(edit)}`),
  ];
}

function words(edit: ManifestEdit): string {
  const place = escapeText(edit.pointer);
  switch (edit.op) {
    case "set":
      return `${place}: now ${shown(edit.value)}`;
    case "rename":
      return `${place}: now called ${shown(edit.to)}`;
    case "add":
      return `${place}: added`;
    case "remove":
      return `${place}: removed`;
    default:
      return unreachable(edit);
  }
}
