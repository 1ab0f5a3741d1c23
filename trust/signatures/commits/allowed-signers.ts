import { fromBase64 } from "../../../core/index.ts";
import { isCertificateType } from "./ssh-certificate.ts";
import { fingerprintOf, isKeyType, parseSshKey, type SshKey } from "./ssh-key.ts";

/** One line of an allowed_signers file (ssh-keygen(1), "ALLOWED SIGNERS"). */
export interface AllowedSigner {
  /** A list of patterns, as it is written; it names the signer. */
  readonly principals: string;
  readonly key: SshKey;
  readonly fingerprint: string;
  /** The key does not sign commits itself; keys it has certified do. */
  readonly isAuthority: boolean;
  /** A list of patterns; null for every namespace. */
  readonly namespaces: string | null;
  /** Seconds; null where there is no such end. Both ends belong to the interval. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
  readonly line: number;
}

/** Lines that are none, with a reason each; lists with any of them are not used at all. */
export interface ParsedSigners {
  readonly signers: readonly AllowedSigner[];
  readonly faults: readonly { readonly line: number; readonly why: string }[];
}

const MAX_SIGNERS = 10_000;

/**
 * Reads the file as OpenSSH does, but refuses what it would skip: a line nobody can read is a signer
 * somebody wanted, or wanted gone.
 */
export function parseAllowedSigners(text: string): ParsedSigners {
  const signers: AllowedSigner[] = [];
  const faults: { line: number; why: string }[] = [];
  for (const [i, raw] of text.split("\n").entries()) {
    const content = raw.replace(/\r$/, "").replace(/^[ \t]+/, "");
    if (content === "" || content.startsWith("#")) continue;
    const parsed = parseLine(content, i + 1);
    if (typeof parsed === "string") faults.push({ line: i + 1, why: parsed });
    else signers.push(parsed);
    if (signers.length > MAX_SIGNERS) return { signers: [], faults: [{ line: i + 1, why: `there are more than ${MAX_SIGNERS} signers` }] };
  }
  return { signers, faults };
}

function parseLine(content: string, line: number): AllowedSigner | string {
  const who = /^(?:"([^"]+)"|([^\s"]+))[ \t]+(.*)$/.exec(content);
  const principals = who?.[1] ?? who?.[2];
  if (principals === undefined || who?.[3] === undefined) return "it names no principals before a key";
  const [options, rest] = splitOptions(who[3]);
  const [type = "", encoded = ""] = rest.split(/[ \t]+/);
  if (isCertificateType(type)) return "it holds a certificate; name its authority with cert-authority, or the bare key";
  if (!isKeyType(type)) return `it names no key type that is accepted (found "${type.slice(0, 40)}")`;
  const blob = fromBase64(encoded);
  const key = blob && parseSshKey(blob);
  if (!key || key.type !== type) return `its ${type} key is broken, or too weak`;
  const read = readOptions(options);
  if (typeof read === "string") return read;
  return { principals, key, fingerprint: fingerprintOf(key), ...read, line };
}

/** Options stand before the key type and hold spaces in quotes only; a line without them starts with the key type. */
function splitOptions(text: string): readonly [string, string] {
  if (isTyped(text)) return ["", text];
  const end = /^(?:[^\s"]|"(?:[^"\\]|\\.)*")+/.exec(text)?.[0].length ?? 0;
  return [text.slice(0, end), text.slice(end).replace(/^[ \t]+/, "")];
}

function isTyped(text: string): boolean {
  const type = /^\S+/.exec(text)?.[0] ?? "";
  return isKeyType(type) || isCertificateType(type);
}

type Options = Pick<AllowedSigner, "isAuthority" | "namespaces" | "validAfter" | "validBefore">;

function readOptions(text: string): Options | string {
  const found = new Map<string, string | null>();
  for (let rest = text; rest !== "";) {
    const option = /^([A-Za-z-]+)(?:="([^"\\]*)")?(?:,(?=.)|$)/.exec(rest);
    const name = option?.[1]?.toLowerCase();
    if (!option || name === undefined) return `its options are not of OpenSSH's form: ${rest.slice(0, 60)}`;
    if (found.has(name)) return `it says "${name}" twice`;
    found.set(name, option[2] ?? null);
    rest = rest.slice(option[0].length);
  }
  return checkOptions(found);
}

const VALUED: ReadonlySet<string> = new Set(["namespaces", "valid-after", "valid-before"]);

function checkOptions(found: ReadonlyMap<string, string | null>): Options | string {
  for (const [name, value] of found) {
    if (name !== "cert-authority" && !VALUED.has(name)) return `it has the unknown option "${name}"`;
    if ((name === "cert-authority") !== (value === null))
      return `its option "${name}" ${value === null ? 'needs a value in quotes: name="..."' : "takes no value"}`;
  }
  const [after, before] = [found.get("valid-after"), found.get("valid-before")];
  const [validAfter, validBefore] = [timeOf(after), timeOf(before)];
  if (validAfter === undefined || validBefore === undefined)
    return "its dates must be YYYYMMDDZ, YYYYMMDDHHMMZ or YYYYMMDDHHMMSSZ; without the Z they would mean another time on every machine";
  if (validAfter !== null && validBefore !== null && validBefore <= validAfter) return "it ends before it begins";
  return { isAuthority: found.has("cert-authority"), namespaces: found.get("namespaces") ?? null, validAfter, validBefore };
}

/** Seconds of a date of UTC; null for none, undefined for a wrong one. */
function timeOf(text: string | null | undefined): number | null | undefined {
  if (text === null || text === undefined) return null;
  const parts = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00"] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) || date.toISOString() !== iso ? undefined : date.getTime() / 1000;
}

const MAX_PATTERN_STEPS = 1_000_000;

/** A list of patterns with `*` and `?`; a matching one that starts with `!` forbids (ssh_config(5), PATTERNS). */
export function matchesPatternList(text: string, list: string): boolean {
  let isMatched = false;
  for (const pattern of list.split(",")) {
    const isNegated = pattern.startsWith("!");
    if (!matchesPattern(text, isNegated ? pattern.slice(1) : pattern)) continue;
    if (isNegated) return false;
    isMatched = true;
  }
  return isMatched;
}

/** Greedy with one way back: at most the product of both lengths. */
function matchesPattern(text: string, pattern: string): boolean {
  if (text.length * pattern.length > MAX_PATTERN_STEPS) return false;
  let [at, p, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[p] === "*") [star, from, p] = [p, at, p + 1];
    else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[at])) [at, p] = [at + 1, p + 1];
    else if (star >= 0) [at, from, p] = [from + 1, from + 1, star + 1];
    else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
