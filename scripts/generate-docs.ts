/**
 * Writes the pages that repeat what the code says: docs/diagnostics.md from core/codes, docs/limits.md
 * from core/limits.ts, docs/policy-input.md from schemas/policy-input. Part of `npm run generate`; with `check` nothing is written and stale pages fail.
 */
import fs from "node:fs";
import path from "node:path";
import { CODES, exitCodeOf, LIMITS, OUTCOMES, type DiagnosticCode, type JsonObject, type Outcome } from "../core/index.ts";
import { ROOT } from "./checkout.ts";
import { apiPage } from "./generate/api-routes.ts";
import { policyInputPage } from "./generate/policy-input.ts";

const MADE_BY = "<!-- Made by `npm run generate`. Change the source named below, not this page. -->";

/** One sentence an outcome, in the words of the refusals that carry it. */
const MEANING = {
  CORRUPT: "A file that moltbot itself stored fails its integrity check.",
  UNTRUSTED: "Not authentic, or authenticity cannot be established.",
  NOT_ALLOWED: "Authentic, but this signer, sender or caller may not do this.",
  INVALID: "Not well formed, or not what the schema allows.",
  LIMIT: "A named limit was passed; the message names it.",
  DENIED: "Policy said no, or could not say yes.",
  REFUSED: "Well formed and permitted, but unsafe without an explicit, recorded confirmation.",
  LOCKED: "Somebody else is applying; the message says who, where and since when.",
  STALE: "The world moved since the plan was made.",
  UNAVAILABLE: "Something outside does not answer, or answers nonsense.",
  PARTIAL: "Apply stopped part-way; what was done is recorded and the next apply continues.",
} satisfies Record<Outcome, string>;

export function diagnosticsPage(): string {
  const all = (Object.keys(CODES) as DiagnosticCode[]).sort();
  const table = OUTCOMES.flatMap((outcome) => {
    const codes = all.filter((code) => CODES[code].outcome === outcome);
    if (codes.length === 0) return [];
    const rows = codes.map((code) => `| [${code}](#${code.toLowerCase()}) | ${CODES[code].summary} |`);
    return [
      `### ${outcome} codes`,
      "",
      `Exit code ${exitCodeOf(outcome)}. ${MEANING[outcome]}`,
      "",
      "| code | summary |",
      "|---|---|",
      ...rows,
      "",
    ];
  });
  const pages = all.flatMap((code) => {
    const { outcome, summary, page } = CODES[code];
    return [`### ${code}`, "", `**${summary}.** Outcome ${outcome}, exit code ${exitCodeOf(outcome)}.`, "", page, ""];
  });
  return [
    "# Diagnostics",
    "",
    MADE_BY,
    "<!-- Source: core/codes/, core/outcome.ts -->",
    "",
    "Every problem that moltbot reports has a stable code. Match on the code; the text beside it may change.",
    "`moltbot explain CODE` prints the page of a code, as below.",
    "",
    "## Outcomes",
    "",
    "An outcome says how a command ended, and each has one exit code, the same from every command. When several",
    "hold, all are printed and the first in this table gives the exit code.",
    "",
    "| outcome | exit | meaning |",
    "|---|---|---|",
    ...OUTCOMES.map((outcome) => `| ${outcome} | ${exitCodeOf(outcome)} | ${MEANING[outcome]} |`),
    "",
    "Exit codes without a diagnostic: 0 done, or nothing to do; 2 changes pending and 8 drift or holds only (both only with",
    "`--detailed-exitcode`); 64 wrong usage; 70 a bug in moltbot; 130 interrupted.",
    "",
    "## Codes by outcome",
    "",
    ...table,
    "## Every code",
    "",
    ...pages,
  ].join("\n");
}

const KIBI = 1024;

/** `8 MiB` where the name says bytes, `ms` where it says so, else the plain number with its thousands parted. */
function readable(name: string, value: number): string {
  const digits = String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  if (name.endsWith("Ms")) return `${digits} ms`;
  if (!name.endsWith("Bytes")) return digits;
  const step = [
    { unit: "GiB", size: KIBI ** 3 },
    { unit: "MiB", size: KIBI ** 2 },
    { unit: "KiB", size: KIBI },
  ].find(({ size }) => value >= size && value % size === 0);
  return step ? `${value / step.size} ${step.unit}` : `${digits} bytes`;
}

/** The comment above each limit in core/limits.ts, as one line. */
export function limitComments(source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, comment = "", name = ""] of source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+):/g)) {
    const words = comment.replaceAll(/^\s*\* ?/gm, "").replaceAll(/\s+/g, " ");
    found.set(name, words.replaceAll(/\{@link ([^}]+)\}/g, "`$1`").trim());
  }
  return found;
}

export function limitsPage(source: string): string {
  const comments = limitComments(source);
  const rows = Object.entries(LIMITS).map(([name, value]) => {
    const comment = comments.get(name);
    if (comment === undefined) throw new Error(`core/limits.ts: "${name}" has no comment to make docs/limits.md from.`);
    return `| \`${name}\` | ${readable(name, value)} | ${comment} |`;
  });
  return [
    "# Limits",
    "",
    MADE_BY,
    "<!-- Source: core/limits.ts -->",
    "",
    "Every size, count, depth and time that stands between outside input and our memory, disk or patience has a name",
    "here. Passing one is a [LIMIT](diagnostics.md#outcomes) that names it, before the work is done.",
    "",
    "| limit | value | of what |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** In the order in which people meet them. */
function inputSchemas(): Readonly<Record<string, JsonObject>> {
  const read = (entry: string): JsonObject =>
    JSON.parse(fs.readFileSync(path.join(ROOT, "schemas", "policy-input", `${entry}.schema.json`), "utf8")) as JsonObject;
  return { admission: read("admission"), grant: read("grant"), call: read("call") };
}

/** @returns the pages that were stale: written, or only named with `check`. */
export function generateDocs({ check }: { readonly check: boolean }): readonly string[] {
  const pages = {
    "docs/diagnostics.md": diagnosticsPage(),
    "docs/policy-input.md": policyInputPage(inputSchemas(), MADE_BY),
    "docs/api-operations.md": apiPage(MADE_BY),
    "docs/limits.md": limitsPage(fs.readFileSync(path.join(ROOT, "core", "limits.ts"), "utf8")),
  };
  const stale: string[] = [];
  for (const [file, text] of Object.entries(pages)) {
    const full = path.join(ROOT, file);
    if (fs.existsSync(full) && fs.readFileSync(full, "utf8") === text) continue;
    stale.push(file);
    if (!check) fs.writeFileSync(full, text);
  }
  return stale;
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const stale = generateDocs({ check });
  for (const file of stale) console.log(check ? `stale: ${file} (npm run generate)` : `wrote ${file}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
