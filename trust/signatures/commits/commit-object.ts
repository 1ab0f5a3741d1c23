import { formOf, type SignatureForm } from "./armor.ts";

/** A raw commit object, taken apart: what it builds on, what is signed, and the signature over it. */
export interface CommitObject {
  /** Ids of the commits it builds on, in its own order. */
  readonly parents: readonly string[];
  /** What the committer line says, in seconds. A claim of whoever made the commit, and never evidence of itself. */
  readonly claimedAt: number;
  /** The addresses that the author and committer lines name: claims, good for nothing but holding them against somebody. */
  readonly emails: readonly string[];
  /** The bytes a signature is made over: the object without the signature's own header. */
  readonly payload: Uint8Array;
  /** Null when the commit is not signed. */
  readonly signature: { readonly form: SignatureForm; readonly armored: string } | null;
}

/** What was read, or why these bytes are no commit that can be judged. */
export type ParsedCommit = { readonly commit: CommitObject } | { readonly fault: string };

interface Header {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  /** Behind the line feed of its last line. */
  readonly end: number;
}

const LINE_FEED = 10;
const SPACE = 32;
const MAX_HEADERS = 4_096;

/** Where git keeps the signature, by the hash that the repository names its objects with. */
const SIGNATURE_HEADERS = { sha1: "gpgsig", sha256: "gpgsig-sha256" } as const;

/**
 * Reads a commit as strictly as git writes it: tree, parents, author and committer in this order and
 * once each, then further headers, then the message. One signature at most, under the header of the
 * repository's own object format. A `mergetag` is what somebody signed about another commit, so it is
 * no evidence for this one.
 *
 * @param bytes - The object as git stores it, already compared with its id.
 */
export function parseCommit(bytes: Uint8Array, format: "sha1" | "sha256"): ParsedCommit {
  const headers = headersOf(bytes);
  if (typeof headers === "string") return { fault: headers };
  const base = baseOf(headers, format === "sha1" ? 40 : 64);
  if (typeof base === "string") return { fault: base };
  const signatures = headers.filter(({ name }) => name === SIGNATURE_HEADERS.sha1 || name === SIGNATURE_HEADERS.sha256);
  const [header, second] = signatures;
  if (second) return { fault: "it holds two signatures, so it is not clear which one counts" };
  if (!header) return { commit: { ...base, payload: bytes, signature: null } };
  if (header.name !== SIGNATURE_HEADERS[format])
    return { fault: `its signature stands under "${header.name}", which a ${format} repository does not use` };
  const signature = formOf(header.value);
  if ("fault" in signature) return signature;
  return { commit: { ...base, payload: without(bytes, header), signature } };
}

function without(bytes: Uint8Array, { start, end }: Header): Uint8Array {
  const payload = new Uint8Array(bytes.byteLength - (end - start));
  payload.set(bytes.subarray(0, start));
  payload.set(bytes.subarray(end), start);
  return payload;
}

/** Every header up to the empty line; a line that starts with a space goes on with the one before it. */
function headersOf(bytes: Uint8Array): readonly Header[] | string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headers: Header[] = [];
  for (let at = 0; buffer[at] !== LINE_FEED;) {
    const end = endOfHeader(buffer, at);
    if (end === undefined) return "it has no empty line before its message";
    const line = buffer.toString("latin1", at, end - 1);
    const space = line.indexOf(" ");
    if (space <= 0 || line.includes("\0")) return "one of its headers is not of git's form";
    headers.push({ name: line.slice(0, space), value: line.slice(space + 1).replaceAll("\n ", "\n"), start: at, end });
    if (headers.length > MAX_HEADERS) return `it has more than ${MAX_HEADERS} headers`;
    at = end;
  }
  return headers;
}

function endOfHeader(buffer: Buffer, start: number): number | undefined {
  for (let at = start; ;) {
    const feed = buffer.indexOf(LINE_FEED, at);
    if (feed < 0) return undefined;
    if (buffer[feed + 1] !== SPACE) return feed + 1;
    at = feed + 1;
  }
}

/** Of these there is one each, but for parents; anything else in their place could be read two ways. */
const SINGLE = ["tree", "author", "committer"] as const;

function baseOf(headers: readonly Header[], idChars: number): Pick<CommitObject, "parents" | "claimedAt" | "emails"> | string {
  const isId = (value: string): boolean => value.length === idChars && /^[0-9a-f]+$/.test(value);
  const parents = headers.filter(({ name }) => name === "parent").map(({ value }) => value);
  const order = headers.slice(0, parents.length + 3).map(({ name }) => name);
  const due = ["tree", ...parents.map(() => "parent"), "author", "committer"];
  const isRepeated = SINGLE.some((single) => headers.filter(({ name }) => name === single).length !== 1);
  if (isRepeated || order.join() !== due.join()) return "its tree, parents, author and committer are not as git writes them";
  if (!isId(headers[0]?.value ?? "") || !parents.every(isId)) return "it names a tree or parent by something that is no object id";
  const seconds = /> (\d{1,12}) [+-]\d{4}$/.exec(headers[parents.length + 2]?.value ?? "")?.[1];
  if (seconds === undefined) return "its committer line says no time";
  const people = headers.slice(parents.length + 1, parents.length + 3);
  const emails = people.flatMap(({ value }) => /<([^<>]*)> [^<>]*$/.exec(Buffer.from(value, "latin1").toString("utf8"))?.[1] ?? []);
  return { parents, claimedAt: Number(seconds), emails: [...new Set(emails)] };
}
