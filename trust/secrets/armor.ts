import { fail, fromBase64, LIMITS, ok, problem, type Result } from "../../core/index.ts";

const BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
const END = "-----END AGE ENCRYPTED FILE-----";
const COLUMNS = 64;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The bytes of an armored age file. Stricter than the stock reader: the text begins with the begin
 * line and ends with the end line and at most one line break, lines are full, and the base64 is the
 * one form of its bytes. So nothing can stand before, after or between, unseen by a review.
 * Source: C2SP age, "ASCII armor".
 */
export function decodeArmor(text: string): Result<Uint8Array> {
  if (text.length > LIMITS.envelopeBytes) return tooLarge("The envelope", text.length, LIMITS.envelopeBytes);
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines[0] !== BEGIN) return invalid("The envelope does not begin with the age begin line.");
  if (lines.at(-1) !== END || lines.length < 2)
    return invalid("The envelope does not end with the age end line: it was cut, or something follows it.");
  const body = lines.slice(1, -1);
  const isFull = body.every((line, i) => (i === body.length - 1 ? line.length > 0 && line.length <= COLUMNS : line.length === COLUMNS));
  const joined = body.join("");
  if (body.length === 0 || !isFull || !BASE64.test(joined)) return invalid("The envelope's lines are not base64 of 64 columns.");
  const bytes = fromBase64(joined);
  if (!bytes) return invalid("The envelope's base64 is not in its one canonical form.");
  return ok(new Uint8Array(bytes));
}

export function invalid(detail: string): Result<never> {
  return fail(problem("SECRET_ENVELOPE_INVALID", { detail, remedy: "Write the value again:\nmoltbot secret set NAME KEY" }));
}

export function tooLarge(what: string, bytes: number, allowed: number): Result<never> {
  return fail(problem("SECRET_TOO_LARGE", { detail: `${what} has ${bytes} bytes; ${allowed} are allowed.`, context: { bytes, allowed } }));
}
