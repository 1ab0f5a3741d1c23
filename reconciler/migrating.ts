import { isObject, mapResult, ok, valueAt, type Address, type Json, type Kinds, type ManifestEdit, type Result } from "../core/index.ts";
import { readManifestFiles, type Upgrade } from "./desired.ts";
import { rewriteFiles } from "./formatting.ts";
import { migrateManifest, parseFile, type ParsedFile } from "./manifest/index.ts";
import type { SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** A manifest file before and after; the same text where it was of the present version. */
export interface MigratedFile {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: string;
  /** What changed, document by document; empty where nothing did. */
  readonly documents: readonly {
    /** From 1. */
    readonly document: number;
    /** As it was called before. */
    readonly address: Address | null;
    readonly from: string;
    readonly to: string;
    /** Besides the apiVersion. */
    readonly edits: readonly ManifestEdit[];
  }[];
}

/** Every manifest of a tree, brought to the present apiVersion. Nothing is written. @returns every file that cannot be, or all. */
export async function migrateTree(
  query: Query,
  world: World,
): Promise<Result<{ readonly folder: string; readonly files: readonly MigratedFile[] }>> {
  const read = await readManifestFiles(query, world, upgradeOf(world.kinds));
  if (!read.ok) return read;
  const { folder } = read.value;
  return mapResult(await migrateFiles(read.value.files, "from the Project", world.kinds), (files) => ({ folder, files }));
}

/** The same for some files. @param paths - Whether they are relative to the folder of moltbot.yaml, or to another. */
export async function migrateFiles(
  files: readonly SourceFile[],
  paths: "from the Project" | "from elsewhere",
  kinds: Kinds,
): Promise<Result<readonly MigratedFile[]>> {
  return await rewriteFiles(files, paths, (file, parsed) => migrateOne(file, parsed, kinds));
}

async function migrateOne(file: SourceFile, parsed: ParsedFile, kinds: Kinds): Promise<Result<MigratedFile>> {
  const migrated = await migrateManifest(file.path, textOf(file), parsed, kinds);
  return mapResult(migrated, ({ text, documents }) => ({
    path: file.path,
    before: file.bytes,
    after: text,
    documents: documents.map(({ document, ...rest }) => ({
      document: document + 1,
      address: addressIn(parsed.documents.find((each) => each.document === document)?.value),
      ...rest,
    })),
  }));
}

function textOf({ bytes }: SourceFile): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function addressIn(value: Json | undefined): Address | null {
  const kind = isObject(value) ? value["kind"] : undefined;
  const name = valueAt(value, ["metadata", "name"]);
  return typeof kind === "string" && typeof name === "string" ? `${kind}/${name}` : null;
}

/** A moltbot.yaml of an older version says where the manifests are once it is brought up to date; a broken one stays as it is. */
function upgradeOf(kinds: Kinds): Upgrade {
  return async (project) => {
    const parsed = parseFile(project);
    const migrated = parsed.diagnostics.length === 0 ? await migrateManifest(project.path, textOf(project), parsed, kinds) : ok(null);
    return migrated.ok && migrated.value ? { ...project, bytes: Buffer.from(migrated.value.text), blobId: null } : project;
  };
}
