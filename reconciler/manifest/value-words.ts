import {
  firstUnsafe,
  isArray,
  isObject,
  nearest,
  shown,
  type DiagnosticCode,
  type SchemaError,
  type SchemaNode,
} from "../../core/index.ts";
import { found } from "./credential.ts";
import type { Spot } from "./spot.ts";

export interface Words {
  readonly code: DiagnosticCode;
  readonly detail: string;
  readonly remedy: string;
}

/** Violations of a value whose type is right: what was found, what is allowed. */
export function valueWords(error: SchemaError, spot: Spot): Words {
  const { keyword, params } = error;
  if (typeof spot.value === "string" && (keyword === "pattern" || keyword === "format")) return shapeWords(spot, spot.value);
  const what = spot.hidden ? "a value that is not shown" : found(spot.value);
  const here = spot.path || "The document";
  const words = (detail: string, remedy: string): Words => ({ code: "FIELD_VALUE", detail, remedy });
  switch (keyword) {
    case "enum":
      return enumWords(spot, here, what);
    case "const":
      return words(
        `${here} must be ${JSON.stringify(spot.node?.const)}; here stands ${what}.`,
        `Write ${JSON.stringify(spot.node?.const)}.`,
      );
    case "uniqueItems":
      return words(
        `The items ${Math.min(Number(params["i"]), Number(params["j"]))} and ${Math.max(Number(params["i"]), Number(params["j"]))} of ${here} (counted from 0) are equal.`,
        "Remove one of them.",
      );
    default: {
      const bound = boundWords(keyword, Number(params["limit"]));
      if (bound === undefined) return words(`${here} breaks the rule ${shown(keyword)}; here stands ${what}.`, "Correct the value.");
      return words(`${here} must have ${bound}; here stands ${sizeOf(spot, what)}.`, "Correct the value.");
    }
  }
}

function enumWords(spot: Spot, here: string, what: string): Words {
  const allowed = spot.node?.enum ?? [];
  const near =
    typeof spot.value === "string"
      ? nearest(
          spot.value,
          allowed.filter((item) => typeof item === "string"),
        )
      : undefined;
  const list = allowed.map((item) => JSON.stringify(item)).join(", ");
  const remedy = near === undefined ? `Write one of ${list}.` : `Did you mean ${shown(near)}?`;
  return { code: "FIELD_VALUE", detail: `${here} must be one of ${list}; here stands ${what}.`, remedy };
}

/** A text that does not look as it must: by pattern or format. */
function shapeWords(spot: Spot, value: string): Words {
  const unsafe = firstUnsafe(value);
  if (unsafe !== undefined && !spot.hidden) {
    return {
      code: "TEXT_UNSAFE",
      detail: `${spot.path} is ${shown(value)}, which holds the character ${unsafe}.`,
      remedy: "Remove the character.",
    };
  }
  const meaning =
    spot.node?.description ??
    (spot.node?.pattern === undefined ? `It must be a ${spot.node?.format ?? "text"}.` : `It must match ${spot.node.pattern}`);
  const example = exampleOf(spot.node);
  return {
    code: spot.node?.format === "path" ? "PATH_UNSAFE" : "FIELD_VALUE",
    detail: `${spot.path} cannot be ${spot.hidden ? "the value that stands here (it is not shown)" : found(value)}. ${meaning}`,
    remedy: example === undefined ? "Correct the value." : `For example: ${example}`,
  };
}

const BOUNDS: Readonly<Record<string, (limit: number) => string>> = {
  minimum: (n) => `a value of at least ${n}`,
  maximum: (n) => `a value of at most ${n}`,
  exclusiveMinimum: (n) => `a value above ${n}`,
  exclusiveMaximum: (n) => `a value below ${n}`,
  minLength: (n) => `at least ${count(n, "character")}`,
  maxLength: (n) => `at most ${count(n, "character")}`,
  minItems: (n) => `at least ${count(n, "item")}`,
  maxItems: (n) => `at most ${count(n, "item")}`,
  minProperties: (n) => `at least ${count(n, "entry")}`,
  maxProperties: (n) => `at most ${count(n, "entry")}`,
};

function boundWords(keyword: string, limit: number): string | undefined {
  return BOUNDS[keyword]?.(limit);
}

function count(n: number, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what.replace(/y$/, "ie")}s`;
}

function sizeOf(spot: Spot, what: string): string {
  const { value } = spot;
  if (typeof value === "string") return value === "" ? "an empty text" : `a text of ${count(value.length, "character")}`;
  if (isArray(value)) return `a list of ${count(value.length, "item")}`;
  return isObject(value) ? `a mapping of ${count(Object.keys(value).length, "entry")}` : what;
}

/** How a node's value may look, ready to paste. */
export function exampleOf(node: SchemaNode | undefined): string | undefined {
  const example = node?.examples?.[0] ?? node?.const ?? node?.enum?.[0];
  return example === undefined ? undefined : typeof example === "string" ? quoteIfNeeded(example) : JSON.stringify(example);
}

function quoteIfNeeded(example: string): string {
  return /^[A-Za-z][\w ./@-]*$/.test(example) ? example : JSON.stringify(example);
}
