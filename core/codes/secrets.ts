import type { CodeEntry } from "./entry.ts";

/** age envelopes, recipients and identities. */
export const SECRET_CODES = {
  CREDENTIALS_IN_CLEAR: {
    outcome: "REFUSED",
    summary: "A credential travels unencrypted",
    page: "A resource sends a credential to an `http://` address, so everybody on the way can read it. On this machine (loopback) that may be meant; anywhere else use `https://`.",
  },
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
  SECRET_NOT_FOR_RUNTIME: {
    outcome: "INVALID",
    summary: "The runtime here cannot open a value",
    page: "The Project names one recipient for the target, and the runtime in this state folder has another: its key was made anew, or this is another machine's repository. Values that are not encrypted for the runtime here are applied, and whatever needs them does not work. Put the runtime's recipient (`moltbot gateway recipient`) into `target.recipient`, encrypt the values again (`moltbot secret rekey`, or `moltbot secret set`), commit and apply.",
  },
  SECRET_NOT_FOR_TARGET: {
    outcome: "INVALID",
    summary: "Secret cannot be opened by the target",
    page: "The target's recipient is not among the recipients of this value, so the runtime could never open it. A value that was set before the first apply is for no runtime yet: `moltbot gateway recipient` shows the one that the apply made. Name it in `target.recipient` of moltbot.yaml; then `moltbot secret rekey` encrypts every value again with your identity, and `moltbot secret set NAME KEY` sets one again without any.",
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
    page: "An identity is an age private key, one per line, in plain text or in a file encrypted with a passphrase (`age --passphrase`): `AGE-SECRET-KEY-1...` or `AGE-SECRET-KEY-PQ-1...`, with `#` comments, as `moltbot secret keygen` and `age-keygen` write it. Identities of plugins (`AGE-PLUGIN-...`) are not used, because they run programs. The line itself is never shown.",
  },
  IDENTITY_EXISTS: {
    outcome: "REFUSED",
    summary: "The key file exists already",
    page: "A key is never overwritten: what was encrypted for the old one could not be opened any more. Name another file, or move the old one away.",
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
  SECRET_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such Secret",
    page: "No manifest or overlay of the Project declares a Secret of this name, or it declares no value under this key. `moltbot secret set NAME KEY` makes one.",
  },
  SECRET_ELSEWHERE: {
    outcome: "REFUSED",
    summary: "The value is not in the repository",
    page: "The value is `pending`, or stands in a variable of the runtime's environment (`env`): there is nothing encrypted here that could be shown, edited or encrypted again. `moltbot secret set NAME KEY` puts a value into the repository.",
  },
  SECRET_NOT_TEXT: {
    outcome: "REFUSED",
    summary: "The value is not text",
    page: "The value holds bytes that are no text, or control characters, which could change the terminal it is shown on. Write it into a file (`moltbot secret view NAME KEY --out FILE`) or pipe it on.",
  },
  SECRET_EDIT_INVALID: {
    outcome: "INVALID",
    summary: "The edited values cannot be read",
    page: "`moltbot secret edit NAME` shows every value of a Secret as YAML: text as text, anything else as `{base64: ...}`. What came back from the editor is not of this form. Nothing was changed; edit again. A value is removed in its manifest, not here.",
  },
  EDITOR_FAILED: {
    outcome: "REFUSED",
    summary: "The editor failed",
    page: "The program of `VISUAL` or `EDITOR` could not be started, or ended with another exit code than 0, which means that what it left is not to be taken. Nothing was changed.",
  },
  IDENTITY_LOCKED: {
    outcome: "REFUSED",
    summary: "The identity file needs its passphrase",
    page: "The identity file is itself encrypted with a passphrase, and there is no terminal to ask for it. Give the passphrase with a file of mode 0600 (`MOLTBOT_AGE_PASSPHRASE_FILE`) or an open file descriptor (`MOLTBOT_AGE_PASSPHRASE_FD`).",
  },
  IDENTITY_PASSPHRASE: {
    outcome: "REFUSED",
    summary: "The passphrase does not open the identity file",
    page: "The identity file is encrypted with another passphrase, or was damaged: the two cannot be told apart.",
  },
  IDENTITY_WORK_FACTOR: {
    outcome: "LIMIT",
    summary: "The passphrase costs too much to check",
    page: "The identity file asks for more scrypt work than moltbot does: its work factor may be 20 (1 GiB of memory for about four seconds); `age --passphrase` writes 18. Encrypt the identity again with the stock `age`.",
  },
  SECRET_RECIPIENTS_DIFFER: {
    outcome: "INVALID",
    summary: "A value is not encrypted for whom it should be",
    page: "The recipients of the value are not those that the first matching rule of the Project's `secrets.rules` and the targets name: somebody who should be able to open it cannot, or somebody can who should not. `moltbot secret rekey` encrypts every such value again; it needs an identity that opens them.\n\nWhere the Project names no `target.recipient`, the one too many may be the runtime's own: name it there.",
  },
  SECRET_ROTATION_DUE: {
    outcome: "REFUSED",
    summary: "A secret is due to be changed",
    page: "The Secret says how old a value may get (`rotation.every`), and this one was set longer ago. Change it where it came from, then `moltbot secret set NAME KEY`. It is a remark in `plan` and `status`: nothing is refused because of it, and nothing is changed by itself.",
  },
  SECRET_ROTATE_UPSTREAM: {
    outcome: "REFUSED",
    summary: "Somebody who was removed knows this secret",
    page: "A recipient was taken away from the value (`moltbot secret rekey`). Whoever had that key could read the value, and can still read it in the history of the repository, so encrypting it again protects nothing: change it where it came from, then `moltbot secret set NAME KEY`, which clears this. It is a remark in `plan` and `status`: nothing is refused because of it.",
  },
  SECRET_AGE_UNKNOWN: {
    outcome: "INVALID",
    summary: "It is not known when a value was set",
    page: "The Secret says how old a value may get (`rotation.every`), but the value has no `setAt`, so nobody can tell when it is due. `moltbot secret set` writes it; for a value in the runtime's environment it is kept by hand.",
  },
  SECRET_PLANTED: {
    outcome: "INVALID",
    summary: "Looks like a credential in plain text",
    page: "`moltbot secret check` found text that has the form of a credential: a known prefix, a private key, or a long random-looking word where a password or token is assigned. It is never shown. Change the credential where it came from, because it is in the history, and put the new one into a Secret.\n\nWhat only looks like one is marked on its line, or on the line above, with the words `not-a-secret` and why, in a comment.",
  },
  SECRET_SCAN_LIMIT: {
    outcome: "LIMIT",
    summary: "Not every file was searched for credentials",
    page: "`moltbot secret check` reads up to 200,000 files of the repository, of 8 MiB each. What is larger was not searched, and is named. Keep such files out of the repository, or ignore them in .gitignore.",
  },
  REPLACEMENT_UNFINISHED: {
    outcome: "REFUSED",
    summary: "A change of several files was interrupted",
    page: "A command that replaces several files at once, such as `secret rekey`, was killed after all new files were written and before each was at its place. They are in the folder `.moltbot-replacing` beside moltbot.yaml. The next command that writes files there finishes it: run `moltbot secret rekey` again.",
  },
} as const satisfies Record<string, CodeEntry>;
