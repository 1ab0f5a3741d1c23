import { EVENT_ID, getScalarValue, type Event } from "js-yaml";
import { segmentsOf } from "../../core/index.ts";
import type { Piece } from "./events.ts";
import { lengthOf, offsetOf, type Scalar } from "./token.ts";

/** A token of a piece, in the piece's own offsets. */
export interface Token {
  readonly offset: number;
  readonly length: number;
}

interface Place {
  /** Index of the node's event. */
  readonly index: number;
  readonly key: Token | undefined;
}

/**
 * The token at a pointer: the key, or the value (for a list or mapping: the key it stands under, or
 * where it begins). Where the pointer leads nowhere, the nearest place on its way. Of two equal keys,
 * the first.
 */
export function find(at: { readonly piece: Piece; readonly start: number }, pointer: string, part: "key" | "value"): Token {
  const { piece } = at;
  let place: Place = { index: at.start + 1, key: undefined };
  for (const segment of segmentsOf(pointer)) {
    const next = child(piece, place, segment);
    if (next === undefined) return tokenOf(piece, place, "key");
    place = next;
  }
  return tokenOf(piece, place, part);
}

function tokenOf(piece: Piece, place: Place, part: "key" | "value"): Token {
  const event = piece.events[place.index];
  const value = event === undefined ? undefined : valueToken(piece, place.index, event);
  const isScalar = event?.type === EVENT_ID.SCALAR || event?.type === EVENT_ID.ALIAS;
  const preferred = part === "value" && isScalar ? (value ?? place.key) : (place.key ?? value);
  return preferred ?? { offset: 0, length: 1 };
}

/** The token that a node starts with; undefined for an empty value, which stands nowhere. */
function valueToken(piece: Piece, index: number, event: Event): Token | undefined {
  if (event.type === EVENT_ID.SCALAR) return scalarToken(event);
  if (event.type === EVENT_ID.ALIAS) return { offset: event.anchorStart - 1, length: event.anchorEnd - event.anchorStart + 1 };
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return undefined;
  const first = piece.events[index + 1];
  const key = event.type === EVENT_ID.MAPPING && first?.type === EVENT_ID.SCALAR ? scalarToken(first) : undefined;
  return key ?? { offset: event.start, length: 1 };
}

function scalarToken(event: Scalar): Token | undefined {
  return event.valueStart < 0 ? undefined : { offset: offsetOf(event), length: lengthOf(event) };
}

function child(piece: Piece, place: Place, segment: string): Place | undefined {
  const container = piece.events[place.index];
  if (container?.type === EVENT_ID.MAPPING) return entryOf(piece, place.index, segment);
  if (container?.type === EVENT_ID.SEQUENCE) return itemOf(piece, place.index, Number(segment));
  return undefined;
}

function entryOf(piece: Piece, container: number, segment: string): Place | undefined {
  const { events, text } = piece;
  for (let i = container + 1; i < events.length && events[i]?.type !== EVENT_ID.POP;) {
    const key = events[i];
    const value = after(events, i);
    if (key?.type === EVENT_ID.SCALAR && getScalarValue(text, key) === segment) return { index: value, key: scalarToken(key) };
    i = after(events, value);
  }
  return undefined;
}

function itemOf(piece: Piece, container: number, wanted: number): Place | undefined {
  if (!Number.isInteger(wanted)) return undefined;
  const { events } = piece;
  let index = container + 1;
  for (let n = 0; n < wanted && index < events.length && events[index]?.type !== EVENT_ID.POP; n++) index = after(events, index);
  return events[index] === undefined || events[index]?.type === EVENT_ID.POP ? undefined : { index, key: undefined };
}

/** The index after a node and everything in it. */
function after(events: readonly Event[], index: number): number {
  let depth = 0;
  let i = index;
  do {
    const type = events[i]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    else if (type === EVENT_ID.POP) depth--;
    i++;
  } while (depth > 0 && i < events.length);
  return i;
}
