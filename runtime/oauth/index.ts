/**
 * runtime/oauth: accounts at model providers that are logged in to instead of having a key. A login (PKCE over
 * loopback, or a device code) gives a refresh token, kept sealed; access tokens are fetched when they are due,
 * by one process at a time, and a refresh token that the provider refuses is never tried again.
 */
export { beginDevice, beginInBrowser, type BrowserLogin, type DeviceCode } from "./login.ts";
export { forgetAccount, hasAccount } from "./account.ts";
export { newTokens, type Tokens, type TokensWorld } from "./tokens.ts";
