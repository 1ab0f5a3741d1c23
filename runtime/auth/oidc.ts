import { randomBytes } from "node:crypto";
import { strictFetch } from "./strict-fetch.ts";
import type * as OpenId from "openid-client";
import { fail, LIMITS, ok, problem, shown, type Clock, type Result, type Secret } from "../../core/index.ts";
import { isTlsTooOld, TLS_REMEDY, type TlsExceptions } from "../net/index.ts";
import type { Role } from "../run/index.ts";
import type { CodeLogin, DeviceLogin } from "./types.ts";

/** Logging in at an identity provider: the authorization code with PKCE, and the device flow. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, which PKCE protects. */
  readonly clientSecret?: Secret<string>;
  /** How requests to the provider are made; absent: with TLS 1.3 or not at all ({@link strictFetch}). */
  readonly fetch?: typeof fetch;
  /** The hosts that may be reached with less; absent: none. */
  readonly tls?: () => TlsExceptions;
}

/** Who logged in, as the provider vouches for it, and what was wished for. */
export interface LoggedIn {
  readonly issuer: string;
  readonly subject: string;
  readonly role: Role | undefined;
}

export interface Oidc {
  readonly codeStart: (redirectUri: string, role: Role | undefined) => Promise<Result<CodeLogin>>;
  readonly codeFinish: (login: string, query: string) => Promise<Result<LoggedIn>>;
  readonly deviceStart: (role: Role | undefined) => Promise<Result<DeviceLogin>>;
  /** Null while the person has not answered. */
  readonly devicePoll: (login: string) => Promise<Result<LoggedIn | null>>;
}

interface Pending {
  readonly role: Role | undefined;
  readonly endsAt: number;
  readonly flow:
    | { readonly kind: "code"; readonly redirectUri: string; readonly verifier: string; readonly state: string; readonly nonce: string }
    | { readonly kind: "device"; readonly answer: OpenId.DeviceAuthorizationResponse; nextAt: number };
}

type Library = typeof OpenId;
type Configuration = OpenId.Configuration;

export function newOidc(config: OidcConfig, clock: Clock): Oidc {
  const pending = new Map<string, Pending>();
  let found: Promise<readonly [Library, Configuration]> | null = null;
  // The provider's metadata is asked for at the first login; a failure is not kept.
  const provider = async (): Promise<readonly [Library, Configuration]> => {
    found ??= discover(config);
    try {
      return await found;
    } catch (error) {
      found = null;
      throw error;
    }
  };
  const now = (): number => clock.now().getTime();
  const keep = (entry: Pending): string | undefined => {
    for (const [id, { endsAt }] of pending) if (endsAt <= now()) pending.delete(id);
    if (pending.size >= LIMITS.pendingLogins) return undefined;
    const id = randomBytes(32).toString("base64url");
    pending.set(id, entry);
    return id;
  };
  const take = (id: string, kind: "code" | "device"): Pending | undefined => {
    const entry = pending.get(id);
    return entry && entry.flow.kind === kind && entry.endsAt > now() ? entry : undefined;
  };

  return {
    codeStart: (redirectUri, role) =>
      asked(async () => {
        if (!isLoopback(redirectUri))
          return fail(
            problem("AUTH_INVALID", {
              detail: `A login comes back to this machine: the redirect is http://127.0.0.1:PORT/...; found ${shown(redirectUri)}.`,
            }),
          );
        const [library, client] = await provider();
        const flow = {
          kind: "code" as const,
          redirectUri,
          verifier: library.randomPKCECodeVerifier(),
          state: library.randomState(),
          nonce: library.randomNonce(),
        };
        const endsAt = now() + LIMITS.pendingLoginMs;
        const login = keep({ role, endsAt, flow });
        if (login === undefined) return tooMany();
        const url = library.buildAuthorizationUrl(client, {
          redirect_uri: redirectUri,
          scope: "openid",
          code_challenge: await library.calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: "S256",
          state: flow.state,
          nonce: flow.nonce,
        });
        return ok({ login, authorizationUrl: url.href, expiresAt: new Date(endsAt).toISOString() });
      }),
    codeFinish: (login, query) =>
      asked(async () => {
        const entry = take(login, "code");
        pending.delete(login);
        if (entry?.flow.kind !== "code") return refusedLogin("it was not begun here, took too long, or was finished before");
        if (query.length > LIMITS.authTokenChars) return refusedLogin("the answer is too long");
        const [library, client] = await provider();
        const { redirectUri, verifier, state, nonce } = entry.flow;
        const url = new URL(redirectUri);
        url.search = query;
        const tokens = await library.authorizationCodeGrant(client, url, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        return loggedIn(tokens.claims(), entry.role);
      }),
    deviceStart: (role) =>
      asked(async () => {
        const [library, client] = await provider();
        if (client.serverMetadata().device_authorization_endpoint === undefined)
          return fail(
            problem("AUTH_UNAVAILABLE", {
              detail: "The identity provider offers no login for devices.",
              remedy: "Log in with a browser:\nmoltbot gateway login",
            }),
          );
        const answer = await library.initiateDeviceAuthorization(client, { scope: "openid" });
        const endsAt = now() + Math.min(LIMITS.pendingLoginMs, Math.max(0, answer.expires_in * 1_000));
        const intervalMs = Math.max(1, answer.interval ?? 5) * 1_000;
        const login = keep({ role, endsAt, flow: { kind: "device", answer, nextAt: 0 } });
        if (login === undefined) return tooMany();
        return ok({
          login,
          verificationUri: answer.verification_uri,
          verificationUriComplete: answer.verification_uri_complete ?? null,
          userCode: answer.user_code,
          intervalMs,
          expiresAt: new Date(endsAt).toISOString(),
        });
      }),
    devicePoll: (login) =>
      asked(async () => {
        const entry = take(login, "device");
        if (entry?.flow.kind !== "device") return refusedLogin("it was not begun here, took too long, or was finished before");
        const { flow } = entry;
        // The provider is asked no faster than it allows, however often we are.
        if (now() < flow.nextAt) return ok(null);
        flow.nextAt = now() + Math.max(1, flow.answer.interval ?? 5) * 1_000;
        const [library, client] = await provider();
        const tokens = await library
          .genericGrantRequest(client, "urn:ietf:params:oauth:grant-type:device_code", { device_code: flow.answer.device_code })
          .catch((error: unknown) => {
            if (isStillWaiting(error)) return null;
            pending.delete(login);
            throw error;
          });
        if (!tokens) return ok(null);
        pending.delete(login);
        return loggedIn(tokens.claims(), entry.role);
      }),
  };
}

async function discover({ issuer, clientId, clientSecret, fetch: ownFetch, tls }: OidcConfig): Promise<readonly [Library, Configuration]> {
  const library = await import("openid-client");
  const url = new URL(issuer);
  const client = await library.discovery(
    url,
    clientId,
    undefined,
    clientSecret ? library.ClientSecretBasic(clientSecret.open()) : library.None(),
    {
      // Without TLS only on this very machine.
      execute: isLoopbackHost(url)
        ? [library.allowInsecureRequests, library.enableNonRepudiationChecks]
        : [library.enableNonRepudiationChecks],
      timeout: LIMITS.oidcTimeoutMs / 1_000,
      [library.customFetch]: (ownFetch ?? strictFetch(undefined, tls)) as never,
    },
  );
  return [library, client];
}

function loggedIn(claims: { readonly iss: string; readonly sub: string } | undefined, role: Role | undefined): Result<LoggedIn> {
  if (!claims) return refusedLogin("the identity provider gave no identity");
  return ok({ issuer: claims.iss, subject: claims.sub, role });
}

/** The edge: whatever the library or the provider says of a failure becomes a problem without their words. */
async function asked<T>(act: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await act();
  } catch (error) {
    if (isTlsTooOld(error))
      return fail(problem("TLS_TOO_OLD", { detail: "The identity provider does not speak TLS 1.3.", remedy: TLS_REMEDY, cause: error }));
    const code = errorCode(error);
    if (code === "access_denied" || code === "expired_token") return refusedLogin(`the identity provider says ${code}`);
    if (isRefusal(error)) return refusedLogin("what the identity provider answered does not hold");
    return fail(
      problem("AUTH_UNAVAILABLE", {
        detail: "The identity provider could not be reached, or did not answer usefully.",
        remedy: "Try again in a moment.",
        cause: error,
      }),
    );
  }
}

function isStillWaiting(error: unknown): boolean {
  const code = errorCode(error);
  return code === "authorization_pending" || code === "slow_down";
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "error" in error ? error.error : undefined;
}

/** Errors of a proof: a bad state, nonce, signature, code or verifier. What is left is about reaching the provider. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("error" in error) return true;
  const code = "code" in error ? String(error.code) : "";
  return /INVALID|JWT|JWK|PARSE|RESPONSE_IS_NOT_CONFORM|ATTRIBUTE|TIMESTAMP/.test(code);
}

function tooMany(): Result<never> {
  return fail(
    problem("AUTH_LIMIT", {
      detail: `${LIMITS.pendingLogins} logins are going on (limits.pendingLogins).`,
      remedy: "Try again in a moment.",
    }),
  );
}

export function refusedLogin(why: string): Result<never> {
  return fail(problem("AUTH_LOGIN_REFUSED", { detail: `The login is refused: ${why}.`, remedy: "Log in again:\nmoltbot gateway login" }));
}

function isLoopback(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const url = new URL(redirectUri);
  return (
    url.protocol === "http:" &&
    isLoopbackHost(url) &&
    url.hostname !== "localhost" &&
    url.search === "" &&
    url.hash === "" &&
    url.username === ""
  );
}

function isLoopbackHost({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "[::1]" || hostname === "localhost";
}
