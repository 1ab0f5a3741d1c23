import type { CodeEntry } from "./entry.ts";

/** Logins, tokens and devices. */
export const AUTH_CODES = {
  AUTH_INVALID: {
    outcome: "INVALID",
    summary: "Not a login or device",
    page: "What was given to begin a login or to make a device known is not in the right form: a redirect that is not on loopback, a device's name with other characters than lower-case letters, digits and dashes, a key that is no Ed25519 key. The message says what is expected.",
  },
  AUTH_LIMIT: {
    outcome: "LIMIT",
    summary: "Too many logins or devices",
    page: "The gateway remembers a bounded number of logins, of devices, and of logins that are going on (docs/limits.md). End those that nobody uses: `moltbot gateway devices` lists them.",
  },
  AUTH_LOGIN_REFUSED: {
    outcome: "NOT_ALLOWED",
    summary: "The login is refused",
    page: "The identity provider did not vouch for the person, the login took too long or was used before, or no `Team.people` of what is active names the account: issuer and subject are compared exactly, and an email address is no evidence. Add the person in the repository and apply, or log in with the right account.",
  },
  AUTH_REUSED: {
    outcome: "UNTRUSTED",
    summary: "A refresh token was used twice",
    page: "Every refresh token is good for one use. One that comes a second time has been copied: by somebody else, or from a backup of the client's files. Nobody can tell which of the two is the person, so the whole login is ended at once, on open connections too, and the audit says so. Log in again.",
  },
  AUTH_ROLE: {
    outcome: "NOT_ALLOWED",
    summary: "The role does not reach",
    page: "Nobody hands on more than they have: a login or a device gets at most the role that `Team.people` gives the person now, and only an owner ends what belongs to somebody else. Scopes that a client claims are not looked at.",
  },
  AUTH_UNAVAILABLE: {
    outcome: "UNAVAILABLE",
    summary: "Logging in is not possible now",
    page: "No identity provider is configured for this gateway, it could not be reached, or it does not offer this kind of login. Device keys, SSH keys of `Team.people`, and the socket in the state folder work without one.",
  },
  GATEWAY_REFUSED: {
    outcome: "NOT_ALLOWED",
    summary: "The gateway says no",
    page: "A gateway was asked over its API and answered with a problem of its own, which the message quotes: not logged in, too low a role, something that does not exist. Its code is in the context (`-o json`).",
  },
  GATEWAY_UNREACHABLE: {
    outcome: "UNAVAILABLE",
    summary: "No gateway answers",
    page: "Nothing answers at the address or the socket of the gateway, or not in time, or not with TLS 1.3. `moltbot gateway status` says whether one runs on the state folder, and where.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
