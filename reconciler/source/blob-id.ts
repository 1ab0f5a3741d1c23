import { createHash, hash } from "node:crypto";

/** The hash a repository names its objects by; sha256 only where it was created so. */
export type ObjectFormat = "sha1" | "sha256";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** Copying this much costs less than a hash object and its three calls. */
const COPIED_BYTES = 64 * 1024;

/** The id of an object: a hash over its type, its length and its bytes. */
export function objectIdOf(type: ObjectType, bytes: Uint8Array, format: ObjectFormat): string {
  const head = `${type} ${bytes.byteLength}\0`;
  if (bytes.byteLength > COPIED_BYTES) return createHash(format).update(head).update(bytes).digest("hex");
  const whole = Buffer.allocUnsafe(head.length + bytes.byteLength);
  whole.write(head, "latin1");
  whole.set(bytes, head.length);
  return hash(format, whole, "hex");
}

/** The id that git gives to a file of these bytes. */
export function blobIdOf(bytes: Uint8Array, format: ObjectFormat = "sha1"): string {
  return objectIdOf("blob", bytes, format);
}

export function formatOfId(id: string): ObjectFormat {
  return id.length === 64 ? "sha256" : "sha1";
}
