import { escapeText } from "../../core/index.ts";
import { plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** A new repository: what was written, and what is to be done next. */
export interface Initialised {
  readonly project: string;
  readonly agent: string;
  /** As the user named it; `.` for the current one. */
  readonly folder: string;
  readonly files: readonly string[];
  /** Files that were there and stay as they are, but for what is said of them. */
  readonly kept: readonly string[];
  readonly commit: string | null;
  /** The folder is part of a git repository that was there; the files are not committed. */
  readonly isInside: boolean;
  /** What the agent lacks before it can answer; null when nothing. */
  readonly lacks: string | null;
}

const SHORT_COMMIT = 7;

export const initialisedViews: Views<Initialised> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Init", ...value })),
  text: ({ project, agent, folder, files, kept, commit, isInside, lacks }, look) => {
    const where = folder === "." ? "" : ` in ${escapeText(folder)}`;
    const made = commit === null ? "" : `, committed as ${commit.slice(0, SHORT_COMMIT)}`;
    const lines = [
      `${symbolOf(look, "ok")} ${project}${where}: ${counted(files.length, "file")}${made}.`,
      ...files.map((file) => `  ${escapeText(file)}`),
      ...kept.map((text) => `  ${escapeText(text)}`),
      "",
      "Next:",
      ...(folder === "." ? [] : [`  cd ${escapeText(folder)}`]),
      ...(isInside ? ["  git add -A . && git commit"] : []),
      "  moltbot plan",
      "  moltbot apply",
      ...(lacks === null ? [] : [`  ${escapeText(lacks)}`]),
      `  moltbot chat ${agent} "Hello"`,
    ];
    return fitted(look, `${lines.join("\n")}\n`);
  },
};
