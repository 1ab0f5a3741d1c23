import type { AddressInfo } from "node:net";
import type * as OpenId from "openid-client";
import { fail, LIMITS, ok, problem, type Clock, type Owner, type Result } from "../../core/index.ts";
import { nodeHttp } from "../net/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { accountSlot, encodeAccount } from "./account.ts";
import { asked, clientOf, type OauthSettings } from "./client.ts";

export interface LoginWorld {
  readonly withRecords: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>;
  readonly clock: Clock;
  readonly owner: Owner;
  readonly provider: string;
  readonly settings: OauthSettings;
}

/** A login that a person finishes in a browser on this machine. */
export interface BrowserLogin {
  readonly url: string;
  /** Resolves when the person came back, and the account is stored. */
  readonly finished: Promise<Result<void>>;
}

/** A login that a person finishes on any device. */
export interface DeviceCode {
  readonly url: string;
  readonly code: string;
  readonly finished: Promise<Result<void>>;
}

/** The authorization code with PKCE; the answer comes to a port of 127.0.0.1 that is open for this login alone. */
export async function beginInBrowser(world: LoginWorld, signal: AbortSignal): Promise<Result<BrowserLogin>> {
  const { provider, settings } = world;
  return await asked(provider, async () => {
    const { library, config } = await clientOf(settings);
    const verifier = library.randomPKCECodeVerifier();
    const state = library.randomState();
    const back = await listen(signal);
    const url = library.buildAuthorizationUrl(config, {
      redirect_uri: back.redirectUri,
      scope: settings.scopes.join(" "),
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
    });
    const finished = asked(provider, async () => {
      const answer = await back.answer;
      if (!answer) return fail(problem("PROVIDER_AUTH", { detail: "Nobody came back from the login in time." }));
      return store(world, await library.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier, expectedState: state }));
    });
    return ok({ url: url.href, finished });
  });
}

/** The device flow: a code to type in elsewhere. */
export async function beginDevice(world: LoginWorld, signal: AbortSignal): Promise<Result<DeviceCode>> {
  const { provider, settings } = world;
  return await asked(provider, async () => {
    const { library, config } = await clientOf(settings);
    const device = await library.initiateDeviceAuthorization(config, { scope: settings.scopes.join(" ") });
    const finished = asked(provider, async () =>
      store(world, await library.pollDeviceAuthorizationGrant(config, device, undefined, { signal })),
    );
    return ok({ url: device.verification_uri_complete ?? device.verification_uri, code: device.user_code, finished });
  });
}

function store({ withRecords, clock, owner, provider, settings }: LoginWorld, tokens: OpenId.TokenEndpointResponse): Result<void> {
  const { refresh_token: refreshToken, access_token: accessToken, expires_in: seconds = 0 } = tokens;
  if (refreshToken === undefined)
    return fail(
      problem("PROVIDER_AUTH", {
        detail: `The issuer of ModelProvider/${provider} gave no refresh token, so the login would end with its first token.`,
        remedy: "Add the scope that it wants for one to `oauth.scopes`, often `offline_access`.",
      }),
    );
  const accessUntil = new Date(clock.now().getTime() + seconds * 1_000).toISOString();
  const account = { issuer: settings.issuer, clientId: settings.clientId, refreshToken, accessToken, accessUntil, busyUntil: null };
  return withRecords((records) => records.put(accountSlot(owner, provider), encodeAccount(account)));
}

const PATH = "/callback";
const DONE = "You are logged in. You can close this page and go back to the terminal.\n";

interface Back {
  readonly redirectUri: string;
  /** Undefined when nobody came in time. */
  readonly answer: Promise<URL | undefined>;
}

/** One request to one path, then the port is closed. */
async function listen(signal: AbortSignal): Promise<Back> {
  const server = nodeHttp().createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  const answer = new Promise<URL | undefined>((resolve) => {
    const end = (url: URL | undefined): void => {
      clearTimeout(timer);
      server.close();
      resolve(url);
    };
    const timer = setTimeout(() => end(undefined), LIMITS.oauthLoginMs);
    signal.addEventListener("abort", () => end(undefined), { once: true });
    server.on("request", (request, response) => {
      const url = URL.parse(request.url ?? "", redirectUri);
      const isIt = request.method === "GET" && url?.pathname === PATH && (url.searchParams.has("code") || url.searchParams.has("error"));
      response.writeHead(isIt ? 200 : 404, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(isIt ? DONE : "");
      if (isIt) end(url);
    });
  });
  return { redirectUri, answer };
}
