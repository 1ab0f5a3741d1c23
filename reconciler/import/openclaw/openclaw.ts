import {
  caution,
  childNode,
  fail,
  isArray,
  isObject,
  ok,
  problem,
  shown,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Result,
  type SchemaNode,
} from "../../../core/index.ts";
import { KINDS } from "../../../schemas/index.ts";
import { placeComments, type PlacedComments } from "../comments.ts";
import { newDraft, type Draft } from "../draft.ts";
import { readJson5 } from "../json5/read.ts";
import { manifestPath } from "../paths.ts";
import { at, pointerOfNode, type SourceNode } from "../json5/tree.ts";
import { reportOf } from "../report.ts";
import { searchableSecrets } from "../secrets.ts";
import { finderOf, looksSecret, withoutSecrets } from "../secret-text.ts";
import type { ImportedManifest, ImportedTree, ImportFile, ImportOptions } from "../types.ts";
import { carryGateway } from "./steps.ts";
import { keepRest, quarantineText, type Quarantined } from "./rest.ts";

/**
 * One OpenClaw configuration as a repository of manifests. Pure: bytes and a name in, files, report and
 * the secrets to encrypt out; the same input gives the same bytes.
 */
export function importOpenclaw(file: ImportFile, options: ImportOptions): Result<ImportedTree> {
  const read = readJson5(file);
  if (!read.ok) return read;
  const root = read.value;
  const secrets = searchableSecrets(root);
  const holdsSecret = finderOf(secrets);
  const draft = newDraft(root, options.project, (text) => looksSecret(text) || holdsSecret(text));
  for (const earlier of shadowedIn(root)) {
    draft.task(`${pointerOfNode(earlier)} stands more than once in the source (also in line ${earlier.line}); the last one counts.`);
  }
  carryGateway(draft, options);
  const quarantined = keepRest(draft);
  const comments = placeComments(draft, new Set(quarantined.map(({ node }) => node)), (text) => withoutSecrets(text, secrets));
  const tree = treeOf(draft, { file, options, quarantined, comments });
  const leak = leakIn(tree, holdsSecret);
  if (leak !== undefined)
    return fail(
      problem("IMPORT_SECRET_LEAK", { detail: `${shown(leak)} would hold a secret of ${shown(file.path)}.`, context: { file: leak } }),
    );
  return ok(tree, includes(root, file));
}

function shadowedIn(node: SourceNode): readonly SourceNode[] {
  if (node.kind === "leaf") return [];
  const below = node.kind === "map" ? node.entries.map(([, child]) => child) : node.items;
  return [...(node.kind === "map" ? node.shadowed : []), ...below.flatMap(shadowedIn)];
}

function includes(root: SourceNode, file: ImportFile): readonly Diagnostic[] {
  const found: SourceNode[] = [];
  const visit = (node: SourceNode): void => {
    const include = at(node, "$include");
    if (include) found.push(include);
    if (node.kind === "map") for (const [, child] of node.entries) visit(child);
    if (node.kind === "list") for (const child of node.items) visit(child);
  };
  visit(root);
  return found.map((node) =>
    caution("IMPORT_INCLUDE", {
      detail: `${shown(file.path)} includes other files at ${shown(pointerOfNode(node))}.`,
      at: { file: file.path, line: node.line, column: 1 },
    }),
  );
}

interface Parts {
  readonly file: ImportFile;
  readonly options: ImportOptions;
  readonly quarantined: readonly Quarantined[];
  readonly comments: PlacedComments;
}

function treeOf(draft: Draft, { file, options, quarantined, comments }: Parts): ImportedTree {
  const report = reportOf(draft, { source: file.path, comments: comments.homeless, rules: options.rules ?? [] });
  const manifests = draft
    .addresses()
    .map((address): ImportedManifest => {
      const value = draft.document(address);
      const heading = comments.headings.get(address) ?? [];
      return {
        path: manifestPath(value),
        value: inSchemaOrder(value, KINDS.byName.get(kindOf(value))?.schema),
        heading: heading.join("\n"),
        comments: comments.fields.get(address) ?? new Map(),
      };
    })
    .sort(byPath);
  const texts = [
    { path: ".gitignore", text: ".moltbot/\n" },
    ...(quarantined.length === 0
      ? []
      : [
          {
            path: "quarantine/openclaw.json5",
            text: quarantineText(file.path, quarantined, (node) => comments.quarantined.get(pointerOfNode(node)) ?? []),
          },
        ]),
  ];
  return { manifests, texts: texts.sort(byPath), secrets: draft.secrets, report };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function kindOf(value: JsonObject): string {
  return typeof value["kind"] === "string" ? value["kind"] : "";
}

/** Fields in the order their schema describes them, so that files read alike. */
function inSchemaOrder(value: JsonObject, schema: SchemaNode | undefined): JsonObject {
  const known = Object.keys(schema?.properties ?? {});
  const keys = [...known.filter((key) => Object.hasOwn(value, key)), ...Object.keys(value).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key] ?? null, schema, key)]));
}

function ordered(value: Json, schema: SchemaNode | undefined, key: string): Json {
  const node = childNode(schema, key);
  if (isArray(value)) return value.map((item) => (isObject(item) ? inSchemaOrder(item, node?.items) : item));
  return isObject(value) ? inSchemaOrder(value, node) : value;
}

/** The last look before anything leaves: no text may hold a known secret. */
function leakIn(tree: ImportedTree, holds: (text: string) => boolean): string | undefined {
  const manifest = tree.manifests.find(
    ({ value, heading, comments }) => holds(JSON.stringify(value)) || holds(heading) || [...comments.values()].some(holds),
  );
  const text = tree.texts.find((each) => holds(each.text));
  return manifest?.path ?? text?.path ?? (holds(JSON.stringify(tree.report)) ? "the report" : undefined);
}
