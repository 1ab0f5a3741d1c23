import { isIPv4, isIPv6 } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { shown, unreachable } from "../../core/index.ts";
import { parsed, refuse, type Parsed } from "./refusal.ts";

/** A set of hosts. Names under a wildcard are never IP addresses; only `any` covers those too. */
export type Host =
  | { readonly kind: "any" }
  | { readonly kind: "name" | "ip"; readonly text: string }
  /** `one`: exactly one more label before the suffix; `some`: one or more. */
  | { readonly kind: "one" | "some"; readonly suffix: string };

const LABELS = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** Hosts that the URL standard reads as an IPv4 address however odd they look: `127.1`, `0x7f000001`. */
const ENDS_IN_NUMBER = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/;
const NOT_ASCII = /\P{ASCII}/u;
const MAX_NAME_CHARS = 253;

/** Reads the host of a request or, with `wildcards`, of a pattern. Brackets belong to an IPv6 host. */
export function parseHost(text: string, wildcards: boolean): Parsed<Host> {
  if (text === "") return refuse("the host is missing");
  if (!text.includes("*")) return parseLiteral(text);
  if (!wildcards) return refuse("the host holds a wildcard");
  if (text === "**") return parsed<Host>({ kind: "any" });
  const match = /^(\*\*?)\.(.+)$/.exec(text);
  if (!match || (match[2] ?? "").includes("*")) {
    return refuse(
      `the host ${shown(text)} has a wildcard in a place where none may stand`,
      "Write `*.example.com` for one more label, `**.example.com` for one or more, `**` for any host.",
    );
  }
  const suffix = parseLiteral(match[2] ?? "");
  if ("refusal" in suffix) return suffix;
  if (suffix.value.kind !== "name") return refuse("an IP address has no labels for a wildcard to stand for", "Write the address as it is.");
  return parsed<Host>({ kind: match[1] === "*" ? "one" : "some", suffix: suffix.value.text });
}

/** The one spelling of a host or a pattern of hosts; what is neither stays as it is. */
export function canonicalHost(text: string): string {
  const host = parseHost(text, true);
  return "value" in host ? hostText(host.value) : text;
}

export function hostText(host: Host): string {
  switch (host.kind) {
    case "any":
      return "**";
    case "one":
      return `*.${host.suffix}`;
    case "some":
      return `**.${host.suffix}`;
    case "name":
    case "ip":
      return host.text;
    default:
      return unreachable(host);
  }
}

export function hostContains(outer: Host, inner: Host): boolean {
  switch (outer.kind) {
    case "any":
      return true;
    case "name":
    case "ip":
      return inner.kind === outer.kind && inner.text === outer.text;
    case "one":
      return (
        (inner.kind === "one" && inner.suffix === outer.suffix) || (inner.kind === "name" && labelsAbove(inner.text, outer.suffix) === 1)
      );
    case "some":
      if (inner.kind === "name") return labelsAbove(inner.text, outer.suffix) >= 1;
      return (inner.kind === "one" || inner.kind === "some") && labelsAbove(inner.suffix, outer.suffix) >= 0;
    default:
      return unreachable(outer);
  }
}

/** Host sets are nested or disjoint (a point, one step below a point, everything below it), so the smaller one is the answer. */
export function intersectHosts(a: Host, b: Host): Host | undefined {
  if (hostContains(a, b)) return b;
  return hostContains(b, a) ? a : undefined;
}

/** How many labels `name` has before `suffix`: 0 when equal, -1 when it does not end in it. */
function labelsAbove(name: string, suffix: string): number {
  if (name === suffix) return 0;
  if (!name.endsWith(suffix) || name[name.length - suffix.length - 1] !== ".") return -1;
  return name.slice(0, -suffix.length - 1).split(".").length;
}

function parseLiteral(text: string): Parsed<Host> {
  if (text.startsWith("[")) return parseIpv6(text);
  if (text.endsWith(".")) return refuse(`the host ${shown(text)} ends in a dot`, "Leave the dot out.");
  const name = asciiName(text);
  if (name === undefined) return refuse(`${shown(text)} is not a host name`, "Write the name in lower case, or its `xn--` form.");
  if (isIPv4(name)) return parsed<Host>({ kind: "ip", text: name });
  if (ENDS_IN_NUMBER.test(name)) {
    return refuse(
      `${shown(text)} is a number that programs read as an IP address in different ways`,
      "Write the address as four decimal numbers: `127.0.0.1`.",
    );
  }
  return parsed<Host>({ kind: "name", text: name });
}

function parseIpv6(text: string): Parsed<Host> {
  const inner = text.slice(1, -1);
  if (!text.endsWith("]") || inner.includes("%") || !isIPv6(inner)) return refuse(`${shown(text)} is not an IPv6 address`);
  // The URL standard's serializer writes the one compressed lower-case form (RFC 5952).
  return parsed<Host>({ kind: "ip", text: new URL(`http://${text}`).hostname });
}

/**
 * The lower-case ASCII form of a name. A Unicode name is taken only when it is what its ASCII form
 * shows again: full-width letters, soft hyphens and other characters that vanish or change are refused.
 */
function asciiName(text: string): string | undefined {
  const lower = text.toLowerCase();
  const isAscii = !NOT_ASCII.test(text);
  const name = isAscii ? lower : domainToASCII(lower);
  if (name.length > MAX_NAME_CHARS || !LABELS.test(name)) return undefined;
  if (!isAscii && domainToUnicode(name) !== lower.normalize("NFC")) return undefined;
  return isAscii && name.includes("xn--") && !isTrueAscii(name) ? undefined : name;
}

/** An `xn--` label must decode to something that encodes to itself. */
function isTrueAscii(name: string): boolean {
  const unicode = domainToUnicode(name);
  return unicode !== "" && unicode !== name && domainToASCII(unicode) === name;
}
