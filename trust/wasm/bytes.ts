/** Reading and writing the binary form of a WebAssembly module, section by section. Source: WebAssembly Core Specification 2.0, section 5. */

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  export: 7,
  start: 8,
  code: 10,
  data: 11,
  highest: 12,
} as const;

const MAGIC = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

export interface Section {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

export function sectionsOf(bytes: Uint8Array): readonly Section[] {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new RangeError("wrong magic number or version");
  const reader = readerOf(bytes, MAGIC.length, bytes.length);
  const sections: Section[] = [];
  while (!reader.atEnd()) {
    const id = reader.byte();
    const size = reader.unsigned();
    const from = reader.at();
    reader.skip(size);
    sections.push({ id, from, to: from + size });
  }
  return sections;
}

/** Magic number and version. */
export function headOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, MAGIC.length);
}

/** Of a memory, in pages, or a table, in entries. */
export interface MemoryLimits {
  readonly least: number;
  /** Null: it may grow as far as the engine lets it. */
  readonly most: number | null;
}

export interface Reader {
  at(): number;
  atEnd(): boolean;
  byte(): number;
  unsigned(): number;
  /** A signed number of 32 bits. */
  signed(): number;
  text(): string;
  limits(): MemoryLimits;
  skip(count: number): void;
}

/** Reads within bounds; a module that lies about a length is a RangeError, never an endless loop. */
export function readerOf(bytes: Uint8Array, from: number, to: number): Reader {
  let at = from;
  const skip = (count: number): void => {
    if (count > to - at) throw new RangeError(`it ends inside what it declares at byte ${at}`);
    at += count;
  };
  const byte = (): number => {
    skip(1);
    return bytes[at - 1] ?? 0;
  };
  const unsigned = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return value;
    }
    throw new RangeError(`a number at byte ${at} is too long`);
  };
  const signed = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return next & 0x40 ? value - 2 ** (shift + 7) : value;
    }
    throw new RangeError(`a number at byte ${at} is too long`);
  };
  const text = (): string => {
    const length = unsigned();
    skip(length);
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  const limits = (): MemoryLimits => {
    const flags = byte();
    if (flags > 1) throw new RangeError(`a memory or table at byte ${at} is of an unknown kind`);
    const least = unsigned();
    return { least, most: flags === 1 ? unsigned() : null };
  };
  return { at: () => at, atEnd: () => at >= to, byte, unsigned, signed, text, limits, skip };
}

/** An unsigned number in its shortest form. */
export function leb128(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.of(...out, rest);
}
