import { fail, ok, problem, Secret, shown, type Digest, type Result } from "../../core/index.ts";
import { openValue, type Identity } from "../../trust/secrets/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import type { SecretRef, SecretSource } from "../load/index.ts";

/** What names an account at an issuer. */
export interface OauthAccount {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly tls?: TlsExceptions;
}

/** Opens values of Secrets, each at its first use and once. */
export interface Vault {
  readonly open: (ref: SecretRef) => Promise<Result<Secret<Uint8Array>>>;
  /** A token of the account that a provider is logged in to; absent where no logins are kept. */
  readonly bearer?: (provider: string, settings: OauthAccount) => Promise<Result<Secret<string>>>;
  /** Every value that was opened so far: what must not be quoted. */
  readonly opened: () => readonly Secret<Uint8Array>[];
}

export interface VaultWorld {
  readonly project: string;
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, SecretSource>>;
  /** The bytes of an envelope, from the store. */
  readonly envelope: (digest: Digest) => Result<Uint8Array>;
  /** The runtime's own identity; asked only when an envelope is to be opened. */
  readonly identities: () => Result<readonly Identity[]>;
  /** The runtime's environment, for `env` values. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where logins are kept. */
  readonly bearer?: Vault["bearer"];
}

/** The one place of the runtime where secrets are opened. A failed opening is not kept: the cause may pass. */
export function openVault(world: VaultWorld): Vault {
  const opened = new Map<string, Secret<Uint8Array>>();
  return {
    opened: () => [...opened.values()],
    open: async (ref) => {
      const place = `${ref.secret}#${ref.key}`;
      const known = opened.get(place);
      if (known) return ok(known);
      const bytes = await openFrom(ref, world.secrets.get(ref.secret)?.get(ref.key), world);
      if (!bytes.ok) return bytes;
      const secret = new Secret(bytes.value);
      opened.set(place, secret);
      return ok(secret);
    },
  };
}

async function openFrom(ref: SecretRef, source: SecretSource | undefined, world: VaultWorld): Promise<Result<Uint8Array>> {
  const name = `Secret/${ref.secret} key ${shown(ref.key)}`;
  if (!source) return fail(problem("SECRET_KEY_UNKNOWN", { detail: `${name} does not exist in the active generation.` }));
  if (source.kind === "pending")
    return fail(problem("SECRET_PENDING", { detail: `${name} has no value yet.`, remedy: `moltbot secret set ${ref.secret} ${ref.key}` }));
  if (source.kind === "env") {
    const value = world.env[source.name];
    return value
      ? ok(new TextEncoder().encode(value))
      : fail(
          problem("SECRET_ENV_MISSING", {
            detail: `${name} is to come from the variable ${source.name}, which is not set or is empty here.`,
          }),
        );
  }
  const envelope = world.envelope(source.envelope);
  if (!envelope.ok) return envelope;
  const identities = world.identities();
  if (!identities.ok) return identities;
  const text = Buffer.from(envelope.value).toString("latin1");
  return await openValue({
    project: world.project,
    name: ref.secret,
    key: ref.key,
    recipients: source.recipients,
    envelope: text,
    identities: identities.value,
  });
}

/** The value as an HTTP header can carry it: text without the line break that files and `echo` end with. */
export function headerText(ref: SecretRef, value: Secret<Uint8Array>, isAllowed: (text: string) => boolean): Result<Secret<string>> {
  const text = Buffer.from(value.open())
    .toString("utf8")
    .replace(/\r?\n$/, "");
  if (isAllowed(text) && text !== "") return ok(new Secret(text));
  return fail(
    problem("PROVIDER_AUTH", {
      detail: `The value of Secret/${ref.secret} key ${shown(ref.key)} ${text === "" ? "is empty" : "has characters that an HTTP header cannot carry"}.`,
    }),
  );
}
