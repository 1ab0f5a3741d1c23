import { isArray, isObject, type Json } from "../../core/index.ts";

/**
 * What is encrypted. It repeats where it belongs and for whom, so that an envelope copied to another
 * Secret, Project or list of recipients is recognised when it is opened.
 */
export interface Plaintext {
  readonly for: string;
  /** Sorted by code unit. */
  readonly recipients: readonly string[];
  readonly value: Uint8Array;
}

const FIELDS = ["encoding", "for", "recipients", "v", "value"];

/** JSON that a person can read with the stock `age`; text as text unless that is longer than base64. */
export function encodePlaintext(plaintext: Plaintext): Uint8Array {
  const head = { v: 1, for: plaintext.for, recipients: plaintext.recipients };
  const base64 = Buffer.from(plaintext.value).toString("base64");
  const text = utf8(plaintext.value);
  // Escapes make text longer than base64 only where it is mostly control characters; then it is not for reading anyway.
  const isText = text !== undefined && Buffer.byteLength(JSON.stringify(text)) <= base64.length + 64;
  return Buffer.from(JSON.stringify({ ...head, encoding: isText ? "utf8" : "base64", value: isText ? text : base64 }));
}

/** Strictly the form above; undefined for anything else, so that a foreign age file is never taken for a value. */
export function decodePlaintext(bytes: Uint8Array): Plaintext | undefined {
  const text = utf8(bytes);
  const json = text === undefined ? undefined : parse(text);
  if (!isObject(json) || json["v"] !== 1 || Object.keys(json).sort().join() !== FIELDS.join()) return undefined;
  const { for: place, recipients, encoding, value } = json;
  if (typeof place !== "string" || typeof value !== "string" || !isArray(recipients)) return undefined;
  if (!recipients.every((item) => typeof item === "string")) return undefined;
  const decoded = decodeValue(encoding, value);
  return decoded && { for: place, recipients, value: decoded };
}

function decodeValue(encoding: Json | undefined, value: string): Uint8Array | undefined {
  const bytes = encoding === "utf8" ? Buffer.from(value, "utf8") : encoding === "base64" ? Buffer.from(value, "base64") : undefined;
  if (!bytes) return undefined;
  const again = encoding === "utf8" ? utf8(bytes) : bytes.toString("base64");
  return again === value ? new Uint8Array(bytes) : undefined;
}

/** The text of the bytes when it has exactly those bytes, a byte order mark included; else undefined. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
