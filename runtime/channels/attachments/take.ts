import { LIMITS } from "../../../core/index.ts";
import { cleanText } from "../receive/clean-text.ts";
import type { Attachment } from "../types.ts";
import { stripJpeg } from "./jpeg.ts";
import { cleanName } from "./name.ts";
import { stripPng } from "./png.ts";
import { stripWebp } from "./webp.ts";

export interface RefusedFile {
  /** In words of ours. */
  readonly why: string;
}

export interface Taken {
  readonly taken: readonly Attachment[];
  readonly refused: readonly RefusedFile[];
}

/** What is left of a picture without its metadata; null where it is not whole. */
export type Strip = (bytes: Uint8Array) => Uint8Array | null;

const STRIP: Readonly<Record<string, Strip>> = { "image/jpeg": stripJpeg, "image/png": stripPng, "image/webp": stripWebp };

/** @param maxBytes - The largest file; null: no files are taken. */
export async function takeAttachments(attachments: readonly Attachment[], maxBytes: number | null): Promise<Taken> {
  const taken: Attachment[] = [];
  const refused: RefusedFile[] = [];
  for (const [i, attachment] of attachments.entries()) {
    if (i >= LIMITS.attachments) {
      refused.push({ why: `a message has at most ${LIMITS.attachments} files` });
      break;
    }
    const one = maxBytes === null ? { why: "this channel takes no files" } : await takeOne(attachment, maxBytes);
    if ("why" in one) refused.push(one);
    else taken.push(one);
  }
  return { taken, refused };
}

async function takeOne({ name, bytes }: Attachment, maxBytes: number): Promise<Attachment | RefusedFile> {
  if (bytes.length === 0) return { why: "it is empty" };
  if (bytes.length > maxBytes) return { why: `it has ${bytes.length} bytes; ${maxBytes} are allowed` };
  const mediaType = await kindOf(bytes);
  if (mediaType === null) return { why: "only JPEG, PNG and WebP pictures and plain text are taken" };
  if (mediaType === "text/plain")
    return { name: cleanName(name, mediaType), mediaType, bytes: Buffer.from(cleanText(Buffer.from(bytes).toString("utf8"))) };
  const stripped = STRIP[mediaType]?.(bytes) ?? null;
  return stripped
    ? { name: cleanName(name, mediaType), mediaType, bytes: stripped }
    : { why: `the picture is not whole, is of a kind that is not known, or has more than ${LIMITS.picturePixels} pixels` };
}

/** What the bytes are; null for everything that is not taken. Nothing is unpacked. */
async function kindOf(bytes: Uint8Array): Promise<string | null> {
  const { fileTypeFromBuffer } = await import("file-type");
  const found = await fileTypeFromBuffer(bytes.subarray(0, SNIFFED_BYTES)).catch(() => ({ mime: "" }));
  if (found) return Object.hasOwn(STRIP, found.mime) ? found.mime : null;
  return isPlainText(bytes) ? "text/plain" : null;
}

const SNIFFED_BYTES = 64 * 1024;

/** UTF-8 without control characters; a document of another kind that is also text is that document. */
function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return (
      !/(?![\t\n\v\f\r])[\p{Cc}\u007F]/u.test(text) &&
      !text.slice(0, 1_024).includes("%PDF-") &&
      !/^\s*(<\?xml|<svg|<!doctype|<html)/i.test(text)
    );
  } catch {
    return false;
  }
}
