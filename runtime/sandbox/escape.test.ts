/**
 * What has led out of similar sandboxes, tried against ours: a plugin's code runs each and says what it got. The list
 * follows HOSTILE_INPUTS 106 to 111 and published escapes of vm2, isolated-vm, SES, Realms shims and wrappers of
 * QuickJS. Nothing here may find an object of the host, and the prelude's own closures give nothing but text away.
 */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { LIMITS, ok, type Json } from "../../core/index.ts";
import { ECHO_HOST, NEVER, pluginOf, shownOf } from "./sandbox.fixture.ts";
import { readPlain } from "./plain.ts";

const HOSTLY = [
  "process",
  "require",
  "module",
  "Buffer",
  "global",
  "__dirname",
  "fetch",
  "WebAssembly",
  "setTimeout",
  "console",
  "Deno",
  "structuredClone",
  "performance",
  "navigator",
  "queueMicrotask",
];

const { plugin, call } = pluginOf(
  `run: async ({ code }, ctx) => { globalThis.ctx = ctx; globalThis.load = (name, how) => import(name, how); const value = await (0, eval)(code); return value === undefined ? "undefined" : value; }`,
);
afterAll(() => plugin.close());

describe("row 109: no object of the host is ever reachable", () => {
  test.each<[string, string, Json]>([
    ["what is there at all", `${JSON.stringify(HOSTLY)}.filter((name) => typeof globalThis[name] !== "undefined")`, []],
    ["constructor chain", `({}).constructor.constructor("return typeof process")()`, "undefined"],
    ["of a function of the host", `ctx.call.constructor("return typeof process")()`, "undefined"],
    ["of the log function", `ctx.log.constructor.constructor("return typeof require")()`, "undefined"],
    ["async function", `(async () => {}).constructor("return typeof process")()`, "undefined"],
    ["generator", `(function* () {}).constructor("return typeof process")().next().value`, "undefined"],
    ["async generator", `(async function* () {}).constructor("yield typeof process")().next().then((each) => each.value)`, "undefined"],
    ["promise of the host", `ctx.call("a").catch(() => 0).constructor.constructor("return typeof process")()`, "undefined"],
    ["error of the host", `ctx.call("a").then(() => 0, (error) => error.constructor.constructor("return typeof process")())`, 0],
    ["error stack", `(() => { try { null.x; } catch (error) { return /node:|\\/|file:/.test(error.stack); } })()`, false],
    [
      "prepareStackTrace",
      `(() => { Error.prepareStackTrace = (_, frames) => frames; const { stack } = new Error("x"); return Array.isArray(stack) && stack.some((frame) => frame && frame.getThis && frame.getThis() !== undefined && frame.getThis() !== globalThis); })()`,
      false,
    ],
    [
      "stack overflow in a call of the host",
      `(() => { const f = () => { try { return f(); } catch (error) { return error; } }; const error = f(); return error.constructor.constructor("return typeof process")(); })()`,
      "undefined",
    ],
    [
      "a proxy around everything that is given",
      `(() => { const seen = []; const spy = new Proxy({}, { get: (_, key) => { seen.push(String(key)); return spy; } }); ctx.log(spy); return typeof process; })()`,
      "undefined",
    ],
    [
      "a thenable",
      `(async () => { const got = await { then: (resolve) => resolve(Function("return typeof process")()) }; return got; })()`,
      "undefined",
    ],
    [
      "Symbol.species",
      `(() => { class Spy extends Array { static get [Symbol.species]() { return function () { return { constructor: Function }; }; } } try { return typeof new Spy(1, 2).map((x) => x).constructor("return process")(); } catch { return "undefined"; } })()`,
      "undefined",
    ],
    [
      "Symbol.toPrimitive",
      `(() => { try { return ctx.sleep({ [Symbol.toPrimitive]: () => Function("return process")() }).catch(() => "undefined"); } catch { return "undefined"; } })()`,
      "undefined",
    ],
    [
      "caller and arguments",
      `(() => { const spied = function () { return spied.caller; }; try { const c = spied(); return c === null || c === undefined ? "undefined" : typeof c.constructor("return process")(); } catch { return "undefined"; } })()`,
      "undefined",
    ],
    ["import.meta", `load("moltbot/plugin").then((own) => Object.keys(own).sort())`, ["ToolError", "definePlugin"]],
    ["dynamic import", `load("node:child_process").then(() => "there", () => "refused")`, "refused"],
    ["dynamic import of data", `load("data:text/javascript,export default 1").then(() => "there", () => "refused")`, "refused"],
    ["import with attributes", `load("/etc/passwd", { with: { type: "json" } }).then(() => "there", () => "refused")`, "refused"],
    [
      "row 106: os and std of QuickJS",
      `Promise.all(["os", "std", "qjs:os", "qjs:std", "bjson"].map((name) => load(name).then(() => name, () => 0)))`,
      [0, 0, 0, 0, 0],
    ],
    ["a finaliser", `(() => { new FinalizationRegistry(() => { for (;;); }).register({}, 1); return 1; })()`, 1],
    ["a weak reference to what is given", `typeof new WeakRef(ctx).deref().constructor.constructor("return typeof process")`, "function"],
    [
      "shared memory of the thread",
      `(() => { try { const a = new SharedArrayBuffer(8); return Atomics.load(new Int32Array(a), 0); } catch { return 0; } })()`,
      0,
    ],
    [
      "waiting for ever",
      `(() => { try { return String(Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0, 1e9)); } catch { return "refused"; } })()`,
      "refused",
    ],
    [
      "row 111: JSON of the prelude",
      `(() => { JSON.stringify = () => '{"polluted":1}'; JSON.parse = () => { throw 1; }; return { a: 1 }; })()`,
      { a: 1 },
    ],
    ["row 111: the prelude's promises", `(() => { Promise.prototype.then = () => { throw 1; }; return 1; })()`, 1],
    [
      "row 111: the prelude's map",
      `(() => { Map.prototype.get = () => ({ resolve: (x) => x, reject: (x) => x }); return ctx.call("a").then(() => 1); })()`,
      "PLUGIN_FAILED",
    ],
    [
      "row 111: Object.prototype",
      `(() => { Object.prototype.tool = "http.fetch"; Object.prototype.toJSON = () => "polluted"; return { a: 1 }; })()`,
      "polluted",
    ],
  ])("%s", async (_name, code, expected) => {
    const got = shownOf(await call("run", { code }, ECHO_HOST));
    expect(got).toEqual(expected);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("row 111: only plain data crosses", () => {
  test.each<[string, string, Json]>([
    ["a cycle", `(() => { const a = {}; a.a = a; return a; })()`, "PLUGIN_ANSWER_INVALID"],
    ["a getter is asked inside", `({ get a() { return typeof process; } })`, { a: "undefined" }],
    ["a function", `() => 1`, "PLUGIN_ANSWER_INVALID"],
    ["a big integer", `10n ** 30n`, "PLUGIN_ANSWER_INVALID"],
    ["a symbol", `Symbol("a")`, "PLUGIN_ANSWER_INVALID"],
    ["a date is text", `new Date(0)`, "1970-01-01T00:00:00.000Z"],
    ["numbers that are none", `[NaN, Infinity, -0]`, [null, null, 0]],
    ["__proto__ as a key", `JSON.parse('{"__proto__": {"a": 1}}')`, "PLUGIN_ANSWER_INVALID"],
    [
      "__proto__ escaped and deep",
      `({ a: [{ ["__pro" + "to__"]: 1 }], toJSON() { return JSON.parse('{"b":{"__proto__":1}}'); } })`,
      "PLUGIN_ANSWER_INVALID",
    ],
    [
      "a revoked proxy",
      `(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return { proxy }; })()`,
      "PLUGIN_ANSWER_INVALID",
    ],
    [
      "as deep as may be",
      `(() => { let a = 1; for (let i = 0; i < ${LIMITS.depth}; i++) a = [a]; return JSON.stringify(a).length; })()`,
      LIMITS.depth * 2 + 1,
    ],
    ["deeper", `(() => { let a = 1; for (let i = 0; i <= ${LIMITS.depth}; i++) a = [a]; return a; })()`, "PLUGIN_LIMIT"],
    ["a result of 4 MiB", `"x".repeat(4 * 1024 * 1024)`, "PLUGIN_LIMIT"],
    ["a request of 4 MiB", `ctx.call("a", { x: "x".repeat(4 * 1024 * 1024) }).catch((error) => error.code)`, "PLUGIN_LIMIT"],
    ["a request with a cycle", `(() => { const a = {}; a.a = a; return ctx.call("a", a).catch((error) => error.name); })()`, "TypeError"],
    ["a request that is no object", `ctx.call("a", "text").catch((error) => error.code)`, "PLUGIN_NOT_DECLARED"],
    ["a request with __proto__", `ctx.call("a", JSON.parse('{"__proto__":1}')).catch((error) => error.code)`, "PLUGIN_LIMIT"],
    ["what is kept, by another name", `ctx.call("storage", { op: "keys" }).catch((error) => error.code)`, "PLUGIN_NOT_DECLARED"],
    [
      "as many requests as may be open",
      `Promise.all(Array.from({ length: ${LIMITS.pluginRequestsOpen} }, () => ctx.call("a"))).then((all) => all.length)`,
      LIMITS.pluginRequestsOpen,
    ],
    [
      "one more",
      `Promise.all(Array.from({ length: ${LIMITS.pluginRequestsOpen + 1} }, () => ctx.call("a"))).catch((error) => error.code)`,
      "PLUGIN_LIMIT",
    ],
    [
      "as many requests as may be made",
      `(async () => { for (let i = 0; i < ${LIMITS.pluginRequests}; i++) await ctx.call("a"); return ctx.call("a").catch((error) => error.code); })()`,
      "PLUGIN_LIMIT",
    ],
  ])("%s", async (_name, code, expected) => expect(shownOf(await call("run", { code }, ECHO_HOST))).toEqual(expected));

  test("a flood of lines is cut (limits.pluginLogLines, limits.pluginLogChars)", async () => {
    const flood = pluginOf(`run: (_, ctx) => { for (let i = 0; i < 1e4; i++) ctx.log("x".repeat(1e4)); }`);
    await flood.call("run");
    expect(flood.logged).toHaveLength(LIMITS.pluginLogLines + 1);
    expect(Math.max(...flood.logged.map((line) => line.length))).toBe(LIMITS.pluginLogChars);
    await flood.plugin.close();
  });

  test("text that is nearly JSON is read or refused, never for long", () => {
    const at = (depth: number): string => `${"[".repeat(depth)}1${"]".repeat(depth)}`;
    expect([readPlain(at(LIMITS.depth), "PLUGIN_LIMIT").ok, readPlain(at(LIMITS.depth + 1), "PLUGIN_LIMIT").ok]).toEqual([true, false]);
    expect(readPlain(`"${"[".repeat(1000)}\\"["`, "PLUGIN_LIMIT").ok).toBe(true);
    expect(readPlain(`{"\\u005f_proto__":1}`, "PLUGIN_ANSWER_INVALID")).toMatchObject({ ok: false });
    expect(readPlain("[".repeat(LIMITS.pluginMessageChars), "PLUGIN_LIMIT").ok).toBe(false);
    expect(readPlain(" ".repeat(LIMITS.pluginMessageChars + 1), "PLUGIN_LIMIT").ok).toBe(false);
  });
});

describe("calls beside each other", () => {
  test("so many at once, so many wait, the next is refused (limits.pluginCalls, limits.pluginQueue)", async () => {
    const waits = pluginOf("wait: (_, ctx) => ctx.call('a')");
    let atOnce = 0;
    let most = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const host = async (): Promise<ReturnType<typeof ok<Json>>> => {
      most = Math.max(most, ++atOnce);
      await released;
      atOnce--;
      return ok<Json>("done");
    };
    const all = Array.from({ length: LIMITS.pluginCalls + LIMITS.pluginQueue + 1 }, () => waits.plugin.call("wait", {}, host, NEVER));
    expect(shownOf(await all.at(-1)!)).toBe("PLUGIN_BUSY");
    await expect.poll(() => most, { timeout: 5_000 }).toBe(LIMITS.pluginCalls);
    release();
    const done = await Promise.all(all);
    expect(done.filter((each) => each.ok)).toHaveLength(LIMITS.pluginCalls + LIMITS.pluginQueue);
    await waits.plugin.close();
  });

  test("a call that is stopped leaves the others alone", async () => {
    const waits = pluginOf("wait: (_, ctx) => ctx.sleep(200), now: () => 1");
    const stop = new AbortController();
    const stopped = waits.plugin.call("wait", {}, ECHO_HOST, stop.signal);
    const other = waits.call("wait");
    setTimeout(() => stop.abort(), 50);
    expect([shownOf(await stopped), shownOf(await other), shownOf(await waits.call("now"))]).toEqual(["PLUGIN_STOPPED", null, 1]);
    await waits.plugin.close();
  });
});

test("row 110: the gateway answers its health check within 1 s, whatever plugins do", async () => {
  const server = http.createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let slowest = 0;
  let asked = 0;
  const over = new AbortController();
  const probing = (async () => {
    while (!over.signal.aborted) {
      const before = performance.now();
      await (await fetch(`http://127.0.0.1:${port}/livez`)).text();
      slowest = Math.max(slowest, performance.now() - before);
      asked++;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const limits = { memoryBytes: 64 * 1024 * 1024, timeoutMs: 700, storageBytes: 0 };
  const bad = pluginOf(
    `spin: () => { for (;;); }, grow: () => { const all = []; for (;;) all.push(new Uint8Array(1e5)); },
     flood: async (_, ctx) => { for (;;) { ctx.log("x".repeat(2000)); await ctx.call("a", { x: "x".repeat(1e5) }).catch(() => 0); } },
     big: () => (2n ** 30000000n) * (2n ** 29999999n) > 0n, hello: () => 1`,
    { limits },
  );
  await Promise.all(["spin", "grow", "flood", "flood"].map((tool) => bad.call(tool, {}, ECHO_HOST)));
  await bad.call("big");
  over.abort();
  await probing;
  expect(slowest).toBeLessThan(1_000);
  expect(asked).toBeGreaterThan(10);
  expect(shownOf(await bad.call("hello"))).toBe(1);
  await bad.plugin.close();
  server.close();
});
