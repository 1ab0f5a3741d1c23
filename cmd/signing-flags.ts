import { LIMITS, ok, type Result } from "../core/index.ts";
import type { SignWith } from "../reconciler/attesting.ts";
import { Flags } from "./flags.ts";
import { readInputText } from "./input-file.ts";
import { UsageError } from "./usage.ts";

const SIGNING = { helpGroup: "SIGNING" };

/** With what something is signed, by a key or keyless: shared by the commands that sign. */
export const SIGNER_FLAGS = {
  key: Flags.string({ ...SIGNING, helpValue: "FILE", description: "sign with this private key, in PEM form", env: "MOLTBOT_SIGNING_KEY" }),
  "identity-token-file": Flags.string({
    ...SIGNING,
    helpValue: "FILE",
    description: "sign keyless, as whom this identity token (JWT) names",
    env: "MOLTBOT_IDENTITY_TOKEN_FILE",
  }),
  "identity-token": Flags.string({
    ...SIGNING,
    helpValue: "JWT",
    description: "the identity token itself; others on the machine can read a command line, so prefer the variable or a file",
    env: "MOLTBOT_IDENTITY_TOKEN",
  }),
  "fulcio-url": Flags.string({
    ...SIGNING,
    helpValue: "URL",
    description: "keyless: the certificate authority",
    env: "MOLTBOT_FULCIO_URL",
  }),
  "rekor-url": Flags.string({ ...SIGNING, helpValue: "URL", description: "keyless: the transparency log", env: "MOLTBOT_REKOR_URL" }),
  "tsa-url": Flags.string({ ...SIGNING, helpValue: "URL", description: "keyless: the timestamp authority", env: "MOLTBOT_TSA_URL" }),
};

/** People also have SSH keys. */
export const PERSON_FLAGS = {
  "ssh-key": Flags.string({
    ...SIGNING,
    helpValue: "FILE",
    description: "sign with this SSH key; with its .pub file, by the agent that holds it",
    env: "MOLTBOT_SSH_KEY",
  }),
  ...SIGNER_FLAGS,
};

export const SIGNER_CONTRADICTIONS = [
  ["key", "identity-token"],
  ["key", "identity-token-file"],
  ["identity-token", "identity-token-file"],
  ["key", "fulcio-url"],
  ["key", "rekor-url"],
  ["key", "tsa-url"],
] as const;

export interface SignerFlags {
  readonly key?: string | undefined;
  readonly "identity-token-file"?: string | undefined;
  readonly "identity-token"?: string | undefined;
  readonly "fulcio-url"?: string | undefined;
  readonly "rekor-url"?: string | undefined;
  readonly "tsa-url"?: string | undefined;
}

/** A token, and whom it is shown to. */
export interface Keyless {
  readonly token: string;
  readonly services: { readonly fulcioUrl: string; readonly rekorUrl: string; readonly tsaUrl?: string };
}

/** Exactly one way to sign for a person. @throws UsageError for none and for several */
export function signWith(
  flags: SignerFlags & { readonly "ssh-key"?: string | undefined },
  env: NodeJS.ProcessEnv,
  now: Date,
): Result<SignWith> {
  const { "ssh-key": ssh, key } = flags;
  const given = [ssh, key, flags["identity-token-file"] ?? flags["identity-token"]].filter((each) => each !== undefined);
  if (given.length !== 1) throw new UsageError("Name one key to sign with: --ssh-key FILE, --key FILE, or --identity-token-file FILE.");
  if (ssh !== undefined) return ok({ kind: "ssh", file: ssh, agent: env["SSH_AUTH_SOCK"] ?? null, searchPath: env["PATH"] ?? "" });
  if (key !== undefined) return ok({ kind: "pem", file: key });
  const keyless = keylessOf(flags);
  return keyless.ok ? ok({ kind: "keyless", ...keyless.value, now }) : keyless;
}

/** What keyless signing needs. @throws UsageError where the token or an address is missing or cannot be used */
export function keylessOf(flags: SignerFlags): Result<Keyless> {
  const services = { fulcioUrl: address(flags, "fulcio-url"), rekorUrl: address(flags, "rekor-url") };
  const tsa = flags["tsa-url"] === undefined ? {} : { tsaUrl: address(flags, "tsa-url") };
  const file = flags["identity-token-file"];
  const token = file === undefined ? ok(flags["identity-token"] ?? "") : readInputText(file, LIMITS.identityFileBytes);
  if (!token.ok) return token;
  if (token.value.trim() === "") throw new UsageError("Who signs? Give --key, or --identity-token-file for keyless signing.");
  return ok({ token: token.value.trim(), services: { ...services, ...tsa } });
}

/** A token goes there, so only over an encrypted connection, or to this machine. */
function address(flags: SignerFlags, name: "fulcio-url" | "rekor-url" | "tsa-url"): string {
  const text = flags[name];
  if (text === undefined) throw new UsageError(`Keyless signing needs --${name}; there is no default. Or sign with --key.`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (!url || (url.protocol !== "https:" && !isLocal) || url.username !== "") throw new UsageError(`--${name} takes an https address.`);
  return text.replace(/\/$/, "");
}
