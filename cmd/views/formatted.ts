import { escapeText } from "../../core/index.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** What `fmt` found. */
export interface Formatted {
  /** Manifests that were looked at. */
  readonly files: number;
  /** Those that were not in form, sorted: written anew, or with `--check` only named. */
  readonly changed: readonly string[];
  readonly isWritten: boolean;
}

/** As text the names alone, one a line: they may be passed on. Where there is none, a sentence. */
export const formattedViews: Views<Formatted> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Formatted", ...value })),
  jsonl: ({ changed, isWritten }) => changed.map((path) => jsonLine({ type: "file", path, isWritten })).join(""),
  text: ({ files, changed }, look) =>
    fitted(
      look,
      changed.length > 0
        ? changed.map((file) => `${escapeText(file)}\n`).join("")
        : `${symbolOf(look, "ok")} ${counted(files, "manifest")}, all in form.\n`,
    ),
};
