import net from "node:net";
import http from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS, type Result } from "../../core/index.ts";
import { classifyAddress, connectPinned, isInNetwork, pinnedLookup, resolvePinned, type AddressClass, type LookupAll } from "./index.ts";

const NOTHING = { named: [], networks: [] };
const never = new AbortController().signal;

function answers(...addresses: readonly string[]): LookupAll {
  return () => Promise.resolve(addresses.map((address) => ({ address, family: net.isIP(address) })));
}

const unasked: LookupAll = () => Promise.reject(new Error("a name was looked up"));

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

describe("the class of an address", () => {
  test.each<[string, AddressClass]>([
    ["93.184.216.34", "public"],
    ["9.255.255.255", "public"],
    ["10.0.0.0", "private"],
    ["10.255.255.255", "private"],
    ["11.0.0.0", "public"],
    ["100.63.255.255", "public"],
    ["100.64.0.0", "private"],
    ["100.127.255.255", "private"],
    ["100.128.0.0", "public"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["0.0.0.0", "unspecified"],
    ["0.1.2.3", "unspecified"],
    ["169.254.169.254", "link-local"],
    ["172.15.255.255", "public"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["172.32.0.0", "public"],
    ["192.0.0.1", "reserved"],
    ["192.0.2.1", "reserved"],
    ["192.168.1.1", "private"],
    ["198.19.255.255", "reserved"],
    ["203.0.113.9", "reserved"],
    ["224.0.0.1", "multicast"],
    ["255.255.255.255", "reserved"],
    ["::", "unspecified"],
    ["::1", "loopback"],
    ["0:0:0:0:0:0:0:1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["::ffff:93.184.216.34", "public"],
    ["::ffff:0:127.0.0.1", "reserved"],
    ["::127.0.0.1", "reserved"],
    ["64:ff9b::a00:1", "private"],
    ["64:ff9b::169.254.169.254", "link-local"],
    ["64:ff9b:1::1", "reserved"],
    ["2002:7f00:1::", "loopback"],
    ["2002:c0a8:101::1", "private"],
    ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "reserved"],
    ["2001:db8::1", "reserved"],
    ["3fff:1::", "reserved"],
    ["2606:4700::1111", "public"],
    ["fc00::1", "private"],
    ["fdff:ffff::1", "private"],
    ["fe80::1", "link-local"],
    ["febf::1", "link-local"],
    ["fec0::1", "private"],
    ["ff02::1", "multicast"],
    ["5f00::1", "reserved"],
    ["fe80::1%eth0", "invalid"],
    ["127.1", "invalid"],
    ["0177.0.0.1", "invalid"],
    ["2130706433", "invalid"],
    ["[::1]", "invalid"],
    ["localhost", "invalid"],
    ["", "invalid"],
  ])("%s is %s", (address, is) => expect(classifyAddress(address)).toBe(is));

  test("any spelling of an IPv6 address has the same class, and any text has one", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
        expect(classifyAddress(address)).toBe(classifyAddress(canonical));
      }),
    );
    fc.assert(fc.property(fc.ipV4(), (address) => classifyAddress(`::ffff:${address}`) === classifyAddress(address)));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => classifyAddress(text) !== undefined));
  });

  test.each<[string, string, boolean]>([
    ["10.1.2.3", "10.1.0.0/16", true],
    ["10.2.0.0", "10.1.0.0/16", false],
    ["10.1.2.3", "0.0.0.0/0", true],
    ["10.1.2.3", "10.1.2.3/32", true],
    ["10.1.2.3", "10.1.0.0/33", false],
    ["10.1.2.3", "10.1.0.0", false],
    ["10.1.2.3", "::/0", false],
    ["fd00::1", "fd00::/8", true],
    ["fd00::1", "fd00::/129", false],
    ["fe80::1%a", "fe80::/10", false],
  ])("%s in %s: %s", (address, network, is) => expect(isInNetwork(address, network)).toBe(is));
});

describe("what a host is pinned to", () => {
  test.each<[string, string, LookupAll, { named?: readonly string[]; networks?: readonly string[] }, readonly string[] | string]>([
    ["a public name", "api.acme.example", answers("93.184.216.34", "2606:4700::1"), {}, ["93.184.216.34", "2606:4700::1"]],
    ["the same address twice", "a.example", answers("93.184.216.34", "93.184.216.34"), {}, ["93.184.216.34"]],
    ["a public address; nothing is looked up", "93.184.216.34", unasked, {}, ["93.184.216.34"]],
    ["row 107: loopback by address", "127.0.0.1", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: private by address", "10.0.0.1", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: metadata service", "169.254.169.254", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: IPv6 loopback", "[::1]", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: a mapped loopback", "[::ffff:7f00:1]", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: this host", "0.0.0.0", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: localhost", "localhost", unasked, {}, "ADDRESS_REFUSED"],
    ["row 107: a name that resolves to loopback", "evil.example", answers("127.0.0.1"), {}, "ADDRESS_REFUSED"],
    ["row 107: one private address among public ones", "evil.example", answers("93.184.216.34", "10.0.0.1"), {}, "ADDRESS_REFUSED"],
    [
      "row 107: a granted name is no grant of its address",
      "evil.example",
      answers("127.0.0.1"),
      { named: ["evil.example"] },
      "ADDRESS_REFUSED",
    ],
    ["an address that a grant names", "127.0.0.1", unasked, { named: ["127.0.0.1"] }, ["127.0.0.1"]],
    ["an IPv6 address that a grant names", "[::1]", unasked, { named: ["[::1]"] }, ["::1"]],
    ["another address than the one named", "127.0.0.2", unasked, { named: ["127.0.0.1"] }, "ADDRESS_REFUSED"],
    ["localhost that a grant names, asking nobody", "localhost", unasked, { named: ["localhost"] }, ["127.0.0.1", "::1"]],
    ["a name in an opened network", "db.acme.example", answers("10.1.2.3"), { networks: ["10.1.0.0/16"] }, ["10.1.2.3"]],
    ["a name beside an opened network", "db.acme.example", answers("10.2.2.3"), { networks: ["10.1.0.0/16"] }, "ADDRESS_REFUSED"],
    ["a resolver that answers nonsense", "a.example", answers("nonsense"), {}, "ADDRESS_REFUSED"],
    ["a name without addresses", "a.example", answers(), {}, "NAME_NOT_RESOLVED"],
    ["a name that fails", "a.example", unasked, {}, "NAME_NOT_RESOLVED"],
  ])("%s", async (_name, host, lookup, policy, expected) => {
    const result = await resolvePinned(host, { ...NOTHING, ...policy }, never, lookup);
    expect(result.ok ? result.value.addresses.map(({ address }) => address) : result.diagnostics[0]?.code).toEqual(expected);
  });

  test("addressesOfName: at the limit, and one past it", async () => {
    const many = (count: number): LookupAll => answers(...Array.from({ length: count }, (_, i) => `93.184.216.${i}`));
    expect((await resolvePinned("a.example", NOTHING, never, many(LIMITS.addressesOfName))).ok).toBe(true);
    expect(codes(await resolvePinned("a.example", NOTHING, never, many(LIMITS.addressesOfName + 1)))).toEqual(["NAME_NOT_RESOLVED"]);
  });

  test("a resolver that never answers is left behind when the caller stops", async () => {
    const stop = new AbortController();
    const asked = resolvePinned("a.example", NOTHING, stop.signal, () => new Promise(() => undefined));
    stop.abort();
    expect(codes(await asked)).toEqual(["NAME_NOT_RESOLVED"]);
    expect(codes(await resolvePinned("a.example", NOTHING, AbortSignal.abort(), unasked))).toEqual(["NAME_NOT_RESOLVED"]);
  });
});

describe("a pinned connection", () => {
  const server = http.createServer((request, response) => response.end(request.headers.host));
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());
  const pinned = { host: "pinned.acme.example", addresses: [{ address: "127.0.0.1", family: 4, is: "loopback" }] } as const;

  test("goes to the pinned address under the name that was asked for", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const request = http.get({ host: pinned.host, port, lookup: pinnedLookup(pinned) }, (response) => {
        response.setEncoding("utf8").on("data", resolve);
      });
      request.on("error", reject);
    });
    expect(text).toBe(`pinned.acme.example:${port}`);
  });

  test("another name, or a family it has not, is not found", () => {
    const ask = (name: string, options: object): unknown => {
      let got: unknown;
      pinnedLookup(pinned)(name, options, (error, address) => (got = error?.code ?? address));
      return got;
    };
    expect(ask("pinned.acme.example", {})).toBe("127.0.0.1");
    expect(ask("pinned.acme.example", { family: 4, all: true })).toEqual([{ address: "127.0.0.1", family: 4 }]);
    expect(ask("pinned.acme.example", { family: 6 })).toBe("ENOTFOUND");
    expect(ask("other.example", {})).toBe("ENOTFOUND");
  });

  test("connects, tries the next address, and says why it could not", async () => {
    const dead = { address: "127.0.0.3", family: 4, is: "loopback" } as const;
    const both = await connectPinned({ ...pinned, addresses: [dead, ...pinned.addresses] }, port, never);
    expect(both.ok && both.value.remoteAddress).toBe("127.0.0.1");
    if (both.ok) both.value.destroy();
    const none = await connectPinned({ ...pinned, addresses: [dead] }, port, never);
    expect(codes(none)).toEqual(["CONNECT_FAILED"]);
    expect(codes(await connectPinned(pinned, port, AbortSignal.abort()))).toEqual(["CONNECT_FAILED"]);
  });
});
