import type { Instant, Owner, Result } from "../../core/index.ts";
import type { Principal, Role } from "../run/index.ts";

/** What a proof may be read from; nothing of the address counts. The shape of the API's `CallFacts`. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** sha256 of the body's bytes, hexadecimal. */
  readonly bodySha256: string;
  /** Came in over the socket in the state folder: the same user of this machine. */
  readonly isLocal: boolean;
  /** The other side's address; null on the socket. */
  readonly address: string | null;
}

/** Who calls, as it was proved. */
export interface Caller extends Principal {
  /** What it may do in the whole API: now, in the active generations, never more than was minted. Null: nothing that needs a role. */
  readonly role: Role | null;
  /** What revoking ends: a login or a device, not one short token. Null for the user of the socket on this machine. */
  readonly token: string | null;
  /** Proved by a token that whoever has a copy of can show, not by a signature: it makes no further tokens. */
  readonly isBearer?: true;
  /** How long the token is good from now on; what is open ends with it. */
  readonly leftMs?: number;
}

/** Somebody whom an active `Team.people` names. */
export interface Member {
  readonly owner: Owner;
  readonly team: string;
  readonly name: string;
  readonly role: Role;
  /** Public keys, `<type> <base64>`. */
  readonly ssh: readonly string[];
  readonly oidc: readonly { readonly issuer: string; readonly subject: string }[];
  readonly channels: readonly { readonly channel: string; readonly id: string }[];
}

/** By what a person was recognised. */
export type Identity =
  | { readonly kind: "oidc"; readonly issuer: string; readonly subject: string }
  | { readonly kind: "ssh"; readonly key: string }
  /** The user of the socket on this machine, who may do everything to the store anyway. */
  | { readonly kind: "local" };

/** What a client keeps after a login. */
export interface Tokens {
  readonly accessToken: string;
  readonly expiresAt: Instant;
  /** For one use: each refresh gives the next one. */
  readonly refreshToken: string;
  readonly role: Role;
  readonly person: string;
  readonly lineage: string;
}

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Instant;
  readonly role: Role;
}

export interface Device {
  readonly name: string;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  /** Who minted it; it is never worth more than they are now. */
  readonly person: string;
  readonly role: Role;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface Login {
  readonly id: string;
  readonly person: string;
  readonly role: Role;
  readonly createdAt: Instant;
  readonly usedAt: Instant;
  readonly expiresAt: Instant;
}

export interface CodeLogin {
  readonly login: string;
  /** Where the browser goes. */
  readonly authorizationUrl: string;
  readonly expiresAt: Instant;
}

export interface DeviceLogin {
  readonly login: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | null;
  readonly userCode: string;
  readonly intervalMs: number;
  readonly expiresAt: Instant;
}

/** Who may do what over the API. Every method is safe to call with anything a client sent. */
export interface Auth {
  /** Who calls, by the socket, a token or a signed request; `API_UNAUTHENTICATED` for everything else. */
  readonly authenticate: (facts: RequestFacts) => Promise<Result<Caller>>;
  /** Called with {@link Caller.token} of what was revoked or is worth less now: open connections of it end at once. */
  readonly onRevoked: (listener: (token: string) => void) => () => void;
  /** Whether somebody can log in by OIDC, and with whom. */
  readonly loginWith: () => { readonly issuer: string; readonly clientId: string } | null;
  /** Begins a login in a browser of the caller's machine. `redirectUri` is on loopback. */
  readonly loginStart: (wish: { readonly redirectUri: string; readonly role?: Role }) => Promise<Result<CodeLogin>>;
  /** Ends it with what the browser brought: the query of the redirect, as it is. */
  readonly loginFinish: (answer: { readonly login: string; readonly query: string }) => Promise<Result<Tokens>>;
  /** Begins a login for a machine without a browser. */
  readonly deviceStart: (wish: { readonly role?: Role }) => Promise<Result<DeviceLogin>>;
  /** Null while the person has not answered. */
  readonly devicePoll: (login: string) => Promise<Result<Tokens | null>>;
  /** The next pair of tokens for a refresh token, which is used up. One that was used before ends its whole login. */
  readonly refresh: (refreshToken: string) => Promise<Result<Tokens>>;
  /** A short access token for a device, for what cannot sign. Only for a request that the device signed itself. */
  readonly mintToken: (caller: Caller, role?: Role) => Promise<Result<AccessToken>>;
  /** Makes a device key known, worth at most what the caller is. */
  readonly mintDevice: (
    caller: Caller,
    wish: { readonly name: string; readonly publicKey: string; readonly role?: Role; readonly ttlMs?: number },
  ) => Result<Device>;
  /** Ends a login or a device, on open connections too. One's own, or anybody's for an owner. */
  readonly revoke: (caller: Caller, token: string) => Result<void>;
  readonly devices: (caller: Caller) => Result<readonly Device[]>;
  readonly logins: (caller: Caller) => Result<readonly Login[]>;
  /** After somebody's data was deleted from the store: logins and devices that are gone there end, on open connections too. */
  readonly lookAgain: () => Result<void>;
  /** To be called after every change of what is active, and now and then: tells {@link Auth.onRevoked} who lost something or ran out. */
  readonly recheck: () => void;
  readonly close: () => void;
}
