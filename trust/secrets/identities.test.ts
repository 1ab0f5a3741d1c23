import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { generateIdentity, identityFile, loadIdentities, parseIdentities, readPrivateFile, recipientOf } from "./index.ts";
import { codesOf, inTempFolder, valueOf, wordsOf } from "./secrets.fixture.ts";

const identity = await generateIdentity();
const key = identity.open();

function written(folder: string, text: string, mode = 0o600): string {
  const file = path.join(folder, "key.txt");
  fs.writeFileSync(file, text);
  fs.chmodSync(file, mode);
  return file;
}

describe("parsing", () => {
  test("the form that keygen writes", async () => {
    const text = (await identityFile(identity, "2026-01-02T03:04:05Z")).open();
    expect(text).toContain(`# public key: ${await recipientOf(identity)}\n`);
    const quantum = await generateIdentity("post-quantum");
    const keys = valueOf(parseIdentities(`${text}\r\n\n${quantum.open()}`, "x"));
    expect(keys.map((k) => k.open())).toEqual([key, quantum.open()]);
  });

  const bad: readonly (readonly [string, string])[] = [
    ["nothing", "# only a comment\n"],
    ["a plugin's identity with a path (row 104)", "AGE-PLUGIN-../../../BIN/SH-1QQQQ"],
    ["a plugin's identity", "AGE-PLUGIN-YUBIKEY-1QQQQQQQQ"],
    ["lower case", key.toLowerCase()],
    ["a wrong checksum", `${key.slice(0, -1)}${key.endsWith("Q") ? "P" : "Q"}`],
    ["a cut key", key.slice(0, -8)],
    ["a public key", "age1qqqqqq"],
    ["too large", "#".repeat(LIMITS.identityFileBytes + 1)],
    ["too many", `${key}\n`.repeat(101)],
    ["something else after a good key", `${key}\nhunter2`],
  ];
  test.each(bad)("%s is refused without showing it", (_, text) => {
    const result = parseIdentities(text, "the file");
    expect(codesOf(result)).toEqual(["IDENTITY_INVALID"]);
    expect(wordsOf(result)).not.toContain(key.slice(14, 40));
    expect(wordsOf(result)).not.toContain("hunter2");
  });
});

const read = (file: string) => readPrivateFile(file, LIMITS.identityFileBytes, "identity");

describe("loading from the environment", () => {
  test("nothing given is no identity", async () => {
    expect(valueOf(await loadIdentities({ env: {} }))).toEqual([]);
  });

  test("text and file together", async () => {
    const second = await generateIdentity();
    await inTempFolder(async (folder) => {
      const env = { MOLTBOT_AGE_IDENTITY: key, MOLTBOT_AGE_IDENTITY_FILE: written(folder, second.open()) };
      expect(valueOf(await loadIdentities({ env })).map((k) => k.open())).toEqual([key, second.open()]);
    });
  });

  test.each([0o640, 0o604, 0o622, 0o677])("a file of mode %o is REFUSED (row 103)", async (mode) => {
    await inTempFolder(async (folder) => {
      const result = await loadIdentities({ env: { MOLTBOT_AGE_IDENTITY_FILE: written(folder, key, mode) } });
      expect(codesOf(result)).toEqual(["KEY_UNSAFE"]);
    });
  });

  test("a file that git tracks is REFUSED (row 103), asked by its real path", async () => {
    await inTempFolder(async (folder) => {
      const file = written(folder, key);
      const link = path.join(folder, "link");
      fs.symlinkSync(file, link);
      const asked: string[] = [];
      const isTracked = (real: string): Promise<boolean> => Promise.resolve(asked.push(real) > 0);
      expect(codesOf(await loadIdentities({ env: { MOLTBOT_AGE_IDENTITY_FILE: link }, isTracked }))).toEqual(["IDENTITY_COMMITTED"]);
      expect(asked).toEqual([fs.realpathSync(file)]);
    });
  });

  test("a passphrase as long as allowed, and one byte more", () => {
    inTempFolder((folder) => {
      const passphrase = (length: number) => readPrivateFile(written(folder, "p".repeat(length)), LIMITS.passphraseBytes, "passphrase");
      expect(valueOf(passphrase(LIMITS.passphraseBytes)).open()).toHaveLength(LIMITS.passphraseBytes);
      expect(codesOf(passphrase(LIMITS.passphraseBytes + 1))).toEqual(["IDENTITY_INVALID"]);
    });
  });

  test("missing, a folder, a pipe, too large: refused at once", () => {
    inTempFolder((folder) => {
      execFileSync("mkfifo", [path.join(folder, "pipe")]);
      expect(codesOf(read(path.join(folder, "none")))).toEqual(["IDENTITY_INVALID"]);
      expect(codesOf(read(folder))).toEqual(["IDENTITY_INVALID"]);
      expect(codesOf(read(path.join(folder, "pipe")))).toEqual(["IDENTITY_INVALID"]);
      expect(codesOf(read(written(folder, "#".repeat(LIMITS.identityFileBytes + 1))))).toEqual(["IDENTITY_INVALID"]);
    });
  });
});
