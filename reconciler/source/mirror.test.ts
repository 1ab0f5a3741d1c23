import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../core/index.ts";
import { openCommit, openMirror, type Mirror, type MirrorOptions } from "./index.ts";
import { PROJECT, repository, scratch, skill } from "./repo.fixture.ts";

const LOCAL: MirrorOptions = { allowLocal: true };

async function mirrorOf(url: string, branch: string, state: string, options = LOCAL): Promise<Mirror> {
  const mirror = await openMirror(url, branch, state, options);
  if (!mirror.ok) throw new Error(mirror.diagnostics.map((d) => `${d.code} ${d.detail}`).join("\n"));
  return mirror.value;
}

async function codes(url: string, branch: string, state: string, options = LOCAL): Promise<readonly string[]> {
  const mirror = await openMirror(url, branch, state, options);
  return mirror.ok ? [] : mirror.diagnostics.map((d) => d.code);
}

async function fetched(mirror: Mirror): Promise<string> {
  const commit = await mirror.fetch();
  return commit.ok ? commit.value : commit.diagnostics.map((d) => `${d.code} ${outcomeOf(d)}`).join();
}

/** The name of the one skill at the mirror's commit. */
async function content(mirror: Mirror, commit: string): Promise<string> {
  const source = await openCommit(mirror.folder, commit);
  if (!source.ok) return source.diagnostics.map((d) => d.code).join();
  const loaded = await source.value.load({ sources: [], overlays: [], maxFiles: 10 });
  await source.value.close();
  return loaded.ok
    ? loaded.value.manifests.map((f) => /name: (.*)/.exec(Buffer.from(f.bytes).toString())?.[1]).join()
    : loaded.diagnostics.map((d) => d.code).join();
}

/** One file per object, so that one of them can be damaged. */
function unpack(folder: string): void {
  const packs = join(folder, "objects/pack");
  for (const name of readdirSync(packs).filter((each) => each.endsWith(".pack"))) {
    const input = readFileSync(join(packs, name));
    rmSync(join(packs, name));
    rmSync(join(packs, name.replace(/pack$/, "idx")));
    execFileSync("git", [`--git-dir=${folder}`, "unpack-objects", "-q"], { input });
  }
}

describe("a mirror", () => {
  test("follows one branch of a repository: new commits, rewritten ones, and nothing else", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    expect(await mirror.head()).toMatchObject({ ok: true, value: null });
    const first = await fetched(mirror);
    expect(first).toBe(source.git("rev-parse", "main"));
    expect(await content(mirror, first)).toBe("one");
    source.git("checkout", "-q", "-b", "other");
    source.write({ "a/x.yaml": skill("other") });
    source.commit();
    expect(await fetched(mirror)).toBe(first);
    source.git("checkout", "-q", "main");
    source.write({ "a/x.yaml": skill("two") });
    const second = source.commit();
    expect(await fetched(mirror)).toBe(second);
    expect(await content(mirror, second)).toBe("two");
    source.git("reset", "-q", "--hard", first);
    expect(await fetched(mirror)).toBe(first);
    const again = await mirrorOf(source.path, "main", state.path);
    expect(await again.head()).toMatchObject({ ok: true, value: first });
    expect(readdirSync(state.path)).toEqual(["source.git"]);
  });

  test("is ours alone, without hooks or a configuration of theirs", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    await fetched(mirror);
    expect(statSync(mirror.folder).mode & 0o777).toBe(0o700);
    expect(existsSync(join(mirror.folder, "hooks"))).toBe(false);
    expect(readFileSync(join(mirror.folder, "config"), "utf8")).not.toContain(source.path);
  });

  test("a Project in a subfolder is opened by joining it", async () => {
    using source = repository({ "sub/moltbot.yaml": PROJECT, "sub/a/x.yaml": skill("deep") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    const commit = await fetched(mirror);
    expect(await content({ ...mirror, folder: join(mirror.folder, "sub") }, commit)).toBe("deep");
    expect(await content(mirror, commit)).toBe("PROJECT_NOT_FOUND");
  });

  test("inside a work tree, as in .moltbot, it is still itself", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("theirs") });
    using outer = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("ours") });
    const mirror = await mirrorOf(source.path, "main", join(outer.path, ".moltbot"));
    expect(await content(mirror, await fetched(mirror))).toBe("theirs");
  });

  test.each([
    "ext::sh -c touch% marker",
    "ext::x",
    "fd::17",
    "fd::17/x",
    "testgit::x",
    "transport::address",
    "EXT::x",
    "git://acme.example/x",
    "http://acme.example/x",
    "ftp://acme.example/x",
    "file:///etc",
    "javascript:x",
    "host:path",
    "https://acme.example/a b",
    "https://acme.example/$(x)",
    "https:///x",
    "https://acme.example",
    "a:b:c::d",
    "",
    " https://acme.example/x",
    "https://user:hunter2@acme.example/x",
  ])("28: the address %j is refused, and git never sees it", async (url) => {
    using state = scratch({});
    const mirror = await openMirror(url, "main", state.path, LOCAL);
    expect(mirror.ok ? [] : mirror.diagnostics.map((d) => d.code)).toEqual(["REF_UNSAFE"]);
    expect(JSON.stringify(mirror)).not.toContain("hunter2");
    expect(readdirSync(state.path)).toEqual([]);
  });

  test.each([
    "--upload-pack=touch marker",
    "-oProxyCommand=x",
    "ssh://-oProxyCommand=touch/x",
    "-x@acme.example:y",
    "git@-oProxyCommand=x:y",
    "git@acme.example:-x",
    "https://-x/y",
    "-/x",
  ])("29: the address %j is refused", async (url) => {
    using state = scratch({});
    expect(await codes(url, "main", state.path)).toEqual(["REF_UNSAFE"]);
    expect(readdirSync(state.path)).toEqual([]);
  });

  test.each(["-x", "--upload-pack=x", "a b", "a..b", "refs/../x", "a:b", "+main", "*", "a\n", "", "x.lock", "@{-1}"])(
    "29: the branch %j is refused",
    async (branch) => {
      using state = scratch({});
      const allowed = branch === "+main";
      expect(await codes("https://acme.example/x", branch, state.path)).toEqual(allowed ? [] : ["REF_UNSAFE"]);
    },
  );

  test.each([
    "https://acme.example/x.git",
    "https://git@acme.example:8443/a/b",
    "ssh://git@acme.example:22/a/b.git",
    "git@acme.example:a/b.git",
  ])("28: the address %j is allowed, and no local path is, unless the user typed it", async (url) => {
    using state = scratch({});
    expect(await codes(url, "main", state.path, {})).toEqual([]);
    for (const local of ["/srv/x", "./x", "../x", "x"])
      expect(await codes(local, "main", join(state.path, "l"), {})).toEqual(["REF_UNSAFE"]);
  });

  test("30, 32: neither environment, nor hooks and configuration of the followed repository, run anything", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const marker = join(state.path, "marker");
    for (const setting of [
      "core.fsmonitor",
      "core.sshCommand",
      "uploadpack.packObjectsHook",
      "core.alternateRefsCommand",
      "core.gitProxy",
      "credential.helper",
    ]) {
      source.git("config", setting, `touch ${marker}`);
    }
    for (const hook of ["post-checkout", "pre-receive", "post-upload-pack", "reference-transaction"]) {
      mkdirSync(join(source.path, ".git/hooks"), { recursive: true });
      writeFileSync(join(source.path, ".git/hooks", hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    }
    const before = { ...process.env };
    Object.assign(process.env, {
      GIT_SSH_COMMAND: `touch ${marker}`,
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "core.HOOKSPATH",
      GIT_CONFIG_VALUE_0: join(source.path, ".git/hooks"),
      GIT_TEMPLATE_DIR: join(source.path, ".git"),
    });
    try {
      const mirror = await mirrorOf(source.path, "main", state.path);
      expect(await content(mirror, await fetched(mirror))).toBe("one");
    } finally {
      process.env = before;
    }
    expect(existsSync(marker)).toBe(false);
  });

  test("34: a submodule with a helper address is not fetched", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const marker = join(state.path, "marker");
    source.write({ ".gitmodules": `[submodule "m"]\n\tpath = m\n\turl = ext::touch% ${marker}\n` });
    source.git("add", "-A");
    source.git("update-index", "--add", "--cacheinfo", `160000,${source.git("rev-parse", "HEAD")},m`);
    source.git("commit", "-q", "-m", "module");
    const mirror = await mirrorOf(source.path, "main", state.path);
    expect(await content(mirror, await fetched(mirror))).toBe("NOT_A_FILE");
    expect(existsSync(marker)).toBe(false);
  });

  test("44: a repository or branch that is gone leaves the last good commit in force", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    const first = await fetched(mirror);
    source.git("checkout", "-q", "--detach");
    source.git("branch", "-D", "main");
    expect(await fetched(mirror)).toBe("GIT_FAILED UNAVAILABLE");
    rmSync(join(source.path, ".git"), { recursive: true });
    expect(await fetched(mirror)).toBe("GIT_FAILED UNAVAILABLE");
    expect(await mirror.head()).toMatchObject({ ok: true, value: first });
    expect(await content(mirror, first)).toBe("one");
  });

  test("44: a damaged mirror is UNAVAILABLE, and the next fetch repairs it", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    for (const name of ["main", "main^{tree}", "main:a", "main:a/x.yaml"]) {
      using state = scratch({});
      const mirror = await mirrorOf(source.path, "main", state.path);
      const commit = await fetched(mirror);
      const id = source.git("rev-parse", name);
      unpack(mirror.folder);
      const object = join(mirror.folder, "objects", id.slice(0, 2), id.slice(2));
      chmodSync(object, 0o600);
      writeFileSync(object, "damaged");
      expect(await content(mirror, commit), name).toBe("GIT_FAILED");
      expect(await fetched(mirror), name).toBe(commit);
      expect(await content(mirror, commit), name).toBe("one");
    }
  });

  test("44: a damaged mirror stays as it is while the repository does not answer", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    const commit = await fetched(mirror);
    writeFileSync(join(mirror.folder, "moltbot-damaged"), "");
    execFileSync("mv", [source.path, `${source.path}-away`]);
    expect(await fetched(mirror)).toBe("GIT_FAILED UNAVAILABLE");
    expect(await content(mirror, commit)).toBe("one");
    execFileSync("mv", [`${source.path}-away`, source.path]);
    expect(await fetched(mirror)).toBe(commit);
    expect(existsSync(join(mirror.folder, "moltbot-damaged"))).toBe(false);
  });

  test("44: a lock that a killed fetch left behind is not in the way", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    mkdirSync(join(mirror.folder, "refs/moltbot"), { recursive: true });
    writeFileSync(join(mirror.folder, "refs/moltbot/source.lock"), "");
    expect(await content(mirror, await fetched(mirror))).toBe("one");
  });

  test("44: a transfer that is cut half-way changes nothing; ssh gets no environment of ours", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": `${skill("one")}# ${"x".repeat(20_000)}\n` });
    using state = scratch({ "bin/": "" });
    // Stands in for ssh: runs the command on this machine, cutting its answer where told.
    const ssh = [
      "#!/bin/sh",
      `env > ${state.path}/env`,
      `printf '%s\\n' "$@" > ${state.path}/args`,
      "for last; do :; done",
      `[ -f ${state.path}/cut ] || exec sh -c "$last"`,
      `sh -c "$last" | { dd bs=1 count=$(cat ${state.path}/cut) 2>/dev/null; kill $$; }`,
    ].join("\n");
    writeFileSync(join(state.path, "bin/ssh"), ssh, { mode: 0o755 });
    const before = { ...process.env };
    Object.assign(process.env, { PATH: `${state.path}/bin:${before["PATH"] ?? ""}`, MOLTBOT_CANARY: "canary-9d1", SSH_AUTH_SOCK: "/x" });
    try {
      const mirror = await mirrorOf(`ssh://git@acme.example${source.path}`, "main", join(state.path, "s"), {});
      const first = await fetched(mirror);
      expect(first).toBe(source.git("rev-parse", "main"));
      source.write({ "a/x.yaml": `${skill("two")}# ${Array.from({ length: 5000 }, (_, i) => i * 7919).join("-")}\n` });
      const second = source.commit();
      for (const cut of [0, 10, 300, 1500]) {
        writeFileSync(join(state.path, "cut"), String(cut));
        expect(await fetched(mirror), String(cut)).toBe("GIT_FAILED UNAVAILABLE");
        expect(await mirror.head()).toMatchObject({ ok: true, value: first });
        expect(await content(mirror, first)).toBe("one");
      }
      rmSync(join(state.path, "cut"));
      expect(await fetched(mirror)).toBe(second);
      expect(await content(mirror, second)).toBe("two");
    } finally {
      process.env = before;
    }
    expect(readFileSync(join(state.path, "env"), "utf8")).not.toMatch(/canary-9d1|SSH_AUTH_SOCK|GIT_SSH/);
    expect(readFileSync(join(state.path, "args"), "utf8")).toContain("acme.example");
  });

  test("44: a server that never answers is given up when told to, with all children", async () => {
    using state = scratch({});
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    try {
      const mirror = await mirrorOf(`https://127.0.0.1:${port}/x`, "main", state.path, {});
      const started = performance.now();
      const result = await mirror.fetch(AbortSignal.timeout(500));
      expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(["GIT_FAILED"]);
      expect(performance.now() - started).toBeLessThan(20_000);
      const processes = execFileSync("ps", ["-e", "-o", "args="], { encoding: "utf8" });
      expect(processes).not.toContain(`127.0.0.1:${port}`);
    } finally {
      server.close();
    }
  });

  test("46: another address or branch is refused until it is bound anew", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using other = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("other") });
    using state = scratch({});
    const mirror = await mirrorOf(source.path, "main", state.path);
    const first = await fetched(mirror);
    expect(await codes(other.path, "main", state.path)).toEqual(["MIRROR_BOUND"]);
    expect(await codes(source.path, "second", state.path)).toEqual(["MIRROR_BOUND"]);
    expect(await codes("https://elsewhere.example/x", "main", state.path)).toEqual(["MIRROR_BOUND"]);
    expect(await content(mirror, first)).toBe("one");
    const rebound = await mirrorOf(other.path, "main", state.path, { ...LOCAL, rebind: true });
    expect(await content(rebound, await fetched(rebound))).toBe("other");
    expect(await codes(source.path, "main", state.path)).toEqual(["MIRROR_BOUND"]);
  });

  test("46: something that is no mirror of ours is left alone", async () => {
    using source = repository({ "moltbot.yaml": PROJECT });
    using state = scratch({ "source.git/precious": "keep" });
    expect(await codes(source.path, "main", state.path)).toEqual(["MIRROR_BOUND"]);
    expect(lstatSync(join(state.path, "source.git/precious")).isFile()).toBe(true);
  });
});
