import type { Readable } from "node:stream";

/** What a command writes, kept up to a bound that its two streams share; the rest is read and thrown away. */
export interface Output {
  readonly take: (stream: Readable) => () => Uint8Array;
  readonly isTruncated: () => boolean;
}

export function newOutput(mostBytes: number): Output {
  let left = mostBytes;
  let isTruncated = false;
  return {
    take: (stream) => {
      const kept: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => {
        if (chunk.byteLength > left) isTruncated = true;
        if (left > 0) kept.push(chunk.subarray(0, left));
        left = Math.max(0, left - chunk.byteLength);
      });
      stream.on("error", () => undefined);
      return () => new Uint8Array(Buffer.concat(kept));
    },
    isTruncated: () => isTruncated,
  };
}
