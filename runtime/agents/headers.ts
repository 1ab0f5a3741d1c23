import { fail, ok, problem, Secret, type Diagnostic, type Result } from "../../core/index.ts";
import { isHeaderValue, type LoadedProvider, type SecretRef } from "../load/index.ts";
import { maskFor, type Mask } from "../vault/index.ts";
import { headerText, type Vault } from "../vault/index.ts";

/** The headers of one provider's requests, opened, and a mask that knows the values in them. */
export interface OpenedHeaders {
  readonly headers: Secret<Readonly<Record<string, string>>>;
  readonly mask: Mask;
}

/**
 * Opens what a provider's headers refer to. `credentials` is the bearer token, or the key of
 * a protocol that has a header of its own for it, unless a header says otherwise.
 */
export async function headersFor(provider: LoadedProvider, vault: Vault): Promise<Result<OpenedHeaders>> {
  const headers: Record<string, string> = {};
  const values: string[] = [];
  const open = async (ref: SecretRef): Promise<Result<string>> => {
    const secret = await vault.open(ref);
    if (!secret.ok) return secret;
    const text = headerText(ref, secret.value, isHeaderValue);
    if (!text.ok) return text;
    values.push(text.value.open());
    return ok(text.value.open());
  };
  if (provider.credentials) {
    const key = await open(provider.credentials);
    if (!key.ok) return key;
    if (provider.protocol === "anthropic") headers["x-api-key"] = key.value;
    else headers["authorization"] = `Bearer ${key.value}`;
  }
  if (provider.oauth) {
    const token = vault.bearer ? await vault.bearer(provider.name, provider.oauth) : fail(noLogins(provider.name));
    if (!token.ok) return token;
    values.push(token.value.open());
    headers["authorization"] = `Bearer ${token.value.open()}`;
  }
  for (const { name, value } of provider.headers) {
    const text = typeof value === "string" ? ok(value) : await open(value);
    if (!text.ok) return text;
    headers[name.toLowerCase()] = text.value;
  }
  return ok({ headers: new Secret(headers), mask: maskFor(values) });
}

function noLogins(provider: string): Diagnostic {
  return problem("PROVIDER_AUTH", {
    detail: `ModelProvider/${provider} is an account that is logged in to, and no logins are kept here.`,
    remedy: `moltbot gateway credentials login ${provider}`,
    context: { address: `ModelProvider/${provider}` },
  });
}
