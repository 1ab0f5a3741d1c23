import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { onTestFinished } from "vitest";

/** A real OpenID provider on loopback, and somebody with a browser who logs in there. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Opens the address, logs in as `account`, consents; returns the query of the redirect. */
  readonly browse: (authorizationUrl: string, account: string) => Promise<string>;
  /** Enters the code of a device as `account`. */
  readonly enter: (verificationUriComplete: string, account: string) => Promise<void>;
  readonly stop: () => void;
}

interface Interaction {
  readonly prompt: { readonly name: string; readonly details: { readonly missingOIDCScope?: readonly string[] } };
  readonly params: { readonly client_id: string };
  readonly session?: { readonly accountId: string };
}

interface Grant {
  addOIDCScope(scope: string): void;
  save(): Promise<string>;
}

interface Library {
  readonly Provider: new (
    issuer: string,
    configuration: object,
  ) => {
    callback(): (request: http.IncomingMessage, response: http.ServerResponse) => void;
    interactionDetails(request: http.IncomingMessage, response: http.ServerResponse): Promise<Interaction>;
    interactionFinished(request: http.IncomingMessage, response: http.ServerResponse, result: object, options: object): Promise<void>;
    readonly Grant: new (properties: object) => Grant;
  };
}

const CLIENT = "moltbot-gateway";
/** A client that is given refresh tokens, each for one use. */
export const ACCOUNT_CLIENT = "moltbot-account";

export async function testProvider(): Promise<TestProvider> {
  // Its package has no types of its own.
  const name: string = "oidc-provider";
  const { Provider } = (await import(name)) as Library;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  let handle: (request: http.IncomingMessage, response: http.ServerResponse) => void = () => {};
  const server = http.createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: "none",
        application_type: "native",
        grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"],
        response_types: ["code"],
        redirect_uris: ["http://127.0.0.1/callback"],
      },
      {
        client_id: ACCOUNT_CLIENT,
        token_endpoint_auth_method: "none",
        application_type: "native",
        grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        response_types: ["code"],
        redirect_uris: ["http://127.0.0.1/callback"],
      },
    ],
    issueRefreshToken: (_: unknown, client: { readonly clientId: string }) => client.clientId === ACCOUNT_CLIENT,
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: "sig", alg: "RS256" }] },
    cookies: { keys: ["loopback"] },
    features: { devInteractions: { enabled: false }, deviceFlow: { enabled: true } },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    renderError: (context: { body: string }, out: object) => {
      context.body = JSON.stringify(out);
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, DeviceCode: 600, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  });
  let account = "nobody";
  const answer = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return answer(request, response);
    void (async () => {
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      if (prompt.name === "login") {
        await provider.interactionFinished(request, response, { login: { accountId: account } }, { mergeWithLastSubmission: false });
        return;
      }
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: params.client_id });
      for (const scope of prompt.details.missingOIDCScope ?? []) grant.addOIDCScope(scope);
      await provider.interactionFinished(
        request,
        response,
        { consent: { grantId: await grant.save() } },
        { mergeWithLastSubmission: true },
      );
    })();
  };
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(stop);
  return {
    issuer,
    clientId: CLIENT,
    browse: async (url, who) => {
      account = who;
      return await follow(new Map(), url);
    },
    enter: async (url, who) => {
      account = who;
      const jar = new Map<string, string>();
      const page = await (await visit(jar, url)).text();
      const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
      const [, code = ""] = /name="user_code" value="([^"]+)"/.exec(page) ?? [];
      const form = new URLSearchParams({ xsrf, user_code: code || (new URL(url).searchParams.get("user_code") ?? ""), confirm: "yes" });
      await follow(jar, new URL("/device", url).href, form);
    },
    stop,
  };
}

async function visit(jar: Map<string, string>, url: string, form?: URLSearchParams): Promise<Response> {
  const response = await fetch(url, {
    redirect: "manual",
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    ...(form ? { method: "POST", body: form } : {}),
  });
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
  return response;
}

/** Follows redirects until one leaves the provider; its query, or nothing where the way ends on a page. */
async function follow(jar: Map<string, string>, start: string, form?: URLSearchParams): Promise<string> {
  let url = start;
  let body = form;
  for (let step = 0; step < 10; step++) {
    const response = await visit(jar, url, body);
    body = undefined;
    const location = response.headers.get("location");
    if (location === null) {
      if (response.status >= 400) throw new Error(`${response.status} at ${url}: ${await response.text()}`);
      return "";
    }
    const next = new URL(location, url);
    if (next.origin !== new URL(start).origin) return next.search.slice(1);
    url = next.href;
  }
  throw new Error("too many redirects");
}
