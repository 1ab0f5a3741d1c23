/**
 * runtime/auth: who calls, and what they may do. Logins by OIDC, short access tokens with rotating refresh
 * tokens, device keys and people's SSH keys that sign requests; roles from `Team.people` of what is active
 * now, asked at every use. It answers questions; the routes are the API's.
 *
 * Offers {@link openAuth}, {@link membersOf} for its port, {@link isAtLeast}, and {@link signRequest} with
 * {@link bytesToSign} for clients. For what is stored about a person: {@link loginsAmong}, {@link readDevices}.
 */
export { openAuth, type AuthWorld } from "./auth.ts";
export type { OidcConfig } from "./oidc.ts";
export { readDevices, writeDevices, type DeviceRecord } from "./devices.ts";
export { principalIdOf } from "./identity.ts";
export { loginsAmong, type LoginRecord } from "./logins.ts";
export { membersOf } from "./people.ts";
export { isAtLeast, isRole } from "./roles.ts";
export { bytesToSign, headerOf, REQUEST_NAMESPACE, signRequest, type RequestToSign } from "./signed-request.ts";
export type { AccessToken, Auth, Caller, CodeLogin, Device, DeviceLogin, Identity, Login, Member, RequestFacts, Tokens } from "./types.ts";
