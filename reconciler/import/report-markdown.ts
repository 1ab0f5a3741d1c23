import { escapeText } from "../../core/index.ts";
import type { Fate, ImportReport, ReportLeaf } from "./types.ts";

const TITLES: Readonly<Record<Fate, string>> = {
  carried: "Carried into resources",
  secret: "Secrets",
  passthrough: "Kept for OpenClaw only (Passthrough)",
  quarantined: "Quarantined",
  left: "Not carried",
};

const WORDS: Readonly<Record<Fate, string>> = {
  carried: "These values stand in fields of resources.",
  secret: "These values are, or name, secrets. No manifest holds one in plain text.",
  passthrough: "Settings that only OpenClaw understands. Our own runtime ignores them.",
  quarantined: "No version of OpenClaw knows these keys. They are kept in quarantine/openclaw.json5, which nothing reads.",
  left: "Nothing was written for these values, for the reasons given.",
};

/** The report as the IMPORT.md of the new repository. */
export function reportMarkdown(report: ImportReport): string {
  const { summary } = report;
  const lines = [
    "# Import",
    "",
    `What became of ${code(report.source)}: ${summary.values} values, each exactly once. Places in the source are JSON Pointers;`,
    "places in the result are resources with a JSON Pointer into their manifest.",
    "",
    "| | values |",
    "|---|---|",
    ...Object.entries(summary.fates).map(([fate, count]) => `| ${TITLES[fate as Fate]} | ${count} |`),
    "",
    `Resources: ${Object.entries(summary.resources)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", ")}.`,
    "",
    ...tasks(report),
    ...rules(report),
    ...(Object.keys(TITLES) as Fate[]).flatMap((fate) => section(report, fate)),
    ...comments(report),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function tasks({ tasks: list }: ImportReport): readonly string[] {
  if (list.length === 0) return [];
  const byText = Map.groupBy(list, ({ text }) => text);
  const items = [...byText].map(([text, same]) => {
    const where = same.flatMap(({ address }) => address ?? []).map(code);
    return `- [ ] ${inline(text)}${where.length > 0 ? ` ${where.join(", ")}` : ""}`;
  });
  return ["## To do", "", ...items, ""];
}

function rules(report: ImportReport): readonly string[] {
  if (report.rules.length === 0) return [];
  return [
    "## Rules that are lowered",
    "",
    "They would deny what was imported. Each plan counts them; raise them again as soon as you can.",
    "",
    ...report.rules.map(({ rule, level, denials }) => `- ${code(rule)}: ${level} (${denials} decisions)`),
    "",
  ];
}

function section(report: ImportReport, fate: Fate): readonly string[] {
  const leaves = report.leaves.filter((leaf) => leaf.fate === fate);
  if (leaves.length === 0) return [];
  return [`## ${TITLES[fate]}`, "", WORDS[fate], "", "| line | source | result | remarks |", "|---|---|---|---|", ...leaves.map(row), ""];
}

function row({ line, source, to, notes }: ReportLeaf): string {
  const places = to.map(({ address, pointer }) => code(`${address}#${pointer}`));
  // A default that went to every agent would fill a page.
  const shown = places.length > MAX_PLACES ? [...places.slice(0, MAX_PLACES), `and ${places.length - MAX_PLACES} more`] : places;
  return `| ${line} | ${code(source)} | ${shown.join("<br>")} | ${notes.map(inline).join("<br>")} |`;
}

const MAX_PLACES = 4;

function comments({ comments: list }: ImportReport): readonly string[] {
  if (list.length === 0) return [];
  const items = list.flatMap(({ source, line, text }) => [
    `- line ${line}, ${code(source === "" ? "/" : source)}:`,
    "",
    ...text.split("\n").map((part) => `      ${escapeText(part)}`),
    "",
  ]);
  return ["## Comments without a place", "", ...items];
}

function code(text: string): string {
  const safe = escapeText(text).replaceAll("|", "\\|");
  const fence = safe.includes("`") ? "``" : "`";
  return `${fence}${safe}${fence}`;
}

function inline(text: string): string {
  return escapeText(text).replaceAll(/[\\`*_{}[\]<>|]/g, (sign) => `\\${sign}`);
}
