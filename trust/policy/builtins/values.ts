import type { Json } from "../../../core/index.ts";

/** What a built-in function gets and gives: whole numbers past 2^53 are BigInt, a set of plain values is a Set. */
export type HostValue = Json | bigint | ReadonlySet<Json> | RawJson;

/** JSON text that stands for its value: numbers keep every digit. */
export class RawJson {
  readonly text: string;
  constructor(json: string) {
    this.text = json;
  }
}

/** A function of ours that policies call. It throws for every argument that it has no answer for. */
export type HostBuiltin = (...args: readonly HostValue[]) => HostValue;

/** Reads what the module writes of a value. @throws for sets inside of other values, which no function here takes. */
export function readValue(written: string): HostValue {
  if (written === "set()") return new Set();
  try {
    return parse(written) as Json;
  } catch {
    // `{"a","b"}`: a set. Objects are JSON, and were read above.
    if (!written.startsWith("{")) throw new Error("an argument is of a type it does not take");
    return new Set(parse(`[${written.slice(1, -1)}]`) as Json[]);
  }
}

export function writeValue(value: HostValue): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof RawJson) return value.text;
  if (value instanceof Set) throw new Error("a built-in function of ours gives no set");
  return JSON.stringify(value);
}

function parse(written: string): unknown {
  return JSON.parse(written, (_key, value: unknown, { source }: { readonly source?: string } = {}) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value,
  ) as unknown;
}

export function text(value: HostValue | undefined): string {
  if (typeof value !== "string") throw new Error("an argument must be a string");
  return value;
}

/** A whole number of 64 bits. */
export function whole(value: HostValue | undefined): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
  throw new Error("an argument must be a whole number");
}

/** A string, or an array or set of them. */
export function texts(value: HostValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  const list = value instanceof Set ? [...(value as ReadonlySet<Json>)] : value;
  if (!Array.isArray(list)) throw new Error("an argument must be a string, or a list of strings");
  return (list as readonly Json[]).map(text);
}
