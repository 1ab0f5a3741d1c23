import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { textOf } from "../ground/tree.ts";

/** What a user gets: the tarball that would be published, installed into an empty folder from the registry. */

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const manifest = JSON.parse(textOf("package.json")) as Manifest;

const OLD_VERSION = "20.11.1";

let folder = "";
let packed: readonly string[] = [];

function run(command: string, args: readonly string[], options: { readonly cwd: string; readonly path?: string }): Ran {
  const env = { ...process.env, PATH: options.path ?? process.env["PATH"], NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: options.cwd, encoding: "utf8", env });
  return { status, stdout, stderr };
}

function moltbot(...args: readonly string[]): Ran {
  return run(path.join(folder, "user", "node_modules", ".bin", "moltbot"), args, { cwd: path.join(folder, "user") });
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-package-"));
  // No scripts: dist/ was made just before, and making it again would pull it from under other tests.
  const pack = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], { cwd: ROOT });
  expect(pack.status, pack.stderr).toBe(0);
  const [made] = JSON.parse(pack.stdout) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  packed = made?.files.map((file) => file.path) ?? [];

  const user = path.join(folder, "user");
  fs.mkdirSync(user);
  const install = run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", path.join(folder, made?.filename ?? "")], {
    cwd: user,
  });
  expect(install.status, install.stderr).toBe(0);
  fs.cpSync(path.join(user, "node_modules", "moltbot", "examples", "quickstart"), path.join(folder, "quickstart"), { recursive: true });
}, 300_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("the packed files", () => {
  test.each([
    ["LICENSE"],
    ["README.md"],
    ["CHANGELOG.md"],
    ["bin/moltbot.js"],
    ["docs/diagnostics.md"],
    ["dist/cmd/main.js"],
    ["dist/cli/main.js"],
    ["oclif.manifest.json"],
    ["schemas/project.schema.json"],
    ["schemas/agent.schema.json"],
    ["examples/quickstart/moltbot.yaml"],
    ["examples/quickstart/prompts/greeter.md"],
  ])("hold %s", (file) => {
    expect(packed).toContain(file);
  });

  test("hold all that package.json points at", () => {
    const targets = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((to) => (typeof to === "string" ? [to] : Object.values(to))),
    ];
    expect(targets.map((target) => target.replace(/^\.\//, "")).filter((target) => !packed.includes(target))).toEqual([]);
  });

  test("hold no tests, sources, state or keys", () => {
    const foreign = /(\.test\.|\.fixture\.|(?<!\.d)\.ts$|^test\/|^scripts\/|^node_modules\/|\.moltbot\/|\.agekey$|\.db$|\.tgz$|^\.)/;
    expect(packed.filter((file) => foreign.test(file))).toEqual([]);
  });

  test("are in dist/ because a source makes them", () => {
    const orphans = packed.filter(
      (file) =>
        /^dist\/(?!cli\/)/.test(file) && !fs.existsSync(path.join(ROOT, file.slice("dist/".length).replace(/(\.d\.ts|\.js)$/, ".ts"))),
    );
    expect(orphans).toEqual([]);
  });
});

describe("installed in an empty folder", () => {
  test("says its version", () => {
    expect(moltbot("--version")).toEqual({ status: 0, stdout: `moltbot ${manifest.version}\n`, stderr: "" });
  });

  test("validates and plans the quickstart", () => {
    const validated = moltbot("validate", "-C", path.join(folder, "quickstart"));
    expect(validated, validated.stderr).toMatchObject({ status: 0 });

    const planned = moltbot("plan", "-o", "json", "-C", path.join(folder, "quickstart"));
    expect(planned, planned.stderr).toMatchObject({ status: 0 });
    const plan = JSON.parse(planned.stdout) as {
      readonly body: { readonly project: string; readonly summary: { readonly create: number } };
    };
    expect(plan.body).toMatchObject({ project: "quickstart", summary: { create: 11 } });
  });

  test("applies a copy of it, plans it empty, answers a message and keeps the conversation", () => {
    const own = path.join(folder, "applied");
    fs.cpSync(path.join(folder, "quickstart"), own, { recursive: true });
    const ran = (...args: readonly string[]): Ran => moltbot(...args, "-C", own);
    expect(ran("apply", "--auto-approve", "--quiet")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("generation 1") as string,
    });
    expect(ran("plan", "--detailed-exitcode")).toMatchObject({ status: 0, stdout: expect.stringContaining("No changes") as string });
    const said = ran("chat", "greeter", "hello from the package", "-o", "json");
    expect(said, said.stderr).toMatchObject({ status: 0, stdout: expect.stringContaining("hello from the package") as string });
    expect(ran("chat", "greeter", "--sessions")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("hello from the package") as string,
    });
    expect(ran("audit", "verify")).toMatchObject({ status: 0 });
  });

  test("offers the library, and these names only", () => {
    const program = 'import("moltbot").then((m) => console.log(JSON.stringify(Object.keys(m).sort())))';
    const ran = run(process.execPath, ["-e", program], { cwd: path.join(folder, "user") });
    expect(JSON.parse(ran.stdout), ran.stderr).toEqual([
      "CODES",
      "ConflictError",
      "CorruptError",
      "EXIT",
      "InputError",
      "KINDS",
      "MoltbotError",
      "OUTCOMES",
      "OutsideError",
      "PolicyError",
      "RefusedError",
      "TrustError",
      "apply",
      "destroy",
      "exitCodeOf",
      "hasEffect",
      "isRecoverable",
      "orThrow",
      "outcomeOf",
      "plan",
      "readPlan",
      "render",
      "rollback",
      "systemClock",
      "validate",
      "worstOutcome",
      "writePlan",
    ]);
  });

  test("an error is a diagnostic, not a stack trace", () => {
    const planned = moltbot("plan", "-C", folder);
    expect(planned.status).toBe(1);
    expect(planned.stderr).toContain("PROJECT_NOT_FOUND");
    expect(planned.stderr).not.toMatch(/\n\s+at /);
  });
});

describe("on a Node that is too old", () => {
  const LINE = /^moltbot: needs Node 24\.16 or newer; this is Node [\d.]+\. [^\n]*\n$/;

  test("one clear line (a stand-in that reports an old version)", () => {
    const bin = path.join(folder, "old", "bin");
    fs.mkdirSync(bin, { recursive: true });
    const preload = path.join(folder, "old", "versions.cjs");
    fs.writeFileSync(
      preload,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, node: ${JSON.stringify(OLD_VERSION)} } });\n`,
    );
    fs.writeFileSync(path.join(bin, "node"), `#!/bin/sh\nexec "${process.execPath}" --require "${preload}" "$@"\n`, { mode: 0o755 });

    const program = path.join(folder, "user", "node_modules", ".bin", "moltbot");
    const ran = run(program, ["plan"], { cwd: folder, path: [bin, process.env["PATH"]].join(path.delimiter) });
    expect(ran.status).toBe(70);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).toMatch(LINE);
    expect(ran.stderr).toContain(OLD_VERSION);
  });

  const systemNode = ["/usr/bin/node", "/usr/local/bin/node"].find((file) => fs.existsSync(file));
  const systemVersion = systemNode === undefined ? "" : run(systemNode, ["--version"], { cwd: ROOT }).stdout.trim();
  const isSystemOld = /^v(1\d|2[0-3])\./.test(systemVersion);

  test.runIf(isSystemOld)("one clear line (the system's own Node)", () => {
    const ran = run(systemNode ?? "", [path.join(folder, "user", "node_modules", "moltbot", "bin", "moltbot.js"), "plan"], { cwd: folder });
    expect(ran).toMatchObject({ status: 70, stdout: "" });
    expect(ran.stderr).toMatch(LINE);
  });
});
