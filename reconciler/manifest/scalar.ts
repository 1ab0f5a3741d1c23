/**
 * What an unquoted scalar means: YAML 1.2 core schema, minus every form that another YAML version,
 * or the rounding of a double, would turn into something else.
 */
export type Plain =
  | { readonly kind: "value"; readonly value: string | number | boolean | null; readonly looksOtherwise: boolean }
  | { readonly kind: "form"; readonly readings: string }
  | { readonly kind: "inexact"; readonly why: string };

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const SMALL_INTEGER = /^-?[1-9]\d{0,14}$/;
const SPECIAL = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const LEADING_ZERO = /^[-+]?0\d/;
const RADIX = /^[-+]?0[xXoObB][0-9a-fA-F_]+$/;
const UNDERSCORED = /^[-+]?\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?$/;
const SEXAGESIMAL = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
/** Booleans in YAML 1.1, text in YAML 1.2. (`y` and `n` are in its text too, but no common reader took them so.) */
const OLD_BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;

/** No number that a double holds needs more characters; longer ones are not worth the arithmetic. */
const MAX_NUMBER_CHARS = 400;

const WORDS = new Map<string, Plain>(
  [
    ["", null],
    ["~", null],
    ["null", null],
    ["Null", null],
    ["NULL", null],
    ["true", true],
    ["True", true],
    ["TRUE", true],
    ["false", false],
    ["False", false],
    ["FALSE", false],
  ].map(([text, value]) => [String(text), { kind: "value", value: value ?? null, looksOtherwise: String(value) !== text }]),
);

/** The longest word of {@link WORDS} and {@link OLD_BOOLEAN}. */
const MAX_WORD_CHARS = 5;

/**
 * @param text - The decoded text of a plain (unquoted) scalar.
 * @returns the value; or why the form is refused. `looksOtherwise` when the value's own text differs
 *   from what was written, or an older YAML reads it as a boolean.
 */
export function readPlain(text: string): Plain {
  const first = text.charCodeAt(0);
  // Digits, `+`, `-` and `.` start everything numeric.
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) return readNumeric(text);
  if (text.length <= MAX_WORD_CHARS) {
    const word = WORDS.get(text);
    if (word) return word;
    if (OLD_BOOLEAN.test(text)) return { kind: "value", value: text, looksOtherwise: true };
  }
  return { kind: "value", value: text, looksOtherwise: false };
}

function readNumeric(text: string): Plain {
  if (SMALL_INTEGER.test(text)) return { kind: "value", value: Number(text), looksOtherwise: false };
  if (NUMBER.test(text)) return readNumber(text);
  if (SPECIAL.test(text)) return { kind: "inexact", why: "infinity and not-a-number have no place in JSON" };
  if (RADIX.test(text)) return { kind: "form", readings: "a number in one YAML version and text in another" };
  if (UNDERSCORED.test(text)) return { kind: "form", readings: "a number in YAML 1.1 and text in YAML 1.2" };
  if (SEXAGESIMAL.test(text)) return { kind: "form", readings: "a number to the base 60 in YAML 1.1 and text in YAML 1.2" };
  return { kind: "value", value: text, looksOtherwise: false };
}

function readNumber(text: string): Plain {
  if (LEADING_ZERO.test(text)) return { kind: "form", readings: "octal in YAML 1.1 and decimal in YAML 1.2" };
  if (text.length > MAX_NUMBER_CHARS) return { kind: "inexact", why: `it has ${text.length} characters` };
  const value = Number(text);
  if (!Number.isFinite(value)) return { kind: "inexact", why: "it is larger than any 64-bit float" };
  if (Object.is(value, -0)) return { kind: "inexact", why: "minus zero becomes zero in JSON" };
  const own = String(value);
  if (own !== text && decimalOf(own) !== decimalOf(text)) return { kind: "inexact", why: `it would be rounded to ${own}` };
  return { kind: "value", value, looksOtherwise: own !== text };
}

/** A decimal number as sign, significant digits and exponent, so that `1.10`, `11e-1` and `1.1` are one. */
function decimalOf(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace(/^[-+]/, "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}
