import { isDigest, type Address, type Digest, type Reach } from "../core/index.ts";
import type { Link } from "./resolve/index.ts";

/** A document as it was resolved when it had no overlay: all that a plan needs of it. */
export interface FinishedDocument {
  readonly document: number;
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  readonly digest: Digest;
  readonly links: readonly Link[];
  /** The resolved resource as JSON. */
  readonly text: () => Uint8Array;
}

/** A file whose documents are all sound, with what they embed. */
export interface FinishedFile {
  readonly path: string;
  readonly blobId: string;
  /** Its own, and those of the files it embeds. */
  readonly bytes: number;
  readonly embedded: readonly { readonly path: string; readonly blobId: string }[];
  readonly documents: readonly FinishedDocument[];
}

/**
 * Finished files in one piece of bytes: a table with one line for each file and each document, and the
 * texts of the resources.
 *
 * @param key - What they were made with; another program or schema finds nothing here.
 */
export function packFiles(key: Digest, files: Iterable<FinishedFile>): Uint8Array {
  const table: string[] = [key];
  const texts: Uint8Array[] = [];
  for (const { path, blobId, bytes, embedded, documents } of files) {
    if (HAS_SEPARATOR.test(path) || embedded.some((each) => HAS_SEPARATOR.test(each.path))) continue;
    table.push(["f", path, blobId, bytes, ...embedded.flatMap((each) => [each.path, each.blobId])].join("\t"));
    for (const each of documents) {
      const text = each.text();
      texts.push(text);
      const links = each.links.map(({ to, reach, key: part }) => `${to} ${reach}${part === undefined ? "" : ` ${part}`}`);
      table.push(["d", each.document, each.line, each.kind, each.name, each.digest, text.length, ...links].join("\t"));
    }
  }
  return Buffer.concat([Buffer.from(`${table.join("\n")}\n\n`), ...texts]);
}

const HAS_SEPARATOR = /[\t\n]/;

/** What {@link packFiles} packed, by path; undefined for anything else, and for what another program packed. */
export function unpackFiles(key: Digest, bytes: Uint8Array): ReadonlyMap<string, FinishedFile> | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = all.indexOf("\n\n");
  const [found, ...lines] = all.toString("utf8", 0, Math.max(0, end)).split("\n");
  return found === key ? filesIn(lines, all.subarray(end + 2)) : undefined;
}

function filesIn(lines: readonly string[], texts: Buffer): ReadonlyMap<string, FinishedFile> | undefined {
  const files = new Map<string, FinishedFile>();
  let documents: FinishedDocument[] = [];
  let at = 0;
  for (const line of lines) {
    const [sort, ...fields] = line.split("\t");
    if (sort === "f") {
      documents = [];
      const [path = "", blobId = "", bytes = "", ...embedded] = fields;
      files.set(path, { path, blobId, bytes: Number(bytes), embedded: pairs(embedded), documents });
    } else {
      const [document, start, kind = "", name = "", digest, length, ...links] = fields;
      if (!isDigest(digest)) return undefined;
      const [from, to] = [at, at + Number(length)];
      at = to;
      const text = (): Uint8Array => texts.subarray(from, to);
      documents.push({ document: Number(document), line: Number(start), kind, name, digest, links: links.map(linkIn), text });
    }
  }
  return at === texts.length ? files : undefined;
}

function pairs(list: readonly string[]): FinishedFile["embedded"] {
  return list.flatMap((path, i) => (i % 2 === 0 ? [{ path, blobId: list[i + 1] ?? "" }] : []));
}

function linkIn(text: string): Link {
  const [to, reach, key] = text.split(" ");
  return { to: to as Address, reach: reach as Reach, ...(key === undefined ? {} : { key }) };
}
