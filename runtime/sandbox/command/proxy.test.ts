import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LookupAll } from "../../net/index.ts";
import { openCommands } from "../index.ts";
import { openProxy, type Proxy } from "./proxy.ts";

const server = http.createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  request.on("end", () => response.end(`${request.method} ${request.headers.host} ${request.url} ${body}`));
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Every name is on this machine. */
const toLoopback: LookupAll = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);

/** What the proxy says to one request, as it stands on the wire. */
function ask(proxy: Proxy, text: string): Promise<string> {
  return new Promise((resolve) => {
    let got = "";
    const socket = net.connect(proxy.socket, () => socket.write(text));
    socket.setEncoding("utf8").on("data", (chunk: string) => (got += chunk));
    socket.on("error", () => undefined).on("close", () => resolve(got));
    setTimeout(() => socket.destroy(), 3_000).unref();
  });
}

async function opened(...hosts: readonly string[]): Promise<Proxy> {
  const proxy = await openProxy(hosts, toLoopback);
  if (!proxy.ok) throw new Error(JSON.stringify(proxy.diagnostics));
  return proxy.value;
}

const get = (url: string, more = ""): string => `GET ${url} HTTP/1.1\r\nhost: other.example\r\nconnection: close\r\n${more}\r\n`;
const connect = (authority: string): string => `CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n\r\n`;

describe("row 107: the proxy of a command lets through what is named", () => {
  test("a plain address, under its own host and not the one in the header", async () => {
    const proxy = await opened(`http://127.0.0.1:${port}/a/**`);
    expect(await ask(proxy, get(`http://127.0.0.1:${port}/a/b?c=d`))).toContain(`GET 127.0.0.1:${port} /a/b?c=d`);
    expect(proxy.refused()).toEqual([]);
    await proxy.close();
  });

  test("a tunnel", async () => {
    const proxy = await opened(`https://127.0.0.1:${port}/**`);
    const through = `${connect(`127.0.0.1:${port}`)}${get("/inside")}`;
    expect(await ask(proxy, through)).toMatch(
      /^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK[\s\S]*GET other\.example \/inside/,
    );
    await proxy.close();
  });

  test.each<[string, readonly string[], (port: number) => string]>([
    ["another path", ["http://127.0.0.1:PORT/a/**"], (at) => get(`http://127.0.0.1:${at}/b`)],
    ["a path around", ["http://127.0.0.1:PORT/a/**"], (at) => get(`http://127.0.0.1:${at}/a/../b`)],
    ["an escaped path around", ["http://127.0.0.1:PORT/a/**"], (at) => get(`http://127.0.0.1:${at}/a/%2e%2e/b`)],
    ["another port", ["http://127.0.0.1/**"], (at) => get(`http://127.0.0.1:${at}/`)],
    ["another spelling of the address", ["http://127.0.0.1:PORT/**"], (at) => get(`http://2130706433:${at}/`)],
    ["a user name", ["http://127.0.0.1:PORT/**"], (at) => get(`http://127.0.0.1:${at}@other.example/`)],
    ["a host that is not named", ["http://127.0.0.1:PORT/**"], (at) => get(`http://other.example:${at}/`)],
    ["a named host that resolves to this machine", ["http://evil.example:PORT/**"], (at) => get(`http://evil.example:${at}/`)],
    ["any host does not mean this machine", ["http://**"], (at) => get(`http://127.0.0.1:${at}/`)],
    ["a path alone", ["http://127.0.0.1:PORT/**"], () => get("/")],
    ["another protocol", ["http://127.0.0.1:PORT/**"], () => get("file:///etc/passwd")],
    ["an upgrade", ["http://127.0.0.1:PORT/**"], (at) => get(`http://127.0.0.1:${at}/`, "upgrade: websocket\r\n")],
    ["a tunnel where addresses are plain", ["http://127.0.0.1:PORT/**"], (at) => connect(`127.0.0.1:${at}`)],
    ["a tunnel to a host of which a part is named", ["https://127.0.0.1:PORT/a/**"], (at) => connect(`127.0.0.1:${at}`)],
    ["a tunnel to another port", ["https://127.0.0.1/**"], (at) => connect(`127.0.0.1:${at}`)],
    ["a tunnel to anywhere on this machine", ["https://**"], (at) => connect(`127.0.0.1:${at}`)],
    ["a tunnel to a wildcard", ["https://**"], (at) => connect(`**:${at}`)],
    ["a tunnel to a name that resolves to this machine", ["https://evil.example:PORT/**"], (at) => connect(`evil.example:${at}`)],
    ["a tunnel to nothing", ["https://127.0.0.1:PORT/**"], () => connect("127.0.0.1")],
  ])("not: %s", async (_name, hosts, request) => {
    const proxy = await opened(...hosts.map((each) => each.replace("PORT", String(port))));
    const answer = await ask(proxy, request(port));
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403|502) /);
    expect(proxy.refused().length).toBeLessThanOrEqual(1);
    await proxy.close();
  });

  test("a pattern that is none opens nothing", async () => expect((await openProxy(["https://a.*.example/"])).ok).toBe(false));
});

const commands = openCommands();
const { by } = await commands.protection();
test.skipIf(by === "none")("row 107: a command reaches what is named, and its result says what was refused", async () => {
  const script = `import urllib.request as u
for url in ("http://127.0.0.1:${port}/a/x", "http://127.0.0.1:${port}/b", "http://other.example/"):
    try: print(u.urlopen(url, timeout=5).read().decode())
    except Exception as error: print(type(error).__name__, getattr(error, "code", ""))
import os, socket
print(os.environ["http_proxy"])
s = socket.socket()
try: s.connect(("127.0.0.1", ${port}))
except OSError as error: print(error.errno)`;
  const result = await commands.run(
    {
      argv: ["python3", "-c", script],
      cwd: ".",
      env: { no_proxy: "" },
      stdin: null,
      workspace: "/",
      access: "none",
      hosts: [`http://127.0.0.1:${port}/a/**`],
      limits: { timeoutMs: 20_000, memoryBytes: 256 * 1024 * 1024, processes: 16, cpus: 1, outputBytes: 64_000, diskBytes: 1_000_000 },
    },
    new AbortController().signal,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const { stdout, exitCode, refusedHosts } = result.value;
  expect(Buffer.from(stdout).toString("utf8")).toBe(
    `GET 127.0.0.1:${port} /a/x \nHTTPError 403\nHTTPError 403\nhttp://127.0.0.1:3128\n111\n`,
  );
  expect([exitCode, refusedHosts]).toEqual([0, [`127.0.0.1:${port}`, "other.example"]]);
});
