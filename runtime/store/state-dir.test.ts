import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { holdRuntime, isRuntimeHeld, lockForApply, openRecords, openStore, readKey } from "./index.ts";
import {
  ACTOR,
  applyTo,
  codesOf,
  filledStore,
  newStateDir,
  problemOf,
  readerOf,
  testPorts,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";

const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;
const HOLDER = { host: "here", pid: 1, actor: ACTOR, since: "2026-03-01T12:00:00.000Z" };

function filled(): string {
  const dir = newStateDir();
  filledStore(dir);
  return dir;
}

async function everyDoor(dir: string): Promise<readonly string[]> {
  const results = [
    openStore(dir, { mode: "read" }, testPorts()),
    openStore(dir, { mode: "write", create: false }, testPorts()),
    openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts()),
    openRecords(dir),
    readKey(dir, "store.key"),
    isRuntimeHeld(dir),
    holdRuntime(dir),
    await lockForApply(dir, HOLDER, { timeoutMs: 0 }),
  ];
  return results.map((result) => codesOf(result)[0] ?? "ok");
}

/** Runs as somebody who is not root: rights do not hold root back. */
function asNobody<T>(dir: string, act: () => T): T {
  if (!isRoot) return act();
  fs.chmodSync(path.dirname(dir), 0o755);
  for (const entry of ["", ...fs.readdirSync(dir, { recursive: true })]) fs.chownSync(path.join(dir, String(entry)), NOBODY, NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe("row 58: a state folder that cannot be relied on is refused before anything happens", () => {
  test.each([0o777, 0o770, 0o720, 0o702])("writable by others, mode %o", async (mode) => {
    const dir = filled();
    fs.chmodSync(dir, mode);
    expect(new Set(await everyDoor(dir))).toEqual(new Set(["STORE_UNSAFE"]));
    expect(problemOf(openStore(dir, { mode: "read" }, testPorts())).remedy).toContain("chmod 700");
  });

  test.each(["store.db", "head.json"])("%s writable by others", (name) => {
    const dir = filled();
    fs.chmodSync(path.join(dir, name), 0o666);
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["STORE_UNSAFE"]);
  });

  test.runIf(isRoot)("somebody else's", async () => {
    const dir = filled();
    fs.chownSync(dir, NOBODY, NOBODY);
    expect(new Set(await everyDoor(dir))).toEqual(new Set(["STORE_UNSAFE"]));
    fs.chownSync(dir, 0, 0);
    fs.chownSync(path.join(dir, "store.db"), NOBODY, NOBODY);
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["STORE_UNSAFE"]);
    fs.chownSync(path.join(dir, "store.db"), 0, 0);
    fs.chownSync(path.join(dir, "keys/store.key"), NOBODY, NOBODY);
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["KEY_UNSAFE"]);
  });

  test("a symbolic link, wherever it leads", async () => {
    const dir = filled();
    const link = path.join(path.dirname(dir), "link");
    fs.symlinkSync(dir, link);
    expect(new Set(await everyDoor(link))).toEqual(new Set(["STORE_UNSAFE"]));
  });

  test("a file", async () => {
    const file = path.join(path.dirname(newStateDir()), "file");
    fs.writeFileSync(file, "");
    expect(new Set(await everyDoor(file))).toEqual(new Set(["STORE_UNSAFE"]));
  });

  test.each(["store.db", "head.json", "store.db-wal"])("with a link or a FIFO as %s: never followed, never waited on", (name) => {
    const dir = filled();
    const target = path.join(path.dirname(dir), "target");
    fs.rmSync(path.join(dir, name), { force: true });
    fs.writeFileSync(target, "secret");
    fs.symlinkSync(target, path.join(dir, name));
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["STORE_CORRUPT"]);
    expect(fs.readFileSync(target, "utf8")).toBe("secret");
    fs.rmSync(path.join(dir, name));
    expect(spawnSync("mkfifo", [path.join(dir, name)]).status).toBe(0);
    expect(codesOf(openStore(dir, { mode: "write", create: false }, testPorts()))).toEqual(["STORE_CORRUPT"]);
  });

  test("one that is read-only is unavailable, and what is in it stays", () => {
    const dir = filled();
    const before = fs.readFileSync(path.join(dir, "store.db"));
    const codes = asNobody(dir, () => {
      fs.chmodSync(dir, 0o500);
      const found = [
        openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts()),
        openStore(dir, { mode: "read" }, testPorts()),
        openRecords(dir),
        holdRuntime(dir),
      ].map((result) => codesOf(result)[0]);
      fs.chmodSync(dir, 0o700);
      return found;
    });
    expect(new Set(codes)).toEqual(new Set(["STORE_UNAVAILABLE"]));
    expect(fs.readFileSync(path.join(dir, "store.db")).equals(before)).toBe(true);
  });

  test("one whose parent does not exist, or may not be written, is unavailable", () => {
    const parent = path.dirname(newStateDir());
    expect(codesOf(openStore(path.join(parent, "none", "state"), { mode: "write", create: true, actor: ACTOR }, testPorts()))).toEqual([
      "STORE_UNAVAILABLE",
    ]);
    const dir = path.join(parent, "inner", "state");
    fs.mkdirSync(path.dirname(dir), { mode: 0o500 });
    const codes = asNobody(path.dirname(dir), () => codesOf(openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts())));
    expect(codes).toEqual(["STORE_UNAVAILABLE"]);
  });

  test("one with odd characters in its name works", () => {
    const dir = path.join(path.dirname(newStateDir()), "a ?#%41&mode=memory ü'\"");
    const writer = writerOf(dir);
    applyTo(writer, { a: "one" });
    writer.close();
    const reader = readerOf(dir);
    expect([wordsOf(reader), fs.existsSync(path.join(dir, "store.db"))]).toEqual([{ a: "one" }, true]);
    reader.close();
    valueOf(openRecords(dir))?.close();
  });
});
