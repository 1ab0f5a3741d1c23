import { isObject, type Json, type JsonObject } from "../../core/index.ts";
import { Document } from "yaml";
import { fieldRows, typeText, VALUE_FORMS, type Row } from "./fields.ts";
import { COMMON, defsOf, formatFiles, kindFiles, titleOf } from "./schemas.ts";

type Files = ReadonlyMap<string, JsonObject>;

const FOLDER = "docs/reference";
const NOTE = "<!-- Generated from schemas/ by scripts/generate.ts. Change the schema, then run: npm run generate -->";

/** `docs/reference/`: a page for each kind and each written format, one for their common parts, and a list. */
export function referencePages(files: Files): [string, string][] {
  const kinds = kindFiles(files);
  const formats = formatFiles(files);
  return [
    [
      `${FOLDER}/README.md`,
      indexPage(
        files,
        kinds.map(({ file }) => file),
        formats,
      ),
    ],
    ...kinds.map(({ kind, file }): [string, string] => [`${FOLDER}/${pageOf(file)}`, kindPage(files, file, kind)]),
    ...formats.map((file): [string, string] => [`${FOLDER}/${pageOf(file)}`, formatPage(files, file)]),
    [`${FOLDER}/${pageOf(COMMON)}`, commonPage(files)],
  ];
}

/** The page a schema file is described on. */
export function pageOf(file: string): string {
  return `${file.slice(0, -".schema.json".length)}.md`;
}

function indexPage(files: Files, kinds: readonly string[], formats: readonly string[]): string {
  const line = (file: string) => `| [${titleOf(files, file)}](${pageOf(file)}) | ${cell(files.get(file)?.["description"])} |`;
  return page([
    "# Reference",
    "Every field of every kind, from the same schemas that `moltbot validate` checks with. `moltbot schema KIND` prints a schema, `moltbot schema --all DIR` writes them for your editor, `moltbot schema --format cue` gives CUE definitions.",
    "## Kinds",
    table(["kind", "what it declares"], kinds.map(line)),
    "## Written formats",
    table(["format", "what it is"], formats.map(line)),
    "## How to read the tables",
    [
      "- A field in **bold** must be there.",
      "- *Default*: what a missing field means. Defaults are filled in before anything is compared, so writing one out is no change.",
      "- *restart*, *session*: what changing the field costs the running system; fields without a word are changed while it runs.",
      "- *immutable*: changing the field replaces the resource.",
      "- *trust*: part of what judges changes; overlays cannot touch it.",
      "- *names a Kind (reach)*: the value is the name of another resource. Reach says how: `talks-to`, `calls`, `uses`, `holds`, `bounds`.",
      "- *secret reference only*: plain text is refused.",
      "- *keyed by `field`*: the list is a map; its order means nothing, and overlays merge it by key.",
    ].join("\n"),
    "## Value forms",
    table(["form", "what it is", "examples"], valueForms(files)),
  ]);
}

function valueForms(files: Files): string[] {
  const defs = defsOf(files.get(COMMON) ?? {});
  return [...VALUE_FORMS].map(([name, form]) => {
    const shown = (defs[name]?.["examples"] ?? []) as readonly string[];
    return `| ${form} | ${cell(defs[name]?.["description"])} | ${shown.map((each) => `\`${each}\``).join(", ")} |`;
  });
}

function kindPage(files: Files, file: string, kind: string): string {
  const schema = files.get(file) ?? {};
  return page([
    `# ${kind}`,
    text(schema["description"]),
    ...examples(schema).map((each) => `\`\`\`yaml\n${each}\`\`\``),
    "`apiVersion: moltbot.dev/v1alpha1`, `kind: " +
      kind +
      "` and [`metadata`](common.md#metadata) stand on top of every document; the rest is `spec`.",
    ...sections(files, file, "spec"),
  ]);
}

function formatPage(files: Files, file: string): string {
  const schema = files.get(file) ?? {};
  const example = (schema["examples"] as readonly Json[] | undefined)?.[0];
  return page([
    `# ${titleOf(files, file)}`,
    text(schema["description"]),
    "Minor versions add fields; readers ignore those they do not know. Another major version is refused.",
    section(titleOf(files, file), undefined, fieldRows(schema, { file, files })),
    ...sections(files, file),
    `## Example\n\n\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
  ]);
}

function commonPage(files: Files): string {
  return page(["# Common parts", text(files.get(COMMON)?.["description"]), ...sections(files, COMMON)]);
}

/** A section for each named part of a file, the first one first, the others in the order of the file. */
function sections(files: Files, file: string, first?: string): string[] {
  const defs = Object.entries(defsOf(files.get(file) ?? {})).filter(([, def]) => def["title"] !== undefined);
  defs.sort(([a], [b]) => Number(b === first) - Number(a === first));
  return defs.map(([, def]) => section(text(def["title"]), descriptionOf(def, file, files), fieldRows(def, { file, files })));
}

/** What a named part is; where it can be something else than fields, that too. */
function descriptionOf(def: JsonObject, file: string, files: Files): string {
  const type = def["type"] === "object" ? "" : `\n\nType: ${typeText(def, { file, files })}.`;
  return `${text(def["description"])}${type}`;
}

function section(title: string, description: string | undefined, rows: readonly Row[]): string {
  const lines = rows.map(
    (row) => `| ${row.isRequired ? `**\`${row.name}\`**` : `\`${row.name}\``} | ${row.type} | ${row.default} | ${row.notes} |`,
  );
  return [`## ${title}`, description, table(["field", "type", "default", "meaning"], lines)]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function table(head: readonly string[], lines: readonly string[]): string {
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines].join("\n");
}

function examples(schema: JsonObject): string[] {
  return ((schema["examples"] ?? []) as readonly Json[]).map((each) => {
    const document = new Document(each);
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  });
}

function page(parts: readonly string[]): string {
  return `${NOTE}\n\n${parts.join("\n\n")}\n`;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function cell(value: Json | undefined): string {
  return isObject(value) ? "" : text(value).replaceAll("|", "\\|").replaceAll("\n", " ");
}
