import { hash } from "node:crypto";
import { canonicalSha256, canonicalSha256Pair, keepText } from "./canonical.ts";
import type { Json, JsonObject } from "./json.ts";

/** A sha256 digest as text: `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(value: unknown): value is Digest {
  return typeof value === "string" && DIGEST.test(value);
}

export function digestBytes(bytes: Uint8Array | string): Digest {
  return `sha256:${hash("sha256", bytes, "hex")}`;
}

/** The digest of a value's canonical form, so key order and formatting never change it. */
export function digestJson(value: Json): Digest {
  return `sha256:${canonicalSha256(value)}`;
}

/** {@link digestJson} of a value that will be hashed again as part of others and never changes: its text is kept. */
export function digestKept(value: JsonObject): Digest {
  return digestBytes(keepText(value));
}

/** The digests of two objects; what they begin with in common, the very same values, is hashed once. */
export function digestPair(a: JsonObject, b: JsonObject): readonly [Digest, Digest] {
  const [first, second] = canonicalSha256Pair(a, b);
  return [`sha256:${first}`, `sha256:${second}`];
}

/** `sha256:9c1f…` for people; the whole digest is in the JSON views. */
export function shortDigest(digest: string): string {
  return digest.startsWith("sha256:") ? digest.slice(0, 19) : digest.slice(0, 12);
}
