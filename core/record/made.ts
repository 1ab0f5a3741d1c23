import type { Resource } from "../schema.ts";
import type { Actor, Instant, Owner } from "./types.ts";

/** An agent that was made by the API, and what is recorded of how it came to be. */
export interface Made {
  /** As it was sent: without the marks. */
  readonly resource: Resource;
  /** Whose Project it is made beside. */
  readonly beside: Owner;
  /** The declared agent that it is like. */
  readonly like: string;
  readonly by: Actor;
  readonly at: Instant;
}

/** No manifest can have these: keys below `moltbot.dev/` are ours, and its schema takes none of them. */
const MARKS = {
  beside: "moltbot.dev/made-beside",
  like: "moltbot.dev/made-like",
  by: "moltbot.dev/made-by",
  at: "moltbot.dev/made-at",
} as const;

/** Null for what was forgotten, and for everything else that nobody made here. */
export function madeOf(resource: Resource): Made | null {
  const { annotations = {}, ...metadata } = resource.metadata;
  const { [MARKS.beside]: beside, [MARKS.like]: like, [MARKS.by]: by, [MARKS.at]: at, ...others } = annotations;
  if (resource.kind !== "Agent" || beside === undefined || like === undefined || by === undefined || at === undefined) return null;
  const own = Object.keys(others).length === 0 ? metadata : { ...metadata, annotations: others };
  return { resource: { ...resource, metadata: own }, beside: beside as Owner, like, by, at };
}

/** As it is recorded. */
export function marked({ resource, beside, like, by, at }: Made): Resource {
  const { annotations = {}, ...metadata } = resource.metadata;
  const marks = { [MARKS.beside]: beside, [MARKS.like]: like, [MARKS.by]: by, [MARKS.at]: at };
  return { ...resource, metadata: { ...metadata, annotations: { ...annotations, ...marks } } };
}
