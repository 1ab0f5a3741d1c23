import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { networkOf } from "../net/index.ts";
import { boundConnections, whileWorking } from "./connections.ts";
import { newStreams } from "./event-stream.ts";
import { newUnproved } from "./unproved.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2::3", "20010db800010002/64".replace(/^0+/, "")],
  ["2001:db8:1:2:ffff::", "20010db800010002/64"],
  ["fe80::1%eth0", "fe80000000000000/64"],
  ["<script>", "unknown"],
  ["", "unknown"],
])("%s is counted as %s", (address, due) => {
  expect(networkOf(address)).toBe(due);
});

test("who has not said who they are has few places, a newer one takes that of the oldest, and nobody's else", () => {
  const unproved = newUnproved();
  const gone: string[] = [];
  const enter = (address: string, name: string) => unproved.enter(address, () => gone.push(name));
  const leaves = Array.from({ length: LIMITS.apiUnprovedOfOne }, (_, i) => enter("192.0.2.1", `a${i}`));
  expect(gone).toEqual([]);
  enter("192.0.2.1", "a-new");
  expect(gone).toEqual(["a0"]);
  leaves[1]?.();
  enter("192.0.2.1", "a-next");
  expect(gone).toEqual(["a0"]);
  const others = LIMITS.apiUnproved - LIMITS.apiUnprovedOfOne;
  for (let i = 0; i < others; i++) enter(`198.51.100.${i}`, `b${i}`);
  expect(gone).toEqual(["a0"]);
  enter("203.0.113.1", "c");
  expect(gone).toEqual(["a0", "a2"]);
});

test("one caller has only some of the streams", () => {
  const streams = newStreams();
  const enter = (who: string) => streams.enter(who, () => undefined);
  const own = Array.from({ length: LIMITS.apiStreamsOfOne }, () => enter("ada"));
  expect(own.every((each) => each !== undefined)).toBe(true);
  expect(enter("ada")).toBeUndefined();
  expect(enter("bob")).toBeDefined();
  own[0]?.();
  expect(enter("ada")).toBeDefined();
});

test("a new connection takes the place of the one that is silent for longest, never of one we work on", async () => {
  const waiting: http.ServerResponse[] = [];
  const server = http.createServer((request, response) => (request.url === "/wait" ? waiting.push(response) : response.end("ok")));
  boundConnections(server, 3);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const connect = async (text: string) => {
    const socket = net.connect(port, "127.0.0.1");
    const of = { closed: false, said: "" };
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => (of.said += bytes.toString()));
    socket.on("close", () => (of.closed = true));
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write(text);
    return of;
  };
  const worked = await connect("GET /wait HTTP/1.1\r\nhost: a\r\n\r\n");
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  const silent = await connect("");
  const half = await connect("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nab");
  await vi.waitFor(() => expect(half.said).toContain("200"));
  const good = await connect("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  await vi.waitFor(() => expect(good.said).toContain("ok"));
  expect([worked.closed, silent.closed, half.closed]).toEqual([false, true, false]);
  const next = await connect("GET /wait HTTP/1.1\r\nhost: a\r\n\r\n");
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  await vi.waitFor(() => expect(half.closed).toBe(true));
  const last = await connect("GET /wait HTTP/1.1\r\nhost: a\r\n\r\n");
  await vi.waitFor(() => expect(waiting).toHaveLength(3));
  const turned = await connect("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  await vi.waitFor(() => expect(turned.closed).toBe(true));
  for (const each of waiting) each.end("done");
  await vi.waitFor(() => expect([worked.said, next.said, last.said].every((each) => each.includes("done"))).toBe(true));
});

test("a connection may be silent while we work for it, and no longer", async () => {
  const socket = new net.Socket();
  onTestFinished(() => void socket.destroy());
  socket.setTimeout(LIMITS.apiIdleMs);
  expect(await whileWorking(socket, () => Promise.resolve(socket.timeout))).toBe(0);
  expect(socket.timeout).toBe(LIMITS.apiIdleMs);
});
