/**
 * A disk of its own, a few MiB large, that fills up under a running gateway: a tmpfs in a mount namespace that
 * nobody else sees. Where the machine lets nobody make one, runtime/store/disk.test.ts still stands.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { BIN, cleanEnv } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { postTo, webhookFiles, WEBHOOK_SECRET } from "./webhook.fixture.ts";

const canMount = spawnSync("unshare", ["-Urm", "sh", "-c", "mount -t tmpfs none /mnt"]).status === 0;

interface OnDisk {
  readonly child: ChildProcess;
  readonly url: string;
  /** The disk as it is seen from outside. */
  readonly disk: string;
  readonly said: () => string;
}

async function gatewayOnDisk(prelude: string): Promise<OnDisk> {
  const repo = tinyRepository(webhookFiles());
  const disk = path.join(repo.path, "disk");
  fs.mkdirSync(disk);
  const script = `${prelude} && "$0" apply --auto-approve --quiet --state "$1/state" >&2 && exec "$0" gateway run -o jsonl --state "$1/state"`;
  const child = spawn("unshare", ["-Urm", "sh", "-c", script, BIN, disk], {
    cwd: repo.path,
    env: cleanEnv({ HOOK_SECRET: WEBHOOK_SECRET }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  onTestFinished(() => {
    child.kill("SIGKILL");
    repo.dispose();
  });
  await expect.poll(() => said, { timeout: 20_000, interval: 20 }).toContain('"type":"ready"');
  const line = said.split("\n").find((each) => each.includes('"type":"ready"')) ?? "";
  const { facts } = JSON.parse(line) as { readonly facts: { readonly url: string } };
  return { child, url: facts.url, disk: `/proc/${child.pid}/root${disk}`, said: () => said };
}

async function statusAt(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
}

test.runIf(canMount)(
  "row 56: a full disk takes no message, says so, leaves health answering, and is used again when there is room",
  async () => {
    const { child, url, disk, said } = await gatewayOnDisk('mount -t tmpfs -o size=6m none "$1"');
    let n = 0;
    const post = () => postTo(url, { id: `m-${++n}`, sender: "ada", text: "Hello" });
    expect((await post()).status).toBe(200);
    const filler = fs.openSync(path.join(disk, "filler"), "w");
    expect(() => {
      for (;;) fs.writeSync(filler, Buffer.alloc(4_096));
    }).toThrow("ENOSPC");
    fs.closeSync(filler);
    for (let i = 0; i < 3; i++) expect(await post()).toMatchObject({ status: 503, body: { code: "STORE_UNAVAILABLE" } });
    expect([await statusAt(`${url}/livez`), await statusAt(`${url}/readyz`)]).toEqual([200, 503]);
    expect(said()).toContain("there is no space left");
    fs.rmSync(path.join(disk, "filler"));
    await expect.poll(() => statusAt(`${url}/readyz`), { timeout: 10_000, interval: 200 }).toBe(200);
    // The very message that was refused, as whoever sent it tries again.
    expect(await postTo(url, { id: "m-2", sender: "ada", text: "Hello" })).toMatchObject({ status: 200, body: { state: "answered" } });
    expect(said()).toContain("takes what is written again");
    const ended = once(child, "close");
    child.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
  },
  60_000,
);

test("row 110: connections beyond what the process may hold open end nothing, and are taken again when others end", async () => {
  const repo = tinyRepository(webhookFiles());
  onTestFinished(() => repo.dispose());
  const script = '"$0" apply --auto-approve --quiet >&2 && ulimit -n 90 && exec "$0" gateway run -o jsonl';
  const child = spawn("sh", ["-c", script, BIN], {
    cwd: repo.path,
    env: cleanEnv({ HOOK_SECRET: WEBHOOK_SECRET }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => said, { timeout: 20_000, interval: 20 }).toContain('"type":"ready"');
  const { facts } = JSON.parse(said.split("\n").find((each) => each.includes('"type":"ready"')) ?? "") as {
    readonly facts: { readonly url: string };
  };
  const { port } = new URL(facts.url);
  const sockets = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const socket = net.connect(Number(port), "127.0.0.1");
      socket.on("error", () => undefined);
      await Promise.race([once(socket, "connect"), once(socket, "close")]);
      return socket;
    }),
  );
  expect(child.exitCode).toBeNull();
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => statusAt(`${facts.url}/livez`).catch(() => 0), { timeout: 10_000, interval: 50 }).toBe(200);
  await expect
    .poll(async () => (await postTo(facts.url, { id: `m-${Math.random()}`, sender: "ada", text: "Hello" })).status, {
      timeout: 10_000,
      interval: 100,
    })
    .toBe(200);
  const ended = once(child, "close");
  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
}, 60_000);
