import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Progress } from "../reconciler/types.ts";
import { hasTaskbar, progressMode, progressSink } from "./progress.ts";
import { PLAIN } from "./views/plan.fixture.ts";

const READING: Progress = { stage: "load", message: "reading manifests" };
const APPLYING: Progress = { stage: "apply", message: "step\u001b", done: 3, total: 9 };

function sink(
  mode: Parameters<typeof progressSink>[0],
  look = PLAIN,
  env = {},
): { readonly out: () => string } & ReturnType<typeof progressSink> {
  let written = "";
  const made = progressSink(
    mode,
    (text) => (written += text),
    look,
    env,
    () => new Date(0),
  );
  return { ...made, out: () => written };
}

describe("how progress is shown", () => {
  test.each([
    ["silent", { quiet: true, format: "text", isTerminal: true, env: {} }],
    ["jsonl", { quiet: false, format: "jsonl", isTerminal: true, env: {} }],
    ["spinner", { quiet: false, format: "text", isTerminal: true, env: {} }],
    ["lines", { quiet: false, format: "text", isTerminal: true, env: { TERM: "dumb" } }],
    ["lines", { quiet: false, format: "json", isTerminal: false, env: {} }],
  ] as const)("%s", (mode, options) => expect(progressMode(options)).toBe(mode));

  test.each([
    [{}, false],
    [{ WT_SESSION: "x" }, true],
    [{ ConEmuANSI: "ON" }, true],
    [{ TERM_PROGRAM: "ghostty" }, true],
    [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5.1" }, false],
    [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.6.6" }, true],
  ])("OSC 9;4 with %j: %s", (env, expected) => expect(hasTaskbar(env)).toBe(expected));
});

describe("lines", () => {
  test("one for each stage that lasts, escaped; every stage with --verbose", () => {
    const plain = sink("lines");
    for (const event of [READING, APPLYING, APPLYING]) plain.report(event);
    expect(plain.out()).toBe("apply: step\\u001b\n");
    const verbose = sink("lines", { ...PLAIN, verbose: true });
    verbose.report(READING);
    expect(verbose.out()).toBe("load: reading manifests\n");
  });

  test("as JSON each is an object", () => {
    const json = sink("jsonl");
    json.report(APPLYING);
    expect(JSON.parse(json.out())).toEqual({ time: "1970-01-01T00:00:00.000Z", level: "info", type: "progress", ...APPLYING });
  });

  test("silent is silent", () => {
    const silent = sink("silent");
    silent.report(APPLYING);
    silent.close();
    expect(silent.out()).toBe("");
  });
});

describe("the spinner", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  test("shows nothing for what is over at once", () => {
    const short = sink("spinner");
    short.report(READING);
    vi.advanceTimersByTime(100);
    short.close();
    expect(short.out()).toBe("");
  });

  test("turns, counts, tells the task bar, and leaves a clean line", () => {
    const long = sink("spinner", { ...PLAIN, width: 20 }, { WT_SESSION: "x" });
    long.report(APPLYING);
    vi.advanceTimersByTime(500);
    expect(long.out()).toContain("\r\u001b[K⠋ step\\u001b 3/9\u001b]9;4;1;33\u0007");
    expect(long.out()).toContain("⠙");
    long.report(READING);
    vi.advanceTimersByTime(100);
    expect(long.out()).toContain("reading manifests\u001b]9;4;3\u0007");
    long.close();
    expect(long.out().endsWith("\r\u001b[K\u001b]9;4;0\u0007")).toBe(true);
    const length = long.out().length;
    vi.advanceTimersByTime(1_000);
    expect(long.out()).toHaveLength(length);
  });
});
