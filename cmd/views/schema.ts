import type { JsonObject, SchemaNode } from "../../core/index.ts";
import { valueText } from "./fields.ts";
import { plainViews, type Views } from "./index.ts";
import { counted, indented, table } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

type KindList = readonly { readonly kind: string; readonly description: string }[];

export const kindListViews: Views<KindList> = {
  ...plainViews((kinds) => kinds),
  text: (kinds, look) =>
    fitted(
      look,
      `${table(
        ["KIND", "DECLARES"],
        kinds.map(({ kind, description }) => [kind, firstSentence(description)]),
        look,
      ).join("\n")}\n`,
    ),
};

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

export interface ShownSchema {
  readonly name: string;
  /** JSON Schema, complete in itself. */
  readonly schema: JsonObject;
  /** The same with references replaced; absent for written formats. */
  readonly fields: SchemaNode | undefined;
}

/** One line a field, as a manifest writes it; a written format has only its JSON Schema. */
export const schemaViews: Views<ShownSchema> = {
  ...plainViews(({ schema }) => schema),
  text: (shown, look) => {
    if (!shown.fields) return fitted(look, `${JSON.stringify(shown.schema, null, 2)}\n`);
    const lines = fieldsOf(shown.fields, "", look, MAX_DEPTH);
    return fitted(
      look,
      [paint(look, "bold", shown.name), ...indented(shown.fields.description ?? "", 0, look.width), "", ...lines, ""].join("\n"),
    );
  },
};

/** Schemas may refer to themselves (a step within a step); people have seen enough by then. */
const MAX_DEPTH = 8;

function fieldsOf(node: SchemaNode, path: string, look: Look, depth: number): readonly string[] {
  if (depth === 0) return [];
  const own = Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const isRequired = node.required?.includes(name) ?? false;
    return [...fieldLines(at, child, isRequired, look), ...fieldsOf(child, at, look, depth - 1)];
  });
  const items = node.items ? fieldsOf(node.items, `${path}[${node["x-moltbot-key"] ?? ""}]`, look, depth - 1) : [];
  const map = typeof node.additionalProperties === "object" ? fieldsOf(node.additionalProperties, `${path}.<name>`, look, depth - 1) : [];
  return [...own, ...items, ...map];
}

function fieldLines(path: string, node: SchemaNode, isRequired: boolean, look: Look): readonly string[] {
  const facts = [
    typeText(node),
    ...(isRequired ? ["required"] : []),
    ...(node.enum ? [`one of ${node.enum.map((value) => valueText(value, 40)).join(", ")}`] : []),
    ...(node.default === undefined ? [] : [`default ${valueText(node.default, 40)}`]),
    ...(node["x-moltbot-ref"] ? [`names a ${node["x-moltbot-ref"].kind}`] : []),
    ...(node["x-moltbot-secret"] === true ? ["a secret reference"] : []),
    ...(node["x-moltbot-file"] === true ? ["or {file: path}"] : []),
    ...(node["x-moltbot-immutable"] === true ? ["changing it replaces the resource"] : []),
  ];
  return [
    ...indented(`${path}  (${facts.join(", ")})`, 0, look.width),
    ...(node.description === undefined ? [] : indented(node.description, 4, look.width)),
  ];
}

function typeText({ type, items }: SchemaNode): string {
  if (type === "array") return `list of ${items ? typeText(items) : "anything"}`;
  return typeof type === "string" ? type : (type?.join(" or ") ?? "anything");
}

export const cueViews: Views<{ readonly cue: string }> = {
  ...plainViews((value) => value),
  text: ({ cue }) => cue,
};

export const schemaFilesViews: Views<{ readonly folder: string; readonly files: readonly string[] }> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Schemas", ...value })),
  text: ({ folder, files }, look) => fitted(look, `${symbolOf(look, "ok")} ${counted(files.length, "schema")} in ${folder}.\n`),
};
