import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { worldOf } from "../test/engine.fixture.ts";
import { findOpa } from "../trust/policy-build/index.ts";
import { stateChecks } from "./checkup/state.ts";
import { folderWith, moltbot as run, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";
import { edit } from "./watching.fixture.ts";

let repo: ReturnType<typeof tinyRepository>;
beforeEach(() => {
  repo = tinyRepository();
});
afterEach(() => repo.dispose());
const moltbot = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran => run(args, { cwd: repo.path, env });
const at = (...parts: readonly string[]): string => path.join(repo.path, ...parts);
const applied = (): void => expect(moltbot(["apply", "--auto-approve"]).code).toBe(0);

interface Report {
  readonly outcome: string | null;
  readonly checks: readonly { readonly id: string; readonly status: string; readonly text: string; readonly remedy: string | null }[];
}

const report = (ran: Ran): Report => JSON.parse(ran.out) as Report;
const idsWith = ({ checks }: Report, status: string): string[] => checks.filter((check) => check.status === status).map(({ id }) => id);

/** Names, modes and bytes of everything below a folder. */
function snapshot(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const full = path.join(entry.parentPath, entry.name);
      const { mode, mtimeMs } = fs.lstatSync(full);
      return `${full} ${mode} ${entry.isFile() ? `${mtimeMs} ${createHash("sha256").update(fs.readFileSync(full)).digest("hex")}` : ""}`;
    })
    .sort();
}

describe("doctor", () => {
  test("all is well: one line a check, nothing but what was there, exit 0", () => {
    applied();
    const before = snapshot(repo.path);
    const ran = moltbot(["doctor"]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    for (const id of [
      "moltbot",
      "git",
      "age",
      "opa",
      "terminal",
      "project",
      "manifests",
      "secrets",
      "inert",
      "tls",
      "state",
      "space",
      "store",
      "keys",
      "ledger",
      "clock",
    ])
      expect(ran.out).toMatch(new RegExp(`^✓ ${id} `, "m"));
    expect(ran.out).toMatch(/\n17 ok, 0 warnings, 0 failures\n$/);
    expect(snapshot(repo.path)).toEqual(before);
  });

  test("names the compiler of policies that would be run, and no other", () => {
    applied();
    const known = findOpa();
    expect(moltbot(["doctor"]).out).toContain(
      known.ok ? `opa ${known.value.version} is ${known.value.file}` : "No opa that moltbot compiles with",
    );
    expect(moltbot(["doctor"], { MOLTBOT_OPA: "/bin/true" }).out).toContain("No opa that moltbot compiles with was found");
  });

  test("before the first apply there is little to say, and no folder is made", () => {
    const found = report(moltbot(["doctor", "-o", "json"]));
    expect(found).toMatchObject({ kind: "Doctor", outcome: null });
    expect(idsWith(found, "failure")).toEqual([]);
    expect(fs.existsSync(at(".moltbot"))).toBe(false);
  });

  test.each<[string, () => void, number, string, string]>([
    [
      "a mistake in a manifest",
      () => edit(repo.path, { "agents/a.yaml": ["provider: echo", "provider: ecko"] }),
      1,
      "manifests",
      "agents/a.yaml:7:15 REF_NOT_FOUND",
    ],
    ["a broken Project", () => fs.writeFileSync(at("moltbot.yaml"), "x: ["), 1, "project", "YAML_SYNTAX"],
    ["no Project", () => fs.rmSync(at("moltbot.yaml")), 1, "project", "PROJECT_NOT_FOUND"],
    ["a key that others can read", () => fs.chmodSync(at(".moltbot/keys/ledger.key"), 0o644), 6, "keys", "KEY_UNSAFE"],
    ["a key that is gone", () => fs.rmSync(at(".moltbot/keys/store.key")), 9, "keys", "KEY_MISSING"],
    ["a folder that others may write to", () => fs.chmodSync(at(".moltbot"), 0o777), 6, "store", "STORE_UNSAFE"],
    ["a store that was overwritten", () => fs.writeFileSync(at(".moltbot/store.db"), "nonsense"), 9, "store", ""],
    ["a loop state that is none", () => fs.writeFileSync(at(".moltbot/watch.json"), "[]"), 9, "watch", "STORE_CORRUPT"],
  ])("%s", (_, damage, code, id, text) => {
    applied();
    damage();
    const ran = moltbot(["doctor", "-o", "json"]);
    expect(ran).toMatchObject({ code, err: "" });
    const failure = report(ran).checks.find((check) => check.status === "failure");
    expect(failure).toMatchObject({ id, text: expect.stringContaining(text) as string, remedy: expect.any(String) as string });
    const shown = moltbot(["doctor"]);
    expect(shown.code).toBe(code);
    expect(shown.out).toContain(`✗ ${id}`);
  });

  test("a ledger record that was changed is found", () => {
    applied();
    const db = new DatabaseSync(at(".moltbot/store.db"));
    db.exec("UPDATE ledger SET record = replace(record, 'sha256:', 'sha256:0') WHERE seq = 1");
    db.close();
    const ran = moltbot(["doctor", "-o", "json"]);
    expect(ran.code).toBe(9);
    expect(idsWith(report(ran), "failure")).toEqual(["ledger"]);
  });

  test("the worst failure gives the exit code", () => {
    applied();
    edit(repo.path, { "agents/a.yaml": ["provider: echo", "provider: ecko"] });
    fs.rmSync(at(".moltbot/keys/store.key"));
    const ran = moltbot(["doctor", "-o", "json"]);
    expect(ran.code).toBe(9);
    expect(report(ran).outcome).toBe("CORRUPT");
    expect(idsWith(report(ran), "failure")).toEqual(["manifests", "keys"]);
  });

  test("warnings are none: a pending secret, a failing watch, a locale, a folder that others may read", () => {
    const secret =
      "apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata:\n  name: key\nspec:\n  values:\n    value:\n      pending: {}\n";
    fs.mkdirSync(at("secrets"));
    fs.writeFileSync(at("secrets/key.yaml"), secret);
    applied();
    fs.chmodSync(at(".moltbot"), 0o755);
    edit(repo.path, { "agents/a.yaml": ["provider: echo", "provider: ecko"] });
    expect(moltbot(["watch", "--once"]).code).toBe(1);
    edit(repo.path, { "agents/a.yaml": ["provider: ecko", "provider: echo"] });
    const ran = moltbot(["doctor", "-o", "json"], { LANG: "C" });
    expect(ran.code).toBe(0);
    expect(idsWith(report(ran), "warning")).toEqual(["terminal", "secrets", "state", "watch"]);
    expect(ran.out).toContain("Secret/key");
    expect(ran.out).toContain("REF_NOT_FOUND");
  });

  test("a host that is connected to with less than TLS 1.3 is named, with its reason", () => {
    const network = "policies: {network: {tlsExceptions: [{host: legacy.acme.example, minVersion: TLSv1.2, reason: replaced in March}]}}";
    fs.appendFileSync(at("moltbot.yaml"), `\n  ${network}\n`);
    const ran = moltbot(["doctor", "-o", "json"]);
    expect(idsWith(report(ran), "warning")).toContain("tls");
    expect(ran.out).toContain("legacy.acme.example with TLSv1.2 (replaced in March)");
  });

  test("environments: one must be named", () => {
    fs.appendFileSync(at("moltbot.yaml"), "  environments: {prod: {}}\n");
    expect(moltbot(["doctor"]).code).toBe(64);
    expect(moltbot(["doctor", "-e", "prod"]).code).toBe(0);
  });

  test("no git: a failure that names the way out; no tools in PATH: no matter", () => {
    const tools = folderWith({});
    for (const tool of ["sh", "dirname", "readlink", "node"]) {
      const found = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).stdout.trim();
      if (found !== "") fs.symlinkSync(fs.realpathSync(found), path.join(tools.path, tool));
    }
    const ran = moltbot(["doctor", "-o", "json"], { PATH: tools.path });
    tools.dispose();
    expect(ran.code).toBe(7);
    expect(idsWith(report(ran), "failure")).toEqual(["git"]);
    expect(ran.out).toContain("age is not installed; it is only needed");
  });

  test("a git that is too old is a warning", () => {
    const old = folderWith({ git: "#!/bin/sh\necho git version 2.30.2\n" });
    fs.chmodSync(path.join(old.path, "git"), 0o755);
    const ran = moltbot(["doctor", "-o", "json"], { PATH: `${old.path}:${process.env["PATH"] ?? ""}` });
    old.dispose();
    expect(idsWith(report(ran), "warning")).toEqual(["git"]);
  });

  test("fits 20 columns", () => {
    const { out } = moltbot(["doctor"], { COLUMNS: "20", LANG: "C" });
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(20);
  });
});

describe("hostile input 65: the clock", () => {
  const clockAt = (now: string): string | undefined =>
    stateChecks(at(".moltbot"), worldOf({ clock: { now: () => new Date(now) } })).find((check) => check.id === "clock")?.status;
  test.each([
    ["1970", "1970-01-01T00:00:00Z", "warning"],
    ["behind the last record", "2026-01-02T00:00:00Z", "warning"],
    ["2038", "2038-01-19T04:00:00Z", "ok"],
  ])("%s", (_, now, status) => {
    applied();
    expect(clockAt(now)).toBe(status);
  });
  test("before the first apply", () => {
    expect(clockAt("1970-01-01T00:00:00Z")).toBe("warning");
    expect(clockAt("2027-01-01T00:00:00Z")).toBe("ok");
  });
});
