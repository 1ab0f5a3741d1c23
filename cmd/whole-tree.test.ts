import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeEach, afterEach, describe, expect, test } from "vitest";
import type { Result } from "../core/index.ts";
import { writeWholeTree } from "./whole-tree.ts";

let root = "";
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"))));
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const FILES = [
  { path: "a.txt", text: "a" },
  { path: "b/c/d.txt", text: "d" },
];
const codes = (result: Result<void>): readonly string[] => (result.ok ? [] : result.diagnostics.map(({ code }) => code));
const listing = (): readonly string[] => fs.readdirSync(root, { recursive: true, encoding: "utf8" }).sort();

describe("a new folder", () => {
  test.each(["new", "empty", "deep/er"])("%s: whole, with nothing beside it", (name) => {
    if (name === "empty") fs.mkdirSync(path.join(root, name));
    expect(codes(writeWholeTree(path.join(root, name), FILES))).toEqual([]);
    expect(fs.readFileSync(path.join(root, name, "b/c/d.txt"), "utf8")).toBe("d");
    expect(listing().filter((file) => path.basename(file).startsWith("."))).toEqual([]);
    expect(fs.statSync(path.join(root, name)).mode & 0o777).toBe(0o755);
  });

  test("one that holds something is left alone", () => {
    fs.mkdirSync(path.join(root, "full"));
    fs.writeFileSync(path.join(root, "full", "mine.txt"), "mine");
    expect(codes(writeWholeTree(path.join(root, "full"), FILES))).toEqual(["OUTPUT_EXISTS"]);
    expect(listing()).toEqual(["full", "full/mine.txt"]);
  });

  test("where a file stands, or where the system refuses, nothing is left behind", () => {
    fs.writeFileSync(path.join(root, "file"), "x");
    expect(codes(writeWholeTree(path.join(root, "file"), FILES))).toEqual(["OUTPUT_FAILED"]);
    expect(codes(writeWholeTree(path.join(root, "file", "below"), FILES))).toEqual(["OUTPUT_FAILED"]);
    expect(codes(writeWholeTree(path.join(root, "name"), [...FILES, { path: "a.txt/x", text: "a file is no folder" }]))).toEqual([
      "OUTPUT_FAILED",
    ]);
    expect(listing()).toEqual(["file"]);
  });

  test("a file that would leave the folder is our mistake, and nothing is left behind", () => {
    expect(() => writeWholeTree(path.join(root, "out"), [{ path: "../x", text: "" }])).toThrow("leaves the folder");
    expect(listing()).toEqual([]);
  });
});
