import { createHash } from "node:crypto";
import { isHostName } from "./endings.ts";
import {
  AUTOLINK,
  BARE,
  DEFINITION,
  HOST,
  INLINE,
  INLINE_IMAGE,
  LEFT_OVER,
  LIKE_DEFINITION,
  MARKUP,
  NUMERIC,
  OPAQUE,
  PROTOCOL_RELATIVE,
  UNC,
  WITH_USER,
} from "./link-rules.ts";
import { seenText } from "./seen-text.ts";

/** What was taken out: enough to know where it would have led, without what it carried. */
export interface Stripped {
  readonly kind: "link" | "image" | "markup";
  /** The last two labels of the host; what stands before them can carry data. Null where there is none. */
  readonly host: string | null;
  /** sha256 of the whole address. */
  readonly digest: string;
}

export interface Filtered {
  readonly text: string;
  readonly stripped: readonly Stripped[];
}

/** Whether an answer may link to an address. */
export type Allows = (url: URL) => boolean;

const ASIDE = /\uFDD0(\d+)\uFDD1/g;

/**
 * Takes every address out of an answer that leads to a host nobody declared, whatever it is dressed as:
 * markdown links, pictures and definitions, autolinks, HTML, bare addresses, names without a scheme,
 * punycode, look-alike dots, entities, invisible characters. What may stay is written in its one canonical
 * form, so that no reader understands another host. What cannot be understood is taken out. Pure.
 */
export function filterLinks(text: string, allows: Allows): Filtered {
  const stripped: Stripped[] = [];
  const seen = seenText(text);
  const allowed = (address: string): string | null => {
    const url = parse(address);
    // Signs at which some readers end an address: what follows one would be an address of its own.
    return url && allows(url) ? `${url.origin}${url.href.slice(url.origin.length).replaceAll(/[()'"[\]{}|^`*~\\]/g, percent)}` : null;
  };
  const drop = (kind: Stripped["kind"], address: string): void => void stripped.push(strippedOf(kind, address));
  /** What may stay is put aside, so that no later rule looks into it again. */
  const kept: string[] = [];
  const keep = (piece: string): string => `\uFDD0${kept.push(piece) - 1}\uFDD1`;

  let out = seen.replaceAll(INLINE, (_, bang: string, label: string, address: string) => {
    const href = allowed(unescaped(address));
    // A label is text that is shown: what looks like an address in it is judged like any other.
    const inner = bang === "" && INLINE_IMAGE.test(label) ? filterLinks(label, allows) : null;
    if (inner) stripped.push(...inner.stripped);
    const shown = inner ? inner.text : label;
    if (href !== null) return `${keep(`${bang}[`)}${shown}${keep(`](${href})`)}`;
    drop(bang === "" ? "link" : "image", address);
    return `${shown}${shown === "" ? "" : " "}(${bang === "" ? "link" : "image"} removed)`;
  });
  out = out.replaceAll(DEFINITION, (_, name: string, address: string) => {
    const href = allowed(unescaped(address));
    if (href !== null) return `${name}${keep(href)}`;
    drop("link", address);
    return `${name}(link removed)`;
  });
  out = out.replaceAll(LIKE_DEFINITION, (found, name: string, address: string) => {
    const plain = unescaped(address);
    if (!/^(?:[a-z][a-z0-9+.-]{0,31}:|[\\/]{2})/i.test(plain)) return found;
    const href = allowed(plain);
    if (href !== null) return `${name}${keep(href)}`;
    drop("link", address);
    return `${name}(link removed)`;
  });
  out = out.replaceAll(AUTOLINK, (_, address: string) => {
    const href = allowed(address);
    if (href !== null) return keep(`<${href}>`);
    drop("link", address);
    return "(link removed)";
  });
  out = out.replaceAll(MARKUP, (tag) => {
    drop("markup", tag);
    return "";
  });
  for (const rule of [BARE, PROTOCOL_RELATIVE]) out = out.replaceAll(rule, (found) => bare(found, allowed, keep, drop));
  for (const rule of [OPAQUE, UNC, NUMERIC, WITH_USER]) {
    out = out.replaceAll(rule, (found) => {
      drop("link", found);
      return "(link removed)";
    });
  }
  out = out.replaceAll(HOST, (found, _ending: string, path: string | undefined, offset: number, whole: string) => {
    if (whole[offset + found.length] === "@" || !isHostName(labelsOf(found), path !== undefined)) return found;
    return bare(found, (address) => allowed(`https://${address}`), keep, drop, true);
  });
  // What still looks like where a link leads is nothing that we understand: for no reader is it one.
  out = out.replaceAll(LEFT_OVER, "] ");
  return { text: out.replaceAll(ASIDE, (_, i: string) => kept[Number(i)] ?? ""), stripped };
}

function bare(
  found: string,
  allowed: (address: string) => string | null,
  keep: (piece: string) => string,
  drop: (kind: Stripped["kind"], address: string) => void,
  isName_ = false,
): string {
  const address = withoutTail(found);
  const tail = found.slice(address.length);
  const href = allowed(address);
  if (href === null) {
    drop("link", address);
    return `(link removed)${tail}`;
  }
  // A name stays as it was written where that is what it is.
  return `${keep(isName_ && href === `https://${address}/` ? address : href)}${tail}`;
}

/** Without the punctuation of the sentence around it. */
function withoutTail(address: string): string {
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? "";
    const isClosing = last === ")" && count(address.slice(0, end), ")") > count(address.slice(0, end), "(");
    if (!isClosing && !/[.,;:!?'*_~\]]/.test(last)) return address.slice(0, end);
    end--;
  }
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

/** Only what both we and every reader understand: http or https, no name or password, no odd port of another scheme. */
function parse(address: string): URL | null {
  const plain = address.startsWith("//") ? `https:${address}` : address;
  if (!/^https?:\/\/[^\\]+$/i.test(plain)) return null;
  try {
    const url = new URL(plain);
    return url.username === "" && url.password === "" && url.hostname !== "" ? url : null;
  } catch {
    return null;
  }
}

function unescaped(address: string): string {
  const inner = address.startsWith("<") && address.endsWith(">") ? address.slice(1, -1) : address;
  return inner
    .replaceAll(/[\t\n]/g, "")
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`;
}

function labelsOf(name: string): readonly string[] {
  return (name.split(/[:/?#]/)[0] ?? "").toLowerCase().split(/[.。．｡]/);
}

function strippedOf(kind: Stripped["kind"], address: string): Stripped {
  const plain = address.replaceAll(/[\\／⁄∕]/g, "/");
  const [, host] =
    /\/\/(?:[^/?#\s@]{0,255}@)?([^/?#\s:@"'<>]{1,253})/.exec(plain) ??
    (kind === "markup" ? [] : (/^([^/?#\s:@"'<>]{1,253})(?![:\p{L}])/u.exec(plain) ?? []));
  const labels = (host ?? "")
    .toLowerCase()
    .split(/[.。．｡]/)
    .filter((each) => each !== "");
  return {
    kind,
    host: labels.length < 2 ? null : labels.slice(-2).join(".").slice(0, 80),
    digest: createHash("sha256").update(address).digest("hex"),
  };
}
