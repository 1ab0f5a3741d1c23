import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerEvents, answerLines, ask, chunk, CREDENTIALS, KEY, provider, serve, turnOf, vaultOf, type Seen } from "./agents.fixture.ts";
import { maskFor } from "../vault/index.ts";

const encodings: readonly (readonly [string, (value: string) => string])[] = [
  ["plain", (value) => value],
  ["base64", (value) => Buffer.from(value).toString("base64")],
  ["base64 after one byte", (value) => Buffer.from(`:${value}`).toString("base64")],
  ["base64 after two bytes, more behind", (value) => Buffer.from(`u:${value}xyz`).toString("base64")],
  ["base64url", (value) => Buffer.from(value).toString("base64url")],
  ["hex", (value) => Buffer.from(value).toString("hex")],
  ["HEX", (value) => Buffer.from(value).toString("hex").toUpperCase()],
  ["URL", (value) => encodeURIComponent(value)],
  ["JSON", (value) => JSON.stringify(value)],
];

describe("a provider's words that quote the key back (row 105)", () => {
  const quotes: readonly (readonly [string, (value: string) => string])[] = [
    ...encodings,
    ["split over lines", (value) => value.match(/.{1,4}/g)?.join("\n  ") ?? ""],
    ["in part", (value) => `${value.slice(0, 14)}...`],
  ];
  test.each(quotes)("%s", async (_, quote) => {
    const error = (seen: Seen): unknown => ({
      error: { message: `bad key ${quote(String(seen.headers["authorization"]).slice(7))} given` },
    });
    await using server = await serve((response, seen, count) => {
      if (count === 1) response.writeHead(401).end(JSON.stringify(error(seen)));
      else if (count === 2) answerEvents(response, error(seen));
      else answerLines(response, { error: (error(seen) as { error: { message: string } }).error.message });
    });
    const one = provider({ endpoint: server.url, credentials: CREDENTIALS, retries: 0 });
    for (const each of [one, one, { ...one, protocol: "ollama" as const }]) {
      const asked = await ask(each);
      expect(asked.problems[0]?.detail).toMatch(/It said: "bad key .{0,5}\*\*\*.{0,8} given"/);
      for (const [, encode] of encodings) expect(asked.printed).not.toContain(encode(KEY).slice(0, 16));
      expect(asked.printed.replace(/\\n|\s/g, "")).not.toContain(KEY);
    }
  });

  test("in the answer itself, cut into single characters: shown and recorded masked", async () => {
    await using server = await serve((response, seen) => {
      const key = String(seen.headers["authorization"]).slice(7);
      answerEvents(response, ...`your key is ${key} and canary-s`.split("").map((c) => chunk(c)), chunk("", "stop"));
    });
    const asked = await ask(provider({ endpoint: server.url, credentials: CREDENTIALS }));
    expect(asked.shown).toBe("your key is *** and canary-s");
    expect(turnOf(asked).text).toBe(asked.shown);
  });

  test.each(["a", "true", "1234567"])("a key that is %s: answers are not garbled, its words are not shown (row 101)", async (key) => {
    await using server = await serve((response, _, count) =>
      count === 1
        ? answerEvents(response, chunk(`a true banana 1234567 ${key}`), chunk("", "stop"))
        : response.writeHead(403).end(`{"error":"no ${key}"}`),
    );
    const one = provider({ endpoint: server.url, credentials: CREDENTIALS });
    expect(turnOf(await ask(one, { vault: vaultOf({ key }) })).text).toBe(`a true banana 1234567 ${key}`);
    const refused = await ask(one, { vault: vaultOf({ key }) });
    expect(refused.problems[0]?.detail).toContain("Its words are not shown");
    expect(refused.problems[0]?.detail).not.toContain("no ");
  });

  test("headers of secrets and prices of nothing: words without a key pass as they are", () => {
    expect(maskFor([]).words("rate limit reached")).toBe("rate limit reached");
    expect(maskFor([KEY]).words("rate limit reached")).toBe("rate limit reached");
  });
});

describe("properties", () => {
  const value = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789-_".split("")), minLength: 8, maxLength: 60 });

  test("no encoding of a value survives, and what stands around it does", () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...encodings), (secret, [, encode]) => {
        const masked = maskFor([secret]).words(`<< ${encode(secret)} >>`) ?? "";
        expect(masked).not.toContain(encode(secret));
        expect(masked).toMatch(/^<< .* >>$/);
      }),
    );
  });

  test("a streamed answer is the same however it is cut, and complete", () => {
    fc.assert(
      fc.property(value, fc.array(fc.oneof(fc.string({ maxLength: 5 }), fc.constant("@"))), fc.nat(7), (secret, parts, size) => {
        const text = parts.map((part) => (part === "@" ? secret : part)).join("");
        const stream = maskFor([secret]).stream();
        let out = "";
        for (let at = 0; at < text.length; at += size + 1) out += stream.push(text.slice(at, at + size + 1));
        out += stream.end();
        expect(out).toBe(text.replaceAll(secret, "***"));
      }),
    );
  });
});
