import { expect, test } from "vitest";
import { fail, LIMITS, ok, problem, Secret } from "../../../core/index.ts";
import { credentialHeader, credentialPlace, type Pattern } from "../../../trust/capability/index.ts";
import type { Credential } from "../../gate/index.ts";
import { codesOf, runOf, valueOf } from "../../gate/gate.fixture.ts";
import { builtInTools, type ToolsWorld } from "../index.ts";
import { credentialsOf } from "./credentials.ts";
import { ALLOWED_HEADERS } from "./headers.ts";
import { parseTarget } from "./target.ts";

function place(text: string): Pattern {
  const pattern = credentialPlace(text);
  if (typeof pattern === "string") throw new Error(pattern);
  return pattern;
}

function credential(name: string, at: string, value = "0123456789", more: Partial<Credential> = {}): Credential {
  const open = (): ReturnType<Credential["open"]> => Promise.resolve(ok(new Secret(new TextEncoder().encode(value))));
  return { name, header: "authorization", prefix: "", patterns: [place(at)], open, ...more };
}

const tool = builtInTools({} as ToolsWorld).get("http.fetch")!;
const shop = credential("p/shop", "https://shop.example/orders/**", undefined, { prefix: "Bearer " });
const asking = (url: string, credentials: readonly Credential[]) => valueOf(tool.canonicalise({ url }, runOf(), credentials));

test("the call says by name what goes along, and its digest covers that", () => {
  const url = "https://shop.example/orders/1";
  const [with1, without] = [asking(url, [shop]), asking(url, [])];
  expect(with1.facts["credentials"]).toEqual(["p/shop"]);
  expect(without.facts["credentials"]).toEqual([]);
  expect(with1.effect["credentials"]).toEqual([{ name: "p/shop", header: "authorization", prefix: "Bearer " }]);
  expect(without.effect).not.toHaveProperty("credentials");
  expect(with1.digest).not.toBe(without.digest);
  expect(with1.summary).toBe(`http.fetch get "${url}", as p/shop`);
});

const places: readonly (readonly [string, string, boolean])[] = [
  ["the place", "https://shop.example/orders/1", true],
  ["however it is written", "HTTPS://Shop.Example:443/orders/%31", true],
  ["below it", "https://shop.example/orders/1/lines", true],
  ["another path", "https://shop.example/admin", false],
  ["another port", "https://shop.example:8443/orders/1", false],
  ["another host", "https://shop.example.evil.example/orders/1", false],
  ["a host below", "https://a.shop.example/orders/1", false],
  ["without TLS", "http://shop.example/orders/1", false],
];
test.each(places)("it goes along to %s: %s", (_name, url, goes) => {
  expect(asking(url, [shop]).facts["credentials"]).toEqual(goes ? ["p/shop"] : []);
});

test("without TLS it stays on this machine, whatever a pattern says", () => {
  const here = credential("p/here", "http://127.0.0.1:8080/**");
  const forged = credential("p/forged", "https://shop.example/**", "0123456789", {
    patterns: [{ ...place("https://shop.example/**"), text: "http://shop.example/**", scheme: "http" } as Pattern],
  });
  expect(asking("http://127.0.0.1:8080/x", [here]).facts["credentials"]).toEqual(["p/here"]);
  expect(asking("http://shop.example/x", [forged]).facts["credentials"]).toEqual([]);
});

test("only what the call was decided with is sent, only to where it began, and it does not come back", async () => {
  const first = valueOf(parseTarget("https://shop.example/orders/1"));
  const other = valueOf(parseTarget("https://other.example/orders/1"));
  const everywhere = { ...shop, patterns: [...shop.patterns, place("https://other.example/**")] };
  const late = credential("p/late", "https://shop.example/**", "9876543210", { header: "x-late" });
  const call = asking(first.resource, [everywhere]);
  const sent = credentialsOf(call, [everywhere, late], first);
  expect(valueOf(await sent.headersOf(sent.to(first)))).toEqual({ authorization: "Bearer 0123456789" });
  expect(valueOf(await sent.headersOf(sent.to(other)))).toEqual({});
  expect(valueOf(await sent.headersOf(sent.to(first)))).toEqual({});
  expect(sent.sent()).toEqual(["p/shop"]);
});

test("a place that quotes what was sent is known in any spelling", async () => {
  const value = "a+b/c=0123456789";
  const of = credential("p/shop", "https://shop.example/**", value);
  const first = valueOf(parseTarget("https://shop.example/"));
  const sent = credentialsOf(asking(first.resource, [of]), [of], first);
  expect(sent.isQuotedIn(`/x?${value}`)).toBe(false);
  valueOf(await sent.headersOf(sent.to(first)));
  const spelled = [
    value,
    encodeURIComponent(value),
    Buffer.from(value).toString("hex"),
    Buffer.from(value).toString("base64url"),
    "%61+b/c=0123",
  ];
  for (const each of spelled) expect([each, sent.isQuotedIn(`/x?${each}`)]).toEqual([each, true]);
  for (const each of ["/x?y", "/%zz"]) expect(sent.isQuotedIn(each)).toBe(false);
});

const values: readonly (readonly [string, string, string])[] = [
  ["empty", "", "CREDENTIAL_UNUSABLE"],
  ["only a line break", "\n", "CREDENTIAL_UNUSABLE"],
  ["with a line break", "a\r\nhost: b", "CREDENTIAL_UNUSABLE"],
  ["no ASCII", "ä".repeat(10), "CREDENTIAL_UNUSABLE"],
  ["one past limits.httpHeaderChars", "x".repeat(LIMITS.httpHeaderChars + 1), "CREDENTIAL_UNUSABLE"],
  ["at limits.httpHeaderChars", "x".repeat(LIMITS.httpHeaderChars), ""],
  ["with the end of a file", "0123456789\n", ""],
];
test.each(values)("a value that is %s", async (_name, value, code) => {
  const of = credential("p/shop", "https://shop.example/**", value);
  const first = valueOf(parseTarget("https://shop.example/"));
  const headers = await credentialsOf(asking(first.resource, [of]), [of], first).headersOf([of]);
  expect(codesOf(headers).join()).toBe(code);
  if (headers.ok) expect(headers.value).toEqual({ authorization: value.trimEnd() });
});

test("one that cannot be opened ends the request with why", async () => {
  const of = credential("p/shop", "https://shop.example/**", "", {
    open: () => Promise.resolve(fail(problem("SECRET_PENDING", { detail: "no value yet" }))),
  });
  const first = valueOf(parseTarget("https://shop.example/"));
  expect(codesOf(await credentialsOf(asking(first.resource, [of]), [of], first).headersOf([of]))).toEqual(["SECRET_PENDING"]);
});

test("no header that a caller may set, or that says what the request is, takes a credential", () => {
  for (const name of [...ALLOWED_HEADERS, "Host", "Cookie", "Content-Length", "proxy-authorization", "Sec-Fetch-Site", "a b", "ä"])
    expect([name, credentialHeader(name)]).toEqual([name, undefined]);
  for (const name of ["Authorization", "X-API-Key", "api-key"]) expect(credentialHeader(name)).toBe(name.toLowerCase());
});

test.each([
  "https://**",
  "https://*.example/**",
  "https://**.example/**",
  "http://shop.example/**",
  "http://127.0.0.2/**",
  "wss://shop.example/**",
  "x",
])("%s is no place for a credential", (text) => expect(typeof credentialPlace(text)).toBe("string"));
