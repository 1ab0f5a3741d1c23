import { createHash } from "node:crypto";

/** The hash a repository names its objects by; sha256 only where it was created so. */
export type ObjectFormat = "sha1" | "sha256";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** The id of an object: a hash over its type, its length and its bytes. */
export function objectIdOf(type: ObjectType, bytes: Uint8Array, format: ObjectFormat): string {
  return createHash(format).update(`${type} ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

/** The id that git gives to a file of these bytes. */
export function blobIdOf(bytes: Uint8Array, format: ObjectFormat = "sha1"): string {
  return objectIdOf("blob", bytes, format);
}

export function formatOfId(id: string): ObjectFormat {
  return id.length === 64 ? "sha256" : "sha1";
}
