import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { LIMITS, outcomeOf, type Origin } from "../../core/index.ts";
import { openCommit, openWorkTree, type LoadRequest, type Source } from "./index.ts";
import { PROJECT, repository, scratch, skill, type Scratch } from "./repo.fixture.ts";

const ORIGIN: Origin = { file: "a/x.yaml", document: 0, pointer: "/spec/prompt/file", part: "value" };
const REQUEST: LoadRequest = { sources: [], overlays: [], maxFiles: 1000 };

const open: Source[] = [];
afterEach(async () => {
  for (const source of open.splice(0)) await source.close();
});

/** The paths of all manifests at a revision, or the codes of what is wrong. */
async function at(folder: string, revision: string, request: Partial<LoadRequest> = {}): Promise<readonly string[]> {
  const source = await openCommit(folder, revision);
  if (!source.ok) return source.diagnostics.map((d) => d.code);
  open.push(source.value);
  const loaded = await source.value.load({ ...REQUEST, ...request });
  return loaded.ok
    ? loaded.value.manifests.map((f) =>
        `${f.path} ${
          Buffer.from(f.bytes)
            .toString()
            .match(/name: (.*)/)?.[1] ?? ""
        }`.trim(),
      )
    : loaded.diagnostics.map((d) => d.code);
}

async function infoAt(folder: string, revision: string) {
  const source = await openCommit(folder, revision);
  if (!source.ok) throw new Error(source.diagnostics.map((d) => d.detail).join("\n"));
  open.push(source.value);
  await source.value.load(REQUEST);
  const info = await source.value.info();
  if (!info.ok) throw new Error("no info");
  return info.value;
}

/** A command for a hostile configuration, and whether it ever ran. */
function trap(dir: Scratch) {
  const marker = join(dir.path, "..", `${dir.path.split("/").at(-1) ?? ""}-marker`);
  return {
    command: `touch ${marker}`,
    script: `#!/bin/sh\ntouch ${marker}\n`,
    marker,
    hasRun: () => existsSync(marker),
    [Symbol.dispose]: () => rmSync(marker, { force: true }),
  };
}

describe("reading commits", () => {
  test("any ref: branch, tag, annotated tag, full ref, hash, its beginning, steps back, remote branch, HEAD", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    const first = dir.git("rev-parse", "HEAD");
    dir.git("tag", "v1");
    dir.git("tag", "-a", "v1-annotated", "-m", "x");
    dir.git("branch", "feature/x");
    dir.git("update-ref", "refs/remotes/origin/other", first);
    dir.write({ "a/x.yaml": skill("two") });
    const second = dir.commit();
    for (const revision of [
      "v1",
      "v1-annotated",
      "feature/x",
      "heads/feature/x",
      "refs/tags/v1",
      "refs/heads/feature/x",
      "origin/other",
      first,
      first.slice(0, 10),
      "HEAD~1",
      "main^",
      "HEAD^1~0",
    ]) {
      expect(await at(dir.path, revision), revision).toEqual(["a/x.yaml one"]);
    }
    for (const revision of ["main", "HEAD", "refs/heads/main", second])
      expect(await at(dir.path, revision), revision).toEqual(["a/x.yaml two"]);
    expect(await infoAt(dir.path, "v1")).toEqual({
      commit: first,
      tree: dir.git("rev-parse", `${first}^{tree}`),
      ref: "refs/tags/v1",
      dirty: false,
      uncommitted: false,
    });
    expect((await infoAt(dir.path, "HEAD")).ref).toBe("refs/heads/main");
    expect((await infoAt(dir.path, first.slice(0, 12))).ref).toBeNull();
  });

  test("linked work trees, subfolders, bare repositories, shallow clones, sha256", async () => {
    using dir = repository({ "sub/moltbot.yaml": PROJECT, "sub/a/x.yaml": skill("one") });
    dir.git("worktree", "add", "-q", "linked", "-b", "second");
    dir.gitIn("linked", "commit", "-q", "--allow-empty", "-m", "only here");
    expect(await at(join(dir.path, "linked/sub"), "second")).toEqual(["a/x.yaml one"]);
    expect(await at(join(dir.path, "linked/sub"), "HEAD~1")).toEqual(["a/x.yaml one"]);
    dir.git("clone", "-q", "--bare", ".", "bare.git");
    using elsewhere = scratch({});
    renameSync(join(dir.path, "bare.git"), join(elsewhere.path, "bare.git"));
    expect(await at(join(elsewhere.path, "bare.git/sub"), "main")).toEqual(["a/x.yaml one"]);
    expect((await infoAt(join(elsewhere.path, "bare.git/sub"), "main")).uncommitted).toBe(false);
    elsewhere.git("clone", "-q", "--depth", "1", "--branch", "second", `file://${dir.path}`, "shallow");
    expect(await at(join(elsewhere.path, "shallow/sub"), "second")).toEqual(["a/x.yaml one"]);
    expect(await at(join(elsewhere.path, "shallow/sub"), "second~1")).toEqual(["REF_NOT_IN_REPOSITORY"]);
    using long = scratch({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("long") });
    long.git("init", "-q", "--object-format=sha256");
    const id = long.commit();
    expect(await at(long.path, id)).toEqual(["a/x.yaml long"]);
  });

  test("a folder that exists only in the commit; a Project that is not in it", async () => {
    using dir = repository({ "sub/moltbot.yaml": PROJECT, "sub/a/x.yaml": skill("one") });
    rmSync(join(dir.path, "sub"), { recursive: true });
    expect(await at(join(dir.path, "sub"), "HEAD")).toEqual(["a/x.yaml one"]);
    expect(await at(dir.path, "HEAD")).toEqual(["PROJECT_NOT_FOUND"]);
    using none = scratch({ "moltbot.yaml": PROJECT });
    expect(await at(none.path, "HEAD")).toEqual(["NOT_A_REPOSITORY"]);
    none.git("init", "-q");
    expect(await at(none.path, "HEAD")).toEqual(["REF_NOT_IN_REPOSITORY"]);
  });

  test("the same files as from a clean work tree, embedded ones and overlays too", async () => {
    const files = {
      "moltbot.yaml": PROJECT,
      "a/x.yaml": skill("x"),
      "b/c/y.yml": skill("y"),
      "b/z.json": "{}",
      "o/prod/p.yaml": "",
      "prompts/a.md": "äöü\n",
      "other/moltbot.yaml": PROJECT,
    };
    using dir = repository(files);
    const request: LoadRequest = { ...REQUEST, overlays: ["o/prod"] };
    const both = await Promise.all([openWorkTree(dir.path), openCommit(dir.path, "main")]);
    const read = await Promise.all(
      both.map(async (source) => {
        if (!source.ok) throw new Error("not opened");
        open.push(source.value);
        const loaded = await source.value.load(request);
        const embedded = await source.value.read([{ path: "prompts/a.md", origin: ORIGIN }]);
        if (!loaded.ok || !embedded.ok) throw new Error("not read");
        return [source.value.project, ...loaded.value.manifests, ...loaded.value.overlays, ...embedded.value.values()].map((f) => [
          f.path,
          f.blobId,
          Buffer.from(f.bytes).toString(),
        ]);
      }),
    );
    expect(read[0]).toEqual(read[1]);
    expect(read[0]).toHaveLength(6);
  });

  test("many files, large ones among them, arrive whole and within their limits", async () => {
    const files: Record<string, string> = { "moltbot.yaml": PROJECT };
    for (let i = 0; i < 700; i++) files[`a/${i}.yaml`] = `${skill(`s${i}`)}# ${"x".repeat(i % 7 === 0 ? 100_000 : i)}\n`;
    using dir = repository(files);
    expect(await at(dir.path, "HEAD")).toHaveLength(700);
    dir.write({ "a/huge.yaml": Buffer.alloc(LIMITS.manifestBytes + 1, 35) });
    dir.commit();
    expect(await at(dir.path, "HEAD")).toEqual(["FILE_TOO_LARGE"]);
    expect(await at(dir.path, "HEAD", { maxFiles: 10 })).toEqual(["TOO_MANY_FILES"]);
  });
});

describe("hostile repositories", () => {
  test.each([
    "-x",
    "--upload-pack=touch x",
    "a b",
    "a..b",
    "main@{1}",
    "@",
    "a:b",
    ":/x",
    "a\u0000b",
    "a\nb",
    "$(touch x)",
    "`x`",
    "x.lock",
    "a//b",
    "/a",
    "a/",
    "a~1b",
    "refs/heads/../x",
    "",
    "^x",
    "main^{tree}",
    "\u202e",
  ])("29: the ref %j is refused", async (revision) => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    expect(await at(dir.path, revision)).toEqual(["REF_UNSAFE"]);
  });

  test("30: nothing in the environment reaches git", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("right") });
    using other = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("wrong") });
    using trapped = trap(dir);
    const hostile: Record<string, string> = {
      GIT_DIR: join(other.path, ".git"),
      GIT_WORK_TREE: other.path,
      GIT_OBJECT_DIRECTORY: join(other.path, ".git/objects"),
      GIT_SSH_COMMAND: trapped.command,
      GIT_EXTERNAL_DIFF: trapped.command,
      GIT_PAGER: trapped.command,
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_0: "CORE.FSMONITOR",
      GIT_CONFIG_VALUE_0: trapped.command,
      GIT_CONFIG_KEY_1: "PROTOCOL.ext.ALLOW",
      GIT_CONFIG_VALUE_1: "always",
      GIT_CONFIG_KEY_2: "core.sshCommand",
      GIT_CONFIG_VALUE_2: trapped.command,
      GIT_CONFIG_PARAMETERS: "'core.fsmonitor=touch x'",
      GIT_TRACE: trapped.marker,
      GIT_EXEC_PATH: dir.path,
      GIT_REPLACE_REF_BASE: "refs/evil/",
    };
    const before = { ...process.env };
    Object.assign(process.env, hostile);
    try {
      expect(await at(dir.path, "main")).toEqual(["a/x.yaml right"]);
      expect((await infoAt(dir.path, "main")).uncommitted).toBe(false);
    } finally {
      process.env = before;
    }
    expect(trapped.hasRun()).toBe(false);
  });

  test("30: a relative entry in PATH finds no git of the repository's own", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x"), git: "" });
    using trapped = trap(dir);
    dir.write({ git: trapped.script });
    chmodSync(join(dir.path, "git"), 0o755);
    const [path, cwd] = [process.env["PATH"], process.cwd()];
    process.env["PATH"] = `.:${path ?? ""}`;
    try {
      process.chdir(dir.path);
      expect(await at(".", "main")).toEqual(["a/x.yaml x"]);
    } finally {
      process.env["PATH"] = path;
      process.chdir(cwd);
    }
    expect(trapped.hasRun()).toBe(false);
  });

  test("31: a folder that is itself a bare repository with a planted fsmonitor is only a folder", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    using trapped = trap(dir);
    dir.write({
      "a/evil/HEAD": "ref: refs/heads/main\n",
      "a/evil/config": `[core]\n\tbare = false\n\tworktree = ..\n\trepositoryformatversion = 0\n\tfsmonitor = ${trapped.command}\n[alias]\n\trev-parse = !${trapped.command}\n`,
      "a/evil/objects/keep": "",
      "a/evil/refs/keep": "",
      "a/evil/moltbot.yaml": PROJECT,
      "a/evil/b/y.yaml": skill("y"),
      "a/evil/hooks/post-checkout": trapped.script,
    });
    dir.commit();
    for (const revision of ["main", "HEAD"]) {
      expect(await at(dir.path, revision)).toEqual(["a/x.yaml x"]);
      expect(await at(join(dir.path, "a/evil"), revision)).toEqual(["b/y.yaml y"]);
      expect(await at(join(dir.path, "a/evil/b"), revision)).toEqual(["PROJECT_NOT_FOUND"]);
    }
    for (const folder of [dir.path, join(dir.path, "a/evil")]) {
      const source = await openWorkTree(folder);
      if (!source.ok) throw new Error("not opened");
      await source.value.load(REQUEST);
      expect((await source.value.info()).ok).toBe(true);
    }
    expect(trapped.hasRun()).toBe(false);
  });

  test("32: hooks and every command in the clone's own configuration stay unused", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    using trapped = trap(dir);
    const { command } = trapped;
    const settings = [
      "core.fsmonitor",
      "core.sshCommand",
      "core.pager",
      "core.editor",
      "core.askPass",
      "core.gitProxy",
      "credential.helper",
      "diff.external",
      "gpg.program",
      "gpg.ssh.program",
      "sequence.editor",
      "pager.rev-parse",
      "pager.cat-file",
      "uploadpack.packObjectsHook",
    ];
    for (const setting of settings) dir.git("config", setting, command);
    for (const alias of ["rev-parse", "cat-file", "x"]) dir.git("config", `alias.${alias}`, `!${command}`);
    mkdirSync(join(dir.path, ".git/planted"));
    for (const hook of ["post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"]) {
      for (const folder of ["hooks", "planted"]) {
        mkdirSync(join(dir.path, ".git", folder), { recursive: true });
        writeFileSync(join(dir.path, ".git", folder, hook), trapped.script, { mode: 0o755 });
      }
    }
    dir.git("config", "core.hooksPath", ".git/planted");
    rmSync(trapped.marker, { force: true });
    expect(await at(dir.path, "main")).toEqual(["a/x.yaml x"]);
    dir.write({ "a/x.yaml": skill("changed") });
    expect((await infoAt(dir.path, "main")).uncommitted).toBe(true);
    expect(trapped.hasRun()).toBe(false);
    // The trap itself works: git status, which is never used, springs it.
    dir.git("status");
    expect(trapped.hasRun()).toBe(true);
  });

  test("32: a partial clone asks nobody for what it lacks", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    dir.git("config", "uploadpack.allowFilter", "true");
    using clone = scratch({});
    clone.git("clone", "-q", "--no-checkout", "--filter=blob:none", `file://${dir.path}`, "partial");
    const partial = join(clone.path, "partial");
    using trapped = trap(clone);
    for (const url of [`ext::${trapped.command}`, "ssh://acme.example/x", `file://${dir.path}`]) {
      clone.gitIn("partial", "config", "remote.origin.url", url);
      clone.gitIn("partial", "config", "core.sshCommand", trapped.command);
      clone.gitIn("partial", "config", "protocol.ext.allow", "always");
      clone.gitIn("partial", "config", "protocol.file.allow", "always");
      const source = await openCommit(partial, "main");
      expect(source.ok ? [] : source.diagnostics.map((d) => [d.code, outcomeOf(d)])).toEqual([["GIT_FAILED", "UNAVAILABLE"]]);
    }
    expect(trapped.hasRun()).toBe(false);
  });

  test("33: filters and drivers named by attributes are never run; the bytes are those of the commit", async () => {
    const bytes = `${skill("x")}# $Id$\r\n`;
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": bytes });
    using trapped = trap(dir);
    for (const key of [
      "filter.evil.smudge",
      "filter.evil.clean",
      "filter.evil.process",
      "diff.evil.textconv",
      "diff.evil.command",
      "merge.evil.driver",
    ]) {
      dir.git("config", key, `${trapped.command}; cat`);
    }
    dir.write({ ".gitattributes": "*.yaml filter=evil diff=evil merge=evil ident text eol=crlf working-tree-encoding=UTF-16\n" });
    dir.write({ ".git/info/attributes": "*.yaml filter=evil ident\n" });
    const source = await openCommit(dir.path, "main");
    if (!source.ok) throw new Error("not opened");
    open.push(source.value);
    const loaded = await source.value.load(REQUEST);
    expect(loaded.ok && Buffer.from(loaded.value.manifests[0]?.bytes ?? []).toString()).toBe(bytes);
    expect((await source.value.info()).ok).toBe(true);
    expect(trapped.hasRun()).toBe(false);
  });

  test("34: submodules are never fetched, and nothing is read from one", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    using trapped = trap(dir);
    dir.write({
      ".gitmodules": `[submodule "../../evil"]\n\tpath = "mods/m\\r"\n\turl = ext::${trapped.command}\n[submodule "b"]\n\tpath = mods/b\n\turl = ext::${trapped.command}\n\tupdate = !${trapped.command}\n`,
    });
    dir.git("add", "-A");
    for (const path of ["mods/b", "mods/m\r"])
      dir.git("update-index", "--add", "--cacheinfo", `160000,${dir.git("rev-parse", "HEAD")},${path}`);
    dir.git("commit", "-q", "-m", "modules");
    expect(await at(dir.path, "main")).toEqual(["NOT_A_FILE", "NOT_A_FILE"]);
    expect(await at(dir.path, "main", { sources: ["mods/b"] })).toEqual(["NOT_A_FILE"]);
    expect(await at(dir.path, "main", { sources: ["a"] })).toEqual(["a/x.yaml x"]);
    const source = await openCommit(dir.path, "main");
    if (!source.ok) throw new Error("not opened");
    open.push(source.value);
    const read = await source.value.read([{ path: "mods/b/prompt.md", origin: ORIGIN }]);
    expect(read.ok ? [] : read.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE"]);
    expect(trapped.hasRun()).toBe(false);
  });

  test.each([
    ["35: a manifest, outside", "a/link.yaml", "/etc/hostname"],
    ["35: a manifest, inside", "a/link.yaml", "../b/y.yaml"],
    ["36: a folder", "a/link", "../b"],
    ["36: a loop", "a/link", "."],
    ["36: out of the repository", "a/link", "../../.."],
    ["36: nowhere", "a/link", "gone"],
  ])("%s as a symlink in the commit is refused", async (_name, link, target) => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x"), "b/y.yaml": skill("y") });
    symlinkSync(target, join(dir.path, link));
    dir.commit();
    expect(await at(dir.path, "main")).toEqual(["NOT_A_FILE"]);
    const source = await openCommit(dir.path, "main");
    if (!source.ok) throw new Error("not opened");
    open.push(source.value);
    const read = await source.value.read([
      { path: link, origin: ORIGIN },
      { path: `${link}/y.yaml`, origin: ORIGIN },
    ]);
    expect(read.ok ? [] : read.diagnostics.map((d) => d.code)).toEqual(["NOT_A_FILE", "NOT_A_FILE"]);
  });

  test("37: paths that leave the Project are refused in a commit as on the disk", async () => {
    using dir = repository({ "sub/moltbot.yaml": PROJECT, "sub/a/x.yaml": skill("x"), "outside.yaml": skill("o") });
    for (const path of ["../outside.yaml", "/etc/passwd", "C:\\x", "a/..%2f..%2fx", "a\\..\\x"]) {
      expect(await at(join(dir.path, "sub"), "main", { sources: [path] })).toEqual(["PATH_UNSAFE"]);
    }
  });

  test("40: a branch that moves afterwards changes nothing: the commit was named once", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("before") });
    const first = dir.git("rev-parse", "HEAD");
    const source = await openCommit(dir.path, "main");
    if (!source.ok) throw new Error("not opened");
    open.push(source.value);
    dir.write({ "a/x.yaml": skill("after") });
    dir.commit();
    const loaded = await source.value.load(REQUEST);
    expect(loaded.ok && Buffer.from(loaded.value.manifests[0]?.bytes ?? []).toString()).toBe(skill("before"));
    const info = await source.value.info();
    expect(info.ok && info.value.commit).toBe(first);
  });

  test("42: a name with several meanings is refused; the full one is taken", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    const id = dir.git("rev-parse", "HEAD");
    dir.git("branch", "same");
    dir.git("tag", "same");
    dir.git("update-ref", `refs/heads/${id}`, id);
    dir.git("update-ref", `refs/heads/${id.slice(0, 8)}`, id);
    dir.git("update-ref", "refs/heads/HEAD", id);
    for (const name of ["same", id, id.slice(0, 8), "HEAD"]) expect(await at(dir.path, name), name).toEqual(["REF_AMBIGUOUS"]);
    for (const name of ["refs/heads/same", "refs/tags/same", `refs/heads/${id}`, "main", id.slice(0, 12)])
      expect(await at(dir.path, name), name).toEqual(["a/x.yaml x"]);
    expect(await at(dir.path, "gone")).toEqual(["REF_NOT_IN_REPOSITORY"]);
    expect(await at(dir.path, "0".repeat(40))).toEqual(["REF_NOT_IN_REPOSITORY"]);
  });

  test("44: a missing or damaged object is UNAVAILABLE, whichever it is", async () => {
    const make = () => repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    for (const name of ["main", "main^{tree}", "main:a", "main:a/x.yaml"]) {
      for (const how of ["gone", "other bytes"]) {
        using dir = make();
        const id = dir.git("rev-parse", name);
        const object = join(dir.path, ".git/objects", id.slice(0, 2), id.slice(2));
        rmSync(object, { force: true });
        if (how === "other bytes") {
          const other = dir.git("hash-object", "-w", "--stdin", "-t", "blob", "--path=x").trim();
          copyFileSync(join(dir.path, ".git/objects", other.slice(0, 2), other.slice(2)), object);
        }
        expect(await at(dir.path, "main"), `${name} ${how}`).toEqual(["GIT_FAILED"]);
      }
    }
  });

  test("44: a damaged pack is UNAVAILABLE, and never gives other bytes", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": `${skill("x")}# ${"y".repeat(5000)}\n` });
    dir.git("gc", "-q");
    const folder = join(dir.path, ".git/objects/pack");
    const pack = join(folder, readdirSync(folder).find((name) => name.endsWith(".pack")) ?? "");
    chmodSync(pack, 0o644);
    const bytes = readFileSync(pack);
    for (let offset = 12; offset < bytes.length; offset += 53) {
      const damaged = Buffer.from(bytes);
      damaged[offset] = (damaged[offset] ?? 0) ^ 0x55;
      writeFileSync(pack, damaged);
      const found = await at(dir.path, "main");
      // A byte that no object of the commit needs may be wrong without harm.
      expect(["GIT_FAILED", "a/x.yaml x"]).toContain(found.join());
    }
  });

  test("45: uncommitted changes are not in the commit, and are told of", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("committed") });
    dir.write({ "a/x.yaml": skill("changed"), "a/new.yaml": skill("new") });
    expect(await at(dir.path, "main")).toEqual(["a/x.yaml committed"]);
    expect(await infoAt(dir.path, "main")).toMatchObject({ dirty: false, uncommitted: true });
  });

  test("replaced objects, grafts and alternates do not change what a commit holds", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("real") });
    const blob = dir.git("rev-parse", "main:a/x.yaml");
    dir.write({ "other.txt": skill("replaced") });
    const other = dir.git("hash-object", "-w", "other.txt");
    dir.git("replace", blob, other);
    expect(dir.git("cat-file", "-p", blob)).toContain("replaced");
    expect(await at(dir.path, "main")).toEqual(["a/x.yaml real"]);
  });

  test("without git, a commit is UNAVAILABLE and says why", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x"), "empty/": "" });
    const path = process.env["PATH"];
    process.env["PATH"] = join(dir.path, "empty");
    try {
      const source = await openCommit(dir.path, "main");
      expect(source.ok ? [] : source.diagnostics.map((d) => [d.code, d.detail])).toEqual([["GIT_FAILED", "git was not found in PATH."]]);
      const tree = await openWorkTree(dir.path);
      if (!tree.ok) throw new Error("the disk needs no git");
      const info = await tree.value.info();
      expect(info.ok ? [] : info.diagnostics.map((d) => d.code)).toEqual(["GIT_FAILED"]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  test("no child is left behind", async () => {
    using dir = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("x") });
    const source = await openCommit(dir.path, "main");
    if (!source.ok) throw new Error("not opened");
    await source.value.load(REQUEST);
    await source.value.close();
    await source.value.close();
    const children = execFileSync("ps", ["-o", "args=", "--ppid", String(process.pid)], { encoding: "utf8" });
    expect(children).not.toContain(dir.path);
  });
});
