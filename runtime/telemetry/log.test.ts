import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { LIMITS, problem, Secret } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import { temporaryFolder } from "../store/store.fixture.ts";
import { logEvents, newLog, newPseudonyms, type LogFields, type LogLevel } from "./index.ts";
import { logTo } from "./log.ts";
import { descriptorSink, fileSink } from "./log-sink.ts";
import { RUN, STORY } from "./telemetry.fixture.ts";

const CLOCK = { now: () => new Date("2026-03-01T12:00:00.000Z") };
const PSEUDONYM = newPseudonyms(new Secret(Buffer.alloc(32, 7).toString("base64")), "lineage");

function lines(level: LogLevel = "debug") {
  const written: string[] = [];
  const log = logTo({ write: (line) => written.push(line), close: () => {} }, { level, clock: CLOCK, pseudonym: PSEUDONYM });
  return { log, read: (): readonly Record<string, unknown>[] => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe("a log line", () => {
  test("says when, what, in which trace, and who under a pseudonym", () => {
    const { log, read } = lines();
    log.with({ agent: "support" }).info("tool finished", { correlation: RUN, person: "telegram:4711", channel: "tg", tool: "time", ms: 3 });
    expect(read()).toEqual([
      {
        level: "info",
        time: "2026-03-01T12:00:00.000Z",
        message: "tool finished",
        traceId: RUN,
        userId: PSEUDONYM("telegram:4711"),
        agentId: "support",
        channelId: "tg",
        tool: "time",
        ms: 3,
      },
    ]);
    expect(JSON.stringify(read())).not.toContain("4711");
  });

  test("names nobody where there is no key for pseudonyms", () => {
    const written: string[] = [];
    logTo({ write: (line) => written.push(line), close: () => {} }, { level: "info", clock: CLOCK }).info("x", { person: "telegram:4711" });
    expect(written.join("")).not.toMatch(/4711|userId/);
  });

  test("writes no secret, and no field that is not in the list", () => {
    const { log, read } = lines();
    log.info("x", { reason: new Secret("hunter2hunter2"), text: "what was said" } as LogFields);
    expect(read()).toEqual([{ level: "info", time: expect.any(String) as string, message: "x", reason: "***" }]);
  });

  test("row 134: holds no escape sequence, line break or hidden character", () => {
    const { log, read } = lines();
    log.warn("bad\u001b[31m", { channel: "a\nb\u202e", reason: "\ud800" });
    expect(read()).toMatchObject([{ message: "bad\\u001b[31m", channelId: "a\\u000ab\\u202e" }]);
  });

  test("is cut at its limit", () => {
    const { log, read } = lines();
    log.info("x".repeat(LIMITS.logTextChars));
    log.info("x".repeat(LIMITS.logTextChars + 1));
    expect(read().map(({ message }) => String(message).length)).toEqual([LIMITS.logTextChars, LIMITS.logTextChars + 1]);
    expect(String(read()[1]?.["message"]).endsWith("…")).toBe(true);
  });

  test.each([
    ["error", 1],
    ["warn", 2],
    ["info", 3],
    ["debug", 4],
  ] as const)("of level %s is told with those before it", (level, count) => {
    const { log, read } = lines(level);
    for (const each of ["error", "warn", "info", "debug"] as const) log[each]("x");
    expect(read()).toHaveLength(count);
  });

  test("of a diagnostic has its code", () => {
    const { log, read } = lines();
    log.problem(problem("HELD", { detail: "Agent support is held." }), { agent: "support" });
    expect(read()).toMatchObject([
      { level: "error", code: "HELD", agentId: "support", message: expect.stringContaining("is held") as string },
    ]);
  });
});

test("a pseudonym is the same for the same person in one store, and another in every other store", () => {
  const elsewhere = newPseudonyms(new Secret(Buffer.alloc(32, 7).toString("base64")), "another lineage");
  const otherKey = newPseudonyms(new Secret(Buffer.alloc(32, 8).toString("base64")), "lineage");
  expect(PSEUDONYM("a")).toBe(PSEUDONYM("a"));
  expect(new Set([PSEUDONYM("a"), PSEUDONYM("b"), elsewhere("a"), otherKey("a")]).size).toBe(4);
});

test("what the bus tells becomes lines, without content", () => {
  const { log, read } = lines("info");
  const bus = newBus();
  const leave = logEvents(bus, log);
  for (const event of STORY) bus.publish(event);
  leave();
  bus.publish(STORY.at(-2)!);
  expect(read().map(({ level, message, outcome }) => [level, message, outcome])).toEqual([
    ["warn", "tool finished", "denied"],
    ["info", "approval asked", undefined],
    ["info", "approval answered", "given"],
    ["info", "run finished", "answered"],
    ["info", "channel state", "connected"],
    ["warn", "plugin state", "failed"],
    ["info", "generation changed", "active"],
    ["warn", "generation changed", "rejected"],
  ]);
  expect(JSON.stringify(read())).not.toContain("example.com");
});

describe("a log file", () => {
  test("is closed to others, and another begins at its limit", () => {
    const file = path.join(temporaryFolder(), "gateway.log");
    const sink = fileSink(file, () => "");
    const line = `${"x".repeat(1024 * 1024 - 1)}\n`;
    const perFile = LIMITS.logFileBytes / line.length;
    for (let i = 0; i < perFile; i++) sink.write(line);
    expect(fs.existsSync(`${file}.1`)).toBe(false);
    sink.write("one more\n");
    expect([fs.statSync(`${file}.1`).size, fs.readFileSync(file, "utf8"), fs.statSync(file).mode & 0o777]).toEqual([
      LIMITS.logFileBytes,
      "one more\n",
      0o600,
    ]);
    for (let n = 1; n < LIMITS.logFiles + 2; n++) for (let i = 0; i < perFile; i++) sink.write(line);
    sink.close();
    expect(fs.readdirSync(path.dirname(file)).sort()).toEqual([
      "gateway.log",
      ...Array.from({ length: LIMITS.logFiles - 1 }, (_, i) => `gateway.log.${i + 1}`),
    ]);
  });

  test("is continued by the next process", () => {
    const file = path.join(temporaryFolder(), "gateway.log");
    for (const word of ["one", "two"]) {
      const log = newLog({ level: "info", clock: CLOCK, file });
      log.info(word);
      log.close();
    }
    expect(fs.readFileSync(file, "utf8").trim().split("\n")).toHaveLength(2);
  });

  test("that cannot be written stops nobody, and what was lost is told afterwards", () => {
    const folder = path.join(temporaryFolder(), "gone");
    const log = newLog({ level: "info", clock: CLOCK, file: path.join(folder, "x.log") });
    log.info("lost");
    log.info("lost too");
    fs.mkdirSync(folder);
    log.info("there again");
    log.close();
    const written = fs.readFileSync(path.join(folder, "x.log"), "utf8").trim().split("\n");
    expect(written.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: "warn", count: 2 }, { message: "there again" }]);
  });

  test("on a full disk loses lines and nothing else", () => {
    const fd = fs.openSync("/dev/full", "w");
    const lost: number[] = [];
    const sink = descriptorSink(fd, (count) => {
      lost.push(count);
      return "";
    });
    sink.write("a\n");
    sink.write("b\n");
    fs.closeSync(fd);
    sink.write("c\n");
    expect(lost.length).toBeGreaterThan(0);
    sink.close();
  });
});
