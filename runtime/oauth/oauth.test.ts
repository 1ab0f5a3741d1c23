import { describe, expect, test } from "vitest";
import { ACCOUNT_CLIENT, testProvider } from "../auth/provider.fixture.ts";
import { OWNER, stateFolder, valueOf, withStore, type StateFolder } from "../sessions/sessions.fixture.ts";
import type { Owner, Result } from "../../core/index.ts";
import { openRecords, type SealedRecords } from "../store/index.ts";
import { accountSlot, readAccount } from "./account.ts";
import { beginDevice, beginInBrowser, forgetAccount, hasAccount, newTokens } from "./index.ts";

const codes = (result: { readonly ok: boolean; readonly diagnostics?: readonly { readonly code: string }[] }) =>
  (result.diagnostics ?? []).map(({ code }) => code);

async function place(state: StateFolder) {
  const issuer = await testProvider();
  withStore(state, () => undefined);
  const records = valueOf(openRecords(state.dir));
  if (!records) throw new Error("no records");
  let now = Date.now();
  const clock = { now: () => new Date(now) };
  const settings = { issuer: issuer.issuer, clientId: ACCOUNT_CLIENT, scopes: ["openid", "offline_access"] };
  const withRecords = <T>(work: (open: SealedRecords) => Result<T>): Result<T> => work(records);
  const world = { withRecords, clock, owner: OWNER as Owner, provider: "models", settings };
  const stored = () => valueOf(readAccount(records, accountSlot(OWNER, "models")));
  return {
    issuer,
    records,
    world,
    settings,
    clock,
    stored,
    later: (ms: number) => void (now += ms),
    tokens: newTokens({ withRecords, clock }),
  };
}

async function login(at: Awaited<ReturnType<typeof place>>): Promise<void> {
  const begun = valueOf(await beginInBrowser(at.world, new AbortController().signal));
  const redirect = new URL(begun.url).searchParams.get("redirect_uri") ?? "";
  expect(new URL(redirect).hostname).toBe("127.0.0.1");
  expect(new URL(begun.url).searchParams.get("code_challenge_method")).toBe("S256");
  const query = await at.issuer.browse(begun.url, "ops");
  expect((await fetch(`${redirect}${query.startsWith("?") ? query : `?${query}`}`)).status).toBe(200);
  valueOf(await begun.finished);
}

describe("an account at a model provider", () => {
  test("PKCE over loopback: the login is sealed, and a token is fetched when it is due, each refresh token once", async () => {
    using state = stateFolder();
    const at = await place(state);
    expect(codes(await at.tokens.bearer(OWNER, "models", at.settings))).toEqual(["PROVIDER_AUTH"]);
    await login(at);
    expect(valueOf(hasAccount(at.records, OWNER, "models"))).toBe(true);
    const first = at.stored();
    expect(valueOf(await at.tokens.bearer(OWNER, "models", at.settings)).open()).toBe(first?.accessToken);
    at.later(40_000);
    const [a, b] = await Promise.all([at.tokens.bearer(OWNER, "models", at.settings), at.tokens.bearer(OWNER, "models", at.settings)]);
    const second = at.stored();
    expect(valueOf(a).open()).toBe(second?.accessToken);
    expect(valueOf(b).open()).toBe(second?.accessToken);
    expect(second?.refreshToken).not.toBe(first?.refreshToken);
    expect(second?.accessToken).not.toBe(first?.accessToken);
  });

  test("a refresh token that was used twice: refused, never tried again, and a login mends it", async () => {
    using state = stateFolder();
    const at = await place(state);
    await login(at);
    const stolen = at.stored();
    at.later(40_000);
    valueOf(await at.tokens.bearer(OWNER, "models", at.settings));
    // Somebody had copied the first one: an older store that was put back, a thief.
    const slot = accountSlot(OWNER, "models");
    valueOf(at.records.put(slot, Buffer.from(JSON.stringify({ v: 1, ...stolen }))));
    expect(codes(await at.tokens.bearer(OWNER, "models", at.settings))).toEqual(["PROVIDER_AUTH"]);
    expect(at.stored()).toMatchObject({ refreshToken: null, accessToken: "" });
    at.issuer.stop();
    const again = await at.tokens.bearer(OWNER, "models", at.settings);
    expect(again.ok ? "" : again.diagnostics[0]?.remedy).toContain("credentials login models");
  });

  test("two processes: one asks the issuer, the other waits for what it got", async () => {
    using state = stateFolder();
    const at = await place(state);
    await login(at);
    at.later(40_000);
    const other = newTokens({ withRecords: at.world.withRecords, clock: at.clock });
    const results = await Promise.all([at.tokens.bearer(OWNER, "models", at.settings), other.bearer(OWNER, "models", at.settings)]);
    expect(new Set(results.map((each) => valueOf(each).open())).size).toBe(1);
  });

  test("the device flow, and logging out", async () => {
    using state = stateFolder();
    const at = await place(state);
    const begun = valueOf(await beginDevice(at.world, new AbortController().signal));
    expect(begun.code).toMatch(/^[A-Z0-9-]{6,}$/);
    await at.issuer.enter(begun.url, "ops");
    valueOf(await begun.finished);
    valueOf(await at.tokens.bearer(OWNER, "models", at.settings));
    valueOf(forgetAccount(at.records, OWNER, "models"));
    expect(codes(await at.tokens.bearer(OWNER, "models", at.settings))).toEqual(["PROVIDER_AUTH"]);
  }, 20_000);

  test("an issuer that is away is no lost login; another issuer's account is none of this provider's", async () => {
    using state = stateFolder();
    const at = await place(state);
    await login(at);
    expect(codes(await at.tokens.bearer(OWNER, "models", { ...at.settings, issuer: "https://other.example" }))).toEqual(["PROVIDER_AUTH"]);
    at.later(40_000);
    at.issuer.stop();
    expect(codes(await at.tokens.bearer(OWNER, "models", at.settings))).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(at.stored()?.refreshToken).not.toBeNull();
    expect(at.stored()?.busyUntil).toBeNull();
  });
});
