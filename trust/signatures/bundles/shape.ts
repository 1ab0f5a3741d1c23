import { fromBase64, isArray, isObject, shown } from "../../../core/index.ts";

/**
 * Says what is wrong with a value, in words that begin with where; undefined when it is well-formed. The
 * libraries below read JSON leniently (any base64, unknown fields passed over, numbers for texts), so the
 * form is checked before they see it.
 */
export type Shape = (value: unknown, where: string) => string | undefined;

interface Field {
  readonly shape: Shape;
  readonly isRequired: boolean;
}

export function required(shape: Shape): Field {
  return { shape, isRequired: true };
}

export function optional(shape: Shape): Field {
  return { shape, isRequired: false };
}

/** An object with these fields and no others. `null` stands for an absent field, as protobuf has it. */
export function object(
  fields: Readonly<Record<string, Field>>,
  check?: (value: Readonly<Record<string, unknown>>) => string | undefined,
): Shape {
  return (value, where) => {
    if (!isObject(value)) return `${where} is not an object`;
    for (const key of Object.keys(value)) if (!Object.hasOwn(fields, key)) return `${where} has an unknown field ${shown(key)}`;
    for (const [key, field] of Object.entries(fields)) {
      const item = value[key];
      const at = where === "it" ? key : `${where}.${key}`;
      if (item === undefined || item === null) {
        if (field.isRequired) return `${at} is missing`;
        continue;
      }
      const wrong = field.shape(item, at);
      if (wrong !== undefined) return wrong;
    }
    const wrong = check?.(value);
    return wrong === undefined ? undefined : `${where} ${wrong}`;
  };
}

export function list(of: Shape, bounds: { readonly min?: number; readonly max: number }): Shape {
  return (value, where) => {
    if (!isArray(value)) return `${where} is not a list`;
    if (value.length < (bounds.min ?? 0)) return `${where} is empty`;
    if (value.length > bounds.max) return `${where} has ${value.length} entries; the limit is ${bounds.max}`;
    for (const [i, item] of value.entries()) {
      const wrong = of(item, `${where}[${i}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

export function text(max: number): Shape {
  return (value, where) => {
    if (typeof value !== "string") return `${where} is not a text`;
    return value.length > max ? `${where} is longer than ${max} characters` : undefined;
  };
}

export function oneOf(...values: readonly string[]): Shape {
  return (value, where) =>
    typeof value === "string" && values.includes(value)
      ? undefined
      : `${where} is ${typeof value === "string" ? shown(value) : "no text"}; known are ${values.join(", ")}`;
}

const INTEGER = /^(?:0|[1-9]\d{0,18})$/;
const MAX_INT64 = 2n ** 63n - 1n;

/** A whole number from 0, as text or number: protobuf writes 64 bits as text. */
export const integer: Shape = (value, where) => {
  const isNumber = typeof value === "number" && Number.isSafeInteger(value);
  const digits = isNumber ? String(value) : value;
  const isWhole = typeof digits === "string" && INTEGER.test(digits) && BigInt(digits) <= MAX_INT64;
  return isWhole ? undefined : `${where} is not a whole number from 0`;
};

/** Base64 in its one canonical form, of `min` bytes and more. */
export function base64(min = 1): Shape {
  return (value, where) => {
    if (typeof value !== "string") return `${where} is not base64`;
    const bytes = fromBase64(value);
    if (!bytes) return `${where} is not base64`;
    return bytes.length < min ? `${where} is empty` : undefined;
  };
}

const INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** An instant as protobuf writes it: RFC 3339 in UTC. */
export const instant: Shape = (value, where) =>
  typeof value === "string" && INSTANT.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : `${where} is not an instant in UTC`;
