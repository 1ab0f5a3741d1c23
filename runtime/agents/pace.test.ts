import { describe, expect, test } from "vitest";
import type { ProviderLimits } from "../load/index.ts";
import { ask, provider, serve, answerEvents, chunk, turnOf, codes } from "./agents.fixture.ts";
import { placeAt } from "./pace.ts";

const none: ProviderLimits = { concurrency: null, requests: null, tokensPerMinute: null };
const never = new AbortController().signal;
let names = 0;
const limited = (limits: Partial<ProviderLimits>) => provider({ name: `paced-${++names}`, limits: { ...none, ...limits } });

describe("a provider's limits, over everything this process asks", () => {
  test("concurrency: the next begins when one is done", async () => {
    const one = limited({ concurrency: 2 });
    const [a, b] = [await placeAt(one, () => 0, never), await placeAt(one, () => 0, never)];
    expect(await placeAt(one, () => 0, AbortSignal.timeout(120))).toBeNull();
    a?.done(0);
    a?.done(0);
    expect(await placeAt(one, () => 0, never)).not.toBeNull();
    expect(await placeAt(one, () => 0, AbortSignal.timeout(120))).toBeNull();
    b?.done(0);
  });

  test("rate: so many in any time of that length", async () => {
    const one = limited({ requests: { count: 2, perMs: 1_000 } });
    let now = 0;
    for (let i = 0; i < 2; i++) (await placeAt(one, () => now, never))?.done(0);
    expect(await placeAt(one, () => now, AbortSignal.timeout(120))).toBeNull();
    now = 1_000;
    expect(await placeAt(one, () => now, never)).not.toBeNull();
  });

  test("tokens in a minute", async () => {
    const one = limited({ tokensPerMinute: 100 });
    let now = 0;
    (await placeAt(one, () => now, never))?.done(100);
    expect(await placeAt(one, () => now, AbortSignal.timeout(120))).toBeNull();
    now = 60_000;
    expect(await placeAt(one, () => now, never)).not.toBeNull();
  });

  test("what waits past its deadline is told so; nothing was sent", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("ok", "stop")));
    const one = { ...limited({ requests: { count: 1, perMs: 60_000 } }), endpoint: server.url, timeoutMs: 300, retries: 0 };
    const providers = new Map([["p", one]]);
    expect(turnOf(await ask(one, { providers })).text).toBe("ok");
    const second = await ask(one, { providers });
    expect(codes(second)).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(server.seen.length).toBe(1);
  });
});
