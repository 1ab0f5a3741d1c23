import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { endSurvivors, familyOf, survivors } from "./survivors.ts";

function folder(): string {
  const made = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-survivors-")));
  onTestFinished(() => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

/** One that does nothing until it is ended, known to be there. */
async function idle(options: {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly argument?: string;
}): Promise<ChildProcess> {
  const { cwd = "/", env = {}, argument = "none" } = options;
  const child = spawn("/bin/sh", ["-c", "echo here; read line", "sh", argument], { cwd, env, stdio: ["pipe", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

describe("what a run of the tests left running", () => {
  test.each<readonly [string, (made: string) => Parameters<typeof idle>[0]]>([
    ["its own folder", (made) => ({ cwd: made })],
    ["its environment", (made) => ({ env: { TMPDIR: made } })],
    ["its arguments", (made) => ({ argument: `--state=${made}/x` })],
  ])("is found by %s, named and ended", async (_, optionsOf) => {
    const made = folder();
    const child = await idle(optionsOf(made));
    const ended = once(child, "exit");
    expect(survivors(made)).toEqual([{ pid: child.pid, command: expect.stringContaining("read line") as string }]);
    expect(await endSurvivors(made, 0)).toHaveLength(1);
    expect((await ended)[1]).toBe("SIGKILL");
    expect(survivors(made)).toEqual([]);
  });

  test("is found also where its folder is gone", async () => {
    const made = folder();
    const child = await idle({ cwd: made });
    fs.rmSync(made, { recursive: true });
    expect(survivors(made).map(({ pid }) => pid)).toEqual([child.pid]);
  });

  test("is nothing of another folder, however alike its name", async () => {
    const made = folder();
    fs.mkdirSync(`${made}-other`);
    await idle({ cwd: `${made}-other` });
    expect(survivors(made)).toEqual([]);
    fs.rmdirSync(`${made}-other`);
  });

  test("is not what ends in time", async () => {
    const made = folder();
    const child = await idle({ cwd: made });
    child.stdin?.end("done\n");
    expect(await endSurvivors(made)).toEqual([]);
  });

  test("goes with what it started itself", async () => {
    const child = spawn("/bin/sh", ["-c", "sh -c 'echo $$; sleep 60; true' & echo $$; wait"], { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said.trim().split("\n").length).toBe(2);
    expect(child.pid).toBeDefined();
    const family = familyOf([child.pid ?? 0]);
    for (const pid of said.trim().split("\n").map(Number)) expect(family).toContain(pid);
    expect(family).not.toContain(process.pid);
    for (const pid of family) if (pid !== child.pid) process.kill(pid, "SIGKILL");
  });
});
