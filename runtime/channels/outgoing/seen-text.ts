import { RULES } from "./link-rules.ts";

/** Characters that show nothing, but for the joiners that letters of some scripts and emoji are made with. */
const INVISIBLE = /(?![\u200C\u200D]|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
/** Joiners that stand inside of an address. */
const JOINER_IN_ADDRESS = /(?<=\p{ASCII})(?:\u200C|\u200D|\p{Variation_Selector})+(?=[a-z0-9./:?#&=@%_-])/giu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;
/** Nobody writes these (noncharacters of Unicode): between them stands what was put aside. */
const MARKS = /[\uFDD0\uFDD1]/g;
/** Signs that a reader's software takes out of a word to show it bold, struck or as code. */
const EMPHASIS = /[*~`|]{1,16}|(?<![\p{L}\p{N}])_{1,16}|_{1,16}(?![\p{L}\p{N}])/gu;
const TAG = /<[!/]?[a-z-][^<>]{0,500}>/gi;

/** The text as its reader's software sees it: nothing invisible, and neither entities nor marks that hide an address. Pure. */
export function seenText(text: string): string {
  const plain = text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(CONTROL, "")
    .replaceAll(MARKS, "")
    .replaceAll(INVISIBLE, "")
    .replaceAll(JOINER_IN_ADDRESS, "");
  const decoded = inWords(plain, /&/, (word) => word.replaceAll(ENTITY, entityOf));
  const shown = inWords(decoded, /[*~`|_]/, (word) => word.replaceAll(EMPHASIS, ""));
  return /<[!/a-z]/i.test(shown) ? unless(shown, shown.replaceAll(TAG, "")) : shown;
}

/** Reads each word that has one of some signs in another way, where that way leads somewhere. */
function inWords(text: string, signs: RegExp, read: (word: string) => string): string {
  return text.replaceAll(/\S+/g, (word) => (signs.test(word) ? unless(word, read(word)) : word));
}

/** A text as it is, unless another reading of it leads somewhere that it does not lead to. */
function unless(text: string, read: string): string {
  if (read === text) return text;
  const known = leadsOf(text);
  return [...leadsOf(read)].some((each) => !known.has(each)) ? read : text;
}

/** Where a text leads, without the signs that are looked through and the punctuation around it. */
function leadsOf(text: string): ReadonlySet<string> {
  return new Set(
    RULES.flatMap((rule) => (text.match(rule) ?? []).map((each) => each.replaceAll(EMPHASIS, "").replace(/[.,;:!?')\]]+$/, ""))),
  );
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
