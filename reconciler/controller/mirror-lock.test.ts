import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ok } from "../../core/index.ts";
import { codesOf } from "../../test/engine.fixture.ts";
import { whileMirrorIsFree } from "./mirror-lock.ts";

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "moltbot-mirror-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return join(root, "mirror");
}

const signal = new AbortController().signal;
const act = () => Promise.resolve(ok("done"));

/** Another process that holds the lock until it is killed. */
async function holder(place: string): Promise<() => Promise<unknown>> {
  const program = `import { whileMirrorIsFree } from ${JSON.stringify(join(import.meta.dirname, "mirror-lock.ts"))};
    const forever = new Promise(() => setInterval(() => undefined, 1000));
    await whileMirrorIsFree(${JSON.stringify(place)}, { timeoutMs: 0, signal: new AbortController().signal }, () => { process.send("held"); return forever; });`;
  const script = `${place}.holder.mjs`;
  writeFileSync(script, program);
  const child = fork(script, { stdio: "ignore" });
  await once(child, "message");
  return async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
}

describe("the mirror's lock", () => {
  test("is free, is given back, and its folder is ours alone", async () => {
    const place = folder();
    for (let i = 0; i < 2; i++) expect(await whileMirrorIsFree(place, { timeoutMs: 0, signal }, act)).toEqual(ok("done"));
    expect(statSync(place).mode & 0o777).toBe(0o700);
    expect(statSync(join(place, "lock.db")).mode & 0o777).toBe(0o600);
  });

  test("is given back after a failure", async () => {
    const place = folder();
    const broken = whileMirrorIsFree(place, { timeoutMs: 0, signal }, () => Promise.reject(new Error("cut")));
    expect(codesOf(await broken)).toEqual(["STORE_UNAVAILABLE"]);
    expect((await whileMirrorIsFree(place, { timeoutMs: 0, signal }, act)).ok).toBe(true);
  });

  test("another process holds it: waited for, then told; killed, it is free at once", async () => {
    const place = folder();
    const kill = await holder(place);
    expect(codesOf(await whileMirrorIsFree(place, { timeoutMs: 120, signal }, act))).toEqual(["MIRROR_LOCKED"]);
    const waiting = whileMirrorIsFree(place, { timeoutMs: 20_000, signal }, act);
    await kill();
    expect((await waiting).ok).toBe(true);
  });

  test("waiting ends when it is asked to", async () => {
    const place = folder();
    const kill = await holder(place);
    const end = new AbortController();
    const waiting = whileMirrorIsFree(place, { timeoutMs: 20_000, signal: end.signal }, act);
    end.abort();
    expect(codesOf(await waiting)).toEqual(["MIRROR_LOCKED"]);
    await kill();
  });

  test("a folder that cannot be made, a file that is no lock", async () => {
    const place = folder();
    writeFileSync(place, "");
    expect(codesOf(await whileMirrorIsFree(place, { timeoutMs: 0, signal }, act))).toEqual(["STORE_UNAVAILABLE"]);
  });
});
