import { crc32, deflateSync } from "node:zlib";

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

/** One white pixel, with more chunks before the picture and bytes after its end. */
export function pngOf(more: readonly (readonly [string, Uint8Array])[] = [], after: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    ...more.map(([type, data]) => pngChunk(type, data)),
    pngChunk("IDAT", deflateSync(Buffer.from([0, 255]))),
    pngChunk("IEND", Buffer.alloc(0)),
    after,
  ]);
}

export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, data]);
}

/** The shape of a JPEG: tables, a frame, a scan with stuffed bytes and a restart, with more segments in front. */
export function jpegOf(more: readonly Buffer[] = [], after: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...more,
    jpegSegment(0xdb, Buffer.alloc(65, 1)),
    jpegSegment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    jpegSegment(0xc4, Buffer.alloc(28, 1)),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    after,
  ]);
}

export function webpOf(chunks: readonly (readonly [string, Uint8Array])[], after: Uint8Array = Buffer.alloc(0)): Buffer {
  const size = (length: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(length);
    return bytes;
  };
  const body = Buffer.concat([
    Buffer.from("WEBP", "latin1"),
    ...chunks.flatMap(([type, data]) => [Buffer.from(type, "latin1"), size(data.length), data, Buffer.alloc(data.length % 2)]),
  ]);
  return Buffer.concat([Buffer.from("RIFF", "latin1"), size(body.length), body, after]);
}
