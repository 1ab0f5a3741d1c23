import type { Json } from "../../../core/index.ts";
import { booleanOf, numberOf, scalarOf, textOf, type SourceNode } from "../json5/tree.ts";

/** Turns a source value into one of ours; undefined where it has no counterpart. */
export type Convert = (node: SourceNode) => Json | undefined;

export const asText: Convert = (node) => {
  const text = textOf(node)?.trim();
  return text === "" ? undefined : text;
};

export const asBoolean: Convert = (node) => booleanOf(node);

export const asNumber: Convert = (node) => numberOf(node);

/** A whole number, also where it is written as text. */
export const asInteger: Convert = (node) => {
  const value = Number(textOf(node) ?? "no");
  return Number.isSafeInteger(value) ? value : undefined;
};

export const negated: Convert = (node) => {
  const value = booleanOf(node);
  return value === undefined ? undefined : !value;
};

/** A number of that unit as a duration: 90 seconds are `90s`. */
export const asDuration =
  (unit: "ms" | "s" | "m" | "h" | "d"): Convert =>
  (node) => {
    const value = numberOf(node);
    return value !== undefined && Number.isInteger(value) && value > 0 ? `${value}${unit}` : undefined;
  };

const UNITS: Readonly<Record<string, string>> = {
  ms: "ms",
  s: "s",
  sec: "s",
  m: "m",
  min: "m",
  h: "h",
  hr: "h",
  d: "d",
};

/** `30m`, `24h`, `90 sec`, or a bare number of minutes, as OpenClaw reads it; undefined for nothing (`0m`) and for compound forms. */
export const asDurationText: Convert = (node) => {
  const [, count, unit = "m"] = /^([1-9]\d{0,8})\s*([a-z]+)?$/.exec(textOf(node)?.trim().toLowerCase() ?? "") ?? [];
  const known = UNITS[unit];
  return count === undefined || known === undefined ? undefined : `${count}${known}`;
};

/** Megabytes as a byte size. */
export const asMebibytes: Convert = (node) => {
  const value = numberOf(node);
  return value !== undefined && Number.isInteger(value) && value > 0 ? `${value}MiB` : undefined;
};

/** `512m`, `2g`, or a number of bytes. */
export const asByteSize: Convert = (node) => {
  const [, count, unit = ""] = /^([1-9]\d{0,8})\s*([kmg]?)i?b?$/i.exec(textOf(node)?.trim() ?? "") ?? [];
  const known = { "": "B", k: "KiB", m: "MiB", g: "GiB" }[unit.toLowerCase()];
  return count === undefined || known === undefined ? undefined : `${count}${known}`;
};

/** One word for another; what is not in the table has no counterpart. */
export const oneOf =
  (table: Readonly<Record<string, Json>>): Convert =>
  (node) => {
    const value = scalarOf(node);
    const key = typeof value === "boolean" ? String(value) : textOf(node)?.trim().toLowerCase();
    return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
  };

/** The table of words that mean the same in both. */
export function same(...words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map((word) => [word, word]));
}
