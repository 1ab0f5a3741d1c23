import { addressOf, digestBytes, digestJson, type Address, type JsonObject, type Kinds, type Resource } from "../core/index.ts";
import { packFiles, unpackFiles, type FinishedDocument, type FinishedFile } from "./pack.ts";
import { readManifest, type Reading, type Readings } from "./readings.ts";
import { holdsEnvelopes, linksOf, type ResolvedConfig, type ResolvedResource, type WrittenOrFinished } from "./resolve/index.ts";
import type { KnownBytes, KnownFile, Source, SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/**
 * Files as an earlier run finished them: parsed, validated, resolved, digested. A file says the same as
 * long as its bytes, the files it embeds, the schemas and the program are the same, so what did not
 * change is not even read. Kept for work trees, in one pack for each folder; apply, watch and ci have no
 * cache, so what somebody writes into it is shown at most, and never done.
 */
export interface FinishedFiles {
  readonly knownBytes: KnownBytes;
  /** What a known file says; its bytes are read again only for positions. */
  reading(path: string, again: NonNullable<Source["again"]>): Reading;
  /** Files that known manifests embed, with their blob ids. */
  embedded(path: string): FinishedFile["embedded"];
  /** Does a known file declare one of the addresses? */
  declares(path: string, addresses: ReadonlySet<Address>): boolean;
  /** Keeps what was finished now, for the next run; nothing is written where nothing is new. */
  remember(config: ResolvedConfig, each: readonly ReadFile[], embedded: ReadonlyMap<string, SourceFile>): void;
}

/** A manifest, and what it says. */
export interface ReadFile {
  /** Without bytes where it was known. */
  readonly file: SourceFile | KnownFile;
  readonly reading: Reading;
}

/** A pack is written again once one file of so many is new. */
const WORTH_WRITING = 20;

/** Undefined where nothing is kept, or the files are not those of a work tree. */
export async function openFinished(folder: string, source: Source, query: Query, world: World): Promise<FinishedFiles | undefined> {
  const { cache, kinds, version, readings } = world;
  if (query.ref !== undefined || source.again === undefined) return undefined;
  if (readings?.withId) return inProcess(readings.withId, kinds);
  if (cache === undefined) return undefined;
  const key = digestJson({ tool: cache.tool, version, schema: kinds.digest });
  const name = `${digestBytes(folder).slice("sha256:".length)}.files`;
  const bytes = cache.read(name);
  const files = (bytes && unpackFiles(key, bytes)) ?? new Map<string, FinishedFile>();
  const ids = await source.ids([...new Set([...files.values()].flatMap((each) => each.embedded.map(({ path }) => path)))]);
  return {
    knownBytes: (path, blobId) => {
      const file = files.get(path);
      return file?.blobId === blobId && file.embedded.every((each) => ids.get(each.path) === each.blobId) ? file.bytes : undefined;
    },
    reading: (path, again) => readingOf(files.get(path), again, kinds),
    embedded: (path) => files.get(path)?.embedded ?? [],
    declares: (path, addresses) => files.get(path)?.documents.some(({ kind, name: own }) => addresses.has(`${kind}/${own}`)) ?? false,
    remember: (config, each, embedded) => {
      const fresh = finishedNow(config, each, embedded, kinds);
      const still = each.flatMap(({ file }) => ("bytes" in file ? [] : (files.get(file.path) ?? [])));
      // A pack is written whole: a few new files are read again next time until they are worth it.
      if (fresh.length * WORTH_WRITING > still.length) cache.write(name, packFiles(key, [...still, ...fresh]));
    },
  };
}

/** What this process read before: the same values, so whatever was made of them is still at hand. */
function inProcess(withId: NonNullable<Readings["withId"]>, kinds: Kinds): FinishedFiles {
  const found = new Map<string, Reading>();
  return {
    knownBytes: (path, blobId) => {
      const known = withId(path, blobId, kinds);
      if (known) found.set(path, known.reading);
      return known?.bytes;
    },
    reading: (path) => found.get(path) ?? NOTHING_READ,
    embedded: () => [],
    // What was written is there, so it can be overlaid.
    declares: () => false,
    remember: () => undefined,
  };
}

const NOTHING_READ: Reading = { resources: [], diagnostics: [], files: [], invalid: [], empty: [] };

function readingOf(file: FinishedFile | undefined, again: NonNullable<Source["again"]>, kinds: Kinds): Reading {
  return { ...NOTHING_READ, resources: file?.documents.map((each) => writtenAs(file.path, each, again, kinds)) ?? [] };
}

/** A finished document in the place of the written one. What was written is parsed again only when somebody asks where. */
function writtenAs(
  file: string,
  { document, line, kind, name, digest, links, text }: FinishedDocument,
  again: NonNullable<Source["again"]>,
  kinds: Kinds,
): WrittenOrFinished {
  let written: JsonObject | undefined;
  let resource: Resource | undefined;
  const read = (): JsonObject => {
    const bytes = again(file);
    const reading = bytes && readManifest({ path: file, bytes, blobId: null }, kinds, false);
    // Gone meanwhile: then nobody can say where in it anything stands.
    return reading?.resources.find((each) => each.document === document)?.value ?? {};
  };
  return {
    file,
    document,
    line,
    kind,
    name,
    get value() {
      return (written ??= read());
    },
    finished: {
      digest,
      links,
      get resource() {
        return (resource ??= JSON.parse(textOf(text())) as Resource);
      },
    },
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

/** The files of which every document became a resource by itself: no overlay, nothing left out, no ciphertext. */
function finishedNow(
  config: ResolvedConfig,
  each: readonly ReadFile[],
  embedded: ReadonlyMap<string, SourceFile>,
  kinds: Kinds,
): readonly FinishedFile[] {
  return each.flatMap(({ file, reading }) => {
    if (!("bytes" in file) || file.blobId === null || !isSound(reading)) return [];
    const named = [...new Set(reading.files.map(({ path }) => path))].flatMap((path) => embedded.get(path) ?? []);
    const ids = named.flatMap(({ path, blobId }) => (blobId === null ? [] : [{ path, blobId }]));
    const documents = reading.resources.flatMap((written) => {
      const resolved = config.byAddress.get(addressOf(written.kind, written.name));
      const isAlone = resolved?.layers.length === 1 && resolved.layers[0]?.file === file.path;
      return isAlone ? finishedDocument(resolved, written, kinds) : [];
    });
    if (ids.length < named.length || documents.length < reading.resources.length) return [];
    const bytes = [file, ...named].reduce((sum, one) => sum + one.bytes.byteLength, 0);
    return [{ path: file.path, blobId: file.blobId, bytes, embedded: ids, documents }];
  });
}

function isSound({ resources, diagnostics, invalid }: Reading): boolean {
  return resources.length > 0 && diagnostics.length === 0 && invalid.length === 0;
}

function finishedDocument(each: ResolvedResource, { document, line, kind, name }: WrittenOrFinished, kinds: Kinds): FinishedDocument[] {
  const links = holdsEnvelopes(kinds.byName.get(kind)?.schema) ? undefined : linksOf(each, kinds);
  if (links === undefined) return [];
  // Not the canonical text: views show fields in the order in which they were written.
  const text = (): Uint8Array => Buffer.from(JSON.stringify(each.resource));
  return [{ document, line, kind, name, digest: each.digest, links, text }];
}
