import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { codesOf, runOf, valueOf } from "../gate/gate.fixture.ts";
import { toolsState } from "./tools.fixture.ts";

const DENIED = [
  ["http.fetch", { url: "http://denied.example/" }],
  ["http.fetch", { url: "http://127.0.0.1:1/denied" }],
  ["fs.read", { path: "denied/file" }],
  ["fs.write", { path: "denied/file", content: "x" }],
  ["fs.edit", { path: "denied/file", find: "x", replace: "y" }],
  ["fs.list", { path: "denied" }],
  ["fs.search", { path: "denied", text: "x" }],
  ["exec.run", { argv: ["denied-program"] }],
  ["memory.write", { name: "denied", text: "x" }],
  ["message.send", { channel: "denied", to: "x", text: "x" }],
  ["schedule.create", { agent: "denied", name: "x", message: "x", every: "1h" }],
] as const;

/** Granted, but something else: so that every tool is offered. */
const GRANTS = [
  { tool: "http.fetch", action: "get", resource: "http://granted.example/**" },
  ...["fs.read", "fs.list", "fs.search"].map((tool) => ({ tool, action: "read", resource: "granted/**" })),
  ...["fs.write", "fs.edit"].map((tool) => ({ tool, action: "write", resource: "granted/**" })),
  { tool: "exec.run", action: "run", resource: "granted" },
  { tool: "memory.write", action: "write", resource: "granted" },
  { tool: "message.send", action: "send", resource: "granted" },
  { tool: "schedule.create", action: "write", resource: "granted" },
];

/** What the kernel is asked for while `work` runs, by every thread of this process. */
async function traced(work: () => Promise<void>): Promise<readonly string[]> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-strace-"));
  onTestFinished(() => fs.rmSync(dir, { recursive: true }));
  const file = path.join(dir, "trace");
  const strace = spawn("strace", ["-f", "-s", "200", "-p", String(process.pid), "-o", file], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => strace.once("exit", resolve));
  await new Promise<void>((resolve) => strace.stderr.on("data", (said: Buffer) => said.includes("attached") && resolve()));
  fs.existsSync("/trace-begins");
  await work();
  fs.existsSync("/trace-ends");
  strace.kill("SIGINT");
  await ended;
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const [from, to] = ["/trace-begins", "/trace-ends"].map((mark) => lines.findIndex((line) => line.includes(mark)));
  expect(from).toBeGreaterThan(-1);
  expect(to).toBeGreaterThan(from!);
  return lines.slice(from! + 1, to);
}

const EFFECTS = /\b(?:socket|connect|sendto|sendmsg|execve|fork|vfork|clone|clone3|mkdir|mkdirat|unlink|rename|symlink)\(/;

test("row 80: a denied call opens no socket and no file, starts no process, looks no name up", async () => {
  const state = toolsState(GRANTS, { memory: {} });
  const codes: string[] = [];
  const lines = await traced(async () => {
    for (const [tool, args] of DENIED) codes.push(...codesOf(await state.call(tool, args)));
  });
  expect(codes).toEqual(DENIED.map(() => "CALL_NOT_GRANTED"));
  expect(lines.filter((line) => EFFECTS.test(line) || line.includes("denied"))).toEqual([]);
  expect(lines.some((line) => line.includes(state.workspace))).toBe(false);
}, 30_000);

test("the same trace shows calls that are allowed", async () => {
  const state = toolsState([{ tool: "fs.write", action: "write", resource: "**" }]);
  const lines = await traced(async () => void valueOf(await state.call("fs.write", { path: "denied/file", content: "x" }, runOf())));
  expect(lines.some((line) => /mkdir\(.*denied/.test(line))).toBe(true);
}, 30_000);
