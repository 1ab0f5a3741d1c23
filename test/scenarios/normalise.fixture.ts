/**
 * Takes out of a transcript what differs from run to run or machine to machine, and nothing else. What is
 * taken out keeps its length, so that tables stay tables, and its identity: the second digest of a story
 * reads `…2` wherever it appears.
 */
import os from "node:os";
import { packageVersion } from "../../cmd/version.ts";

export interface Places {
  readonly root: string;
  readonly home: string;
}

const ENVELOPE = /-----BEGIN AGE ENCRYPTED FILE-----.*?-----END AGE ENCRYPTED FILE-----/gs;
const AGE_KEY = /\b(?:age1[02-9ac-hj-np-z]{20,58}|AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58})(?!\w)/g;
const HEX = /(?<![\w.])[0-9a-f]{7,64}(?![\w-])/g;
const SHORT_COMMIT = /(?<=committed as |\bmain@)[0-9a-f]{7}\b/g;
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/g;
const FINGERPRINT = /SHA256:[A-Za-z0-9+/]{43}/g;
const SSH_KEY = /(?<=ssh-ed25519 )AAAA[A-Za-z0-9+/]{64}/g;
/** Whole however the clock stood: a form without trailing zeros is shorter one time in ten. */
const SOME_INSTANT = "9999-99-99T99:99:99.999Z";
const LEDGER_KEY = /(ledgerKey"?: "?|ledger key |\(--ledger-key\): )[\w-]+/g;
/** How a store lies in pages depends on keys and times. */
const STORE_SIZE = /\d+(?= bytes, sha256:)/g;
const DAY_MS = 86_400_000;
/** A shorter run of hexadecimal digits is a digest only when it begins one that was seen. */
const SURE_HEX_CHARS = 12;

export function normaliser(places: Places): (text: string) => string {
  const seen = new Map<string, string>();
  /** The same for a value and for its first characters, in its length. */
  const numbered = (value: string, filler: string): string => {
    const known = [...seen.keys()].find((each) => each.startsWith(value) || value.startsWith(each));
    const number = known === undefined ? String(seen.size + 1) : (seen.get(known) ?? "");
    if (known === undefined || known.length < value.length) seen.set(value, number);
    return number.padStart(value.length, filler);
  };
  const isSeen = (value: string): boolean => [...seen.keys()].some((each) => each.startsWith(value));
  const user = `${userName()}@${os.hostname()}`;
  return (text) =>
    inOneOrder(
      text
        .replaceAll(places.root, "ROOT")
        .replaceAll(places.home, "HOME")
        .replaceAll(user, "user@host")
        .replaceAll(ENVELOPE, "<age envelope>")
        .replaceAll(AGE_KEY, (key) => `${key.slice(0, key.indexOf("1") + 1)}${numbered(key, "_").slice(key.indexOf("1") + 1)}`)
        .replaceAll(SSH_KEY, (key) => numbered(key, "_"))
        .replaceAll(FINGERPRINT, (key) => `SHA256:${numbered(key, "_").slice("SHA256:".length)}`)
        .replaceAll(INSTANT, (instant) => (isRecent(instant) ? SOME_INSTANT : instant))
        .replaceAll(LEDGER_KEY, "$1<key>")
        .replaceAll(STORE_SIZE, "N")
        .replaceAll(SHORT_COMMIT, (commit) => numbered(commit, "_"))
        .replaceAll(HEX, (hex) => (hex.length >= SURE_HEX_CHARS || isSeen(hex) ? numbered(hex, "_") : hex))
        .replaceAll(packageVersion(), "VERSION")
        .replaceAll(process.version, "NODE")
        .replaceAll(`${process.platform}-${process.arch}`, "PLATFORM"),
    );
}

/** Recipients are sorted by keys that differ from run to run. */
function inOneOrder(text: string): string {
  return text.replaceAll(/(?:^ *- age1_+\d+\n)+/gm, (list) => `${list.trimEnd().split("\n").sort().join("\n")}\n`);
}

/** Declared instants, such as a grant's expiry, are part of the story; the clock's are not. */
function isRecent(instant: string): boolean {
  return Math.abs(Date.parse(instant) - Date.now()) < DAY_MS;
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return "nobody";
  }
}

/** Control characters as visible text: a golden file is read in an editor. */
export function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  return text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
