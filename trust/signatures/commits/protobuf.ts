/** The fields of one protobuf message, by number; each with its values in order. */
export type Fields = ReadonlyMap<number, readonly (bigint | Buffer)[]>;

const VARINT = 0;
const BYTES = 2;
const MAX_VARINT_BYTES = 10;
const MAX_FIELDS = 1_000;

/**
 * Reads a message of varints and byte strings, which is all that a log entry is made of.
 *
 * @returns undefined for anything else, or a message that is cut.
 */
export function readMessage(bytes: Buffer): Fields | undefined {
  const fields = new Map<number, (bigint | Buffer)[]>();
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const tag = varintAt(bytes, at);
    const value = tag && valueAt(bytes, tag.end, Number(tag.value & 7n));
    if (!value || ++count > MAX_FIELDS) return undefined;
    const number = Number(tag.value >> 3n);
    fields.set(number, [...(fields.get(number) ?? []), value.value]);
    at = value.end;
  }
  return fields;
}

interface Read<T> {
  readonly value: T;
  readonly end: number;
}

function varintAt(bytes: Buffer, start: number): Read<bigint> | undefined {
  let value = 0n;
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return undefined;
}

function valueAt(bytes: Buffer, start: number, type: number): Read<bigint | Buffer> | undefined {
  const number = varintAt(bytes, start);
  if (!number || type === VARINT) return number;
  const end = number.end + Number(number.value);
  return type === BYTES && end <= bytes.length ? { value: bytes.subarray(number.end, end), end } : undefined;
}

/** The one value of a field as bytes; undefined where it is absent or of another type. The last one counts, as in every protobuf reader. */
export function bytesIn(fields: Fields | undefined, number: number): Buffer | undefined {
  const value = fields?.get(number)?.at(-1);
  return Buffer.isBuffer(value) ? value : undefined;
}

/** The one value of a field as a decimal number; absent is zero. */
export function numberIn(fields: Fields | undefined, number: number): string {
  const value = fields?.get(number)?.at(-1);
  return typeof value === "bigint" ? value.toString() : "0";
}

export function messageIn(fields: Fields | undefined, number: number): Fields | undefined {
  const bytes = bytesIn(fields, number);
  return bytes && readMessage(bytes);
}

export function allBytesIn(fields: Fields | undefined, number: number): readonly Buffer[] {
  return (fields?.get(number) ?? []).filter((value) => Buffer.isBuffer(value));
}
