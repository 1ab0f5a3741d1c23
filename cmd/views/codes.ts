import { CODES, exitCodeOf, type DiagnosticCode } from "../../core/index.ts";
import { plainViews, type Views } from "./index.ts";
import { indented, table } from "./layout.ts";
import { fitted, paint } from "./look.ts";

function record(code: DiagnosticCode): object {
  const { outcome, summary, page } = CODES[code];
  return { code, outcome, exit: exitCodeOf(outcome), summary, page };
}

/** One code's page. */
export const codePageViews: Views<DiagnosticCode> = {
  ...plainViews(record),
  text: (code, look) => {
    const { outcome, summary, page } = CODES[code];
    const width = Math.min(look.width, PAGE_WIDTH);
    const lines = [
      `${paint(look, "bold", code)}  ${summary}`,
      `${outcome}, exit code ${exitCodeOf(outcome)}`,
      "",
      ...indented(page, 0, width),
      "",
    ];
    return fitted(look, lines.join("\n"));
  },
  markdown: (code) => {
    const { outcome, summary, page } = CODES[code];
    return `## ${code}\n\n**${summary}** (${outcome}, exit code ${exitCodeOf(outcome)})\n\n${page}\n`;
  },
};

/** Lines longer than this are hard to read, however wide the terminal. */
const PAGE_WIDTH = 96;

export const codeListViews: Views<readonly DiagnosticCode[]> = {
  ...plainViews((codes) => codes.map(record)),
  text: (codes, look) => {
    const rows = codes.map((code) => [code, String(exitCodeOf(CODES[code].outcome)), CODES[code].summary]);
    return fitted(look, `${table(["CODE", "EXIT", "SUMMARY"], rows, look).join("\n")}\n`);
  },
  markdown: (codes) =>
    ["| code | outcome | exit | summary |", "|---|---|---|---|"]
      .concat(codes.map((c) => `| \`${c}\` | ${CODES[c].outcome} | ${exitCodeOf(CODES[c].outcome)} | ${CODES[c].summary} |`))
      .join("\n")
      .concat("\n"),
};
