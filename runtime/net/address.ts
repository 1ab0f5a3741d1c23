import { isIPv4, isIPv6 } from "node:net";

/** What an address is for. Only `public` is reached without being named in a grant. */
export type AddressClass =
  | "public"
  | "loopback"
  | "private"
  | "link-local"
  | "multicast"
  /** `0.0.0.0`, `::` and what stands for "this host": connecting to it reaches this machine. */
  | "unspecified"
  /** Documentation, benchmarks, transition mechanisms whose end we cannot see, unassigned space. */
  | "reserved"
  /** Not the text of an IP address. */
  | "invalid";

interface Range {
  readonly first: bigint;
  readonly bits: number;
  readonly is: AddressClass;
}

/** From the IANA IPv4 special-purpose registry; first match counts, the rest is public. */
const V4: readonly Range[] = (
  [
    ["0.0.0.0", 8, "unspecified"],
    ["10.0.0.0", 8, "private"],
    ["100.64.0.0", 10, "private"],
    ["127.0.0.0", 8, "loopback"],
    ["169.254.0.0", 16, "link-local"],
    ["172.16.0.0", 12, "private"],
    ["192.0.0.0", 24, "reserved"],
    ["192.0.2.0", 24, "reserved"],
    ["192.88.99.0", 24, "reserved"],
    ["192.168.0.0", 16, "private"],
    ["198.18.0.0", 15, "reserved"],
    ["198.51.100.0", 24, "reserved"],
    ["203.0.113.0", 24, "reserved"],
    ["224.0.0.0", 4, "multicast"],
    ["240.0.0.0", 4, "reserved"],
  ] as const
).map(([text, bits, is]) => ({ first: v4(text), bits, is }));

/** From the IANA IPv6 special-purpose registry; first match counts. Outside of 2000::/3 nothing is public. */
const V6: readonly Range[] = (
  [
    ["::", 128, "unspecified"],
    ["::1", 128, "loopback"],
    ["fc00::", 7, "private"],
    ["fec0::", 10, "private"],
    ["fe80::", 10, "link-local"],
    ["ff00::", 8, "multicast"],
    ["2001::", 23, "reserved"],
    ["2001:db8::", 32, "reserved"],
    ["3fff::", 20, "reserved"],
    ["2000::", 3, "public"],
  ] as const
).map(([text, bits, is]) => ({ first: v6(text), bits, is }));

/** Where an IPv6 address holds an IPv4 address, and how far from its end: that one is what is reached. */
const HOLDING_V4 = (
  [
    ["::ffff:0:0", 96, 0n],
    ["64:ff9b::", 96, 0n],
    ["2002::", 16, 80n],
  ] as const
).map(([text, bits, shift]) => ({ first: v6(text), bits, shift }));

/** The class of an IP address, without brackets or zone. Total: any other text is `invalid`. */
export function classifyAddress(text: string): AddressClass {
  if (isIPv4(text)) return classOf(V4, v4(text), 32) ?? "public";
  if (!isIPv6(text) || text.includes("%")) return "invalid";
  const value = v6(text);
  const holding = HOLDING_V4.find((range) => isIn(range, value, 128));
  if (holding) return classOf(V4, (value >> holding.shift) & 0xffff_ffffn, 32) ?? "public";
  return classOf(V6, value, 128) ?? "reserved";
}

/** Whether an address is in a network such as `10.1.0.0/16`. An IPv4 network holds no IPv6 address, and the other way round. */
export function isInNetwork(address: string, network: string): boolean {
  const [base = "", length = ""] = network.split("/");
  if (!/^[0-9]{1,3}$/.test(length)) return false;
  if (isIPv4(address) && isIPv4(base)) return Number(length) <= 32 && isIn({ first: v4(base), bits: Number(length) }, v4(address), 32);
  const areV6 = isIPv6(address) && isIPv6(base) && !address.includes("%") && !base.includes("%");
  return areV6 && Number(length) <= 128 && isIn({ first: v6(base), bits: Number(length) }, v6(address), 128);
}

/**
 * Whom an address is counted with: an IPv4 address is by itself, of IPv6 everybody in one /64, which is what one
 * subscriber gets. Total: what is no address is one and the same stranger.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, "").replace(/^::ffff:(?=[0-9.]+$)/i, "");
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? `${(v6(plain) >> 64n).toString(16)}/64` : "unknown";
}

function classOf(ranges: readonly Range[], value: bigint, width: number): AddressClass | undefined {
  return ranges.find((range) => isIn(range, value, width))?.is;
}

function isIn({ first, bits }: { readonly first: bigint; readonly bits: number }, value: bigint, width: number): boolean {
  const shift = BigInt(width - bits);
  return value >> shift === first >> shift;
}

function v4(text: string): bigint {
  return text.split(".").reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** Of a text that `isIPv6` has taken: eight groups, `::` once, the last two perhaps as an IPv4 address. */
function v6(text: string): bigint {
  const dotted = /^(.*:)([0-9.]+)$/.exec(text);
  const plain = dotted?.[2]?.includes(".") === true ? `${dotted[1]}${groupsOfV4(dotted[2])}` : text;
  const [head = "", tail] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function groupsOfV4(text: string): string {
  const value = v4(text);
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}
