/**
 * runtime/client: the other side of the API: requests to a running gateway, for appliers and commands: signed with
 * a device key, or over the socket of a state folder. TLS is 1.3 or newer and everywhere but on this machine;
 * redirects are not followed.
 *
 * Offers {@link openClient}, {@link gatewayOrigin}, and device keys in files: {@link readDeviceKey},
 * {@link deviceKeyText}, {@link deviceKeyFor}.
 */
export { openClient, type Client, type ClientProof, type ClientWorld, type DeviceKey } from "./client.ts";
export { deviceKeyFor, deviceKeyText, readDeviceKey, type KeptKey } from "./device-key.ts";
export type { TlsExceptions } from "../net/index.ts";
export { gatewayOrigin, type Place } from "./exchange.ts";
