import type * as OpenId from "openid-client";
import { fail, LIMITS, problem, type Diagnostic, type Result } from "../../core/index.ts";
import { isTlsTooOld, TLS_REMEDY, type TlsExceptions } from "../net/index.ts";
import { jsonFetch } from "../agents/index.ts";

/** How an account is logged in to: `ModelProvider.oauth`. */
export interface OauthSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The hosts that may speak less than TLS 1.3; absent: none. */
  readonly tls?: TlsExceptions;
}

export interface Client {
  readonly library: typeof OpenId;
  readonly config: OpenId.Configuration;
}

/** Asks the issuer where its endpoints are. Plain HTTP is for this machine alone. */
export async function clientOf({ issuer, clientId, tls }: OauthSettings): Promise<Client> {
  const library = await import("openid-client");
  const url = new URL(issuer);
  const isLoopback = url.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  const fetch = jsonFetch(tls);
  const config = await library.discovery(url, clientId, undefined, library.None(), {
    execute: isLoopback ? [library.allowInsecureRequests] : [],
    [library.customFetch]: fetch,
    timeout: LIMITS.oauthRequestMs / 1_000,
  });
  config[library.customFetch] = fetch;
  return { library, config };
}

/** Runs what asks the issuer; its failures become diagnostics, whose words are ours: an issuer's may quote tokens. */
export async function asked<T>(provider: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return fail(isRefusal(error) ? refused(provider, error.error) : unavailable(provider, error));
  }
}

interface Refusal {
  readonly error: string;
}

/** The issuer answered, and said no. */
export function isRefusal(error: unknown): error is Refusal {
  return (
    typeof error === "object" && error !== null && "error" in error && typeof error.error === "string" && /^[a-z_]{1,64}$/.test(error.error)
  );
}

export function refused(provider: string, why: string): Diagnostic {
  return problem("PROVIDER_AUTH", {
    detail: `The account of ModelProvider/${provider} is not logged in any more: its issuer answered ${why}.`,
    remedy: `Log in again:\nmoltbot gateway credentials login ${provider}`,
    context: { address: `ModelProvider/${provider}` },
  });
}

export function notLoggedIn(provider: string): Diagnostic {
  return problem("PROVIDER_AUTH", {
    detail: `Nobody has logged in to the account of ModelProvider/${provider}, or its issuer refused it since.`,
    remedy: `Log in:\nmoltbot gateway credentials login ${provider}`,
    context: { address: `ModelProvider/${provider}` },
  });
}

function unavailable(provider: string, cause: unknown): Diagnostic {
  if (isTlsTooOld(cause))
    return problem("TLS_TOO_OLD", {
      detail: `The issuer of the account of ModelProvider/${provider} does not speak TLS 1.3.`,
      remedy: TLS_REMEDY,
      context: { address: `ModelProvider/${provider}` },
      cause,
    });
  return problem("PROVIDER_UNAVAILABLE", {
    detail: `The issuer of the account of ModelProvider/${provider} did not answer usefully.`,
    context: { address: `ModelProvider/${provider}` },
    cause,
  });
}
