import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { LIMITS, type JsonObject } from "../../core/index.ts";
import { codesOf, project, valueOf, type GrantSpec } from "../gate/gate.fixture.ts";
import { toolsState, type ToolsState } from "./tools.fixture.ts";

const ALL: readonly GrantSpec[] = [
  ...["fs.read", "fs.list", "fs.search"].map((tool) => ({ tool, action: "read", resource: "**" })),
  ...["fs.write", "fs.edit"].map((tool) => ({ tool, action: "write", resource: "**" })),
];

/** A workspace with everything in it that does not belong there, and a secret outside. */
function hostile(spec: JsonObject = {}): ToolsState & { readonly secret: string } {
  const rules = { "approval.mutating": "off", "workspace.mode": "off" };
  const state = toolsState(ALL, spec, {}, project({ policies: { rules } }));
  const at = (name: string): string => path.join(state.workspace, name);
  const secret = path.join(state.workspace, "..", "secret.txt");
  fs.writeFileSync(secret, "outside");
  fs.mkdirSync(at("folder"));
  fs.writeFileSync(at("file"), "inside");
  fs.symlinkSync(secret, at("link"));
  fs.symlinkSync("file", at("link-inside"));
  fs.symlinkSync(path.dirname(secret), at("way-out"));
  fs.symlinkSync("/proc/self", at("proc"));
  fs.symlinkSync("nowhere", at("dangling"));
  execFileSync("mkfifo", [at("pipe")]);
  fs.writeFileSync(at("binary"), Buffer.from([0, 255, 1]));
  return { ...state, secret };
}

describe("row 106: what is not a file of the workspace", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["the folder above", "../secret.txt", "REQUEST_INVALID"],
    ["the folder above, in the middle", "folder/../../secret.txt", "REQUEST_INVALID"],
    ["an absolute path", "/etc/passwd", "REQUEST_INVALID"],
    ["a home folder", "~/x", "REQUEST_INVALID"],
    ["a NUL", "file\0.txt", "REQUEST_INVALID"],
    ["a backslash", "folder\\x", "REQUEST_INVALID"],
    ["a wildcard", "*", "REQUEST_INVALID"],
    ["a link to a file outside", "link", "FILE_REFUSED"],
    ["a link to a file inside", "link-inside", "FILE_REFUSED"],
    ["a link to a folder on the way", "way-out/secret.txt", "FILE_REFUSED"],
    ["/proc behind a link", "proc/environ", "FILE_REFUSED"],
    ["a link to nothing", "dangling", "FILE_REFUSED"],
    ["a pipe that nobody writes to", "pipe", "FILE_REFUSED"],
    ["a folder", "folder", "FILE_NOT_FOUND"],
    ["a file as a folder", "file/x", "FILE_REFUSED"],
  ];
  test("is not read", async () => {
    const { call } = hostile();
    for (const [name, file, code] of [...cases, ["nothing", "missing", "FILE_NOT_FOUND"] as const])
      expect([name, ...codesOf(await call("fs.read", { path: file }))]).toEqual([name, code]);
  });
  test("is not written", async () => {
    const { call, secret, workspace } = hostile();
    const before = fs.readdirSync(workspace);
    for (const [name, file, code] of cases)
      expect([name, ...codesOf(await call("fs.write", { path: file, content: "changed" }))]).toEqual([name, code]);
    expect(fs.readFileSync(secret, "utf8")).toBe("outside");
    expect(fs.readdirSync(workspace)).toEqual(before);
  });
  test("a search and a list go into no link", async () => {
    const { call } = hostile();
    expect(valueOf(await call("fs.search", { text: "outside" })).text).toMatch(/^Nothing found/);
    const listed = valueOf(await call("fs.list", { depth: 4 })).text;
    expect(listed).toContain('link  "way-out"');
    expect(listed).not.toContain("secret.txt");
  });
});

test("row 106: a folder that is swapped with a link again and again never leads outside", async () => {
  const { call, workspace, secret } = hostile();
  fs.mkdirSync(path.join(workspace, "swap"));
  fs.writeFileSync(path.join(workspace, "swap/secret.txt"), "inside");
  const swapping = spawn(
    process.execPath,
    [
      "-e",
      `const fs = require("node:fs"); const [a, b, to] = process.argv.slice(1);
       fs.symlinkSync(to, b + ".link");
       const end = Date.now() + 20000;
       while (Date.now() < end) { fs.renameSync(a, b); fs.renameSync(b + ".link", a); fs.renameSync(a, b + ".link"); fs.renameSync(b, a); }`,
      path.join(workspace, "swap"),
      path.join(workspace, "kept"),
      path.dirname(secret),
    ],
    { stdio: "ignore" },
  );
  onTestFinished(() => void swapping.kill("SIGKILL"));
  const seen = new Set<string>();
  for (const end = Date.now() + 2_000; Date.now() < end;) {
    const result = await call("fs.read", { path: "swap/secret.txt", fromLine: seen.size + Math.floor(Math.random() * 1e6) + 1 });
    seen.add(result.ok ? result.value.text.split("\n")[0]!.replace(/\d+/g, "n") : codesOf(result)[0]!);
    await call("fs.write", { path: "swap/secret.txt", content: `inside ${Math.random()}` });
  }
  expect(fs.readFileSync(secret, "utf8")).toBe("outside");
  expect([...seen].every((each) => each.startsWith("[lines") || each.startsWith("FILE_"))).toBe(true);
}, 30_000);

test("what `workspaceAccess` says, where no policy says it before", async () => {
  const none = hostile({ sandbox: { workspaceAccess: "none" } });
  expect(codesOf(await none.call("fs.read", { path: "file" }))).toEqual(["FILE_REFUSED"]);
  const read = hostile({ sandbox: { workspaceAccess: "read" } });
  expect(valueOf(await read.call("fs.read", { path: "file" })).text).toBe("inside");
  expect(codesOf(await read.call("fs.write", { path: "file", content: "" }))).toEqual(["FILE_REFUSED"]);
  expect(codesOf(await read.call("fs.edit", { path: "file", find: "in", replace: "" }))).toEqual(["FILE_REFUSED"]);
});

test("an edit needs a text that is there exactly once", async () => {
  const { call, workspace } = hostile();
  fs.writeFileSync(path.join(workspace, "file"), "aXa\naa");
  for (const [find, code] of [
    ["b", "FILE_EDIT_UNCLEAR"],
    ["a", "FILE_EDIT_UNCLEAR"],
    ["aa", null],
  ] as const) {
    const result = await call("fs.edit", { path: "file", find, replace: "$&$1" });
    expect(codesOf(result)).toEqual(code === null ? [] : [code]);
  }
  expect(fs.readFileSync(path.join(workspace, "file"), "utf8")).toBe("aXa\n$&$1");
  expect(codesOf(await call("fs.edit", { path: "binary", find: "a", replace: "b" }))).toEqual(["FILE_EDIT_UNCLEAR"]);
});

test("the disk is bounded: at the bound, and one byte past it", async () => {
  const state = toolsState(ALL, { sandbox: { diskBytes: "1KiB" } });
  valueOf(await state.call("fs.write", { path: "a", content: "x".repeat(1_000) }));
  valueOf(await state.call("fs.write", { path: "b", content: "x".repeat(24) }));
  expect(codesOf(await state.call("fs.write", { path: "b", content: "x".repeat(25) }))).toEqual(["WORKSPACE_FULL"]);
  valueOf(await state.call("fs.write", { path: "a", content: "x".repeat(999) }));
  valueOf(await state.call("fs.write", { path: "b", content: "x".repeat(25) }));
});

test("bounds of a grant: at the bound, and one byte past it", async () => {
  const constraints = { approval: "never", maxResponseBytes: "1KiB", maxRequestBytes: "1KiB" };
  const state = toolsState(ALL.map((grant) => ({ ...grant, constraints })));
  fs.writeFileSync(path.join(state.workspace, "a"), "x".repeat(1_024));
  fs.writeFileSync(path.join(state.workspace, "b"), "x".repeat(1_025));
  expect(valueOf(await state.call("fs.read", { path: "a" })).text).toHaveLength(1_024);
  expect(codesOf(await state.call("fs.read", { path: "b" }))).toEqual(["FILE_LIMIT"]);
  valueOf(await state.call("fs.write", { path: "c", content: "x".repeat(1_024) }));
  expect(codesOf(await state.call("fs.write", { path: "c", content: "x".repeat(1_025) }))).toEqual(["FILE_LIMIT"]);
});

test("a list and a search show what a grant covers, and end", async () => {
  const state = toolsState([
    { tool: "fs.list", action: "read", resource: "." },
    { tool: "fs.search", action: "read", resource: "." },
    { name: "open", tool: "fs.search", action: "read", resource: "open/**" },
  ]);
  for (const folder of ["open", "closed"]) {
    fs.mkdirSync(path.join(state.workspace, folder));
    fs.writeFileSync(path.join(state.workspace, folder, "a"), "word");
  }
  expect(valueOf(await state.call("fs.search", { text: "word" })).text).toBe("open/a:1: word");
  expect(valueOf(await state.call("fs.list", { depth: 2 })).text.split("\n")).toHaveLength(2);
  for (let i = 0; i <= LIMITS.listedEntries; i++) fs.writeFileSync(path.join(state.workspace, `f${i}`), "");
  expect(valueOf(await state.call("fs.list", {})).text).toContain(`[cut off after ${LIMITS.listedEntries} entries]`);
});

test("declared files are put into the workspace once, and changed ones left alone", async () => {
  const state = toolsState(ALL, { workspace: { folder: "shared/notes", files: [{ path: "docs/NOTES.md", content: "first" }] } });
  expect(state.workspace.endsWith("/shared/notes")).toBe(true);
  expect(valueOf(await state.call("fs.read", { path: "docs/NOTES.md" })).text).toBe("first");
  valueOf(await state.call("fs.write", { path: "docs/NOTES.md", content: "second" }));
  expect(valueOf(await state.call("fs.read", { path: "docs/NOTES.md" })).text).toBe("second");
  expect(fs.statSync(path.join(state.workspace, "docs/NOTES.md")).mode & 0o777).toBe(0o600);
});
