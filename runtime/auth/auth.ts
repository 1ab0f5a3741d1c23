import { fail, LIMITS, ok, problem, type Clock, type Diagnostic, type Owner, type Result } from "../../core/index.ts";
import type { Audit, SecurityEvent } from "../audit/index.ts";
import type { Role } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { openDevices, type DeviceRecord, type Devices } from "./devices.ts";
import { principalIdOf } from "./identity.ts";
import { accessTokens, type AccessTokens } from "./jwt.ts";
import { authKeys } from "./keys.ts";
import { openLogins, type LoginRecord, type Logins } from "./logins.ts";
import { newNonces } from "./nonces.ts";
import { newOidc, refusedLogin, type LoggedIn, type Oidc, type OidcConfig } from "./oidc.ts";
import { proofOf } from "./proof.ts";
import { newRefusals } from "./refusals.ts";
import { isAtLeast, lower, standingOf, type Standing } from "./roles.ts";
import { isSignedByDevice, sshSigner, type SignedRequest } from "./signed-request.ts";
import type { Auth, Caller, Device, Identity, Login, Member, RequestFacts, Tokens } from "./types.ts";

export interface AuthWorld {
  readonly lineage: string;
  readonly records: SealedRecords;
  readonly clock: Clock;
  /** What is active at this very moment: asked at every use of a token. */
  readonly people: () => Result<{ readonly members: readonly Member[]; readonly owners: readonly Owner[] }>;
  readonly audit: Audit;
  /** Null: nobody logs in with a browser. */
  readonly oidc: OidcConfig | null;
}

interface Rooms extends AuthWorld {
  readonly access: AccessTokens;
  readonly logins: Logins;
  readonly devices: Devices;
  readonly provider: Oidc | null;
  readonly note: (event: Pick<SecurityEvent, "kind" | "actor" | "decision"> & Partial<SecurityEvent>) => Result<unknown>;
}

/** Opens logins and devices of a store; makes its keys where there are none yet. */
export async function openAuth(world: AuthWorld): Promise<Result<Auth>> {
  const keys = authKeys(world.records);
  if (!keys.ok) return keys;
  const logins = openLogins(world.records, keys.value.refresh, world.clock);
  if (!logins.ok) return logins;
  const devices = openDevices(world.records, world.clock);
  if (!devices.ok) return devices;
  const access = await accessTokens(keys.value.access, world.lineage, world.clock);
  const note: Rooms["note"] = (event) => world.audit.record({ owner: null, correlation: "auth", ...event });
  const provider = world.oidc && newOidc(world.oidc, world.clock);
  return ok(authOn({ ...world, access, logins: logins.value, devices: devices.value, provider, note }));
}

function authOn(rooms: Rooms): Auth {
  const { clock, lineage, logins, devices, access, provider, note } = rooms;
  const startedAt = clock.now().getTime();
  const nonces = newNonces();
  const refusals = newRefusals(rooms.audit, clock);
  const listeners = new Set<(token: string) => void>();
  /** What tokens were worth when they were last used: to notice who lost something. */
  const worth = new Map<string, { readonly identity: Identity; readonly cap: Role; readonly role: Role | null }>();

  const tell = (token: string): void => {
    worth.delete(token);
    for (const listener of listeners) listener(token);
  };
  const standing = (identity: Identity): Standing | null => {
    const people = rooms.people();
    // Unsure means no: nobody is a member of what cannot be read.
    return people.ok ? standingOf(identity, people.value.members, people.value.owners) : null;
  };
  const callerOf = (identity: Identity, cap: Role, token: string | null, id = principalIdOf(identity)): Caller | undefined => {
    const now = standing(identity);
    if (!now) return undefined;
    const role = lower(cap, now.role);
    if (token !== null) remember(worth, token, { identity, cap, role });
    return { id, kind: "person", role, verified: true, person: now.person, token };
  };

  const byToken = async (text: string): Promise<Caller | undefined> => {
    const claims = await access.verify(text);
    if (!claims) return undefined;
    const { login: of, role, leftMs } = claims;
    const isDevice = of.startsWith("device:");
    const made = isDevice ? devices.get(of.slice("device:".length)) : logins.get(of);
    const caller = made && callerOf(made.identity, lower(made.role, role), of, isDevice ? of : undefined);
    return caller && { ...caller, isBearer: true, leftMs };
  };
  const bySignature = (facts: RequestFacts, signed: SignedRequest): Caller | undefined => {
    const { key, time, nonce, signature } = signed;
    const at = Date.parse(time);
    const now = clock.now().getTime();
    // What was used before this process began is not remembered, so nothing from before it counts.
    if (!(at >= now - LIMITS.signedRequestMs && at <= now + LIMITS.signedAheadMs && at >= startedAt)) return undefined;
    const request = { lineage, method: facts.method, target: facts.target, bodySha256: facts.bodySha256, time, nonce, key };
    const caller = key.startsWith("device:") ? byDevice(key.slice("device:".length), request, signature) : bySsh(key, request, signature);
    return caller && nonces.use(key, nonce, now) ? caller : undefined;
  };
  const byDevice = (name: string, request: Parameters<typeof isSignedByDevice>[0], signature: Buffer): Caller | undefined => {
    const device = devices.get(name);
    if (!device || !isSignedByDevice(request, device.publicKey, signature)) return undefined;
    return callerOf(device.identity, device.role, `device:${name}`, `device:${name}`);
  };
  const bySsh = (key: string, request: Parameters<typeof sshSigner>[0], signature: Buffer): Caller | undefined => {
    const signer = sshSigner(request, signature);
    const identity = signer === undefined ? undefined : ({ kind: "ssh", key: signer } as const);
    // The id in the header is covered by the signature; it must be that of the key that made it.
    return identity && principalIdOf(identity) === key ? callerOf(identity, "owner", key) : undefined;
  };

  const enter = async ({ issuer, subject, role }: LoggedIn): Promise<Result<Tokens>> => {
    const identity = { kind: "oidc", issuer, subject } as const;
    const actor = principalIdOf(identity);
    const now = standing(identity);
    if (!now) {
      refusals.note(actor, "AUTH_LOGIN_REFUSED");
      return refusedLogin("no Team.people of what is active names this account");
    }
    const cap = capOf(now.role, role);
    if (!cap.ok) {
      refusals.note(actor, "AUTH_ROLE");
      return cap;
    }
    const noted = note({
      kind: "auth.accepted",
      actor,
      decision: "allowed",
      action: "login",
      facts: { role: cap.value, person: now.person },
    });
    if (!noted.ok) return noted;
    const login = logins.begin(identity, cap.value);
    return login.ok ? await tokensOf(login.value, now) : login;
  };
  const tokensOf = async (login: LoginRecord, now: Standing): Promise<Result<Tokens>> => {
    const role = lower(login.role, now.role);
    const { token, expiresAt } = await access.mint({ login: login.id, role, subject: principalIdOf(login.identity) });
    const refreshToken = logins.refreshTokenOf(login);
    return ok({ accessToken: token, expiresAt: expiresAt.toISOString(), refreshToken, role, person: now.person, lineage });
  };

  const withProvider = async <T>(act: (oidc: Oidc) => Promise<Result<T>>): Promise<Result<T>> =>
    provider
      ? await act(provider)
      : fail(
          problem("AUTH_UNAVAILABLE", {
            detail: "No identity provider is configured for this gateway.",
            remedy:
              "Make a device key on the gateway's machine, or start the gateway with a provider:\nmoltbot gateway devices add NAME --role operator\n" +
              "moltbot gateway run --oidc-issuer URL --oidc-client-id ID",
          }),
        );

  return {
    authenticate: async (facts) => {
      const proof = proofOf(facts);
      if (proof.kind === "local") {
        const caller = callerOf({ kind: "local" }, "owner", null);
        if (caller) return ok(caller);
      }
      const caller =
        proof.kind === "bearer" ? await byToken(proof.token) : proof.kind === "signed" ? bySignature(facts, proof.request) : undefined;
      if (caller) return ok(caller);
      refusals.note(facts.address ?? "socket", "API_UNAUTHENTICATED");
      return fail(unauthenticated(proof.kind === "none" ? proof.why : "the token or signature is not good, or not any more"));
    },
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    loginWith: () => rooms.oidc && { issuer: rooms.oidc.issuer, clientId: rooms.oidc.clientId },
    loginStart: ({ redirectUri, role }) => withProvider((oidc) => oidc.codeStart(redirectUri, role)),
    loginFinish: ({ login, query }) =>
      withProvider(async (oidc) => {
        const found = await oidc.codeFinish(login, query);
        if (!found.ok) refusals.note("unknown", found.diagnostics[0]?.code ?? "AUTH_LOGIN_REFUSED");
        return found.ok ? await enter(found.value) : found;
      }),
    deviceStart: ({ role }) => withProvider((oidc) => oidc.deviceStart(role)),
    devicePoll: (login) =>
      withProvider(async (oidc) => {
        const found = await oidc.devicePoll(login);
        if (!found.ok) return found;
        return found.value === null ? ok(null) : await enter(found.value);
      }),
    refresh: async (refreshToken) => {
      const turned = logins.turn(refreshToken);
      if (!turned.ok) return turned;
      if (turned.value.outcome === "unknown") {
        refusals.note("unknown", "AUTH_LOGIN_REFUSED");
        return refusedLogin("the refresh token is not good, or not any more");
      }
      const { login } = turned.value;
      const actor = principalIdOf(login.identity);
      if (turned.value.outcome === "reused") {
        tell(login.id);
        note({ kind: "auth.revoked", actor, decision: "denied", code: "AUTH_REUSED", facts: { login: login.id } });
        return fail(
          problem("AUTH_REUSED", {
            detail: "This refresh token was used before, so somebody has a copy of it. The login is ended.",
            remedy: "Log in again:\nmoltbot gateway login",
          }),
        );
      }
      const now = standing(login.identity);
      if (now) return await tokensOf(login, now);
      logins.end(login.id);
      tell(login.id);
      refusals.note(actor, "AUTH_LOGIN_REFUSED");
      return refusedLogin("no Team.people of what is active names this account any more");
    },
    mintToken: async (caller, wished) => {
      const { token, role: own } = caller;
      // A copy of a token must not become the next one, and the one after that.
      if (token?.startsWith("device:") !== true || own === null || caller.isBearer)
        return fail(notYours("have a token: a device signs for it"));
      const cap = capOf(own, wished);
      if (!cap.ok) return cap;
      const made = await access.mint({ login: token, role: cap.value, subject: personIdOf(caller, rooms) });
      return ok({ accessToken: made.token, expiresAt: made.expiresAt.toISOString(), role: cap.value });
    },
    mintDevice: (caller, { name, publicKey, role, ttlMs }) => {
      const identity = identityOf(caller, rooms);
      const isCopy = caller.isBearer && caller.token?.startsWith("device:");
      if (!identity || caller.role === null || isCopy) return fail(notYours("mint a device"));
      const cap = capOf(caller.role, role);
      if (!cap.ok) return cap;
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + Math.min(Math.max(ttlMs ?? LIMITS.deviceMs, 1_000), LIMITS.deviceMs)).toISOString();
      const device = {
        name,
        publicKey,
        person: caller.person ?? caller.id,
        role: cap.value,
        createdAt: now.toISOString(),
        expiresAt,
        identity,
      };
      const added = devices.add(device);
      if (!added.ok) return added;
      const noted = note({
        kind: "auth.accepted",
        actor: caller.id,
        decision: "allowed",
        action: "device",
        resource: `device:${name}`,
        facts: { role: cap.value },
      });
      if (noted.ok) return ok(shownDevice(device));
      devices.remove(name);
      return noted;
    },
    revoke: (caller, token) => {
      const owner = ownerOf(token, rooms);
      const isOwn = token === caller.token || (owner !== undefined && principalIdOf(owner) === personIdOf(caller, rooms));
      if (!isOwn && !isAtLeast(caller.role, "owner")) return fail(notYours("end somebody else's login or device"));
      if (!owner) return ok(undefined);
      const noted = note({ kind: "auth.revoked", actor: caller.id, decision: "allowed", facts: { token } });
      const ended = token.startsWith("device:") ? devices.remove(token.slice("device:".length)) : logins.end(token);
      tell(token);
      return ended.ok ? (noted.ok ? ok(undefined) : noted) : ended;
    },
    devices: (caller) => ok(visible(caller, devices.all(), rooms).map(shownDevice)),
    logins: (caller) => ok(visible(caller, logins.all(), rooms).map((login) => shownLogin(login, standing(login.identity)))),
    lookAgain: () => {
      const [goneLogins, goneDevices] = [logins.lookAgain(), devices.lookAgain()];
      if (!goneLogins.ok) return goneLogins;
      if (!goneDevices.ok) return goneDevices;
      for (const token of [...goneLogins.value, ...goneDevices.value.map((name) => `device:${name}`)]) tell(token);
      return ok(undefined);
    },
    recheck: () => {
      for (const [token, { identity, cap, role }] of worth) {
        // A login or device whose time is over is nobody's any more.
        const now = token.startsWith("ssh:") || ownerOf(token, rooms) ? standing(identity) : null;
        const left = now && lower(cap, now.role);
        if (left !== role) tell(token);
      }
    },
    close: () => refusals.close(),
  };
}

/** Bounded: what is forgotten is only not told of a change; every use is judged anew all the same. */
function remember<T>(worth: Map<string, T>, token: string, value: T): void {
  worth.delete(token);
  worth.set(token, value);
  const [oldest] = worth.keys();
  if (worth.size > LIMITS.logins + LIMITS.devices && oldest !== undefined) worth.delete(oldest);
}

/** What was asked for, if it is no more than what one is; what a client claims beyond that is refused, not cut. */
function capOf(own: Role, wished: Role | undefined): Result<Role> {
  if (wished === undefined || isAtLeast(own, wished)) return ok(wished ?? own);
  return fail(problem("AUTH_ROLE", { detail: `The role ${wished} was asked for, and ${own} is what there is to give.` }));
}

function identityOf(caller: Caller, rooms: Rooms): Identity | undefined {
  if (caller.token === null) return caller.id === "local" ? { kind: "local" } : undefined;
  return ownerOf(caller.token, rooms);
}

/** Whose a token is; undefined for one that is not, or not any more. */
function ownerOf(token: string, { logins, devices, people }: Rooms): Identity | undefined {
  if (token.startsWith("device:")) return devices.get(token.slice("device:".length))?.identity;
  if (!token.startsWith("ssh:")) return logins.get(token)?.identity;
  const known = people();
  const keys = known.ok ? known.value.members.flatMap(({ ssh }) => ssh) : [];
  const key = keys.find((each) => principalIdOf({ kind: "ssh", key: each }) === token);
  return key === undefined ? undefined : { kind: "ssh", key };
}

function personIdOf(caller: Caller, rooms: Rooms): string {
  const identity = identityOf(caller, rooms);
  return identity ? principalIdOf(identity) : caller.id;
}

function visible<T extends { readonly identity: Identity }>(caller: Caller, all: readonly T[], rooms: Rooms): readonly T[] {
  if (isAtLeast(caller.role, "owner")) return all;
  const own = personIdOf(caller, rooms);
  return all.filter(({ identity }) => principalIdOf(identity) === own);
}

function shownDevice({ name, publicKey, person, role, createdAt, expiresAt }: DeviceRecord): Device {
  return { name, publicKey, person, role, createdAt, expiresAt };
}

function shownLogin({ id, role, createdAt, usedAt, expiresAt, identity }: LoginRecord, now: Standing | null): Login {
  return { id, person: now?.person ?? principalIdOf(identity), role, createdAt, usedAt, expiresAt };
}

function unauthenticated(why: string): Diagnostic {
  return problem("API_UNAUTHENTICATED", { detail: `Who calls is not proved: ${why}.`, remedy: "Log in:\nmoltbot gateway login" });
}

function notYours(what: string): Diagnostic {
  return problem("AUTH_ROLE", { detail: `The caller may not ${what}.` });
}
