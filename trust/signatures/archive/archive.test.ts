import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, outcomeOf, type Outcome } from "../../../core/index.ts";
import { gzip } from "./gzip.ts";
import { BLOCK, writeHeader } from "./header.ts";
import { readArchive, writeArchive, type ArchiveFile } from "./index.ts";

const file = (path: string, text = "x"): ArchiveFile => ({ path, bytes: Buffer.from(text), isExecutable: false });

interface Raw {
  readonly name: string;
  readonly prefix?: string;
  readonly content?: string;
  readonly size?: number;
  readonly mode?: number;
  readonly type?: string;
  readonly patch?: (header: Buffer) => void;
}

/** A header with its checksum made anew after whatever was done to it. */
function header({ name, prefix = "", content = "", size = content.length, mode = 0o644, type = "0", patch }: Raw): Buffer {
  const block = writeHeader(name, prefix, size, mode, "0");
  block.write(type, 156, "latin1");
  patch?.(block);
  let sum = 0;
  for (const [i, byte] of block.entries()) sum += i >= 148 && i < 156 ? 32 : byte;
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

function raw(each: Raw): Buffer {
  const content = Buffer.from(each.content ?? "");
  return Buffer.concat([header(each), content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

const END = Buffer.alloc(2 * BLOCK);
const tar = (...entries: readonly Raw[]): Buffer => Buffer.concat([...entries.map(raw), END]);
const packed = (...entries: readonly Raw[]): Buffer => gzip(tar(...entries));
const pax = (...records: readonly string[]): Raw => ({ name: "pax", type: "x", content: records.map(record).join("") });

function record(text: string): string {
  const size = Buffer.byteLength(text) + 2;
  const length = String(size + String(size).length).length;
  return `${size + length} ${text}\n`;
}

const good = { name: "good.txt", content: "good" };

const REFUSED: readonly (readonly [string, Outcome, Uint8Array])[] = [
  ["row 91: ../x", "INVALID", packed(good, { name: "../x" })],
  ["row 91: a/../../x", "INVALID", packed(good, { name: "a/../../x" })],
  ["row 91: /x", "INVALID", packed(good, { name: "/x" })],
  ["row 91: C:\\x", "INVALID", packed(good, { name: "C:\\x" })],
  ["row 91: C:/x", "INVALID", packed(good, { name: "C:/x" })],
  ["row 91: ./x", "INVALID", packed(good, { name: "./x" })],
  ["row 91: a//x", "INVALID", packed(good, { name: "a//x" })],
  ["row 91: a prefix that leads out", "INVALID", packed(good, { name: "x", prefix: ".." })],
  ["row 91: an extended path that leads out", "INVALID", packed(pax("path=../x"), good)],
  ["row 91: a symbolic link", "INVALID", packed(good, { name: "l", type: "2", patch: (b) => void b.write("/etc", 157) })],
  [
    "row 91: a symbolic link and a write through it",
    "INVALID",
    packed({ name: "l", type: "2", patch: (b) => void b.write("/tmp", 157) }, { name: "l/x" }),
  ],
  ["row 91: a hard link", "INVALID", packed(good, { name: "l", type: "1", patch: (b) => void b.write("good.txt", 157) })],
  ["row 91: a file that names a link", "INVALID", packed({ name: "l", patch: (b) => void b.write("/etc", 157) })],
  ["row 92: one path twice", "INVALID", packed(good, good)],
  ["row 92: one path twice, by an extended header", "INVALID", packed(good, pax("path=good.txt"), { name: "other" })],
  ["row 92: equal but for case", "INVALID", packed(good, { name: "GOOD.txt" })],
  ["row 92: equal but for Unicode form", "INVALID", packed({ name: "caf\u00e9" }, { name: "cafe\u0301" })],
  ["row 92: folders equal but for case", "INVALID", packed({ name: "a/x" }, { name: "A/y" })],
  ["row 92: a file where a folder is", "INVALID", packed({ name: "a/x" }, { name: "a" })],
  ["row 92: a folder where a file is", "INVALID", packed({ name: "a" }, { name: "a/x" })],
  ["row 92: a folder twice", "INVALID", packed({ name: "a/", type: "5", mode: 0o755 }, { name: "a/", type: "5", mode: 0o755 }, good)],
  ["row 93: a character device", "INVALID", packed(good, { name: "d", type: "3" })],
  ["row 93: a block device", "INVALID", packed(good, { name: "d", type: "4" })],
  ["row 93: a FIFO", "INVALID", packed(good, { name: "d", type: "6" })],
  ["row 93: an unknown kind", "INVALID", packed(good, { name: "d", type: "Z" })],
  ["row 93: setuid", "INVALID", packed({ ...good, mode: 0o4755 })],
  ["row 93: setgid", "INVALID", packed({ ...good, mode: 0o2755 })],
  ["row 93: sticky", "INVALID", packed({ ...good, mode: 0o1755 })],
  ["row 93: .git/", "INVALID", packed(good, { name: ".git/config" })],
  ["row 93: .git deeper, in another case", "INVALID", packed(good, { name: "a/.GIT/hooks/x" })],
  ["row 93: git~1", "INVALID", packed(good, { name: "git~1/config" })],
  ["row 93: bytes after the end marker", "INVALID", gzip(Buffer.concat([tar(good), Buffer.from("more")]))],
  ["row 93: an entry after the end marker", "INVALID", gzip(Buffer.concat([tar(good), raw({ name: "hidden" }), END]))],
  ["row 93: bytes after the gzip member", "INVALID", Buffer.concat([packed(good), Buffer.from("more")])],
  ["row 93: a second gzip member", "INVALID", Buffer.concat([packed(good), packed({ name: "second" })])],
  ["row 93: bytes hidden behind an entry", "INVALID", gzip(Buffer.concat([header(good), Buffer.from("good"), Buffer.alloc(508, 1), END]))],
  ["row 93: no end marker", "INVALID", gzip(raw(good))],
  ["row 93: half an end marker", "INVALID", gzip(Buffer.concat([raw(good), Buffer.alloc(BLOCK), Buffer.alloc(BLOCK, 1)]))],
  ["row 94: a header that claims more than there is", "INVALID", gzip(Buffer.concat([header({ ...good, size: 1_000_000 }), END]))],
  ["row 94: an extended size that claims more", "INVALID", packed(pax("size=999999999"), good)],
  ["row 94: a size that is none", "INVALID", packed({ ...good, patch: (b) => void b.write("zzzzzzzzzzz\0", 124) })],
  ["row 94: a size in base 256", "INVALID", packed({ ...good, patch: (b) => void b.writeUInt8(0x80, 124) })],
  ["row 94: a negative extended size", "INVALID", packed(pax("size=-1"), good)],
  ["row 94: a bomb of zeros", "LIMIT", gzipSync(Buffer.alloc(300 * 1024 * 1024))],
  [
    "row 94: more entries than allowed",
    "LIMIT",
    gzipSync(tar(...Array.from({ length: LIMITS.archiveEntries + 1 }, (_, i) => ({ name: `${i}` })))),
  ],
  ["row 94: larger than an archive may be", "LIMIT", Buffer.alloc(LIMITS.archiveBytes + 1)],
  ["a checksum that does not fit", "INVALID", gzip(Buffer.concat([raw(good).fill(0x41, 0, 1), END]))],
  ["a gzip checksum that does not fit", "INVALID", packed(good).fill(0, packed(good).length - 8, packed(good).length - 4)],
  ["cut short", "INVALID", packed(good).subarray(0, -3)],
  ["cut in the middle", "INVALID", gzipSync(tar(good)).subarray(0, 40)],
  ["not gzip", "INVALID", tar(good)],
  ["empty", "INVALID", new Uint8Array(0)],
  ["no file in it", "INVALID", gzip(END)],
  ["an unknown extended field", "INVALID", packed(pax("mtime=1"), good)],
  ["an extended field twice", "INVALID", packed(pax("path=a", "path=b"), good)],
  ["two extended headers", "INVALID", packed(pax("path=a"), pax("path=b"), good)],
  ["an extended header at the end", "INVALID", packed(good, pax("path=a"))],
  ["an extended header that cannot be read", "INVALID", packed({ name: "pax", type: "x", content: "nonsense" }, good)],
  ["a global header", "INVALID", packed({ name: "g", type: "g", content: record("path=a") }, good)],
  ["the GNU form", "INVALID", packed({ ...good, patch: (b) => void b.write("ustar  \0", 257) })],
  ["a name that is not UTF-8", "INVALID", packed({ ...good, patch: (b) => void b.writeUInt8(0xff, 0) })],
  ["a name that goes on behind its end", "INVALID", packed({ ...good, patch: (b) => void b.write("a\0b", 0) })],
  ["an invisible character", "INVALID", packed({ name: "a\u200bb" })],
  ["a name with a dot at its end", "INVALID", packed({ name: "a." })],
  ["a folder with content", "INVALID", packed({ name: "a/", type: "5", content: "x" }, good)],
  ["no name", "INVALID", packed({ name: "" })],
];

describe("an archive is refused as a whole", () => {
  test.each(REFUSED)("%s: %s", (_name, outcome, bytes) => {
    const result = readArchive(bytes);
    expect(result.ok ? "accepted" : result.diagnostics.map(outcomeOf)).toEqual([outcome]);
  });

  test("row 94: a bomb costs no more memory than what an archive may unpack to", () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    readArchive(bomb);
    expect(process.memoryUsage().rss - before).toBeLessThan(2 * LIMITS.archiveUnpackedBytes);
  });

  test("row 94: by the ratio, below every other limit", () => {
    const dense = gzipSync(tar({ name: "zeros", content: "\0".repeat(8 * 1024 * 1024) }));
    expect(dense.length * LIMITS.archiveRatio).toBeLessThan(8 * 1024 * 1024);
    expect(readArchive(dense)).toMatchObject({ diagnostics: [{ code: "ARCHIVE_LIMIT" }] });
  });
});

describe("limits hold at the number and one past it", () => {
  const deep = (folders: number): ArchiveFile => file(`${"d/".repeat(folders)}f`);
  test.each<[string, ArchiveFile, boolean]>([
    ["depth", deep(LIMITS.archiveDepth - 1), true],
    ["depth", deep(LIMITS.archiveDepth), false],
    ["path", file("p".repeat(LIMITS.archivePathBytes)), true],
    ["path", file("p".repeat(LIMITS.archivePathBytes + 1)), false],
  ])("%s", (_name, each, fits) => {
    expect(writeArchive([each]).ok).toBe(fits);
  });

  test("entries", () => {
    const many = Array.from({ length: LIMITS.archiveEntries }, (_, i) => ({ name: `${i}` }));
    expect(readArchive(gzipSync(tar(...many), { level: 1 })).ok).toBe(true);
  });
});

describe("what others pack is read", () => {
  test("folders, executables, a compressed member, a name in the gzip header", () => {
    const bytes = tar({ name: "a/", type: "5", mode: 0o755 }, { name: "a/run", content: "go", mode: 0o755 }, { name: "b", type: "\0" });
    expect(readArchive(gzipSync(bytes))).toMatchObject({ value: { files: [{ path: "a/run", isExecutable: true }, { path: "b" }] } });
    const plain = gzip(bytes);
    const named = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
      Buffer.from("x.tar\0"),
      deflateRawSync(bytes),
      plain.subarray(-8),
    ]);
    expect(readArchive(named).ok).toBe(true);
  });
});

const names = fc.stringMatching(/^[a-z]{1,12}$/);
const trees = fc.uniqueArray(
  fc.record({
    path: fc.array(names, { minLength: 1, maxLength: 14 }).map((parts) => parts.join("/")),
    bytes: fc.uint8Array({ maxLength: 1500 }),
    isExecutable: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12, selector: ({ path }) => path },
);

describe("packing and reading", () => {
  test("what was packed is read, and the order of the files means nothing", () => {
    fc.assert(
      fc.property(trees, (files) => {
        const one = writeArchive(files);
        const other = writeArchive(files.toReversed());
        // A file may have the name of another one's folder: then it cannot be packed at all.
        if (!one.ok) return !other.ok;
        const read = readArchive(one.value);
        const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(read).toMatchObject({ ok: true, value: { files: sorted.map(({ path, isExecutable }) => ({ path, isExecutable })) } });
        return (
          other.ok &&
          Buffer.compare(one.value, other.value) === 0 &&
          read.ok &&
          read.value.files.every((each, i) => Buffer.compare(each.bytes, sorted[i]!.bytes) === 0)
        );
      }),
      { numRuns: 100 },
    );
  });

  test("an archive is the same bytes everywhere", () => {
    const made = writeArchive([file("plugin.yaml", "name: a\n"), { ...file("bin/run", "#!/bin/sh\n"), isExecutable: true }]);
    expect(made.ok && readArchive(made.value)).toMatchObject({
      value: { digest: "sha256:3d858d0af2f5b4e6f31ceaf0fbdccae9d3c1126f2e50c64df85a5d48c0f4ce30" },
    });
  });

  test("any bytes are read or refused, never thrown at", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 4000 }),
        fc.boolean(),
        (bytes, asGzip) => typeof readArchive(asGzip ? gzip(bytes) : bytes).ok === "boolean",
      ),
      { numRuns: 300 },
    );
  });

  test("one byte changed anywhere in a tar is refused, or changes content or mode alone", () => {
    const whole = tar(good, { name: "a/b", content: "other" });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        const read = readArchive(gzip(bytes));
        return !read.ok || read.value.files.map(({ path }) => path).join() === "a/b,good.txt";
      }),
      { numRuns: 500 },
    );
  });
});
