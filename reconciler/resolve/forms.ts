import { canonicalByteSize, canonicalDuration, type TextForm } from "../../core/index.ts";
import { canonicalHost, canonicalResource } from "../../trust/capability/index.ts";

/**
 * The one spelling of a text whose form has several. A text that is none of its form stays as it is:
 * the schema, or who reads it, has the word on that.
 */
export const SPELLINGS = {
  duration: canonicalDuration,
  size: canonicalByteSize,
  instant: canonicalInstant,
  url: canonicalUrl,
  host: canonicalHost,
  pattern: canonicalResource,
} as const satisfies Readonly<Record<TextForm, (text: string) => string>>;

const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;

/** In UTC, with `T` and `Z`, and no more digits of the second than say something. */
function canonicalInstant(text: string): string {
  const [, day, time, fraction = "", offset = "Z"] = INSTANT.exec(text) ?? [];
  const seconds = day === undefined ? NaN : Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(seconds)) return text;
  const digits = fraction.replace(/0+$/, "");
  return new Date(seconds).toISOString().replace(/\.\d+Z$/, digits === "" ? "Z" : `.${digits}Z`);
}

/** As the URL standard writes it: lower-case scheme and host, no port that goes without saying, no bare `/`. */
function canonicalUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const { href, origin, pathname, search, protocol, host } = new URL(text);
  if (pathname !== "/" || search !== "") return href;
  return origin === "null" ? `${protocol}//${host}` : origin;
}
