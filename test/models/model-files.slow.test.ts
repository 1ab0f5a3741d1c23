/** What a user gets who wants model files: the packed moltbot and the library beside it, as the diagnostic says to install it. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanEnv, type Ran } from "../../cmd/cli.fixture.ts";
import { INSTALL_LIBRARY } from "../../runtime/models/index.ts";
import { tinyModel } from "../../runtime/models/models.fixture.ts";
import { ROOT } from "../../scripts/checkout.ts";

let folder = "";
const repo = (): string => path.join(folder, "repo");
const bin = (): string => path.join(folder, "node_modules", ".bin", "moltbot");

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Ran {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 200_000 });
  return { code: status, out: stdout, err: stderr };
}

const cli = (...args: readonly string[]): Ran => run(bin(), args, repo(), cleanEnv());

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-model-files-"));
  fs.writeFileSync(path.join(folder, "package.json"), '{"private":true}');
  const pack = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], ROOT);
  const [made] = JSON.parse(pack.out) as readonly { readonly filename: string }[];
  const [npm = "", ...install] = INSTALL_LIBRARY.split(" ");
  const installed = run(npm, [...install, `./${made?.filename}`, "--no-audit", "--no-fund", "--prefer-offline"], folder);
  expect(installed.code, installed.err).toBe(0);
  fs.cpSync(path.join(ROOT, "test", "trees", "basics"), repo(), { recursive: true });
  const provider = path.join(repo(), "providers", "echo.yaml");
  const file =
    "  type: llama-cpp\n  models:\n    - name: echo-1\n      path: tiny.gguf\n      contextWindow: 2048\n      parameters: {maxTokens: 24}";
  fs.writeFileSync(provider, fs.readFileSync(provider, "utf8").replace("  type: echo", file));
  expect(cli("apply", "--auto-approve", "--quiet")).toMatchObject({ code: 0 });
  fs.mkdirSync(path.join(repo(), ".moltbot", "models"));
  fs.writeFileSync(path.join(repo(), ".moltbot", "models", "tiny.gguf"), tinyModel());
}, 300_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test("doctor knows the library and the file", () => {
  expect(cli("doctor").out).toMatch(/✓ llama-cpp[^]*✓ model-files/);
});

test("chat answers, piece by piece", () => {
  const said = cli("chat", "greeter", "Hello", "-o", "jsonl");
  expect(said, said.out).toMatchObject({ code: 0 });
  const lines = said.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly type?: string });
  expect(lines.filter(({ type }) => type === "delta").length).toBeGreaterThan(1);
  expect(said.out).toMatch(/"outputTokens":[1-9]/);
});

test("a gateway answers, stops answering whoever goes, and goes on after its model died", async () => {
  const gateway = spawn(bin(), ["gateway", "run", "-o", "jsonl"], { cwd: repo(), env: cleanEnv(), stdio: ["ignore", "pipe", "inherit"] });
  try {
    await says(gateway, '"type":"ready"');
    expect(await say("Hello")).toMatchObject({ status: 200 });
    const [first] = modelsOf(gateway);
    expect(first).toBeGreaterThan(0);
    await leave("Hello again");
    expect(await say("And again")).toMatchObject({ status: 200 });
    expect(modelsOf(gateway)).toEqual([first]);
    process.kill(first ?? 0, "SIGKILL");
    // Tried again after a pause, which is longer than the model is left alone.
    expect(await say("Still there?")).toMatchObject({ status: 200 });
    expect(modelsOf(gateway)).not.toContain(first);
  } finally {
    const gone = new Promise((resolve) => gateway.once("exit", resolve));
    gateway.kill("SIGTERM");
    expect(await gone).toBe(0);
  }
});

async function says(gateway: ChildProcess, text: string): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    gateway.once("exit", () => reject(new Error("it stopped")));
    gateway.stdout?.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes(text)) resolve();
    });
  });
}

function ask(body: object): http.ClientRequest {
  const socketPath = path.join(repo(), ".moltbot", "gateway.sock");
  const headers = { host: "gateway", "content-type": "application/json" };
  const request = http.request({ socketPath, path: "/v2/agents/greeter/messages", method: "POST", headers });
  request.end(JSON.stringify(body));
  return request;
}

async function say(text: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return await new Promise((resolve, reject) => {
    ask({ text })
      .on("error", reject)
      .on("response", (answer) => {
        let body = "";
        answer.on("data", (bytes: Buffer) => (body += bytes.toString())).on("end", () => resolve({ status: answer.statusCode, body }));
      });
  });
}

/** Asks with a stream, and goes at its first piece. */
async function leave(text: string): Promise<void> {
  const request = ask({ text, stream: true });
  await new Promise<void>((resolve, reject) => {
    request.on("error", reject).on("response", (answer) => answer.once("data", () => resolve()).on("error", () => undefined));
  });
  request.on("error", () => undefined).destroy();
  await sleep(50);
}

/** The processes of models below the gateway. */
function modelsOf({ pid }: ChildProcess): readonly number[] {
  const all = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.filter((each) => isModel(each) && isBelow(each, String(pid))).map(Number);
}

function isModel(pid: string): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("model-process.js");
  } catch {
    return false;
  }
}

function isBelow(pid: string, ancestor: string): boolean {
  for (let at = pid; at !== "0" && at !== "";) {
    if (at === ancestor) return true;
    at = /^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${at}/status`, "utf8"))?.[1] ?? "";
  }
  return false;
}
