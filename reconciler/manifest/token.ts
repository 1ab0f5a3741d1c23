import { EVENT_ID, SCALAR_STYLE, type Event } from "js-yaml";

/** An event that starts a node. */
export type Node = Exclude<Event, { readonly type: typeof EVENT_ID.POP } | { readonly type: typeof EVENT_ID.DOCUMENT }>;
export type Scalar = Extract<Event, { readonly type: typeof EVENT_ID.SCALAR }>;

/** Where a node's text starts, with its quote; 0 for an empty one, which stands nowhere. */
export function offsetOf(event: Node): number {
  if (event.type === EVENT_ID.SCALAR) return Math.max(0, event.valueStart - (isQuoted(event) ? 1 : 0));
  return event.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : event.start;
}

/** How long a scalar's text is, with its quotes; at least 1. */
export function lengthOf(event: Scalar): number {
  return event.valueStart < 0 ? 1 : Math.max(1, event.valueEnd - event.valueStart + (isQuoted(event) ? 2 : 0));
}

function isQuoted(event: Scalar): boolean {
  return event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
}
