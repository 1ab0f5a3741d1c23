/**
 * Secrets that tests give to moltbot, and the search for them. Every canary begins with one mark, so that
 * whatever a test leaves behind can be swept for all of them at once (scripts/sweep.ts does, after a whole
 * run). What a test itself writes as an input stands in a file whose name ends in {@link INPUT_SUFFIX}.
 */
const MARK = "mbCanary7Qz";

export const INPUT_SUFFIX = ".canary-input";

/** One secret for a role, always the same. */
export function canary(role: string): string {
  return `${MARK}-${role}-kJ4x9Wd2`;
}

/** One way in which a secret could be written. */
interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Forms of a text that can be found wherever it stands in what was encoded with it. */
export function formsOf(text: string): readonly Form[] {
  const bytes = Buffer.from(text, "utf8");
  const form = (name: string, written: string): Form => ({ name, bytes: Buffer.from(written, "latin1") });
  const hex = bytes.toString("hex");
  const pairs = hex.match(/../g) ?? [];
  return [
    { name: "plain", bytes },
    ...[0, 1, 2].map((offset) => form(`base64 at offset ${offset}`, base64At(bytes, offset))),
    form("hex", hex),
    form("HEX", hex.toUpperCase()),
    form("url", pairs.map((pair) => `%${pair}`).join("")),
    form("URL", pairs.map((pair) => `%${pair.toUpperCase()}`).join("")),
    form("JSON escapes", pairs.map((pair) => `\\u00${pair}`).join("")),
    { name: "UTF-16", bytes: Buffer.from(text, "utf16le") },
  ];
}

/** What base64 makes of the bytes when so many others stand before them, without what depends on neighbours. */
function base64At(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return whole.slice(first, last);
}

/** Everything that begins with the mark. */
export const MARK_FORMS: readonly Form[] = formsOf(MARK);

/** In which forms the bytes hold one of the secrets, also broken over lines, quoted or indented. */
export function formsIn(bytes: Buffer, forms: readonly Form[] = MARK_FORMS): readonly string[] {
  const joined = Buffer.from(bytes.toString("latin1").replaceAll(/(?:\\[nrt]|[\s"'+|>\\])+/g, ""), "latin1");
  const found = (form: Form): string | undefined =>
    bytes.includes(form.bytes) ? form.name : joined.includes(form.bytes) ? `${form.name}, split` : undefined;
  return [...new Set(forms.flatMap((form) => found(form) ?? []))];
}
