import http from "node:http";
import https from "node:https";
import zlib from "node:zlib";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { digestBytes, LIMITS, type Json, type JsonObject } from "../../core/index.ts";
import { compiled, regoOf } from "../../test/own-policies.fixture.ts";
import { codesOf, project, resource, runOf, valueOf } from "../gate/gate.fixture.ts";
import { readableText } from "./http/html.ts";
import { builtInTools, type ToolsWorld } from "./index.ts";
import { toolsState, type ToolsState } from "./tools.fixture.ts";

interface Served {
  readonly origin: string;
  readonly port: number;
  readonly asked: http.IncomingMessage[];
}

async function serve(answer: http.RequestListener, tls?: https.ServerOptions): Promise<Served> {
  const asked: http.IncomingMessage[] = [];
  const listener: http.RequestListener = (request, response) => {
    asked.push(request);
    answer(request, response);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, asked };
}

function fetching(patterns: readonly string[], actions: readonly string[] = ["get"], world: Partial<ToolsWorld> = {}): ToolsState {
  const grants = patterns.flatMap((pattern, i) =>
    actions.map((action) => ({
      name: `g${i}-${action}`,
      tool: "http.fetch",
      action,
      resource: pattern,
      constraints: { approval: "never", maxResponseBytes: "64KiB" },
    })),
  );
  return toolsState(grants, {}, world);
}

describe("row 107: hosts and addresses", () => {
  const looked: string[] = [];
  const lookup = async (name: string): Promise<{ address: string; family: number }[]> => {
    looked.push(name);
    return [{ address: "127.0.0.1", family: 4 }];
  };
  const cases = [
    ["an address that is not granted", "https://127.0.0.1:1/", "CALL_NOT_GRANTED"],
    ["an address under a pattern for any host", "http://127.0.0.1:1/", "ADDRESS_REFUSED"],
    ["the metadata service under a pattern for any host", "http://169.254.169.254/latest", "ADDRESS_REFUSED"],
    ["a mapped loopback", "http://[::ffff:127.0.0.1]/", "ADDRESS_REFUSED"],
    ["NAT64", "http://[64:ff9b::7f00:1]/", "ADDRESS_REFUSED"],
    ["a name that resolves to loopback", "http://evil.example/", "ADDRESS_REFUSED"],
    ["odd spelling of loopback", "http://127.1/", "REQUEST_INVALID"],
    ["a number", "http://2130706433/", "REQUEST_INVALID"],
    ["a user name", "http://api.example@127.0.0.1/", "REQUEST_INVALID"],
    ["a dot segment", "http://api.example/a/../b", "REQUEST_INVALID"],
    ["an escaped slash", "http://api.example/a%2fb", "REQUEST_INVALID"],
    ["row 115: another scheme", "file:///etc/passwd", "REQUEST_INVALID"],
    ["a socket", "ws://api.example/", "CALL_INVALID"],
  ] as const;
  test("are refused, and no name is looked up for nothing", async () => {
    // The last is a grant of that very name: whoever runs its zone decides what it resolves to.
    const state = fetching(["https://localhost:1/**", "http://**", "http://evil.example/**"], ["get"], { lookup });
    for (const [name, url, code] of cases) {
      looked.length = 0;
      expect([name, ...codesOf(await state.call("http.fetch", { url }))]).toEqual([name, code]);
      expect(looked).toEqual(url.includes("evil") ? ["evil.example"] : []);
    }
  });
});

describe("redirects", () => {
  test("are judged anew, counted, and lose what is not for the other host", async () => {
    const target = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const from = await serve((request, response) => {
      const places: Record<string, string> = {
        "/same": `${from.origin}/end`,
        "/other": `${target.origin}/open/x`,
        "/closed": `${target.origin}/closed`,
        "/loop": "/loop",
        "/file": "file:///etc/passwd",
        "/user": `http://a:b@127.0.0.1:${target.port}/open`,
      };
      const to = places[request.url ?? ""];
      if (to === undefined) response.end("here");
      else response.writeHead(302, { location: to }).end();
    });
    const state = fetching([`${from.origin}/**`, `${target.origin}/open/**`]);
    const get = (name: string, headers: Json = {}): ReturnType<ToolsState["call"]> =>
      state.call("http.fetch", { url: from.origin + name, headers });
    expect(valueOf(await get("/same")).text).toContain("here");
    const other = valueOf(await get("/other", { "if-none-match": "x", accept: "text/plain" })).text;
    expect(other).toContain('"accept":"text/plain"');
    expect(other).not.toContain("if-none-match");
    expect(codesOf(await get("/closed"))).toEqual(["CALL_NOT_GRANTED"]);
    expect(target.asked).toHaveLength(1);
    expect(codesOf(await get("/file"))).toEqual(["HTTP_REDIRECT"]);
    expect(codesOf(await get("/user"))).toEqual(["REQUEST_INVALID"]);
    const before = from.asked.length;
    expect(codesOf(await get("/loop"))).toEqual(["HTTP_REDIRECT"]);
    expect(from.asked.length - before).toBe(LIMITS.httpRedirects + 1);
  });
  test("are what policies see: their own host and query, not those of the first request", async () => {
    const server = await serve((request, response) => {
      if (request.url?.includes("go=") !== true) return response.end("there");
      return response.writeHead(307, { location: `/x?${new URL(request.url, "http://a").searchParams.get("go")}` }).end();
    });
    const rego = regoOf("mine", 'call_deny contains {"code": "query", "message": "No keys."} if contains(input.arguments.query, "key")');
    const { bundle, lock } = compiled({ mine: rego });
    const policies = { bundle: digestBytes(bundle), lock: digestBytes(Buffer.from(lock)) };
    const own = project({ policies: { rules: { "approval.mutating": "off" }, network: { ceiling: ["**"] }, compiled: policies } });
    const grant = { tool: "http.fetch", action: "get", resource: `${server.origin}/**`, constraints: { approval: "never" } };
    const state = toolsState([grant], {}, {}, own, {
      resources: [resource("Policy", "mine", { rego })],
      bytes: [bundle, Buffer.from(lock)],
    });
    const go = (query: string, more: JsonObject = {}) => state.call("http.fetch", { url: `${server.origin}/x?go=${query}`, ...more });
    expect(valueOf(await go("a%3D1")).text).toContain("there");
    expect(codesOf(await go("k%65y%3D1"))).toEqual(["CALL_DENIED"]);
    expect(server.asked.map(({ url }) => url)).toEqual(["/x?go=a%3D1", "/x?a=1", "/x?go=k%65y%3D1"]);
    expect(codesOf(await go("key%3D1"))).toEqual(["CALL_DENIED"]);
    expect(server.asked).toHaveLength(3);
  });

  test("a post becomes a get, which needs a grant of its own", async () => {
    const server = await serve((request, response) =>
      request.url === "/a" ? response.writeHead(303, { location: "/b" }).end() : response.end(request.method),
    );
    const url = `${server.origin}/a`;
    const both = fetching([`${server.origin}/**`], ["get", "post"]);
    expect(valueOf(await both.call("http.fetch", { url, method: "post", body: "x" })).text).toContain("GET");
    const one = fetching([`${server.origin}/**`], ["post"]);
    expect(codesOf(await one.call("http.fetch", { url, method: "post", body: "x" }))).toEqual(["CALL_NOT_GRANTED"]);
  });
});

test("answers are bounded, packed ones by what they unpack to", async () => {
  const server = await serve((request, response) => {
    const size = Number(request.url?.slice(2));
    const body = Buffer.alloc(size, "x");
    if (request.url?.startsWith("/g")) response.setHeader("content-encoding", "gzip").end(zlib.gzipSync(body));
    else if (request.url?.startsWith("/b")) response.setHeader("content-encoding", "br").end(zlib.brotliCompressSync(body));
    else if (request.url?.startsWith("/d")) response.setHeader("content-encoding", "deflate").end(zlib.deflateSync(body));
    else if (request.url?.startsWith("/t")) response.setHeader("content-encoding", "gzip").end(zlib.gzipSync(body).subarray(0, 20));
    else if (request.url?.startsWith("/h")) response.setHeader("x-long", "y".repeat(size)).end();
    else response.end(body);
  });
  const state = fetching([`${server.origin}/**`]);
  const at = (name: string): ReturnType<ToolsState["call"]> => state.call("http.fetch", { url: `${server.origin}/${name}` });
  for (const kind of ["p", "g", "b"]) {
    expect(codesOf(await at(kind + 65_536))).toEqual([]);
    expect(codesOf(await at(kind + 65_537))).toEqual(["HTTP_LIMIT"]);
  }
  expect(codesOf(await at("g104857600"))).toEqual(["HTTP_LIMIT"]);
  expect(codesOf(await at("d10"))).toEqual(["HTTP_FAILED"]);
  expect(codesOf(await at("t1000"))).toEqual(["HTTP_FAILED"]);
  expect(codesOf(await at(`h${LIMITS.httpHeaderBytes}`))).toEqual(["HTTP_FAILED"]);
});

test("what is sent is what was approved, and nothing rides along", async () => {
  const server = await serve((request, response) => {
    const parts: Buffer[] = [];
    request
      .on("data", (part: Buffer) => parts.push(part))
      .on("end", () => response.end(`${request.method} ${request.url} ${Buffer.concat(parts).toString()}`));
  });
  const state = fetching([`${server.origin}/**`], ["post"]);
  const url = `${server.origin}/a%20b?q=%C3%B6&r=a b#fragment`;
  expect(
    valueOf(await state.call("http.fetch", { url, method: "post", body: "{}", headers: { "Content-Type": "application/json" } })).text,
  ).toContain("POST /a%20b?q=%C3%B6&r=a%20b {}");
  expect(Object.keys(server.asked[0]!.headers).sort()).toEqual([
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
  ]);
  for (const name of ["Host", "cookie", "authorization", "Connection", "transfer-encoding", "x-api-key", "proxy-authorization"])
    expect(codesOf(await state.call("http.fetch", { url, method: "post", headers: { [name]: "x" } }))).toEqual(["CALL_INVALID"]);
  expect(codesOf(await state.call("http.fetch", { url, method: "post", headers: { accept: "a\r\nhost: b" } }))).toEqual(["CALL_INVALID"]);
});

test("TLS 1.3 with a certificate for the name, or nothing", async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-tls-"));
  onTestFinished(() => fs.rmSync(dir, { recursive: true }));
  const [key, cert] = [path.join(dir, "key.pem"), path.join(dir, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert, ...subject],
    {
      stdio: "ignore",
    },
  );
  const tls = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  const ca = tls.cert.toString();
  const modern = await serve((_, response) => response.end("hello"), tls);
  const old = await serve((_, response) => response.end("hello"), { ...tls, maxVersion: "TLSv1.2" });
  const patterns = [modern, old].flatMap(({ port }) => [`https://localhost:${port}/**`, `https://127.0.0.1:${port}/**`]);
  const trusting = fetching(patterns, ["get"], { ca });
  expect(valueOf(await trusting.call("http.fetch", { url: `https://localhost:${modern.port}/` })).text).toContain("hello");
  expect(codesOf(await trusting.call("http.fetch", { url: `https://127.0.0.1:${modern.port}/` }))).toEqual(["HTTP_FAILED"]);
  expect(codesOf(await trusting.call("http.fetch", { url: `https://localhost:${old.port}/` }))).toEqual(["TLS_TOO_OLD"]);
  // The Project of the agent that asks can except a host, by its name alone.
  const network = { ceiling: ["**"], tlsExceptions: [{ host: "localhost", minVersion: "TLSv1.2", reason: "a test" }] };
  const excepting = toolsState(
    patterns.map((at, i) => ({ name: `g${i}`, tool: "http.fetch", action: "get", resource: at })),
    {},
    { ca },
    project({ policies: { rules: { "approval.mutating": "off" }, network } }),
  );
  expect(valueOf(await excepting.call("http.fetch", { url: `https://localhost:${old.port}/` })).text).toContain("hello");
  expect(codesOf(await excepting.call("http.fetch", { url: `https://127.0.0.1:${old.port}/` }))).toEqual(["TLS_TOO_OLD"]);
  expect(codesOf(await fetching(patterns).call("http.fetch", { url: `https://localhost:${modern.port}/` }))).toEqual(["HTTP_FAILED"]);
  const down = await serve((_, response) => response.writeHead(302, { location: "http://localhost/" }).end(), tls);
  const state = fetching([`https://localhost:${down.port}/**`, "http://localhost/**"], ["get"], { ca });
  expect(codesOf(await state.call("http.fetch", { url: `https://localhost:${down.port}/` }))).toEqual(["HTTP_REDIRECT"]);
});

test("a host that never answers ends with the time of the grant", async () => {
  const server = await serve(() => {});
  const constraints = { approval: "never", timeout: "200ms" };
  const state = toolsState([{ tool: "http.fetch", action: "get", resource: `${server.origin}/**`, constraints }]);
  expect(codesOf(await state.call("http.fetch", { url: server.origin }))).toEqual(["TOOL_TIMEOUT"]);
});

test("facts and effect of a call", () => {
  const tool = builtInTools({} as ToolsWorld).get("http.fetch")!;
  const call = valueOf(tool.canonicalise({ url: "HTTPS://API.example.com:443/a?key=1", method: "post", body: "ä" }, runOf()));
  expect(call).toMatchObject({
    action: "post",
    resource: "https://api.example.com/a",
    facts: { host: "api.example.com", query: "key=1", bodyBytes: 2, headers: [] },
    effect: { method: "post", url: "https://api.example.com/a", query: "?key=1", body: "ä" },
  });
  const other = valueOf(tool.canonicalise({ url: "https://api.example.com/a?key=2", method: "post", body: "ä" }, runOf()));
  expect(other.digest).not.toBe(call.digest);
});

test.each([
  ["<h1>A</h1><p>b &amp; c<br>d</p><script>if (a<b) x('</p>')</script><style>p{}</style>e", "A\n\nb & c\nd\ne"],
  ["<!-- <p>hidden --> 1 < 2 <b>bold</b>", "1 < 2 bold"],
  ["&#x1F600;&#99999999;&nope;", "😀&#99999999;&nope;"],
  ["<script>never closed", ""],
  ["<", "<"],
])("%s as text", (html, text) => expect(readableText(html)).toBe(text));
