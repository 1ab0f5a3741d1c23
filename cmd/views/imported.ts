import { escapeText } from "../../core/index.ts";
import type { Imported } from "../../reconciler/engine.ts";
import { jsonText, yamlText, type Views } from "./index.ts";
import { counted, indented } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

type Report = Imported["reports"][number];

/**
 * What became of a foreign configuration. With a folder the terminal shows what to do next, and the whole
 * report stands in IMPORT.md there; without one it shows every value.
 */
export function importViews(out: string | undefined): Views<Imported> {
  const record = ({ files, reports, skipped }: Imported): object => ({
    formatVersion: "1.0",
    kind: "Import",
    out: out ?? null,
    files: files.map((file) => file.path),
    skipped,
    reports,
  });
  return {
    json: (value) => jsonText(record(value)),
    yaml: (value) => yamlText(record(value)),
    markdown: ({ files }) => files.flatMap((file) => (isReport(file.path) ? [file.text] : [])).join("\n"),
    text: (value, look) => fitted(look, shownText(value, out, look)),
  };
}

function isReport(path: string): boolean {
  return path === "IMPORT.md" || path.endsWith("/IMPORT.md");
}

function shownText({ files, reports, skipped }: Imported, out: string | undefined, look: Look): string {
  const lines = [
    ...reports.flatMap((report) => [
      ...head(report, look),
      ...tasks(report, look, out === undefined || look.verbose ? Infinity : MAX_TASKS),
      ...(out === undefined || look.verbose ? leaves(report, look) : []),
    ]),
    ...skipped.map(({ path, why }) => `  ${escapeText(path)} is not imported: ${escapeText(why)}`),
    out === undefined
      ? `Nothing was written; --out DIR writes ${counted(files.length, "file")}.`
      : `${symbolOf(look, "ok")} ${counted(files.length, "file")} in ${escapeText(out)}. IMPORT.md there says of every value where it went.`,
  ];
  return `${lines.join("\n")}\n`;
}

function head({ source, project, summary }: Report, look: Look): readonly string[] {
  const { carried, secret, passthrough, quarantined, left } = summary.fates;
  const resources = Object.entries(summary.resources).map(([kind, count]) => `${count} ${kind}`);
  const counts = `${summary.values} values: ${carried} carried, ${secret} secret, ${passthrough} passthrough, ${quarantined} quarantined, ${left} left out`;
  return [
    `${paint(look, "bold", escapeText(source))}  ->  ${escapeText(project)}`,
    ...indented(resources.join(", "), 2, look.width),
    ...indented(counts, 2, look.width),
    "",
  ];
}

/** As many as a person reads on a terminal; the rest stands in IMPORT.md. */
const MAX_TASKS = 25;

function tasks({ tasks: list, rules }: Report, look: Look, most: number): readonly string[] {
  const groups = [...Map.groupBy(list, (task) => task.text)];
  const lines = groups.slice(0, most).flatMap(([what, same]) => {
    const where = same.flatMap(({ address }) => address ?? []);
    const shown = where.length > MAX_PLACES ? [...where.slice(0, MAX_PLACES), `and ${where.length - MAX_PLACES} more`] : where;
    return item(shown.length === 0 ? what : `${what} (${shown.join(", ")})`, look);
  });
  if (groups.length > most) lines.push(...item(`and ${groups.length - most} more, in IMPORT.md`, look));
  const lowered = rules.flatMap(({ rule, level, denials }) => item(`${rule}: ${level}, would deny ${counted(denials, "decision")}`, look));
  return [
    ...(lines.length === 0 ? [] : [paint(look, "bold", "To do"), ...lines, ""]),
    ...(lowered.length === 0 ? [] : [paint(look, "bold", "Rules lowered, so that what was there is allowed"), ...lowered, ""]),
  ];
}

const MAX_PLACES = 3;

function item(what: string, look: Look): readonly string[] {
  const [first = "", ...rest] = indented(escapeText(what), 4, look.width);
  return [`  - ${first.trimStart()}`, ...rest];
}

/** One line a value: line in the source, place, what became of it. */
function leaves({ leaves: list }: Report, look: Look): readonly string[] {
  const digits = String(Math.max(...list.map(({ line }) => line))).length;
  const lines = list.flatMap(({ line, source, fate, to, notes }) => {
    const places = to.map(({ address, pointer }) => `${address}#${pointer}`);
    const shown = places.length > MAX_PLACES ? [...places.slice(0, MAX_PLACES), `and ${places.length - MAX_PLACES} more`] : places;
    const row = `  ${String(line).padStart(digits)}  ${escapeText(source)}  ${paint(look, "dim", fate)}${shown.length > 0 ? `  ${escapeText(shown.join(", "))}` : ""}`;
    return [row, ...notes.flatMap((note) => indented(escapeText(note), digits + 6, look.width))];
  });
  return [paint(look, "bold", "Every value"), ...lines, ""];
}
