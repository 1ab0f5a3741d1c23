import { isObject, parseByteSize, parseDuration, type Json } from "../../core/index.ts";
import { rateOf } from "../../schemas/index.ts";
import type { GrantConstraints } from "./types.ts";

const READ = {
  rate: (value: Json) => (typeof value === "string" ? rateOf(value) : undefined),
  maxCalls: (value: Json) => (typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined),
  timeout: (value: Json) => (typeof value === "string" ? parseDuration(value) : undefined),
  maxRequestBytes: (value: Json) => (typeof value === "string" ? parseByteSize(value) : undefined),
  maxResponseBytes: (value: Json) => (typeof value === "string" ? parseByteSize(value) : undefined),
} as const;

const APPROVALS = ["always", "once", "never"] as const;
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(READ), "approval"]);

/** The conditions of a grant; undefined where one of them means nothing here, and then the grant must not be used. */
export function constraintsOf(written: Json): GrantConstraints | undefined {
  if (!isObject(written) || Object.keys(written).some((key) => !KNOWN.has(key))) return undefined;
  let isWhole = true;
  const read = <K extends keyof typeof READ>(key: K): Exclude<ReturnType<(typeof READ)[K]>, undefined> | null => {
    const value = written[key];
    if (value === undefined || value === null) return null;
    const meant = READ[key](value);
    if (meant === undefined) isWhole = false;
    return (meant ?? null) as Exclude<ReturnType<(typeof READ)[K]>, undefined> | null;
  };
  const said = written["approval"] ?? "always";
  const approval = APPROVALS.find((each) => each === said);
  const constraints = {
    rate: read("rate"),
    maxCalls: read("maxCalls"),
    timeoutMs: read("timeout"),
    maxRequestBytes: read("maxRequestBytes"),
    maxResponseBytes: read("maxResponseBytes"),
  };
  return isWhole && approval ? { approval, ...constraints } : undefined;
}
