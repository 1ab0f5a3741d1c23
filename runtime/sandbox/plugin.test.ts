import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { LIMITS, type Json } from "../../core/index.ts";
import { ECHO_HOST, NEVER, NO_HOST, pluginOf, shownOf, watched } from "./sandbox.fixture.ts";

describe("calls of a JavaScript plugin", () => {
  const { plugin, call, logged } = pluginOf(
    `hello: ({ name }, ctx) => ({ text: "Hello, " + name, ...ctx.settings, secret: ctx.secrets.token }),
     ask: (args, ctx) => ctx.call("http.fetch", args),
     refused: async (args, ctx) => { try { await ctx.call("http.fetch", args); } catch (error) { return [error.name, error.code]; } },
     nothing: () => undefined,
     later: async (args, ctx) => { await ctx.sleep(20); return "later"; },
     logs: (args, ctx) => { ctx.log("a", { b: 1 }); },
     throws: () => { throw new ToolError("no such place"); },
     count: () => globalThis.n = (globalThis.n ?? 0) + 1,
     frozen: (args, ctx) => { "use strict"; try { ctx.settings.a = 2; } catch (error) { return error.name; } }`,
    { settings: { a: 1 }, secrets: { token: "t0p-secret" } },
  );
  afterAll(() => plugin.close());
  const cases: readonly (readonly [string, string, Json, Json])[] = [
    ["arguments, settings and secrets", "hello", { name: "Ada" }, { text: "Hello, Ada", a: 1, secret: "t0p-secret" }],
    ["the host answers", "ask", { url: "u" }, { tool: "http.fetch", args: { url: "u" } }],
    ["no result is null", "nothing", {}, null],
    ["a pause", "later", {}, "later"],
    ["an error of the tool", "throws", {}, "PLUGIN_FAILED"],
    ["a tool that is not there", "absent", {}, "PLUGIN_TOOL_UNKNOWN"],
    ["a tool that every object has", "constructor", {}, "PLUGIN_TOOL_UNKNOWN"],
    ["settings cannot be changed", "frozen", {}, "TypeError"],
  ];
  test.each(cases)("%s", async (_name, tool, args, expected) => expect(shownOf(await call(tool, args, ECHO_HOST))).toEqual(expected));
  test("what the host throws is a refusal without its words", async () => {
    expect(shownOf(await call("refused", {}, NO_HOST))).toEqual(["HostError", "PLUGIN_FAILED"]);
  });
  test("logs go to the port", async () => {
    await call("logs");
    expect(logged).toEqual([`a {"b":1}`]);
  });
  test("no call sees what another one left behind", async () => {
    expect([shownOf(await call("count")), shownOf(await call("count"))]).toEqual([1, 1]);
  });
});

describe("row 110: a plugin that does not end, grows or dies ends by itself", () => {
  const limits = { memoryBytes: 32 * 1024 * 1024, timeoutMs: 300, storageBytes: 0 };
  const { plugin, call, events } = pluginOf(
    `spin: () => { for (;;); },
     spinInJobs: () => { const again = () => Promise.resolve().then(again); return again(); },
     spinCatching: () => { for (;;) { try { for (;;); } catch {} } },
     spinInFinally: () => { for (;;) { try { for (;;); } finally { continue; } } },
     regex: () => /^(a+)+$/.test("a".repeat(40) + "b"),
     getter: () => ({ get a() { for (;;); } }),
     sleeps: (args, ctx) => ctx.sleep(100_000),
     never: () => new Promise(() => {}),
     strings: () => { const all = []; for (;;) all.push("x".repeat(1000) + all.length); },
     arrays: () => { const all = []; for (;;) all.push(new Uint8Array(1e6)); },
     oneBig: () => new Uint8Array(1024 ** 3).length,
     recurse: () => { const f = () => f(); return f(); },
     rejects: () => { Promise.reject(new Error("nobody listens")); return 1; },
     exit: () => process.exit(),
     timers: () => { for (let i = 0; i < 1e6; i++) setTimeout(() => {}, 1e9); },
     pauses: async (args, ctx) => { const all = []; for (let i = 0; i < 1e5; i++) all.push(ctx.sleep(1).catch((error) => error.code)); return (await Promise.all(all)).at(-1); },
     hello: () => "still here"`,
    { limits },
  );
  afterAll(() => plugin.close());
  test.each<[string, string, string, Json]>([
    ["a loop", "spin", "PLUGIN_TIMEOUT", null],
    ["a loop of promises", "spinInJobs", "PLUGIN_TIMEOUT", "PLUGIN_LIMIT"],
    ["a loop that catches its interruption", "spinCatching", "PLUGIN_TIMEOUT", null],
    ["a loop that goes on in finally", "spinInFinally", "PLUGIN_TIMEOUT", null],
    ["a regular expression", "regex", "PLUGIN_TIMEOUT", null],
    ["a getter of the result", "getter", "PLUGIN_TIMEOUT", null],
    ["a pause that is too long", "sleeps", "PLUGIN_FAILED", null],
    ["a promise of nothing", "never", "PLUGIN_FAILED", null],
    ["1 GiB in strings", "strings", "PLUGIN_LIMIT", "PLUGIN_TIMEOUT"],
    ["1 GiB in arrays", "arrays", "PLUGIN_LIMIT", "PLUGIN_TIMEOUT"],
    ["1 GiB at once", "oneBig", "PLUGIN_LIMIT", "PLUGIN_FAILED"],
    ["endless recursion", "recurse", "PLUGIN_LIMIT", null],
    ["process.exit()", "exit", "PLUGIN_FAILED", null],
    ["a million timers", "timers", "PLUGIN_FAILED", null],
  ])("%s", async (_name, tool, code, or) => {
    const before = performance.now();
    expect([code, or]).toContain(shownOf(await call(tool)));
    expect(performance.now() - before).toBeLessThan(limits.timeoutMs + LIMITS.pluginGraceMs + 1_000);
    expect(shownOf(await call("hello"))).toBe("still here");
  });
  test("an unhandled rejection is nobody's business", async () => expect(shownOf(await call("rejects"))).toBe(1));
  test("pauses are requests, and so many are open at once (limits.pluginRequestsOpen)", async () => {
    expect(["PLUGIN_LIMIT", "PLUGIN_TIMEOUT"]).toContain(shownOf(await call("pauses")));
  });
  test("none of it ended the thread", () => expect(events).toEqual(["started: it is called"]));
});

describe("a plugin that cannot be started", () => {
  test.each<[string, string, string]>([
    ["no module", "{", "PLUGIN_FAILED"],
    ["no export", "const tools = {};", "PLUGIN_UNUSABLE"],
    ["tools without this one, exported by themselves", "export const tools = {};", "PLUGIN_TOOL_UNKNOWN"],
    ["a default export without tools", "export default {};", "PLUGIN_UNUSABLE"],
    ["an error at its start", "throw new Error('at start');", "PLUGIN_FAILED"],
    ["row 108: a module of Node", `import fs from "node:fs"; export default { tools: {} };`, "PLUGIN_IMPORT_REFUSED"],
    ["row 108: a file", `import a from "../a.js"; export default { tools: {} };`, "PLUGIN_IMPORT_REFUSED"],
    ["row 108: native code", `import a from "./a.node"; export default { tools: {} };`, "PLUGIN_IMPORT_REFUSED"],
    ["row 108: an address", `import a from "https://a.example/a.js"; export default { tools: {} };`, "PLUGIN_IMPORT_REFUSED"],
    ["a loop at its start", "for (;;);", "PLUGIN_TIMEOUT"],
  ])("%s", async (_name, code, expected) => {
    const { plugin, call } = watched(code, { limits: { memoryBytes: 32 * 1024 * 1024, timeoutMs: 300, storageBytes: 0 } });
    expect(shownOf(await call("hello"))).toBe(expected);
    await plugin.close();
  });
  test("a plugin that was closed is not called", async () => {
    const { plugin, call } = pluginOf("a: () => 1");
    await plugin.close();
    expect(shownOf(await call("a"))).toBe("PLUGIN_STOPPED");
  });
  test("a call that was stopped before it began", async () => {
    const { plugin } = pluginOf("a: () => 1");
    expect(shownOf(await plugin.call("a", {}, NO_HOST, AbortSignal.abort()))).not.toBe(1);
    await plugin.close();
    expect(NEVER.aborted).toBe(false);
  });
});

describe("isolation: process", () => {
  test("the same plugin in a process of its own, which ends when it is closed", async () => {
    const before = childrenOf(process.pid);
    const { plugin, call, events, logged } = pluginOf(
      `hello: ({ name }, ctx) => { ctx.log("called"); return "Hello, " + name; }, ask: (args, ctx) => ctx.call("http.fetch", args),
       grow: () => { const all = []; for (;;) all.push("x".repeat(1000) + all.length); }, long: () => "ä".repeat(1e6)`,
      { isolation: "process" },
    );
    expect(shownOf(await call("hello", { name: "Ada" }))).toBe("Hello, Ada");
    expect(shownOf(await call("ask", { url: "u" }, ECHO_HOST))).toEqual({ tool: "http.fetch", args: { url: "u" } });
    expect(shownOf(await call("grow"))).toBe("PLUGIN_LIMIT");
    expect(shownOf(await call("long"))).toBe("ä".repeat(1e6));
    expect(logged).toEqual(["called"]);
    const child = childrenOf(process.pid).find((each) => !before.includes(each));
    expect(fs.readFileSync(`/proc/${child ?? 0}/environ`, "utf8")).toBe("");
    expect(fs.readFileSync(`/proc/${child ?? 0}/cmdline`, "utf8").split("\0")[1]).toBe("--permission");
    process.kill(child ?? 0, "SIGKILL");
    await expect.poll(() => events.at(-1)).toBe("stopped: it ended");
    expect(shownOf(await call("hello", { name: "again" }))).toBe("Hello, again");
    await plugin.close();
    expect(childrenOf(process.pid).filter((each) => !before.includes(each))).toEqual([]);
  });
});

function childrenOf(pid: number): readonly number[] {
  return fs
    .readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => fs.readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").split(" ").filter(Boolean).map(Number));
}
