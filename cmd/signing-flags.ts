import { LIMITS, ok, type Result } from "../core/index.ts";
import type { SignWith } from "../reconciler/attesting.ts";
import { Flags } from "./flags.ts";
import { readText } from "./read-text.ts";
import { UsageError } from "./usage.ts";

/** With what something is signed: shared by the commands that sign. */
export const SIGNING_FLAGS = {
  "ssh-key": Flags.string({
    helpGroup: "SIGNING",
    helpValue: "FILE",
    description: "sign with this SSH key; with its .pub file, by the agent that holds it",
    env: "MOLTBOT_SSH_KEY",
  }),
  key: Flags.string({
    helpGroup: "SIGNING",
    helpValue: "FILE",
    description: "sign with this private key (PEM: Ed25519 or ECDSA)",
    env: "MOLTBOT_KEY",
  }),
  "identity-token-file": Flags.string({
    helpGroup: "SIGNING",
    helpValue: "FILE",
    description: "sign keyless, as whom this OpenID Connect token names (also MOLTBOT_IDENTITY_TOKEN)",
    env: "MOLTBOT_IDENTITY_TOKEN_FILE",
  }),
  "fulcio-url": Flags.string({
    helpGroup: "SIGNING",
    helpValue: "URL",
    description: "keyless: the certificate authority",
    env: "MOLTBOT_FULCIO_URL",
  }),
  "rekor-url": Flags.string({
    helpGroup: "SIGNING",
    helpValue: "URL",
    description: "keyless: the transparency log",
    env: "MOLTBOT_REKOR_URL",
  }),
  "tsa-url": Flags.string({
    helpGroup: "SIGNING",
    helpValue: "URL",
    description: "keyless: the timestamp authority (default: none, the log's time counts)",
    env: "MOLTBOT_TSA_URL",
  }),
};

export interface SigningFlags {
  readonly "ssh-key"?: string | undefined;
  readonly key?: string | undefined;
  readonly "identity-token-file"?: string | undefined;
  readonly "fulcio-url"?: string | undefined;
  readonly "rekor-url"?: string | undefined;
  readonly "tsa-url"?: string | undefined;
}

/** What the public instance of sigstore offers; a private one is named by the flags. */
const PUBLIC_SERVICES = { fulcioUrl: "https://fulcio.sigstore.dev", rekorUrl: "https://rekor.sigstore.dev" };

/** Exactly one way to sign. @throws UsageError for none and for several */
export function signWith(flags: SigningFlags, env: NodeJS.ProcessEnv, now: Date): Result<SignWith> {
  const { "ssh-key": ssh, key, "identity-token-file": tokenFile } = flags;
  const token = env["MOLTBOT_IDENTITY_TOKEN"];
  const given = [ssh, key, tokenFile ?? token].filter((each) => each !== undefined && each !== "");
  if (given.length !== 1) throw new UsageError("Name one key to sign with: --ssh-key FILE, --key FILE, or --identity-token-file FILE.");
  if (ssh !== undefined) return ok({ kind: "ssh", file: ssh, agent: env["SSH_AUTH_SOCK"] ?? null, searchPath: env["PATH"] ?? "" });
  if (key !== undefined) return ok({ kind: "pem", file: key });
  const text = tokenFile === undefined ? ok(token ?? "") : readText(tokenFile, LIMITS.identityTokenChars);
  if (!text.ok) return text;
  const services = {
    fulcioUrl: urlOf(flags["fulcio-url"] ?? PUBLIC_SERVICES.fulcioUrl),
    rekorUrl: urlOf(flags["rekor-url"] ?? PUBLIC_SERVICES.rekorUrl),
    ...(flags["tsa-url"] === undefined ? {} : { tsaUrl: urlOf(flags["tsa-url"]) }),
  };
  return ok({ kind: "keyless", token: text.value.trim(), services, now });
}

function urlOf(text: string): string {
  const url = URL.parse(text);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new UsageError("A service is named by an http or https address.");
  return text;
}
