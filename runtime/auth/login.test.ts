import { describe, expect, test } from "vitest";
import { byCodeUnit, LIMITS } from "../../core/index.ts";
import { codesOf, problemOf, valueOf } from "../store/store.fixture.ts";
import { member, request, roleOf, testAuth, type TestAuth } from "./auth.fixture.ts";
import { testProvider, type TestProvider } from "./provider.fixture.ts";
import type { Role } from "../run/index.ts";
import type { Tokens } from "./index.ts";

const REDIRECT = "http://127.0.0.1:49152/callback";

interface World {
  readonly provider: TestProvider;
  readonly test: TestAuth;
  readonly login: (account: string, role?: Role) => Promise<Tokens>;
}

async function world(role: Role = "editor"): Promise<World> {
  const provider = await testProvider();
  const { issuer, clientId } = provider;
  const made = await testAuth([member("ada", role, { oidc: [{ issuer, subject: "ada-4711" }] })], { issuer, clientId });
  const login = async (account: string, wished?: Role): Promise<Tokens> => {
    const begun = valueOf(await made.auth.loginStart({ redirectUri: REDIRECT, ...(wished ? { role: wished } : {}) }));
    const query = await provider.browse(begun.authorizationUrl, account);
    return valueOf(await made.auth.loginFinish({ login: begun.login, query }));
  };
  return { provider, test: made, login };
}

describe("a login", () => {
  test("with code and PKCE gives tokens with the role that Team.people says", async () => {
    const { test: made, login, provider } = await world();
    const begun = valueOf(await made.auth.loginStart({ redirectUri: REDIRECT }));
    const url = new URL(begun.authorizationUrl);
    expect([url.origin, url.searchParams.get("code_challenge_method"), url.searchParams.get("client_id")]).toEqual([
      provider.issuer,
      "S256",
      provider.clientId,
    ]);
    const tokens = await login("ada-4711");
    expect(tokens).toMatchObject({ role: "editor", person: "ada", lineage: made.lineage });
    expect(Date.parse(tokens.expiresAt) - made.ports.clock.now().getTime()).toBeLessThanOrEqual(15 * 60_000);
    const caller = valueOf(await made.auth.authenticate(request(`Bearer ${tokens.accessToken}`)));
    expect(caller).toMatchObject({ id: `oidc:${provider.issuer}#ada-4711`, role: "editor", person: "ada", verified: true });
    expect(made.audit()).toEqual(["auth.accepted login"]);
  });

  test("of an account that no Team.people names is refused, and recorded", async () => {
    const { test: made, provider } = await world();
    const begun = valueOf(await made.auth.loginStart({ redirectUri: REDIRECT }));
    const query = await provider.browse(begun.authorizationUrl, "eve");
    expect(codesOf(await made.auth.loginFinish({ login: begun.login, query }))).toEqual(["AUTH_LOGIN_REFUSED"]);
    expect(made.audit()).toEqual(["auth.refused AUTH_LOGIN_REFUSED"]);
  });

  test.each([
    ["the same", "editor", "editor"],
    ["less", "viewer", "viewer"],
    ["more", "owner", "AUTH_ROLE"],
  ] as const)("row 121: that wishes for %s gets at most what there is", async (_, wished, due) => {
    const { test: made, provider } = await world();
    const begun = valueOf(await made.auth.loginStart({ redirectUri: REDIRECT, role: wished }));
    const query = await provider.browse(begun.authorizationUrl, "ada-4711");
    const tokens = await made.auth.loginFinish({ login: begun.login, query });
    expect(tokens.ok ? tokens.value.role : codesOf(tokens)[0]).toBe(due);
  });

  test("is finished once, with its own state, and in time", async () => {
    const { test: made, provider } = await world();
    const start = async () => {
      const begun = valueOf(await made.auth.loginStart({ redirectUri: REDIRECT }));
      return { login: begun.login, query: await provider.browse(begun.authorizationUrl, "ada-4711") };
    };
    const [one, two, three] = [await start(), await start(), await start()];
    const finish = async (login: string, query: string) => codesOf(await made.auth.loginFinish({ login, query }));
    expect(await finish(one.login, one.query)).toEqual([]);
    expect(await finish(one.login, one.query)).toEqual(["AUTH_LOGIN_REFUSED"]);
    expect(await finish(two.login, three.query)).toEqual(["AUTH_LOGIN_REFUSED"]);
    expect(await finish("unknown", three.query)).toEqual(["AUTH_LOGIN_REFUSED"]);
    made.ports.set(new Date(made.ports.clock.now().getTime() + LIMITS.pendingLoginMs).toISOString());
    expect(await finish(three.login, three.query)).toEqual(["AUTH_LOGIN_REFUSED"]);
  });

  test.each([
    ["elsewhere", "https://evil.example/callback"],
    ["a name for this machine", "http://localhost:1/callback"],
    ["with a query", "http://127.0.0.1:1/callback?x=1"],
    ["that is no address", "callback"],
  ])("does not come back to a redirect %s", async (_, redirectUri) => {
    const { test: made } = await world();
    expect(codesOf(await made.auth.loginStart({ redirectUri }))).toEqual(["AUTH_INVALID"]);
  });

  test("answers of which somebody changed a part are refused", async () => {
    const { test: made, provider } = await world();
    for (const change of [
      (query: URLSearchParams) => query.set("code", "x".repeat(43)),
      (query: URLSearchParams) => query.set("state", "another"),
      (query: URLSearchParams) => query.set("iss", "https://evil.example"),
      (query: URLSearchParams) => query.delete("code"),
    ]) {
      const begun = valueOf(await made.auth.loginStart({ redirectUri: REDIRECT }));
      const query = new URLSearchParams(await provider.browse(begun.authorizationUrl, "ada-4711"));
      change(query);
      expect(codesOf(await made.auth.loginFinish({ login: begun.login, query: query.toString() }))).toEqual(["AUTH_LOGIN_REFUSED"]);
    }
  });

  test("needs a provider that is there", async () => {
    const { test: made, provider } = await world();
    provider.stop();
    expect(codesOf(await made.auth.loginStart({ redirectUri: REDIRECT }))).toEqual(["AUTH_UNAVAILABLE"]);
    const without = await testAuth();
    expect(codesOf(await without.auth.loginStart({ redirectUri: REDIRECT }))).toEqual(["AUTH_UNAVAILABLE"]);
    expect(without.auth.loginWith()).toBeNull();
  });

  test("are so many at once, and no more", async () => {
    const { test: made } = await world();
    for (let i = 0; i < LIMITS.pendingLogins; i++) valueOf(await made.auth.loginStart({ redirectUri: REDIRECT }));
    expect(codesOf(await made.auth.loginStart({ redirectUri: REDIRECT }))).toEqual(["AUTH_LIMIT"]);
  });

  test("on a machine without a browser goes by a code that is entered elsewhere", async () => {
    const { test: made, provider } = await world();
    const begun = valueOf(await made.auth.deviceStart({}));
    expect(valueOf(await made.auth.devicePoll(begun.login))).toBeNull();
    await provider.enter(begun.verificationUriComplete ?? "", "ada-4711");
    // Asked again too soon, the provider is left alone.
    expect(valueOf(await made.auth.devicePoll(begun.login))).toBeNull();
    made.ports.set(new Date(made.ports.clock.now().getTime() + begun.intervalMs).toISOString());
    expect(valueOf(await made.auth.devicePoll(begun.login))).toMatchObject({ role: "editor", person: "ada" });
    expect(codesOf(await made.auth.devicePoll(begun.login))).toEqual(["AUTH_LOGIN_REFUSED"]);
  });
});

describe("a refresh token", () => {
  test("is used up by each refresh, which gives the next", async () => {
    const { test: made, login } = await world();
    const first = await login("ada-4711");
    const second = valueOf(await made.auth.refresh(first.refreshToken));
    const third = valueOf(await made.auth.refresh(second.refreshToken));
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect(roleOf(await made.auth.authenticate(request(`Bearer ${third.accessToken}`)))).toBe("editor");
  });

  test("row 121: that comes twice at the same instant is taken once, and what was taken is over too", async () => {
    const { test: made, login } = await world();
    const { refreshToken } = await login("ada-4711");
    const both = await Promise.all([made.auth.refresh(refreshToken), made.auth.refresh(refreshToken)]);
    expect(both.map((each) => (each.ok ? "taken" : String(codesOf(each)[0]))).toSorted(byCodeUnit)).toEqual(["AUTH_REUSED", "taken"]);
    const taken = both.find((each) => each.ok);
    if (!taken?.ok) throw new Error("one was due");
    expect(codesOf(await made.auth.refresh(taken.value.refreshToken))).toEqual(["AUTH_LOGIN_REFUSED"]);
    expect(codesOf(await made.auth.authenticate(request(`Bearer ${taken.value.accessToken}`)))).toEqual(["API_UNAUTHENTICATED"]);
  });

  test("row 121: that comes twice ends its whole login, at once, for both", async () => {
    const { test: made, login } = await world();
    const other = await login("ada-4711");
    const first = await login("ada-4711");
    const second = valueOf(await made.auth.refresh(first.refreshToken));
    const ended: string[] = [];
    made.auth.onRevoked((token) => ended.push(token));
    expect(codesOf(await made.auth.refresh(first.refreshToken))).toEqual(["AUTH_REUSED"]);
    expect(ended).toHaveLength(1);
    expect(codesOf(await made.auth.refresh(second.refreshToken))).toEqual(["AUTH_LOGIN_REFUSED"]);
    for (const { accessToken } of [first, second])
      expect(codesOf(await made.auth.authenticate(request(`Bearer ${accessToken}`)))).toEqual(["API_UNAUTHENTICATED"]);
    expect(roleOf(await made.auth.authenticate(request(`Bearer ${other.accessToken}`)))).toBe("editor");
    expect(made.audit()).toContain("auth.revoked AUTH_REUSED");
  });

  test("and its login outlive a restart; a reuse is noticed after it", async () => {
    const { test: made, login } = await world();
    const first = await login("ada-4711");
    const after = await made.again();
    expect(roleOf(await after.authenticate(request(`Bearer ${first.accessToken}`)))).toBe("editor");
    valueOf(await after.refresh(first.refreshToken));
    expect(codesOf(await (await made.again()).refresh(first.refreshToken))).toEqual(["AUTH_REUSED"]);
  });

  test("ends with its login, and with the person's membership", async () => {
    const { test: made, login } = await world();
    const first = await login("ada-4711");
    made.members = [];
    expect(codesOf(await made.auth.refresh(first.refreshToken))).toEqual(["AUTH_LOGIN_REFUSED"]);
    const late = await world();
    const tokens = await late.login("ada-4711");
    late.test.ports.set(new Date(late.test.ports.clock.now().getTime() + LIMITS.loginMs).toISOString());
    expect(codesOf(await late.test.auth.refresh(tokens.refreshToken))).toEqual(["AUTH_LOGIN_REFUSED"]);
  });

  test.each([
    ["empty", () => ""],
    ["cut", (token: string) => token.slice(0, -1)],
    ["of another turn", (token: string) => token.replace(/_1_/, "_2_")],
    ["of another login", (token: string) => token.replace(/[0-9a-f]{32}/, "0".repeat(32))],
    ["a word", () => "hunter2"],
  ])("that is %s is none", async (_, change) => {
    const { test: made, login } = await world();
    const { refreshToken } = await login("ada-4711");
    const found = await made.auth.refresh(change(refreshToken));
    expect(codesOf(found)).toEqual(["AUTH_LOGIN_REFUSED"]);
    expect(JSON.stringify(problemOf(found))).not.toContain(refreshToken);
    expect((await made.auth.refresh(refreshToken)).ok).toBe(true);
  });
});
