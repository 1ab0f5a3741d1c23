/**
 * runtime/client: the other side of the API: signed requests to a running gateway, for appliers and commands
 * elsewhere. TLS is 1.3 or newer and everywhere but on this machine; redirects are not followed.
 *
 * Offers {@link openClient} and {@link readDeviceKey}.
 */
export { openClient, type Client, type ClientWorld, type DeviceKey } from "./client.ts";
export { readDeviceKey } from "./device-key.ts";
