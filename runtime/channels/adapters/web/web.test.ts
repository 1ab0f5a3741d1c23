import { createRequire } from "node:module";
import fs from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS, type JsonObject } from "../../../../core/index.ts";
import { agent, echo, openHouse, OWNER, resource, valueOf, type House } from "../../channels.fixture.ts";
import { pairingsOn } from "../../pairing.ts";
import { newStreams } from "./streams.ts";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BOSS = { id: "local", role: "owner", verified: true } as const;
const CHROMIUM = "/usr/bin/chromium";

const channel = (access: JsonObject, spec: JsonObject = {}) =>
  resource("Channel", "web", { type: "web", access, routing: [{ agent: "support" }], ...spec });
const house = (access: JsonObject = { direct: "pairing" }, spec: JsonObject = {}): Promise<House> =>
  openHouse([echo, agent("support"), channel(access, spec)]);

async function call(at: House, path: string, body: JsonObject | null, headers: Readonly<Record<string, string>> = {}) {
  const origin = at.url();
  const answer = await fetch(`${origin}/chat/web/${path}`, {
    method: body ? "POST" : "GET",
    headers: { ...(body ? { "content-type": "application/json", origin } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const cookie = answer.headers.get("set-cookie") ?? "";
  return { status: answer.status, cookie, pair: cookie.split(";")[0] ?? "", body: (await answer.json().catch(() => ({}))) as JsonObject };
}

describe("who may talk on a web page", () => {
  test("a visitor is let in by an operator, and by nobody else", async () => {
    const at = await house();
    const visitor = await call(at, "enter", {});
    expect(visitor).toMatchObject({ status: 200, body: { state: "pairing" } });
    expect(visitor.cookie).toMatch(/^moltbot_chat=[\w-]{43}; Path=\/chat\/web\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const cookie = { cookie: visitor.pair };
    expect((await call(at, "send", { id: "a", text: "hi" }, cookie)).status).toBe(403);
    expect((await call(at, "events", null, cookie)).status).toBe(401);
    const code = visitor.body["code"] as string;
    valueOf(pairingsOn(at.records, at.clock).approve(code, BOSS));
    expect((await call(at, "state", null, cookie)).body).toMatchObject({ state: "in" });
    expect((await call(at, "send", { id: "b", text: "hi" }, cookie)).status).toBe(202);
    expect((await call(at, "leave", {}, cookie)).status).toBe(200);
    expect((await call(at, "state", null, cookie)).body).toEqual({ state: "out" });
  });

  test("row 121: who is let in no more is told nothing more, on an open page too", async () => {
    const at = await house();
    const pairings = pairingsOn(at.records, at.clock);
    const { code } = valueOf(pairings.invite(OWNER, "web", "ada", BOSS));
    const { pair } = await call(at, "enter", { code });
    const page = await fetch(`${at.url()}/chat/web/events`, { headers: { cookie: pair } });
    expect(page.status).toBe(200);
    expect((await call(at, "send", { id: "a", text: "hello" }, { cookie: pair })).status).toBe(202);
    const [paired] = valueOf(pairings.list()).flatMap((each) => each.paired);
    valueOf(pairings.revoke(paired!.id, BOSS));
    // The answer that was on its way ends the page instead of standing on it.
    const said = await page.text();
    expect(said).toContain("event: gone");
  });

  test("whoever leaves while an answer is on its way, or does not read it, ends nothing but the own page", async () => {
    const streams = newStreams();
    const server = http.createServer((request, response) => void streams.open("ada", response, 0)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const page = await fetch(`http://127.0.0.1:${port}/`);
    streams.drop("ada");
    streams.tell("ada", { id: "late", from: "agent", text: "hello" });
    streams.draft("ada", "hello");
    streams.drop("ada");
    expect(await page.text()).not.toContain("hello");
    const silent = net.connect(port, "127.0.0.1", () => silent.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    const gone = new Promise((resolve) => silent.once("close", resolve));
    silent.on("error", () => undefined).pause();
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (let i = 0; i < 400; i++) {
      streams.draft("ada", "x".repeat(64 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }
    silent.resume();
    await gone;
    streams.close();
    server.close();
    server.closeAllConnections();
  }, 20_000);

  test("a code is good once, for whom it was made", async () => {
    const at = await house();
    const { code } = valueOf(pairingsOn(at.records, at.clock).invite(OWNER, "web", "ada", BOSS));
    expect((await call(at, "enter", { code })).body).toEqual({ state: "in", id: "ada" });
    expect((await call(at, "enter", { code })).status).toBe(403);
    expect((await call(at, "enter", { code: "2222-2222-2222" })).status).toBe(403);
    expect(at.refused().map((each) => each.code)).toEqual(["WEB_LOGIN_REFUSED", "WEB_LOGIN_REFUSED"]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["another origin", { origin: "https://evil.example" }],
    ["no origin", { origin: "" }],
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a form", { "content-type": "text/plain" }],
  ])("a request from %s is refused", async (_, headers) => {
    const at = await house({ direct: "open" });
    expect((await call(at, "enter", {}, headers)).status).toBe(403);
  });

  test("row 122: fields that nobody may send, and a session that is none", async () => {
    const at = await house({ direct: "open" });
    const { pair } = await call(at, "enter", {});
    expect((await call(at, "send", { id: "a", text: "x", role: "owner" }, { cookie: pair })).status).toBe(400);
    expect((await call(at, "send", { id: "a", text: "x" }, { cookie: `moltbot_chat=${"a".repeat(43)}` })).status).toBe(401);
    expect((await call(at, "enter", { code: "x", sender: "ada" })).status).toBe(400);
  });

  test("tries are counted", async () => {
    const at = await house();
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await call(at, "enter", { code: "2222-2222-2222" })).status);
    expect(statuses.at(-1)).toBe(429);
  });

  test("tries are counted over all addresses, strangers apart from those who bring a code", async () => {
    const at = await openHouse([echo, agent("support"), channel({ direct: "open" })], {}, {}, { trustProxy: true });
    const from = (i: number): Readonly<Record<string, string>> => ({ "x-forwarded-for": `2001:db8:0:${i.toString(16)}::1` });
    const own = async (i: number): Promise<number> => (await call(at, "enter", {}, { "x-forwarded-for": `2001:db8::${i}` })).status;
    expect(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(own))).toContain(429);
    const statuses = await Promise.all(
      Array.from({ length: LIMITS.webEnters }, async (_, i) => (await call(at, "enter", {}, from(i + 1))).status),
    );
    expect(statuses.filter((each) => each === 429).length).toBeGreaterThan(0);
    const { code } = valueOf(pairingsOn(at.records, at.clock).invite(OWNER, "web", "ada", BOSS));
    expect((await call(at, "enter", { code }, { "x-forwarded-for": "192.0.2.7" })).status).toBe(200);
  });
});

describe.skipIf(!fs.existsSync(CHROMIUM))("the page in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  }, 60_000);
  afterAll(async () => await browser.close());

  async function openPage(
    at: House,
    options: Parameters<Browser["newPage"]>[0] = {},
  ): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> {
    const page = await browser.newPage({ bypassCSP: false, ...options });
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("Failed to load resource")) wrong.push(message.text());
    });
    await page.goto(`${at.url()}/chat/web/`);
    return { page, wrong };
  }

  /** Run where scripts of the page cannot be added: axe in an isolated world. */
  async function violations(page: Page): Promise<readonly string[]> {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
      frameId: frameTree.frame.id,
      worldName: "axe",
    });
    await session.send("Runtime.evaluate", { expression: AXE, contextId });
    const { result } = await session.send("Runtime.evaluate", {
      expression:
        "axe.run(document).then((r) => JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' '))))",
      contextId,
      awaitPromise: true,
    });
    return JSON.parse(String(result.value)) as string[];
  }

  test("by keyboard alone: in with a code, a message, an answer, without violations of axe, light, dark and narrow", async () => {
    const at = await house();
    const { code } = valueOf(pairingsOn(at.records, at.clock).invite(OWNER, "web", "ada", BOSS));
    for (const options of [{ colorScheme: "dark", reducedMotion: "reduce" }, { viewport: { width: 320, height: 640 } }] as const) {
      const { page } = await openPage(at, options);
      await page.waitForSelector("#enter-form");
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
      await page.close();
    }
    const { page, wrong } = await openPage(at, { viewport: { width: 320, height: 640 } });
    await page.waitForSelector("#code:visible");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("code");
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#text:focus");
    await page.keyboard.type("**bold** `code` <img src=x onerror=alert(1)>");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#log .agent");
    expect(await page.locator("#log .you strong").innerText()).toBe("bold");
    expect(await page.locator("#log img").count()).toBe(0);
    expect(await page.locator("#log").getAttribute("role")).toBe("log");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    expect(await page.evaluate("document.cookie")).toBe("");
    expect(wrong).toEqual([]);
    expect(page.url()).toBe(`${at.url()}/chat/web/`);
    await page.close();
  }, 60_000);

  test("waits for an operator, says so, and what came while it was away is there when it is back", async () => {
    const at = await house();
    const { page } = await openPage(at);
    await page.click("#ask");
    const code = await page.locator("#pairing-code:not(:empty)").innerText();
    valueOf(pairingsOn(at.records, at.clock).approve(code, BOSS));
    await page.waitForSelector("#text:visible", { timeout: 10_000 });
    await page.fill("#text", "first");
    await page.click("button:has-text('Send')");
    await page.waitForSelector("#log .agent");
    await page.reload();
    await page.waitForSelector("#log .agent");
    expect(await page.locator("#log .entry").count()).toBe(2);
    await page.close();
  }, 60_000);
});
