/**
 * Reads SSH's wire format (RFC 4251, section 5). A read past the end gives zeros or nothing and is
 * remembered, so that a caller asks once, at the end, whether everything was there.
 */
export interface Wire {
  byte(): number;
  u32(): number;
  /** Of eight bytes. Times of certificates reach beyond what a double holds. */
  u64(): bigint;
  bytes(): Buffer;
  text(): string;
  /** The bytes read so far. */
  soFar(): Buffer;
  isAtEnd(): boolean;
  /** Everything asked for was there, and nothing is left over. */
  isWhole(): boolean;
}

export function wireOf(buffer: Buffer): Wire {
  let at = 0;
  let hasFailed = false;
  const take = (count: number): Buffer => {
    if (hasFailed || at + count > buffer.length) {
      hasFailed = true;
      return Buffer.alloc(0);
    }
    at += count;
    return buffer.subarray(at - count, at);
  };
  const number = (count: number): bigint => {
    const bytes = take(count);
    return bytes.length === count ? BigInt(`0x${bytes.toString("hex")}`) : 0n;
  };
  const bytes = (): Buffer => take(Number(number(4)));
  return {
    byte: () => Number(number(1)),
    u32: () => Number(number(4)),
    u64: () => number(8),
    bytes,
    text: () => bytes().toString("utf8"),
    soFar: () => buffer.subarray(0, at),
    isAtEnd: () => hasFailed || at === buffer.length,
    isWhole: () => !hasFailed && at === buffer.length,
  };
}

export function wireString(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value as string, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive integer of the wire without its leading zero; undefined for a negative or padded one. */
export function positiveInteger(bytes: Buffer): Buffer | undefined {
  const first = bytes[0];
  if (first === undefined || first >= 0x80) return undefined;
  if (first !== 0) return bytes;
  return (bytes[1] ?? 0) >= 0x80 ? bytes.subarray(1) : undefined;
}
