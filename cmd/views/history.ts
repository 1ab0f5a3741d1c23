import { escapeText, type Generation } from "../../core/index.ts";
import type { HistoryReport } from "../../reconciler/engine.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { ageText } from "./plan-facts.ts";
import { inColorOf, symbolOf } from "./status.ts";

const SHORT_COMMIT = 7;

export const historyViews: Views<HistoryReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "History", ...report })),
  jsonl: ({ generations }) => generations.map((generation) => jsonLine({ type: "generation", ...generation })).join(""),
  text: ({ owner, generations }, look) => {
    if (generations.length === 0) return fitted(look, `Nothing was applied for ${escapeText(owner)} yet.\n`);
    const rows = generations.map((generation) => cells(generation, look));
    const painted = (text: string, row: number, column: number): string => {
      const status = generations[row]?.status;
      return column === 1 && status ? inColorOf(look, status, text) : text;
    };
    const lines = table(["GENERATION", "STATUS", "WHEN", "BY", "FROM", "RESOURCES", "WHY"], rows, look, painted);
    return fitted(look, `${lines.join("\n")}\n`);
  },
};

function cells(generation: Generation, look: Look): readonly string[] {
  const { number, status, createdAt, actor, commit, dirty, resources, reason, because, restores } = generation;
  const from =
    restores !== undefined
      ? `generation ${restores}`
      : commit === null
        ? "work tree"
        : `${commit.slice(0, SHORT_COMMIT)}${dirty ? "+changes" : ""}`;
  const why = because === null ? reason : `${reason}: ${escapeText(because)}`;
  return [
    String(number),
    `${symbolOf({ ...look, color: false }, status)} ${status}`,
    ageText(createdAt, look.now),
    escapeText(actor),
    from,
    String(resources),
    why,
  ];
}
