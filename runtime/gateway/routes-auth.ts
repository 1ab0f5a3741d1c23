import { ok, type JsonObject, type Result } from "../../core/index.ts";
import type { Auth, Tokens } from "../auth/index.ts";
import type { Role } from "../run/index.ts";
import { instant, listOf, objectOf, orNull, text } from "./schema.ts";
import type { Reply, Route } from "./types.ts";

export interface AuthRoutesWorld {
  readonly auth: () => Auth;
  readonly lineage: () => string;
}

const ROLE: JsonObject = text("What it may do.", { enum: ["viewer", "operator", "editor", "owner"] });
const short = (description: string): JsonObject => text(description, { minLength: 1, maxLength: 256 });
const long = (description: string): JsonObject => text(description, { minLength: 1, maxLength: 8_192 });

const TOKENS = objectOf({
  accessToken: text("Sent as `Authorization: Bearer`; good for a quarter of an hour."),
  expiresAt: instant("When the access token ends."),
  refreshToken: text("For one use: gives the next pair."),
  role: ROLE,
  person: text("The member's name."),
  lineage: text("Which store: part of what signed requests sign."),
});

const DEVICE = objectOf({
  name: text("Its name."),
  publicKey: text("Ed25519, base64url."),
  person: text("Who made it known."),
  role: ROLE,
  createdAt: instant("Since when."),
  expiresAt: instant("Until when."),
});

const LOGIN = objectOf({
  id: text("What revoking takes."),
  person: text("Whose."),
  role: ROLE,
  createdAt: instant("Since when."),
  usedAt: instant("When its tokens were renewed last."),
  expiresAt: instant("Until when."),
});

type Body = Readonly<Record<string, string | undefined>>;

/** Logging in, tokens and devices. What begins a login needs no proof; everything else does. */
export function authRoutes({ auth, lineage }: AuthRoutesWorld): readonly Route[] {
  const post = (
    path: string,
    id: string,
    summary: string,
    parts: Pick<Route, "role" | "body" | "answer" | "status" | "handle">,
  ): Route => ({
    method: "POST",
    path,
    id,
    summary,
    tag: "auth",
    ...parts,
  });
  const role = (body: Body): { readonly role?: Role } => (body["role"] === undefined ? {} : { role: body["role"] as Role });
  return [
    {
      method: "GET",
      path: "/v2/auth",
      id: "howToLogIn",
      summary: "How one logs in here",
      tag: "auth",
      role: null,
      answer: objectOf({
        lineage: text("Which store this is."),
        oidc: orNull(objectOf({ issuer: text("The identity provider."), clientId: text("As whom the gateway asks it.") })),
      }),
      status: 200,
      handle: async () => ok({ status: 200, body: { lineage: lineage(), oidc: auth().loginWith() } }),
    },
    {
      method: "GET",
      path: "/v2/auth/me",
      id: "whoAmI",
      summary: "Who calls, as the gateway sees it",
      tag: "auth",
      role: "viewer",
      answer: objectOf({
        id: text("Who calls."),
        person: orNull(text("The member's name.")),
        role: orNull(ROLE),
        lineage: text("Which store."),
      }),
      status: 200,
      handle: async ({ caller: { id, person, role: own } }) => ok({ status: 200, body: { id, person, role: own, lineage: lineage() } }),
    },
    post("/v2/auth/logins", "startLogin", "Begin a login in a browser", {
      role: null,
      body: objectOf({ redirectUri: long("Where the browser comes back to: http://127.0.0.1:PORT/..."), role: ROLE }, ["role"]),
      answer: objectOf({
        login: text("For finishing it."),
        authorizationUrl: text("Where the browser goes."),
        expiresAt: instant("Until when."),
      }),
      status: 201,
      handle: async ({ body }) => {
        const wish = body as Body;
        return shown(201, await auth().loginStart({ redirectUri: wish["redirectUri"] ?? "", ...role(wish) }));
      },
    }),
    post("/v2/auth/logins/finish", "finishLogin", "End it with what the browser brought back", {
      role: null,
      body: objectOf({ login: short("From the beginning."), query: long("The query of the redirect.") }),
      answer: TOKENS,
      status: 200,
      handle: async ({ body }) => {
        const { login = "", query = "" } = body as Body;
        return tokens(await auth().loginFinish({ login, query }));
      },
    }),
    post("/v2/auth/device-logins", "startDeviceLogin", "Begin a login for a machine without a browser", {
      role: null,
      body: objectOf({ role: ROLE }, ["role"]),
      answer: objectOf({
        login: text("For asking whether it is done."),
        verificationUri: text("Where the person goes."),
        verificationUriComplete: orNull(text("The same with the code in it.")),
        userCode: text("What the person enters there."),
        intervalMs: { type: "integer", description: "Ask no faster." },
        expiresAt: instant("Until when."),
      }),
      status: 201,
      handle: async ({ body }) => shown(201, await auth().deviceStart(role(body as Body))),
    }),
    post("/v2/auth/device-logins/poll", "pollDeviceLogin", "Whether the person has entered the code", {
      role: null,
      body: objectOf({ login: short("From the beginning.") }),
      answer: objectOf({ tokens: orNull(TOKENS) }),
      status: 200,
      handle: async ({ body }) => {
        const found = await auth().devicePoll((body as Body)["login"] ?? "");
        return found.ok ? ok({ status: 200, body: { tokens: found.value && { ...found.value } } }) : found;
      },
    }),
    post("/v2/auth/refresh", "refreshTokens", "The next pair of tokens", {
      role: null,
      body: objectOf({ refreshToken: long("Used up by this.") }),
      answer: TOKENS,
      status: 200,
      handle: async ({ body }) => tokens(await auth().refresh((body as Body)["refreshToken"] ?? "")),
    }),
    post("/v2/auth/token", "makeToken", "A short access token for the device that signs this, for what cannot sign", {
      role: "viewer",
      body: objectOf({ role: ROLE }, ["role"]),
      answer: objectOf({
        accessToken: text("Sent as `Authorization: Bearer`; good for a quarter of an hour, and for no further tokens and devices."),
        expiresAt: instant("When it ends."),
        role: ROLE,
      }),
      status: 201,
      handle: async ({ body, caller }) => shown(201, await auth().mintToken(caller, role(body as Body).role)),
    }),
    post("/v2/auth/revoke", "revokeToken", "End a login or a device at once", {
      role: "viewer",
      body: objectOf({ token: short("A login's id, or `device:NAME`; absent: the one that is used.") }, ["token"]),
      answer: { type: "null" },
      status: 204,
      handle: async ({ body, caller }) => {
        const token = (body as Body)["token"] ?? caller.token;
        const revoked = token === null ? ok(undefined) : auth().revoke(caller, token);
        return revoked.ok ? ok({ status: 204 }) : revoked;
      },
    }),
    {
      method: "GET",
      path: "/v2/auth/logins",
      id: "listLogins",
      summary: "One's own logins; all of them for an owner",
      tag: "auth",
      role: "viewer",
      answer: objectOf({ items: listOf(LOGIN) }),
      status: 200,
      handle: async ({ caller }) => items(auth().logins(caller)),
    },
    {
      method: "GET",
      path: "/v2/auth/devices",
      id: "listDevices",
      summary: "One's own devices; all of them for an owner",
      tag: "auth",
      role: "viewer",
      answer: objectOf({ items: listOf(DEVICE) }),
      status: 200,
      handle: async ({ caller }) => items(auth().devices(caller)),
    },
    post("/v2/auth/devices", "addDevice", "Make a device key known", {
      role: "viewer",
      body: objectOf(
        {
          name: short("Lower-case letters, digits and dashes."),
          publicKey: short("Ed25519, base64url."),
          role: ROLE,
          days: { type: "integer", minimum: 1, maximum: 365, description: "How long it is good; a year where it is not said." },
        },
        ["role", "days"],
      ),
      answer: DEVICE,
      status: 201,
      handle: async ({ body, caller }) => {
        const wish = body as Body;
        const { days } = body as { readonly days?: number };
        const ttl = days === undefined ? {} : { ttlMs: days * 86_400_000 };
        return shown(
          201,
          auth().mintDevice(caller, { name: wish["name"] ?? "", publicKey: wish["publicKey"] ?? "", ...role(wish), ...ttl }),
        );
      },
    }),
  ];
}

function shown(status: 200 | 201, result: Result<object>): Result<Reply> {
  return result.ok ? ok({ status, body: { ...result.value } }) : result;
}

function tokens(result: Result<Tokens>): Result<Reply> {
  return shown(200, result);
}

function items(result: Result<readonly object[]>): Result<Reply> {
  return result.ok ? ok({ status: 200, body: { items: result.value.map((each) => ({ ...each })) } }) : result;
}
