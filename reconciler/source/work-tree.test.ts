import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LIMITS, type Origin } from "../../core/index.ts";
import { blobIdOf, openWorkTree, type LoadRequest, type Source } from "./index.ts";
import { PROJECT, repository, scratch, skill } from "./repo.fixture.ts";

const ORIGIN: Origin = { file: "agents/a.yaml", document: 0, pointer: "/spec/prompt/file", part: "value" };

async function open(folder: string): Promise<Source> {
  const source = await openWorkTree(folder);
  if (!source.ok) throw new Error(source.diagnostics.map((d) => `${d.code} ${d.detail}`).join("\n"));
  return source.value;
}

function request(more: Partial<LoadRequest> = {}): LoadRequest {
  return { sources: [], overlays: [], maxFiles: 1000, ...more };
}

/** The manifests' paths, or the codes of what is wrong. */
async function loaded(folder: string, more: Partial<LoadRequest> = {}): Promise<readonly string[]> {
  const result = await (await open(folder)).load(request(more));
  return result.ok ? result.value.manifests.map((file) => file.path) : result.diagnostics.map((d) => d.code);
}

async function info(source: Source) {
  const result = await source.info();
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.detail).join("\n"));
  return result.value;
}

describe("which files are manifests", () => {
  test("every yaml, yml and json below the folders beside moltbot.yaml, sorted; not those beside it", async () => {
    using dir = scratch({
      "moltbot.yaml": PROJECT,
      "z/b.yaml": skill("b"),
      "z/a.yml": skill("a"),
      "a/deep/er/c.json": "{}",
      "a/UPPER.YAML": skill("u"),
      "a/readme.md": "x",
      "a/.hidden.yaml": "x",
      "a/.dot/d.yaml": "x",
      "a/node_modules/m.yaml": "x",
      "other/moltbot.yaml": PROJECT,
      "other/x.yaml": skill("x"),
      "package.json": "{}",
    });
    expect(await loaded(dir.path)).toEqual(["a/UPPER.YAML", "a/deep/er/c.json", "z/a.yml", "z/b.yaml"]);
  });

  test("a file beside moltbot.yaml that names our apiVersion is not passed over in silence", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "agents.yaml": skill("a"), "compose.yaml": "services: {}", "a/a.yaml": skill("b") });
    const result = await (await open(dir.path)).load(request());
    expect(result.ok && result.warnings.map((w) => [w.code, w.severity, w.at?.file])).toEqual([
      ["MANIFEST_NOT_READ", "warning", "agents.yaml"],
    ]);
  });

  test("only the sources named, each file once", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": "", "a/b/y.yaml": "", "c/z.yaml": "" });
    expect(await loaded(dir.path, { sources: ["a/b", "a"] })).toEqual(["a/b/y.yaml", "a/x.yaml"]);
  });

  test("overlays, by file or folder and of every environment, are no manifests", async () => {
    using dir = scratch({
      "moltbot.yaml": PROJECT,
      "a/x.yaml": "",
      "o/prod/2.yaml": "",
      "o/prod/1.yaml": "",
      "o/staging.yaml": "",
      "o/one.yaml": "",
    });
    const result = await (await open(dir.path)).load(request({ overlays: ["o/one.yaml", "o/prod"], excluded: ["o/staging.yaml"] }));
    if (!result.ok) throw new Error("not loaded");
    expect(result.value.manifests.map((f) => f.path)).toEqual(["a/x.yaml"]);
    expect(result.value.overlays.map((f) => f.path)).toEqual(["o/one.yaml", "o/prod/1.yaml", "o/prod/2.yaml"]);
    expect(await loaded(dir.path, { overlays: ["o/none.yaml", "../x.yaml"] })).toEqual(["FILE_MISSING", "PATH_UNSAFE"]);
  });

  test("a Project whose one source is another Project delegates to it; as one of several it is an error", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "inner/moltbot.yaml": PROJECT, "inner/a.yaml": skill("a"), "a/b.yaml": skill("b") });
    const source = await open(dir.path);
    expect(await source.delegate("inner")).toBe(join(dir.path, "inner"));
    expect(await source.delegate("a")).toBeNull();
    expect(await source.delegate("../x")).toBeNull();
    expect(await source.delegate(null)).toBeNull();
    expect(await loaded(dir.path, { sources: ["a", "inner"] })).toEqual(["PROJECT_DUPLICATE"]);
  });

  test("27: a wrong folder, a missing moltbot.yaml, a source that is not there", async () => {
    using dir = scratch({ "x/": "", "y/moltbot.yaml": PROJECT, "y/f": "" });
    for (const folder of ["none", "x", "y/f"]) {
      const result = await openWorkTree(join(dir.path, folder));
      expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(["PROJECT_NOT_FOUND"]);
    }
    expect(await loaded(join(dir.path, "y"), { sources: ["agents"] })).toEqual(["SOURCE_MISSING"]);
    expect(await loaded(join(dir.path, "y"), { sources: ["f"] })).toEqual(["SOURCE_MISSING"]);
    expect(await loaded(join(dir.path, "y"))).toEqual([]);
  });
});

describe("limits", () => {
  test("26: a 50 MiB manifest, without reading it", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/big.yaml": "" });
    truncateSync(join(dir.path, "a/big.yaml"), 50 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    expect(await loaded(dir.path)).toEqual(["FILE_TOO_LARGE"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  test("26: a manifest of exactly the limit is read", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/big.yaml": "" });
    truncateSync(join(dir.path, "a/big.yaml"), LIMITS.manifestBytes);
    expect(await loaded(dir.path)).toEqual(["a/big.yaml"]);
    truncateSync(join(dir.path, "a/big.yaml"), LIMITS.manifestBytes + 1);
    expect(await loaded(dir.path)).toEqual(["FILE_TOO_LARGE"]);
  });

  test("26: more files than limits.files, folders too deep, too much together", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/1.yaml": "", "a/2.yaml": "", "a/3.yaml": "" });
    expect(await loaded(dir.path, { maxFiles: 3 })).toHaveLength(3);
    expect(await loaded(dir.path, { maxFiles: 2 })).toEqual(["TOO_MANY_FILES"]);
    mkdirSync(join(dir.path, "d/".repeat(LIMITS.folderDepth + 2)), { recursive: true });
    expect(await loaded(dir.path)).toEqual(["TOO_MANY_FILES"]);
    rmSync(join(dir.path, "d"), { recursive: true });
    const each = LIMITS.manifestBytes;
    for (let i = 0; i <= LIMITS.sourceBytes / each; i++) {
      dir.write({ [`a/big${i}.yaml`]: "" });
      truncateSync(join(dir.path, `a/big${i}.yaml`), each);
    }
    expect(await loaded(dir.path)).toEqual(["SOURCE_TOO_LARGE"]);
  });
});

describe("hostile paths and files", () => {
  test.each([
    "../../x",
    "/etc/passwd",
    "C:\\x",
    "a/..%2f..%2fx",
    "a\\..\\..\\x",
    "a/../b",
    "./a",
    "a//b",
    "a/",
    "",
    "a\u0000b",
    "a\u202eb",
    ".git/config",
    "a/.GIT/x",
    "x".repeat(2000),
  ])("37: the path %j is refused wherever it is named", async (path) => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/b/c.yaml": "" });
    expect(await loaded(dir.path, { sources: [path] })).toEqual(["PATH_UNSAFE"]);
    expect(await loaded(dir.path, { overlays: [path] })).toContain("PATH_UNSAFE");
    const source = await open(dir.path);
    const read = await source.read([{ path, origin: ORIGIN }]);
    expect(read.ok ? [] : read.diagnostics.map((d) => [d.code, d.origin])).toEqual([["PATH_UNSAFE", ORIGIN]]);
    expect(JSON.stringify(read)).not.toMatch(/\u202e|root:/);
  });

  test.each([
    ["outside", "/etc/hostname"],
    ["inside", "../b/real.yaml"],
    ["nowhere", "./gone"],
    ["itself", "link.yaml"],
  ])("35: a manifest that is a symlink to a file %s is refused, nothing of its target is shown", async (_name, target) => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/": "", "b/real.yaml": "canary: 7f3a\n" });
    symlinkSync(target, join(dir.path, "a/link.yaml"));
    const source = await open(dir.path);
    const result = await source.load(request());
    expect(result.ok ? [] : result.diagnostics.map((d) => [d.code, d.at?.file])).toEqual([["NOT_A_FILE", "a/link.yaml"]]);
    const read = await source.read([{ path: "a/link.yaml", origin: ORIGIN }]);
    expect(read.ok ? [] : read.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE"]);
    expect(JSON.stringify([result, read])).not.toContain("7f3a");
  });

  test("35: moltbot.yaml as a symlink is refused", async () => {
    using dir = scratch({ "real.yaml": PROJECT });
    symlinkSync("real.yaml", join(dir.path, "moltbot.yaml"));
    const result = await openWorkTree(dir.path);
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE"]);
  });

  test.each([
    ["out of the Project", "/etc"],
    ["inside it", "../b"],
    ["a loop", "."],
    ["a longer loop", "../a"],
    ["nowhere", "gone"],
  ])("36: a symlinked folder, %s, is refused without following it", async (_name, target) => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": "", "b/secret.txt": "canary" });
    symlinkSync(target, join(dir.path, "a/link"));
    expect(await loaded(dir.path)).toEqual(["NOT_A_FILE"]);
    expect(await loaded(dir.path, { sources: ["a/link"] })).toEqual(["NOT_A_FILE"]);
    const read = await (await open(dir.path)).read([{ path: "a/link/secret.txt", origin: ORIGIN }]);
    expect(read.ok ? [] : read.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE"]);
  });

  test("36: a link to a regular file that is no manifest disturbs nothing", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": "", "docs/readme.md": "" });
    symlinkSync("../docs/readme.md", join(dir.path, "a/README"));
    expect(await loaded(dir.path)).toEqual(["a/x.yaml"]);
  });

  test("38: a FIFO, socket, device or folder named like a manifest is refused without opening it", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/folder.yaml/": "", "a/ok.yaml": "" });
    execFileSync("mkfifo", [join(dir.path, "a/fifo.yaml")]);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(join(dir.path, "a/socket.yaml"), resolve);
    });
    try {
      const result = await (await open(dir.path)).load(request());
      expect(result.ok ? [] : result.diagnostics.map((d) => [d.code, d.at?.file])).toEqual([
        ["NOT_A_FILE", "a/fifo.yaml"],
        ["NOT_A_FILE", "a/folder.yaml"],
        ["NOT_A_FILE", "a/socket.yaml"],
      ]);
      for (const path of ["a/fifo.yaml", "a/socket.yaml", "a/folder.yaml"]) {
        const read = await (await open(dir.path)).read([{ path, origin: ORIGIN }]);
        expect(read.ok ? [] : read.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE"]);
      }
    } finally {
      server.close();
    }
  });

  test("38: moltbot.yaml as a FIFO does not block", async () => {
    using dir = scratch({});
    execFileSync("mkfifo", [join(dir.path, "moltbot.yaml")]);
    const result = await openWorkTree(dir.path);
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE"]);
  });

  test("39: what was read is what was hashed, whatever happens to the file afterwards", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("before") });
    const result = await (await open(dir.path)).load(request());
    writeFileSync(join(dir.path, "a/new"), skill("after"));
    renameSync(join(dir.path, "a/new"), join(dir.path, "a/x.yaml"));
    const file = result.ok ? result.value.manifests[0] : undefined;
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe(skill("before"));
    expect(file?.blobId).toBe(blobIdOf(Buffer.from(skill("before"))));
  });

  test("names that cannot be shown or opened again are refused", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x\u202ey.yaml": "", "a/b\\c.yaml": "" });
    expect(await loaded(dir.path)).toEqual(["PATH_UNSAFE", "PATH_UNSAFE"]);
  });

  test("a clone inside a source folder is another repository", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": "", "vendor/thing/.git/": "", "vendor/thing/y.yaml": "" });
    expect(await loaded(dir.path)).toEqual(["NOT_A_FILE"]);
    expect(await loaded(dir.path, { sources: ["a"] })).toEqual(["a/x.yaml"]);
  });

  test("several problems with embedded files are reported together, each where it is named", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT, "a/x.md": "text", "a/big.md": "" });
    truncateSync(join(dir.path, "a/big.md"), LIMITS.embeddedFileBytes + 1);
    const at = (pointer: string): Origin => ({ ...ORIGIN, pointer });
    const source = await open(dir.path);
    const bad = await source.read([
      { path: "a/x.md", origin: at("/0") },
      { path: "a/gone.md", origin: at("/1") },
      { path: "a/x.md/y", origin: at("/2") },
      { path: "a", origin: at("/3") },
      { path: "a/big.md", origin: at("/4") },
    ]);
    expect(bad.ok ? [] : bad.diagnostics.map((d) => [d.code, d.origin?.pointer, d.at])).toEqual([
      ["FILE_MISSING", "/1", undefined],
      ["FILE_MISSING", "/2", undefined],
      ["NOT_A_FILE", "/3", undefined],
      ["FILE_TOO_LARGE", "/4", undefined],
    ]);
    const good = await source.read([
      { path: "a/x.md", origin: at("/0") },
      { path: "a/x.md", origin: at("/1") },
    ]);
    expect(good.ok && [...good.value.keys()]).toEqual(["a/x.md"]);
  });
});

describe("what the work tree says of its repository", () => {
  test("no repository: no commit, and nothing to differ from", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT });
    expect(await info(await open(dir.path))).toEqual({ commit: null, tree: null, ref: null, dirty: false, uncommitted: false });
  });

  test("a repository without a commit", async () => {
    using dir = scratch({ "moltbot.yaml": PROJECT });
    dir.git("init", "-q");
    expect(await info(await open(dir.path))).toEqual({ commit: null, tree: null, ref: "refs/heads/main", dirty: true, uncommitted: true });
  });

  test("a clean checkout, also detached, in a linked work tree, below the top, and with sha256 names", async () => {
    using dir = repository({ "sub/moltbot.yaml": PROJECT, "sub/a/x.yaml": skill("x"), "other.txt": "o" });
    const commit = dir.git("rev-parse", "HEAD");
    const tree = dir.git("rev-parse", "HEAD^{tree}");
    const clean = async (folder: string) => {
      const source = await open(folder);
      await source.load(request());
      return await info(source);
    };
    expect(await clean(join(dir.path, "sub"))).toEqual({ commit, tree, ref: "refs/heads/main", dirty: false, uncommitted: false });
    dir.git("worktree", "add", "-q", "../linked-of-test", "-b", "feature");
    try {
      const linked = join(dir.path, "../linked-of-test/sub");
      expect(await clean(linked)).toMatchObject({ commit, ref: "refs/heads/feature", dirty: false });
    } finally {
      dir.git("worktree", "remove", "--force", "../linked-of-test");
    }
    dir.git("checkout", "-q", "--detach");
    expect(await clean(join(dir.path, "sub"))).toMatchObject({ commit, ref: null, dirty: false });

    using other = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    other.git("init", "-q", "--object-format=sha256");
    const long = other.commit();
    expect(long).toHaveLength(64);
    expect(await clean(other.path)).toMatchObject({ commit: long, dirty: false });
  });

  test.each([
    ["a manifest changed", (path: string) => writeFileSync(join(path, "a/x.yaml"), skill("y")), true],
    ["a manifest that is not in the commit", (path: string) => writeFileSync(join(path, "a/new.yaml"), skill("n")), true],
    ["a manifest removed", (path: string) => rmSync(join(path, "a/x.yaml")), true],
    ["the Project changed", (path: string) => writeFileSync(join(path, "moltbot.yaml"), `${PROJECT}# c\n`), true],
    ["an embedded file changed", (path: string) => writeFileSync(join(path, "prompt.md"), "other"), true],
    ["a file that is not read changed", (path: string) => writeFileSync(join(path, "readme.md"), "other"), false],
    ["a file that is not read added", (path: string) => writeFileSync(join(path, "a/note.txt"), "n"), false],
  ])("dirty: %s", async (_name, change, expected) => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x"), "a/z.yaml": skill("z"), "prompt.md": "p", "readme.md": "r" });
    change(dir.path);
    const source = await open(dir.path);
    await source.load(request());
    await source.read([{ path: "prompt.md", origin: ORIGIN }]);
    expect((await info(source)).dirty).toBe(expected);
  });

  test("dirty is told from bytes: not from the index, its flags, or what git would convert", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x"), "a/y.yaml": skill("y") });
    const dirtyNow = async () => {
      const source = await open(dir.path);
      await source.load(request());
      return (await info(source)).dirty;
    };
    dir.git("update-index", "--assume-unchanged", "a/x.yaml");
    expect(await dirtyNow()).toBe(false);
    dir.write({ "a/x.yaml": skill("changed") });
    expect(dir.git("status", "--porcelain")).toBe("");
    expect(await dirtyNow()).toBe(true);
    dir.write({ "a/x.yaml": skill("x"), "a/y.yaml": skill("y").replaceAll("\n", "\r\n") });
    dir.git("config", "core.autocrlf", "true");
    expect(await dirtyNow()).toBe(true);
    dir.write({ "a/y.yaml": skill("staged") });
    dir.git("add", "a/y.yaml");
    expect(await dirtyNow()).toBe(true);
  });
});
