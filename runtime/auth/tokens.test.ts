import { execFileSync } from "node:child_process";
import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { codesOf, valueOf } from "../store/store.fixture.ts";
import { member, newKeys, request, roleOf, signed, testAuth, LOCAL, type TestAuth } from "./auth.fixture.ts";
import { fingerprintOf } from "./identity.ts";
import { bytesToSign, headerOf, REQUEST_NAMESPACE, type RequestFacts } from "./index.ts";
import { accessTokens } from "./jwt.ts";
import { authKeys } from "./keys.ts";
import { openLogins } from "./logins.ts";
import { standingOf } from "./roles.ts";
import type { Role } from "../run/index.ts";

const ADA = { kind: "oidc", issuer: "https://id.acme.example", subject: "ada" } as const;

function ada(role: Role) {
  return member("ada", role, { oidc: [{ issuer: ADA.issuer, subject: ADA.subject }] });
}

/** A login without a provider: what `loginFinish` does after it. */
async function loggedIn(
  made: TestAuth,
  role: Role,
): Promise<{ readonly token: string; readonly login: string; readonly auth: TestAuth["auth"] }> {
  const keys = valueOf(authKeys(made.records));
  const login = valueOf(valueOf(openLogins(made.records, keys.refresh, made.ports.clock)).begin(ADA, role));
  const access = await accessTokens(keys.access, made.lineage, made.ports.clock);
  const { token } = await access.mint({ login: login.id, role, subject: "ada" });
  return { token, login: login.id, auth: await made.again() };
}

describe("rows 120 and 121: an access token", () => {
  test("is judged by what is active at each use", async () => {
    const made = await testAuth([ada("editor")]);
    const { token, auth, login } = await loggedIn(made, "editor");
    const role = async () => roleOf(await auth.authenticate(request(`Bearer ${token}`)));
    const told: string[] = [];
    auth.onRevoked((each) => told.push(each));
    expect(await role()).toBe("editor");
    auth.recheck();
    expect(told).toEqual([]);
    made.members = [ada("viewer")];
    expect(await role()).toBe("viewer");
    made.members = [ada("owner")];
    expect(await role()).toBe("editor");
    made.members = [ada("viewer")];
    auth.recheck();
    made.members = [];
    expect(await role()).toBe("refused");
    expect(told).toEqual([login]);
  });

  test("ends at once when its login is revoked, on open connections too", async () => {
    const made = await testAuth([ada("editor")]);
    const { token, auth, login } = await loggedIn(made, "editor");
    const told: string[] = [];
    const leave = auth.onRevoked((each) => told.push(each));
    valueOf(auth.revoke(LOCAL, login));
    expect([told, roleOf(await auth.authenticate(request(`Bearer ${token}`)))]).toEqual([[login], "refused"]);
    expect(roleOf(await (await made.again()).authenticate(request(`Bearer ${token}`)))).toBe("refused");
    leave();
    expect(made.audit()).toContain("auth.revoked");
  });

  test.each(["access token", "device"])("row 121: what is open with a %s ends when its time is over", async (kind) => {
    const made = await testAuth([ada("editor")]);
    const { token, login, auth } = await loggedIn(made, "editor");
    const told: string[] = [];
    auth.onRevoked((each) => told.push(each));
    const caller = valueOf(await auth.authenticate(request(`Bearer ${token}`)));
    if (kind === "device") {
      const keys = newKeys();
      valueOf(auth.mintDevice(caller, { name: "laptop", publicKey: keys.publicKey, ttlMs: 60_000 }));
      expect(roleOf(await auth.authenticate(signed(made, "laptop", keys)))).toBe("editor");
    }
    auth.recheck();
    expect(told).toEqual([]);
    const over = kind === "device" ? 61_000 : LIMITS.loginMs + 1_000;
    made.ports.set(new Date(made.ports.clock.now().getTime() + over).toISOString());
    auth.recheck();
    expect(told).toEqual([kind === "device" ? "device:laptop" : login]);
  });

  test.each([
    ["now", 0, "editor"],
    ["just before its end", LIMITS.accessTokenMs - 1_000, "editor"],
    ["at its end", LIMITS.accessTokenMs, "refused"],
    ["long after", LIMITS.accessTokenMs * 10, "refused"],
    ["before it was made", -1_000, "refused"],
  ])("%s: the clock decides", async (_, ms, due) => {
    const made = await testAuth([ada("editor")]);
    const { token, auth } = await loggedIn(made, "editor");
    made.ports.set(new Date(made.ports.clock.now().getTime() + ms).toISOString());
    expect(roleOf(await auth.authenticate(request(`Bearer ${token}`)))).toBe(due);
  });

  test("that somebody else made is none, whatever it says of itself", async () => {
    const made = await testAuth([ada("owner")]);
    const { auth, login } = await loggedIn(made, "owner");
    const own = valueOf(authKeys(made.records)).access;
    const publicKey = createPublicKey(own);
    const pem = publicKey.export({ format: "pem", type: "spki" });
    const foreign = generateKeyPairSync("ed25519").privateKey;
    const now = Math.floor(made.ports.clock.now().getTime() / 1_000);
    const issuer = `urn:moltbot:${made.lineage}`;
    const claims = { login, role: "owner", iss: issuer, aud: `${issuer}:api`, sub: "ada", iat: now, nbf: now, exp: now + 900 };
    const kid = (
      JSON.parse(Buffer.from((await loggedIn(made, "owner")).token.split(".")[0] ?? "", "base64url").toString()) as { kid: string }
    ).kid;
    const header = { alg: "EdDSA", typ: "at+jwt", kid };
    const make = async (key: typeof own, more: { readonly header?: object; readonly claims?: object } = {}): Promise<string> =>
      await new SignJWT({ ...claims, ...more.claims }).setProtectedHeader({ ...header, ...more.header }).sign(key);
    const hs256 = (): string => {
      const body = [{ ...header, alg: "HS256" }, claims].map((each) => Buffer.from(JSON.stringify(each)).toString("base64url")).join(".");
      return `${body}.${createHmac("sha256", pem).update(body).digest("base64url")}`;
    };
    const good = await make(own);
    expect(roleOf(await auth.authenticate(request(`Bearer ${good}`)))).toBe("owner");
    const bad: Readonly<Record<string, string>> = {
      "another key": await make(foreign),
      "another key that it brings along": await make(foreign, { header: { jwk: createPublicKey(foreign).export({ format: "jwk" }) } }),
      "an address of a key": await make(own, { header: { jku: "https://evil.example/keys" } }),
      "a kid that is a path": await make(own, { header: { kid: "../../dev/null" } }),
      "a kid that is SQL": await make(own, { header: { kid: "' OR 1=1" } }),
      "no algorithm": new UnsecuredJWT(claims).encode(),
      "the public key as a shared secret": hs256(),
      "another store": await make(own, { claims: { iss: "urn:moltbot:other" } }),
      "another audience": await make(own, { claims: { aud: "urn:moltbot:other:api" } }),
      "another type": await make(own, { header: { typ: "JWT" } }),
      "a longer life": await make(own, { claims: { exp: now + 86_400 } }),
      "an unknown role": await make(own, { claims: { role: "root" } }),
      "no end": await make(own, { claims: { exp: undefined } }),
      "no login": await make(own, { claims: { login: undefined } }),
      "a login that there is not": await make(own, { claims: { login: "0".repeat(32) } }),
      "a changed body": good.replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify({ ...claims, role: "owner", x: 1 })).toString("base64url")}.`,
      ),
      "no signature": good.replace(/[^.]+$/, ""),
    };
    for (const [what, token] of Object.entries(bad))
      expect([what, roleOf(await auth.authenticate(request(`Bearer ${token}`)))]).toEqual([what, "refused"]);
  });

  test("of another store is none", async () => {
    const [one, two] = [await testAuth([ada("owner")]), await testAuth([ada("owner")])];
    const { token } = await loggedIn(one, "owner");
    expect(roleOf(await two.auth.authenticate(request(`Bearer ${token}`)))).toBe("refused");
  });
});

describe("row 120: a request", () => {
  test.each([
    ["without a token", request(undefined)],
    ["with an empty token", request("Bearer ")],
    ["with an empty header", request("")],
    ["with another scheme", request("Basic YTpi")],
    ["with two tokens", { ...request(undefined), headers: { authorization: ["Bearer a", "Bearer b"] } }],
    ["with a token in the address", request(undefined, { target: "/v2/agents?access_token=abc" })],
    ["with a token in the address, even on the socket", request(undefined, { target: "/v2/agents?token=abc", isLocal: true })],
    ["with a bad token on the socket", request("Bearer x", { isLocal: true })],
    ["with a header that is too long", request(`Bearer ${"x".repeat(LIMITS.authTokenChars)}`)],
    ["that claims what it is", { ...request(undefined), headers: { "x-role": "owner", "x-forwarded-user": "ada" } }],
  ])("%s is nobody's", async (_, facts) => {
    const made = await testAuth([ada("owner")]);
    expect(codesOf(await made.auth.authenticate(facts))).toEqual(["API_UNAUTHENTICATED"]);
    expect(made.audit()).toEqual(["auth.refused API_UNAUTHENTICATED"]);
  });

  test("over the socket in the state folder is the owner's of this machine", async () => {
    const made = await testAuth();
    expect(valueOf(await made.auth.authenticate(request(undefined, { isLocal: true, address: null })))).toEqual(LOCAL);
  });

  test("of a flood is counted, and does not fill the disk", async () => {
    const made = await testAuth();
    for (let i = 0; i < LIMITS.refusalsNoted + 20; i++) await made.auth.authenticate(request("Bearer x"));
    expect(made.audit()).toHaveLength(LIMITS.refusalsNoted);
    made.auth.close();
    expect(valueOf(made.log.reader.query({ limit: 1 })).records).toMatchObject([{ kind: "auth.refused", facts: { more: 20 } }]);
  });
});

describe("a device", () => {
  async function withDevice(role: Role = "editor") {
    const made = await testAuth([ada("editor")]);
    const { token, auth } = await loggedIn(made, "editor");
    const caller = valueOf(await auth.authenticate(request(`Bearer ${token}`)));
    const keys = newKeys();
    const device = valueOf(auth.mintDevice(caller, { name: "laptop", publicKey: keys.publicKey, role }));
    return { made, auth, caller, keys, device };
  }

  test("signs requests, and is worth no more than who minted it is now", async () => {
    const { made, auth, keys } = await withDevice("operator");
    const role = async () => roleOf(await auth.authenticate(signed(made, "laptop", keys)));
    expect(valueOf(await auth.authenticate(signed(made, "laptop", keys)))).toMatchObject({
      id: "device:laptop",
      person: "ada",
      token: "device:laptop",
    });
    expect(await role()).toBe("operator");
    made.members = [ada("viewer")];
    expect(await role()).toBe("viewer");
    made.members = [];
    expect(await role()).toBe("refused");
  });

  test("makes short tokens for what cannot sign, which end with it and make nothing further", async () => {
    const { made, auth, keys, caller } = await withDevice("operator");
    const signing = async () => valueOf(await auth.authenticate(signed(made, "laptop", keys)));
    const { accessToken, role } = valueOf(await auth.mintToken(await signing(), "viewer"));
    const bearer = async () => await auth.authenticate(request(`Bearer ${accessToken}`));
    const by = valueOf(await bearer());
    expect([role, by.role, by.id, by.person, by.token]).toEqual(["viewer", "viewer", "device:laptop", "ada", "device:laptop"]);
    expect(codesOf(await auth.mintToken(by))).toEqual(["AUTH_ROLE"]);
    expect(codesOf(auth.mintDevice(by, { name: "two", publicKey: newKeys().publicKey }))).toEqual(["AUTH_ROLE"]);
    expect(codesOf(await auth.mintToken(await signing(), "editor"))).toEqual(["AUTH_ROLE"]);
    expect(codesOf(await auth.mintToken(caller))).toEqual(["AUTH_ROLE"]);
    expect(codesOf(await auth.mintToken(LOCAL))).toEqual(["AUTH_ROLE"]);
    valueOf(auth.revoke(await signing(), "device:laptop"));
    expect(roleOf(await bearer())).toBe("refused");
  });

  test("outlives a restart, not its end and not its revocation", async () => {
    const { made, auth, keys, caller } = await withDevice();
    const after = await made.again();
    expect(roleOf(await after.authenticate(signed(made, "laptop", keys)))).toBe("editor");
    valueOf(auth.revoke(caller, "device:laptop"));
    expect(roleOf(await auth.authenticate(signed(made, "laptop", keys)))).toBe("refused");
    const second = await withDevice();
    second.made.ports.set(new Date(Date.parse(second.device.expiresAt)).toISOString());
    expect(roleOf(await second.auth.authenticate(signed(second.made, "laptop", second.keys)))).toBe("refused");
  });

  test.each([
    ["the method", { method: "DELETE" }],
    ["the path", { target: "/v2/agents/x" }],
    ["the query", { target: "/v2/agents?all=1" }],
    ["the body", { bodySha256: "0".repeat(64) }],
  ])("does not sign for a request of which somebody changed %s", async (_, change) => {
    const { made, auth, keys } = await withDevice();
    expect(roleOf(await auth.authenticate({ ...signed(made, "laptop", keys), ...change }))).toBe("refused");
  });

  test("row 119: a signed request counts once", async () => {
    const { made, auth, keys } = await withDevice();
    const facts = signed(made, "laptop", keys);
    expect([roleOf(await auth.authenticate(facts)), roleOf(await auth.authenticate(facts))]).toEqual(["editor", "refused"]);
  });

  test.each([
    ["now", 0, "editor"],
    ["as old as allowed", -LIMITS.signedRequestMs, "editor"],
    ["older", -LIMITS.signedRequestMs - 1, "refused"],
    ["as far ahead as allowed", LIMITS.signedAheadMs, "editor"],
    ["further ahead", LIMITS.signedAheadMs + 1, "refused"],
  ])("may have a clock that is %s", async (_, ms, due) => {
    const { made, auth, keys } = await withDevice();
    made.ports.set(new Date(made.ports.clock.now().getTime() + 600_000).toISOString());
    const time = new Date(made.ports.clock.now().getTime() + ms).toISOString();
    expect(roleOf(await auth.authenticate(signed(made, "laptop", keys, { time })))).toBe(due);
  });

  test("does not sign from before the gateway began, because what was used then is forgotten", async () => {
    const { made, keys } = await withDevice();
    const facts = signed(made, "laptop", keys);
    made.ports.set(new Date(made.ports.clock.now().getTime() + 1_000).toISOString());
    expect(roleOf(await (await made.again()).authenticate(facts))).toBe("refused");
  });

  test("of another store, with another key, or under another name signs nothing", async () => {
    const { made, auth, keys } = await withDevice();
    const elsewhere = { ...made, lineage: "0".repeat(32) };
    for (const facts of [signed(elsewhere, "laptop", keys), signed(made, "laptop", newKeys()), signed(made, "desktop", keys)])
      expect(roleOf(await auth.authenticate(facts))).toBe("refused");
  });

  test("row 121: is minted with no more than the caller has, also by a device", async () => {
    const { made, auth, caller, keys } = await withDevice("operator");
    expect(codesOf(auth.mintDevice(caller, { name: "two", publicKey: newKeys().publicKey, role: "owner" }))).toEqual(["AUTH_ROLE"]);
    const laptop = valueOf(await auth.authenticate(signed(made, "laptop", keys)));
    expect(codesOf(auth.mintDevice(laptop, { name: "two", publicKey: newKeys().publicKey, role: "editor" }))).toEqual(["AUTH_ROLE"]);
    expect(valueOf(auth.mintDevice(laptop, { name: "two", publicKey: newKeys().publicKey })).role).toBe("operator");
  });

  test.each([
    ["a name with a slash", { name: "a/b" }],
    ["an empty name", { name: "" }],
    ["a name that is taken", { name: "laptop" }],
    ["a key that is too short", { publicKey: "AAAA" }],
    ["a key that is none", { publicKey: "?".repeat(43) }],
  ])("with %s is none", async (_, change) => {
    const { auth, caller } = await withDevice();
    expect(codesOf(auth.mintDevice(caller, { name: "other", publicKey: newKeys().publicKey, ...change }))).toEqual(["AUTH_INVALID"]);
  });

  test("is shown to its person and to owners, and revoked by them alone", async () => {
    const { made, auth, caller } = await withDevice();
    const bob = { ...caller, id: "oidc:x#bob", person: "bob", token: null, role: "editor" as const };
    expect(valueOf(auth.devices(caller)).map(({ name }) => name)).toEqual(["laptop"]);
    expect(valueOf(auth.devices(bob))).toEqual([]);
    expect(codesOf(auth.revoke(bob, "device:laptop"))).toEqual(["AUTH_ROLE"]);
    expect(valueOf(auth.devices(LOCAL))).toHaveLength(1);
    expect(JSON.stringify(valueOf(auth.devices(LOCAL)))).not.toContain("identity");
    expect(valueOf(auth.logins(caller))).toMatchObject([{ person: "ada", role: "editor" }]);
    valueOf(auth.revoke(LOCAL, "device:laptop"));
    expect(valueOf(auth.devices(LOCAL))).toEqual([]);
    expect(made.audit()).toEqual(["auth.accepted device", "auth.revoked"]);
  });
});

test("where people cannot be read, nobody is a member", async () => {
  const made = await testAuth([ada("owner")]);
  const { token, auth } = await loggedIn(made, "owner");
  made.broken = true;
  expect(roleOf(await auth.authenticate(request(`Bearer ${token}`)))).toBe("refused");
});

describe("an SSH key of Team.people", () => {
  /** `ssh-keygen -Y sign`, which also asks an agent or a hardware key. */
  function signedBySsh(made: TestAuth, file: string, publicKey: string, namespace = REQUEST_NAMESPACE): RequestFacts {
    const facts = request(undefined);
    const key = `ssh:${fingerprintOf(publicKey)}`;
    const [time, nonce] = [made.ports.clock.now().toISOString(), randomBytes(16).toString("base64url")];
    const { method, target, bodySha256 } = facts;
    const input = bytesToSign({ lineage: made.lineage, method, target, bodySha256, time, nonce, key });
    const armored = execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-f", file, "-n", namespace], { input, stdio: "pipe" }).toString();
    const signature = Buffer.from(armored.replace(/-----[^-]+-----|\s/g, ""), "base64");
    return { ...facts, headers: { authorization: headerOf({ key, time, nonce, signature }) } };
  }

  test("signs requests as it signs commits", async () => {
    const made = await testAuth();
    const file = path.join(path.dirname(made.dir), "id");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", file]);
    const publicKey = fs.readFileSync(`${file}.pub`, "utf8").split(" ").slice(0, 2).join(" ");
    made.members = [member("ada", "operator", { ssh: [publicKey] })];
    const facts = signedBySsh(made, file, publicKey);
    expect(valueOf(await made.auth.authenticate(facts))).toMatchObject({
      person: "ada",
      role: "operator",
      id: `ssh:${fingerprintOf(publicKey)}`,
    });
    expect(roleOf(await made.auth.authenticate(facts))).toBe("refused");
    expect(roleOf(await made.auth.authenticate(signedBySsh(made, file, publicKey, "git")))).toBe("refused");
    made.members = [];
    expect(roleOf(await made.auth.authenticate(signedBySsh(made, file, publicKey)))).toBe("refused");
  });
});

test.each([
  ["one Project", ["acme/prod"], [["acme/prod", "editor"]], "editor"],
  [
    "two Teams of one Project",
    ["acme/prod"],
    [
      ["acme/prod", "viewer"],
      ["acme/prod", "owner"],
    ],
    "owner",
  ],
  [
    "two Projects",
    ["acme/prod", "beta/prod"],
    [
      ["acme/prod", "owner"],
      ["beta/prod", "viewer"],
    ],
    "viewer",
  ],
  ["one Project of two", ["acme/prod", "beta/prod"], [["acme/prod", "owner"]], null],
  ["none", ["acme/prod"], [], null],
] as const)("a person of %s has a role accordingly", (_, owners, roles, due) => {
  const members = roles.map(([owner, role]) => ({ ...ada(role), owner }));
  expect(standingOf(ADA, members, owners)?.role ?? null).toBe(due);
});
