import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { filesBelow } from "../test/files.fixture.ts";
import { folderWith } from "./cli.fixture.ts";
import { replaceFiles } from "./replace-files.ts";

const FILES = { "a.yaml": "a", "deep/b.yaml": "b", "c.yaml": "c" };
let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith(FILES);
});
afterEach(() => folder.dispose());

const at = (name: string): string => path.join(folder.path, name);
const replacing = (more: Readonly<Record<string, string>> = {}) =>
  Object.entries({ ...FILES, ...more }).map(([name, text]) => ({ path: name, before: Buffer.from(text), after: `${text}!` }));
const codeOf = (result: ReturnType<typeof replaceFiles>): string => (result.ok ? "ok" : (result.diagnostics[0]?.code ?? ""));

describe("files are replaced all or none", () => {
  test("all, with their mode, and nothing beside them", () => {
    fs.chmodSync(at("a.yaml"), 0o640);
    expect(codeOf(replaceFiles(folder.path, replacing()))).toBe("ok");
    expect(fs.readFileSync(at("deep/b.yaml"), "utf8")).toBe("b!");
    expect(fs.statSync(at("a.yaml")).mode & 0o777).toBe(0o640);
    expect(fs.readdirSync(folder.path).sort()).toEqual(["a.yaml", "c.yaml", "deep"]);
  });

  test("none when one was saved meanwhile", () => {
    fs.writeFileSync(at("c.yaml"), "saved by an editor");
    const before = filesBelow(folder.path);
    expect(codeOf(replaceFiles(folder.path, replacing()))).toBe("FILE_CHANGED");
    expect(filesBelow(folder.path)).toEqual(before);
  });

  test("none when one is gone", () => {
    fs.rmSync(at("c.yaml"));
    const before = filesBelow(folder.path);
    expect(codeOf(replaceFiles(folder.path, replacing()))).toBe("FILE_CHANGED");
    expect(filesBelow(folder.path)).toEqual(before);
  });

  test("none when a rename fails half way", () => {
    const before = filesBelow(folder.path);
    const rename = fs.renameSync.bind(fs);
    let calls = 0;
    vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (++calls === 3) throw new Error("EIO: i/o error, rename");
      rename(from, to);
    });
    expect(codeOf(replaceFiles(folder.path, replacing()))).toBe("OUTPUT_FAILED");
    expect(filesBelow(folder.path)).toEqual(before);
  });
});
