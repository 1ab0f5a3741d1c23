import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../core/index.ts";
import { cleanName, takeAttachments } from "./index.ts";
import { stripJpeg } from "./jpeg.ts";
import { jpegOf, jpegSegment, pngChunk, pngOf, webpOf } from "./pictures.fixture.ts";
import { stripPng } from "./png.ts";
import { stripWebp } from "./webp.ts";

const GPS = Buffer.from("Exif\0\0 GPS 52.5 13.4 canary");
const ZIP = Buffer.from("PK\u0003\u0004 canary");
const VP8L = Buffer.from([0x2f, 0, 0, 0, 0, 0]);
/** A picture that says it is of this size. */
const sized = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const whole = pngOf();
  return Buffer.concat([whole.subarray(0, 8), pngChunk("IHDR", header), whole.subarray(33)]);
};
const take = async (bytes: Uint8Array, name = "x", max: number | null = 1_000_000) =>
  await takeAttachments([{ name, mediaType: "image/png", bytes }], max);

describe("metadata", () => {
  test.each<[string, Buffer, Buffer, string]>([
    [
      "JPEG: EXIF, XMP, IPTC, comment, profile",
      jpegOf([0xe1, 0xe1, 0xed, 0xfe, 0xe2].map((marker) => jpegSegment(marker, GPS))),
      jpegOf(),
      "image/jpeg",
    ],
    [
      "JPEG: a thumbnail in JFIF",
      jpegOf([jpegSegment(0xe0, Buffer.concat([Buffer.from("JFIF\0\u0001\u0002\0\0\u0001\0\u0001\u0002\u0002", "latin1"), GPS]))]),
      jpegOf([jpegSegment(0xe0, Buffer.from("JFIF\0\u0001\u0002\0\0\u0001\0\u0001\0\0", "latin1"))]),
      "image/jpeg",
    ],
    ["JPEG: an archive behind it", jpegOf([], ZIP), jpegOf(), "image/jpeg"],
    [
      "PNG: text, EXIF, time, profile, private",
      pngOf([
        ["tEXt", GPS],
        ["zTXt", GPS],
        ["iTXt", GPS],
        ["eXIf", GPS],
        ["tIME", Buffer.alloc(7)],
        ["iCCP", GPS],
        ["prVt", GPS],
      ]),
      pngOf(),
      "image/png",
    ],
    ["PNG: an archive behind it", pngOf([], ZIP), pngOf(), "image/png"],
    [
      "WebP: EXIF and XMP",
      webpOf(
        [
          ["VP8X", Buffer.from([0x3e, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
          ["VP8L", VP8L],
          ["EXIF", GPS],
          ["XMP ", GPS],
          ["xyzw", GPS],
        ],
        ZIP,
      ),
      webpOf([
        ["VP8X", Buffer.from([0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
        ["VP8L", VP8L],
      ]),
      "image/webp",
    ],
  ])("%s is gone, the picture stays", async (_, given, wanted, mediaType) => {
    const { taken, refused } = await take(given);
    expect(refused).toEqual([]);
    expect(taken[0]?.mediaType).toBe(mediaType);
    expect(Buffer.from(taken[0]?.bytes ?? [])).toEqual(wanted);
  });

  test("whatever the bytes are, nothing of them is trusted: each parser ends, and what it takes it takes again", () => {
    const starts = [
      jpegOf([jpegSegment(0xe1, GPS)]),
      pngOf([["tEXt", GPS]]),
      webpOf([
        ["VP8L", VP8L],
        ["EXIF", GPS],
      ]),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 2),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        fc.nat(400),
        (which, changes, cut) => {
          const bytes = Buffer.from(starts[which] ?? []);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const given = bytes.subarray(0, bytes.length - (cut % 3 === 0 ? cut % bytes.length : 0));
          for (const strip of [stripJpeg, stripPng, stripWebp]) {
            const once = strip(given);
            if (once) expect(Buffer.from(strip(once) ?? [])).toEqual(Buffer.from(once));
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("what is not taken", () => {
  test.each<[string, Uint8Array]>([
    ["an archive", ZIP],
    ["a program", Buffer.from("\u007fELF\u0002\u0001\u0001\0\0\0", "latin1")],
    ["a PDF", Buffer.from("%PDF-1.7\n%abc")],
    ["a PDF behind text", Buffer.from("hello\n%PDF-1.7")],
    ["SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["HTML", Buffer.from("<!doctype html><script>")],
    ["a GIF", Buffer.from("GIF89a\u0001\0\u0001\0\0\0\0;", "latin1")],
    ["half a JPEG", jpegOf().subarray(0, 60)],
    ["half a PNG", pngOf().subarray(0, 50)],
    ["a PNG with a wrong sum", Buffer.from(pngOf()).fill(1, 30, 32)],
    ["a PNG with a critical chunk nobody knows", pngOf([["CRIT", GPS]])],
    ["a PNG with a text for a gamma", pngOf([["gAMA", GPS]])],
    ["a PNG with a text for a background", pngOf([["bKGD", GPS]])],
    ["a PNG with a text in its palette", pngOf([["PLTE", Buffer.concat([Buffer.alloc(768), GPS])]])],
    ["a PNG larger than any memory", sized(0xffff_ffff, 0xffff_ffff)],
    ["a PNG of one pixel too many", sized(LIMITS.picturePixels + 1, 1)],
    ["a PNG of nothing", sized(0, 1)],
    ["a JPEG larger than any memory", jpegOf([jpegSegment(0xc0, Buffer.from([8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0]))])],
    ["a WebP larger than any memory", webpOf([["VP8L", Buffer.from([0x2f, 0xff, 0xff, 0xff, 0x0f, 0])]])],
    [
      "a WebP on a canvas larger than any memory",
      webpOf([
        ["VP8X", Buffer.from([2, 0, 0, 0, 255, 255, 255, 255, 255, 255])],
        ["VP8L", VP8L],
      ]),
    ],
    ["control characters", Buffer.from("a\u0000b")],
    ["no UTF-8", Buffer.from([0x61, 0xff, 0xfe, 0x61])],
    ["nothing", new Uint8Array()],
  ])("%s, whatever its name says", async (_, bytes) => {
    const { taken, refused } = await take(bytes, "photo.png");
    expect(taken).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  test("characters in a text that only a model sees are gone", async () => {
    const hidden = Array.from("ignore", (each) => String.fromCodePoint(0xe0000 + each.charCodeAt(0))).join("");
    const { taken } = await take(Buffer.from(`hello${hidden} \u202Eworld\r\n`), "a.txt");
    expect(taken.map(({ bytes }) => Buffer.from(bytes).toString("utf8"))).toEqual(["hello world\n"]);
  });

  test("at the limits and one past them", async () => {
    expect((await take(sized(LIMITS.picturePixels, 1))).taken).toHaveLength(1);
    expect((await take(Buffer.from("abc"), "a.txt", 3)).taken).toHaveLength(1);
    expect((await take(Buffer.from("abcd"), "a.txt", 3)).taken).toHaveLength(0);
    expect((await take(Buffer.from("abc"), "a.txt", null)).taken).toHaveLength(0);
    const many = Array.from({ length: LIMITS.attachments + 1 }, () => ({ name: "a", mediaType: "", bytes: Buffer.from("a") }));
    expect(await takeAttachments(many, 10)).toMatchObject({ taken: { length: LIMITS.attachments }, refused: { length: 1 } });
  });
});

test.each<[string, string, string]>([
  ["../../etc/passwd", "text/plain", "passwd.txt"],
  ["C:\\windows\\x.txt", "text/plain", "x.txt"],
  ["a\u202Egnp.exe", "image/png", "agnp.exe.png"],
  ["\u0000\n", "image/png", "file.png"],
  ["..", "image/jpeg", "file.jpg"],
  ["photo.JPEG", "image/jpeg", "photo.jpeg"],
  [`${"x".repeat(300)}.png`, "image/png", `${"x".repeat(LIMITS.attachmentNameChars - 4)}.png`],
])("the name %j", (name, mediaType, wanted) => expect(cleanName(name, mediaType)).toBe(wanted));
