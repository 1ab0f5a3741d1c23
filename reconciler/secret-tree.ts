import { failAll, LIMITS, ok, valueAt, type Diagnostic, type Json, type Origin, type Result } from "../core/index.ts";
import { declaredValues, type DeclaredValue } from "../trust/secrets/index.ts";
import { asIs, readProject, withManifestFiles } from "./desired.ts";
import { locate, parseFile } from "./manifest/index.ts";
import type { SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** One declared value and where it stands. */
export interface StoredValue {
  readonly value: DeclaredValue;
  readonly file: SourceFile;
  /** Of its entry below `spec.values`. */
  readonly origin: Origin;
}

/** Every value of every Secret of a tree: of manifests, and of the overlays of every environment. */
export interface SecretTree {
  /** The folder of the moltbot.yaml in force, absolute; paths are relative to it. */
  readonly folder: string;
  /** The Project's document, with all its environments. */
  readonly project: Json;
  /** moltbot.yaml. */
  readonly projectFile: SourceFile;
  readonly projectName: string;
  /** Manifests before overlays, each in the order of its file. */
  readonly values: readonly StoredValue[];
  /** The `.age` files that values name. */
  readonly ageFiles: ReadonlyMap<string, SourceFile>;
  /** Bytes of every file that was read, for positions. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Reads the values as they are declared: no environment is chosen, nothing is resolved, nothing opened. */
export async function readSecretTree(query: Query, world: World): Promise<Result<SecretTree>> {
  return await withManifestFiles(query, world, asIs, async ({ folder, files: all }, source) => {
    const project = readProject(source.project, world.kinds).resource;
    if (!project) return failAll([]);
    // Most files hold no Secret: they are not parsed.
    const parsed = all.filter(({ bytes }) => Buffer.from(bytes).includes("Secret")).map((file) => ({ file, ...parseFile(file) }));
    const values = parsed.flatMap(({ file, documents }) =>
      documents.flatMap((document) =>
        declaredValues(document.value).map((value) => ({ value, file, origin: originOf(file, document.document, value) })),
      ),
    );
    const read = await source.read(
      values.flatMap(({ value, origin }) => (value.form === "file" ? [{ path: value.path, origin, maxBytes: LIMITS.envelopeBytes }] : [])),
    );
    const files = new Map(all.map((file) => [file.path, file.bytes]));
    const problems: readonly Diagnostic[] = [...parsed.flatMap(({ diagnostics }) => diagnostics), ...(read.ok ? [] : read.diagnostics)];
    if (problems.length > 0 || !read.ok) return failAll(locate(problems, files));
    const projectName = valueAt(project.value, ["metadata", "name"]);
    return ok({
      folder,
      project: project.value,
      projectFile: source.project,
      projectName: typeof projectName === "string" ? projectName : "",
      values,
      ageFiles: read.value,
      files,
    });
  });
}

function originOf(file: SourceFile, document: number, { key }: DeclaredValue): Origin {
  return { file: file.path, document, pointer: `/spec/values/${key}`, part: "key", secret: true };
}
