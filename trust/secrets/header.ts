import { LIMITS, ok, type Result } from "../../core/index.ts";
import { invalid } from "./armor.ts";

/** How many recipients of each type an age header is addressed to. It names nobody. */
export interface AgeHeader {
  readonly x25519: number;
  readonly postQuantum: number;
}

const VERSION = "age-encryption.org/v1";
const NONCE_BYTES = 16;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024 + TAG_BYTES;
/** Bytes of the one argument of each stanza type we write; its body is a wrapped 16-byte file key. */
const SHARE_BYTES: Readonly<Record<string, number>> = { X25519: 32, mlkem768x25519: 1120 };
const BODY_BYTES = 32;
const MAC_BYTES = 32;

/**
 * Reads the header of a binary age file without any key: enough to see that it is whole and how many
 * recipients it has. Nothing here is authenticated; opening does that.
 * Source: C2SP age, "Encrypted file format", "Header", "Payload".
 */
export function readHeader(file: Uint8Array): Result<AgeHeader> {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  const nextLine = (): string | undefined => {
    const end = text.indexOf(0x0a, at);
    if (end < 0) return undefined;
    const line = text.toString("latin1", at, end);
    at = end + 1;
    return line;
  };
  if (nextLine() !== VERSION) return invalid("The envelope does not hold an age file of version 1.");
  const counts = { x25519: 0, postQuantum: 0 };
  for (;;) {
    const line = nextLine();
    if (line === undefined) return invalid("The age header is cut short.");
    if (line.startsWith("--- ")) {
      if (!isBase64(line.slice(4), MAC_BYTES)) return invalid("The age header's authentication code is malformed.");
      break;
    }
    const type = stanzaType(line);
    if (type === undefined) return invalid("The age header has a recipient of a type that moltbot does not write.");
    if (!isBase64(nextLine() ?? "", BODY_BYTES)) return invalid("A recipient in the age header is malformed.");
    if (type === "X25519") counts.x25519++;
    else counts.postQuantum++;
    if (counts.x25519 + counts.postQuantum > LIMITS.secretRecipients)
      return invalid(`The age header has more than ${LIMITS.secretRecipients} recipients.`);
  }
  if (!isWholePayload(file.length - at)) return invalid("The encrypted content is cut short, or something follows it.");
  return ok(counts);
}

function stanzaType(line: string): string | undefined {
  const [arrow, type, share, ...more] = line.split(" ");
  if (arrow !== "->" || type === undefined || share === undefined || more.length > 0) return undefined;
  const bytes = Object.hasOwn(SHARE_BYTES, type) ? SHARE_BYTES[type] : undefined;
  return bytes !== undefined && isBase64(share, bytes) ? type : undefined;
}

/** Unpadded, canonical base64 of exactly that many bytes. */
function isBase64(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, "base64");
  return decoded.length === bytes && decoded.toString("base64").replace(/=+$/, "") === text;
}

/** A nonce, then full chunks, then a last chunk that is empty only when it is the only one. */
function isWholePayload(bytes: number): boolean {
  const stream = bytes - NONCE_BYTES;
  if (stream < TAG_BYTES) return false;
  const last = stream % CHUNK_BYTES;
  return last === 0 || last > TAG_BYTES || stream === TAG_BYTES;
}
