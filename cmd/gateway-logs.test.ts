import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isWantedLine, lastLines, newLines } from "./gateway-logs.ts";

const line = (level: string, agentId: string, traceId = "t1"): string => JSON.stringify({ level, message: "m", agentId, traceId });

function logOf(lines: readonly string[]): { readonly dir: string; readonly file: string } {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-logs-"));
  onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, "gateway.log");
  fs.writeFileSync(file, lines.map((each) => `${each}\n`).join(""));
  return { dir, file };
}

test("lines are chosen by level, agent and trace; what is no record shows only where all is asked for", () => {
  const all = [line("info", "a"), line("warn", "b"), line("error", "a", "t2"), "no record"];
  const chosen = (wishes: Parameters<typeof isWantedLine>[1]): readonly number[] =>
    all.flatMap((each, i) => (isWantedLine(each, wishes) ? [i] : []));
  expect(chosen({})).toEqual([0, 1, 2, 3]);
  expect(chosen({ level: "warn" })).toEqual([1, 2]);
  expect(chosen({ agent: "a" })).toEqual([0, 2]);
  expect(chosen({ agent: "a", level: "warn" })).toEqual([2]);
  expect(chosen({ trace: "t2" })).toEqual([2]);
});

test("the last lines are counted after they are chosen", () => {
  const { dir } = logOf([line("warn", "a"), line("info", "a"), line("warn", "b"), line("info", "b")]);
  expect(lastLines(dir, 1, { level: "warn" })).toEqual([line("warn", "b")]);
  expect(lastLines(dir, 0)).toEqual([]);
  expect(lastLines(dir, 9)).toHaveLength(4);
});

test("new lines are told as they are written, across a file that was put aside", async () => {
  const { dir, file } = logOf([line("info", "old")]);
  const stop = new AbortController();
  const found: string[] = [];
  const following = (async () => {
    for await (const each of newLines(dir, stop.signal)) if (found.push(each) === 2) stop.abort();
  })();
  await new Promise((resolve) => setImmediate(resolve));
  fs.appendFileSync(file, `${line("info", "new")}\n`);
  await expect.poll(() => found.length, { interval: 10, timeout: 5_000 }).toBe(1);
  fs.renameSync(file, `${file}.1`);
  fs.writeFileSync(file, `${line("info", "next")}\n`);
  await following;
  expect(found).toEqual([line("info", "new"), line("info", "next")]);
});
