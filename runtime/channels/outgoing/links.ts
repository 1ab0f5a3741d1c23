import { createHash } from "node:crypto";

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

/** Bounds of one link, so that no text takes longer than its length times them. */
const LABEL = 1_000;
const ADDRESS = 4_000;

/** Characters that show nothing, but for the joiners that letters of some scripts and emoji are made with. */
const INVISIBLE = /(?![\u200C\u200D]|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
/** Joiners that stand inside of an address. */
const JOINER_IN_ADDRESS = /(?<=\p{ASCII})(?:\u200C|\u200D|\p{Variation_Selector})+(?=[a-z0-9./:?#&=@%_-])/giu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;
/** Nobody writes these (noncharacters of Unicode): between them stands what was put aside. */
const MARKS = /[\uFDD0\uFDD1]/g;
const ASIDE = /\uFDD0(\d+)\uFDD1/g;

const INLINE = new RegExp(
  String.raw`(!?)\[((?:[^\[\]\\]|\\[^]|\[[^\[\]]{0,200}\]){0,${LABEL}})\]\([ \t\n]{0,9}(<[^<>\n]{0,${ADDRESS}}>|(?:[^\s()\\]|\\[^\s]|\([^\s()]{0,500}\)){0,${ADDRESS}})(?:[ \t\n]{1,9}(?:"[^"]{0,${LABEL}}"|'[^']{0,${LABEL}}'|\([^()]{0,${LABEL}}\)))?[ \t\n]{0,9}\)`,
  "gu",
);
const DEFINITION = new RegExp(
  String.raw`^([ >]{0,9}\[[^\[\]\n]{1,${LABEL}}\]:[ \t]{0,9}\n?[ \t]{0,9})(<[^<>\n]{0,${ADDRESS}}>|\S{1,${ADDRESS}})`,
  "gmu",
);
const AUTOLINK = new RegExp(String.raw`<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,${ADDRESS}})>`, "giu");
/** Elements that fetch or lead somewhere. Their text stays. */
const MARKUP = new RegExp(
  String.raw`</?(?:a|area|audio|base|body|button|embed|form|frame|frameset|iframe|image|img|input|link|math|meta|object|picture|script|source|style|svg|table|td|th|track|use|video)(?=[\s/>])[^<>]{0,${ADDRESS}}>?`,
  "giu",
);
const BARE = new RegExp(String.raw`[a-z][a-z0-9+.-]{0,31}[:：][\\/／⁄∕]{2,}[^\s<>"${"`"}]{0,${ADDRESS}}`, "giu");
const OPAQUE = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:data|javascript|vbscript|file|blob|mailto|tel|sms|intent|magnet|view-source):[^\s<>"${"`"}]{1,${ADDRESS}}`,
  "giu",
);
const UNC = /(?<![\\\p{L}\p{N}])\\\\[\p{L}\p{N}.@_-]{1,253}\\[^\s]{0,1000}/gu;
const PROTOCOL_RELATIVE = new RegExp(
  String.raw`(?<=^|[\s(<"'=])[\\/／]{2}[\p{L}\p{N}][\p{L}\p{N}.。．｡_-]{0,253}[.。．｡][\p{L}\p{N}-]{2,63}[^\s<>"${"`"}]{0,${ADDRESS}}`,
  "gmu",
);
const NUMERIC = new RegExp(String.raw`(?<![\p{L}\p{N}._/-])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?[/?#][^\s<>"${"`"}]{0,${ADDRESS}}`, "gu");
const HOST = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._/\\-])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62})[.。．｡]){1,9}(xn--[a-z0-9-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}_-])(?::\d{1,5})?([/?#][^\s<>"${"`"}]{0,${ADDRESS}})?`,
  "giu",
);

/** Endings that stand for kinds of files at least as often as for countries: `README.md`. By themselves they are no links. */
const FILES: ReadonlySet<string> = new Set(
  "ai app bz cc cfg cs doc gz hs java js la md ml mm mov pl pm ps pub py rs sh so sql st swift tf ts vi zip".split(" "),
);
/** Endings of more than two letters under which names are sold in numbers; every ending of two letters is a country's. */
const SOLD: ReadonlySet<string> = new Set(
  "academy agency app art asia biz blog business cam cat cfd chat cloud club codes com community company computer consulting cyou dev digital directory edu email energy events example exchange expert finance fit fun fund games global gov group guru health help host icu info ink int international internet jobs land life link live lol love ltd market media men mil mobi money monster name net network news ninja one onion online org page party photo photos pics pictures plus press pro pub quest report rest review rocks run sale school science security services shop site social software solutions space store stream studio support systems tax team tech technology tips today tokyo tools top town trade training travel university uno video vip watch web website wiki win wine work works world wtf xyz zip zone".split(
    " ",
  ),
);

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
    return url && allows(url) ? url.href : null;
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
    if (href !== null) return `${keep(`${bang}[`)}${shown}${keep(`](${href.replaceAll(/[()]/g, (c) => (c === "(" ? "%28" : "%29"))})`)}`;
    drop(bang === "" ? "link" : "image", address);
    return `${shown}${shown === "" ? "" : " "}(${bang === "" ? "link" : "image"} removed)`;
  });
  out = out.replaceAll(DEFINITION, (_, name: string, address: string) => {
    const href = allowed(unescaped(address));
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
  for (const rule of [OPAQUE, UNC, NUMERIC]) {
    out = out.replaceAll(rule, (found) => {
      drop("link", found);
      return "(link removed)";
    });
  }
  out = out.replaceAll(HOST, (found, ending: string, path: string | undefined, offset: number, whole: string) => {
    if (whole[offset + found.length] === "@" || !isName(ending.toLowerCase(), path)) return found;
    return bare(found, (address) => allowed(`https://${address}`), keep, drop, true);
  });
  return { text: out.replaceAll(ASIDE, (_, i: string) => kept[Number(i)] ?? ""), stripped };
}

const INLINE_IMAGE = /!\[/;

/** The text as its reader's software sees it: nothing invisible, and no entity that spells an address. */
function seenText(text: string): string {
  const plain = text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(CONTROL, "")
    .replaceAll(MARKS, "")
    .replaceAll(INVISIBLE, "")
    .replaceAll(JOINER_IN_ADDRESS, "");
  const decoded = plain.replaceAll(ENTITY, entityOf);
  return decoded !== plain && countOf(decoded) > countOf(plain) ? decoded : plain;
}

const ENTITY =
  /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(colon|sol|period|quest|num|commat|bsol|amp|equals|lpar|rpar|lsqb|rsqb|lbrack|rbrack|excl|lt|gt|quot|Tab|NewLine));?/gi;
const NAMED: Readonly<Record<string, string>> = {
  colon: ":",
  sol: "/",
  period: ".",
  quest: "?",
  num: "#",
  commat: "@",
  bsol: "\\",
  amp: "&",
  equals: "=",
  lpar: "(",
  rpar: ")",
  lsqb: "[",
  rsqb: "]",
  lbrack: "[",
  rbrack: "]",
  excl: "!",
  lt: "<",
  gt: ">",
  quot: '"',
  tab: "",
  newline: "",
};

function entityOf(whole: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "";
}

function countOf(text: string): number {
  return [INLINE, AUTOLINK, MARKUP, BARE, OPAQUE, HOST, PROTOCOL_RELATIVE, DEFINITION].reduce(
    (sum, rule) => sum + (text.match(rule)?.length ?? 0),
    0,
  );
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

function isName(ending: string, path: string | undefined): boolean {
  const isSold = ending.length === 2 || ending.startsWith("xn--") || SOLD.has(ending) || !/^[a-z]+$/.test(ending);
  return isSold && (path !== undefined || !FILES.has(ending));
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
