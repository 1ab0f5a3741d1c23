import { describe, expect, test } from "vitest";
import { caution, problem, type Diagnostic } from "../../core/index.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { diagnosticsGithub } from "./github.ts";
import { renderDiagnostics, renderReport } from "./index.ts";
import { diagnosticsJunit } from "./junit.ts";
import { widthOf } from "./layout.ts";
import { diagnosticsMarkdown } from "./markdown.ts";
import { PLAIN } from "./plan.fixture.ts";
import { diagnosticsSarif } from "./sarif.ts";

const SMTP = problem("REF_NOT_FOUND", {
  detail: 'Agent "mail" uses tool "smpt", which no file declares.',
  remedy: 'Did you mean "smtp" (tools/smtp.yaml:1:1)?',
  at: { file: "agents/mail.yaml", line: 14, column: 9, length: 4, excerpt: "  tool: smpt" },
});

const NASTY = "a\u001b[31m%\r\n::set-output name=x::y,z:\u202e<b>|`*";
const HOSTILE = problem("FIELD_UNKNOWN", {
  detail: NASTY,
  remedy: NASTY,
  at: { file: NASTY, line: 1, column: 3, length: 2, excerpt: `  ${NASTY}` },
  related: [{ message: NASTY, at: { file: NASTY, line: 2, column: 1 } }],
  context: { name: NASTY },
});

/** Nothing that moves a cursor, hides, or speaks to a CI system. */
// oxlint-disable-next-line no-control-regex
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe("diagnostics as text", () => {
  test("look as the style guide draws them", () => {
    const excerptless = { ...SMTP, at: { file: "agents/mail.yaml", line: 14, column: 9 } };
    expect(diagnosticsText([excerptless], PLAIN)).toBe(
      [
        "agents/mail.yaml:14:9  error REF_NOT_FOUND  Reference not found",
        '  Agent "mail" uses tool "smpt", which no file declares.',
        '  Did you mean "smtp" (tools/smtp.yaml:1:1)?',
        "",
        "1 error",
        "",
      ].join("\n"),
    );
  });

  test("a caret stands under the marked token", () => {
    const lines = diagnosticsText([SMTP], PLAIN).split("\n");
    expect(lines.slice(2, 4)).toEqual(["  14 |   tool: smpt", "     |         ^^^^"]);
  });

  test("the caret stays under its token behind wide and escaped characters", () => {
    const at = { file: "f", line: 1, column: 5, length: 1, excerpt: "\u202e漢: x" };
    const [above, below] = diagnosticsText([{ ...SMTP, at }], PLAIN)
      .split("\n")
      .slice(2, 4);
    expect(above).toBe("  1 | \\u202e漢: x");
    expect(widthOf(below!.slice(0, below!.indexOf("^")))).toBe(widthOf(above!.slice(0, above!.indexOf("x"))));
  });

  test("a long line is cut before its mark, never at it", () => {
    const at = { file: "f", line: 1, column: 501, length: 4, excerpt: `${"x".repeat(500)}smpt` };
    const [above, below] = diagnosticsText([{ ...SMTP, at }], { ...PLAIN, width: 60 })
      .split("\n")
      .slice(2, 4);
    expect(above).toMatch(/^ {2}1 \| …x+smpt$/);
    expect(above!.length).toBeLessThanOrEqual(60);
    expect(below).toBe(`    | ${" ".repeat(above!.indexOf("smpt") - 6)}^^^^`);
  });

  test("without a place there is none; with only a document, its name", () => {
    const nowhere = problem("NO_RECORD", { detail: "d" });
    const document = problem("FIELD_TYPE", { detail: "d", origin: { file: "a.yaml", document: 0, pointer: "/spec/x", part: "value" } });
    const text = diagnosticsText([nowhere, document], PLAIN);
    expect(text).toMatch(/^error NO_RECORD {2}/);
    expect(text).toContain("a.yaml /spec/x  error FIELD_TYPE");
    expect(text).toMatch(/\n2 errors\n$/);
  });

  test("are sorted, counted and cut at the limit", async () => {
    const many = Array.from({ length: 1_003 }, (_, i) => ({ ...SMTP, at: { file: "f", line: 1_003 - i, column: 1 } }));
    const text = await renderDiagnostics("text", [...many, caution("NO_RECORD", { detail: "w" })], "plan", PLAIN);
    expect(text.startsWith("f:1:1  error")).toBe(true);
    expect(text).toMatch(/1000 errors, and 4 more that are not shown\n$/);
  });

  test("none are no text", () => expect(diagnosticsText([], PLAIN)).toBe(""));

  test.each([10, 20, 40, 60])("fit %i columns, but for the head line", (width) => {
    const body = diagnosticsText([SMTP, caution("NO_RECORD", { detail: "漢".repeat(50) })], { ...PLAIN, width })
      .split("\n")
      .filter((line) => line.startsWith(" "));
    expect(Math.max(...body.map(widthOf))).toBeLessThanOrEqual(width);
  });
});

describe("what comes from outside is escaped everywhere", () => {
  const renderings: readonly (readonly [string, (d: readonly Diagnostic[]) => string | Promise<string>])[] = [
    ["text", (d) => diagnosticsText(d, PLAIN)],
    ["json", (d) => renderDiagnostics("json", d, "plan", PLAIN)],
    ["jsonl", (d) => renderDiagnostics("jsonl", d, "plan", PLAIN)],
    ["yaml", (d) => renderDiagnostics("yaml", d, "plan", PLAIN)],
    ["markdown", (d) => diagnosticsMarkdown(d, "plan")],
    ["sarif", (d) => diagnosticsSarif(d, "1.0.0")],
    ["junit", (d) => diagnosticsJunit(d, "plan")],
    ["github", (d) => diagnosticsGithub(d)],
  ];
  test.each(renderings)("%s", async (_, render) => {
    const text = await render([HOSTILE]);
    expect(text).not.toMatch(RAW);
    expect(text).not.toMatch(/^::set-output/m);
    expect(text).not.toContain("undefined");
  });
});

describe("no line of ours is a command to a CI system", () => {
  const lines = ["::error::x", "  ::set-env name=A::b", "a ##[command]b", "##vso[task.setvariable]x", "##teamcity[x]"].join("\n");
  const said = problem("NO_RECORD", { detail: lines, remedy: lines, context: { lines } });
  test.each(["text", "json", "jsonl", "yaml", "markdown"] as const)("%s", async (format) => {
    const text = await renderDiagnostics(format, [said], "plan", PLAIN);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toMatch(/##(\[|vso\[|teamcity\[)/);
  });
  test("and machines read what was said", async () => {
    const { parse } = await import("yaml");
    for (const text of [await renderDiagnostics("json", [said], "p", PLAIN), await renderDiagnostics("yaml", [said], "p", PLAIN)]) {
      expect(parse(text)).toMatchObject({ diagnostics: [{ detail: lines }] });
    }
  });
});

describe("formats for machines", () => {
  test("JSON: one document, the outcome, no cause", async () => {
    const json: unknown = JSON.parse(await renderDiagnostics("json", [{ ...HOSTILE, cause: new Error("x") }], "plan", PLAIN));
    expect(json).toMatchObject({ formatVersion: "1.0", kind: "Diagnostics", outcome: "INVALID", hidden: 0 });
    const [first] = (json as { diagnostics: { detail: string }[] }).diagnostics;
    expect(first!.detail).toBe(NASTY);
    expect(first).not.toHaveProperty("cause");
    expect(first).not.toHaveProperty("at.excerpt");
  });

  test("YAML reads back as the same value", async () => {
    const { parse } = await import("yaml");
    const [json, yaml] = await Promise.all([
      renderDiagnostics("json", [HOSTILE, SMTP], "plan", PLAIN),
      renderDiagnostics("yaml", [HOSTILE, SMTP], "plan", PLAIN),
    ]);
    expect(parse(yaml)).toEqual(JSON.parse(json));
  });

  test("JSON lines end with the outcome", async () => {
    const lines = (await renderDiagnostics("jsonl", [SMTP], "plan", PLAIN)).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(["diagnostic", "end"]);
  });

  test("SARIF: rule, level, region, escaped path", () => {
    const odd = { ...SMTP, at: { ...SMTP.at!, file: "agents/a b#.yaml" } };
    const sarif = JSON.parse(diagnosticsSarif([odd, caution("NO_RECORD", { detail: "w" })], "1.2.3")) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
    };
    expect(sarif.version).toBe("2.1.0");
    const [run] = sarif.runs;
    expect(run!.tool.driver.rules.map((rule) => rule.id)).toEqual(["NO_RECORD", "REF_NOT_FOUND"]);
    expect(run!.results[0]).toMatchObject({
      ruleId: "REF_NOT_FOUND",
      ruleIndex: 1,
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "agents/a%20b%23.yaml" },
            region: { startLine: 14, startColumn: 9, endColumn: 13 },
          },
        },
      ],
    });
    expect(run!.results[1]).toMatchObject({ level: "warning", locations: [] });
  });

  test("JUnit: a case a file, and one that passes when nothing was found", () => {
    const xml = diagnosticsJunit([SMTP, { ...SMTP, detail: "b & <c>" }, caution("NO_RECORD", { detail: "w" })], "validate");
    expect(xml).toContain('tests="2" failures="1"');
    expect(xml).toContain('name="agents/mail.yaml"');
    expect(xml).toContain("b &amp; &lt;c&gt;");
    expect(xml).toContain("<system-out>");
    expect(diagnosticsJunit([], "validate")).toContain('tests="1" failures="0"');
  });

  test("GitHub: one annotation a line, properties escaped", () => {
    expect(diagnosticsGithub([{ ...SMTP, detail: "100%\nsure", at: { ...SMTP.at!, file: "a,b:c.yaml" } }])).toBe(
      "::error file=a%2Cb%3Ac.yaml,line=14,col=9,endColumn=13,title=REF_NOT_FOUND%3A Reference not found::" +
        '100%25%0Asure%0ADid you mean "smtp" (tools/smtp.yaml:1:1)?\n',
    );
  });

  test("a report shows the value where it can, else the diagnostics", async () => {
    const facts = { command: "plan", version: "1.0.0", now: PLAIN.now, folder: "" };
    const views = { text: () => "text", json: () => "the value" };
    const good = { ok: true, value: 1, warnings: [] } as const;
    expect(await renderReport("json", good, [], views, facts)).toBe("the value");
    expect(await renderReport("markdown", good, [], views, facts)).toBe("### moltbot plan: nothing to report\n");
    expect(await renderReport("json", { ok: false, diagnostics: [SMTP] }, [SMTP], views, facts)).toContain('"INVALID"');
  });

  test("what annotates a checkout names files from its root; what people read, from the Project", async () => {
    const facts = { command: "plan", version: "1.0.0", now: PLAIN.now, folder: "bots/eu" };
    const bad = { ok: false, diagnostics: [SMTP] } as const;
    const report = (format: "github" | "sarif" | "markdown"): Promise<string> =>
      renderReport(format, bad, [SMTP], { text: () => "" }, facts);
    const file = SMTP.at!.file;
    expect(await report("github")).toContain(`file=bots/eu/${file},`);
    expect(await report("sarif")).toContain(`"uri": "bots/eu/${file}"`);
    expect(await report("markdown")).not.toContain("bots/eu");
  });
});
