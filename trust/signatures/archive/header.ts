/** One tar header block, read as strictly as it can be. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
export interface Header {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
  readonly kind: "file" | "folder" | "extended";
}

export const BLOCK = 512;

const NUL = 0;
const MAX_MODE = 0o777;
const KINDS: Readonly<Record<string, Header["kind"]>> = { "0": "file", "\0": "file", "5": "folder", x: "extended" };
const REFUSED: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a FIFO",
  g: "a global header",
  L: "a GNU long name",
  K: "a GNU long name",
  S: "a sparse file",
};

/** @returns the header, or in words what is wrong with it. */
export function readHeader(block: Buffer): Header | string {
  if (block.toString("latin1", 257, 265) !== "ustar\x0000") return "an entry is not in the ustar form (tar --format=ustar makes it)";
  if (octal(block, 148, 8) !== checksum(block)) return "the checksum of an entry does not fit";
  const name = fullName(block);
  const mode = octal(block, 100, 8);
  const size = octal(block, 124, 12);
  if (name === undefined) return "a name is not UTF-8 text, or goes on after its end";
  const type = String.fromCharCode(block[156] ?? NUL);
  const kind = KINDS[type];
  if (kind === undefined) return `${JSON.stringify(name)} is ${REFUSED[type] ?? "an entry of an unknown kind"}`;
  if (mode === undefined || size === undefined) return `${JSON.stringify(name)} has a number that is none`;
  if (mode > MAX_MODE) return `${JSON.stringify(name)} has special mode bits (setuid, setgid or sticky)`;
  if (block[157] !== NUL) return `${JSON.stringify(name)} names a link`;
  if (kind === "folder" && size !== 0) return `the folder ${JSON.stringify(name)} has content`;
  return { name, mode, size, kind };
}

function fullName(block: Buffer): string | undefined {
  const name = text(block.subarray(0, 100));
  const prefix = text(block.subarray(345, 500));
  if (name === undefined || prefix === undefined) return undefined;
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** The text up to its NUL; nothing may hide behind it. */
function text(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(NUL);
  const used = end < 0 ? bytes : bytes.subarray(0, end);
  if (end >= 0 && bytes.subarray(end).some((each) => each !== NUL)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(used);
  } catch {
    return undefined;
  }
}

function octal(block: Buffer, at: number, length: number): number | undefined {
  const digits = /^ *([0-7]+)[ \0]+$/.exec(block.toString("latin1", at, at + length))?.[1];
  const value = digits === undefined ? undefined : Number.parseInt(digits, 8);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** The sum of all bytes, the checksum's own counted as blanks. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (const [i, byte] of block.entries()) sum += i >= 148 && i < 156 ? 32 : byte;
  return sum;
}

/** A header for a file; `name` has at most 100 bytes, `prefix` 155. */
export function writeHeader(name: string, prefix: string, size: number, mode: number, type: "0" | "x"): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, "utf8");
  block.write(`${mode.toString(8).padStart(7, "0")}\0`, 100, "latin1");
  block.write("0000000\0", 108, "latin1");
  block.write("0000000\0", 116, "latin1");
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  block.write("00000000000\0", 136, "latin1");
  block.write(type, 156, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  block.write("0000000\0", 329, "latin1");
  block.write("0000000\0", 337, "latin1");
  block.write(prefix, 345, 155, "utf8");
  block.write(`${checksum(block).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
