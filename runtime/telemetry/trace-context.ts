import { createHash, randomBytes } from "node:crypto";

/** W3C Trace Context, level 1: ids and the header `traceparent`. */

const TRACE = /^[0-9a-f]{32}$/;
const PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

/** The trace a correlation id belongs to: the id itself where it has the form of one. */
export function traceIdOf(correlation: string): string {
  return TRACE.test(correlation) && !/^0+$/.test(correlation) ? correlation : hexOf(`trace\n${correlation}`, 32);
}

/** The span of a whole run: the same in logs, traces and the header that goes out. */
export function runSpanId(correlation: string): string {
  return hexOf(`run\n${correlation}`, 16);
}

export function newSpanId(): string {
  return randomBytes(8).toString("hex");
}

/** The header for a request that is made on behalf of a run. */
export function traceparentOf(correlation: string, spanId: string = runSpanId(correlation)): string {
  return `00-${traceIdOf(correlation)}-${spanId}-01`;
}

/** @returns undefined for anything but a well-formed header; what came from outside is never more than a hint. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const [, traceId, spanId, flags] = PARENT.exec(header ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags ?? "0", 16) & 1) === 1 };
}

function hexOf(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
