import type { CodeEntry } from "./entry.ts";

/** age envelopes, recipients and identities. */
export const SECRET_CODES = {
  SECRET_ENVELOPE_INVALID: {
    outcome: "INVALID",
    summary: "Not a valid secret envelope",
    page: "The value is not an armored age file, was cut or changed, or does not hold the plaintext form that moltbot writes. Write it again with `moltbot secret set`; a foreign age file is taken in with `--from-age FILE`.",
  },
  SECRET_ENVELOPE_MISMATCH: {
    outcome: "UNTRUSTED",
    summary: "The envelope is not the one it claims to be",
    page: "The encrypted content names another secret, project or recipients than the manifest around it: an envelope was copied from elsewhere, or the list of recipients was edited by hand. Encrypt the value again.",
  },
  SECRET_NOT_FOR_TARGET: {
    outcome: "INVALID",
    summary: "Secret cannot be opened by the target",
    page: "The target's recipient is not among the recipients of this value, so the runtime could never open it. Set the value again: `moltbot secret set NAME KEY` encrypts it for the target as well.",
  },
  SECRET_NO_IDENTITY: {
    outcome: "REFUSED",
    summary: "No identity opens this secret",
    page: "Opening needs a private key of one of the recipients. Give it with `MOLTBOT_AGE_IDENTITY_FILE`, or ask somebody who has one.",
  },
  SECRET_PENDING: {
    outcome: "REFUSED",
    summary: "Secret has no value yet",
    page: "The Secret is declared as `pending`: its value was never given. Set it: `moltbot secret set NAME KEY`.",
  },
  SECRET_ENV_MISSING: {
    outcome: "REFUSED",
    summary: "The variable of a secret is not set",
    page: "The Secret says that the value is in a variable of the runtime's environment (`env: {name: ...}`), and the variable is not set, or empty, where the runtime runs. Only the runtime reads it: set it there.",
  },
  SECRET_KEY_UNKNOWN: {
    outcome: "INVALID",
    summary: "Secret has no such key",
    page: "The reference names a key that the Secret does not declare.",
  },
  RECIPIENT_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable recipient",
    page: "A recipient is an age public key: `age1...` (X25519) or `age1pq1...` (post-quantum). Plugin recipients are not used, because they run programs. Classic and post-quantum recipients are never mixed in one envelope: it would be only as strong as the weaker.",
  },
  IDENTITY_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable identity",
    page: "An identity is an age private key, one per line: `AGE-SECRET-KEY-1...` or `AGE-SECRET-KEY-PQ-1...`, with `#` comments, as `moltbot secret keygen` and `age-keygen` write it. Identities of plugins (`AGE-PLUGIN-...`) are not used, because they run programs. The line itself is never shown.",
  },
  IDENTITY_EXISTS: {
    outcome: "REFUSED",
    summary: "The key file exists already",
    page: "A key is never overwritten: what was encrypted for the old one could not be opened any more. Name another file, or move the old one away.",
  },
  SECRET_FILE_CHANGED: {
    outcome: "STALE",
    summary: "The manifest changed meanwhile",
    page: "The manifest was changed, or appeared, between being read and being written, so it was left alone. Run the command again.",
  },
  IDENTITY_COMMITTED: {
    outcome: "REFUSED",
    summary: "An identity is in the repository",
    page: "The identity file is tracked by git, so everybody who can read the repository, now or in its history, can open every secret. Make a new identity outside the repository (`moltbot secret keygen --out FILE`), encrypt the values for it, change the secrets themselves where they came from, and remove the file.",
  },
  SECRET_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "Secret too large",
    page: "One secret value may have 1 MiB.",
  },
} as const satisfies Record<string, CodeEntry>;
