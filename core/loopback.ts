/**
 * Whether an IP address, as text, is of this machine alone: 127.0.0.0/8 and `::1`. Another way to write such an
 * address counts as one of the network: who is unsure asks for more protection, not for less.
 */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^127(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/.test(address);
}
