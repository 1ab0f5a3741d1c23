import type { FastifyReply } from "fastify";
import { LIMITS, type Json } from "../../core/index.ts";
import type { EventStream, Reply } from "./types.ts";

/** Streams that are open now, so that their number is bounded and a stop ends them. */
export interface Streams {
  /** @param who - Whose it is: one caller has only some of the places. @returns how to give the place back; undefined where there is none. */
  readonly enter: (who: string, end: () => void) => (() => void) | undefined;
  readonly endAll: () => void;
}

export function newStreams(): Streams {
  const open = new Map<() => void, string>();
  return {
    enter: (who, end) => {
      const own = [...open.values()].filter((each) => each === who).length;
      if (open.size >= LIMITS.apiStreams || own >= LIMITS.apiStreamsOfOne) return undefined;
      open.set(end, who);
      return () => void open.delete(end);
    },
    endAll: () => {
      for (const end of open.keys()) end();
    },
  };
}

/** Server-sent events until the work is done, the client goes, or it reads too slowly. */
export async function streamEvents(
  reply: FastifyReply,
  work: NonNullable<Reply["events"]>,
  { signal, end }: { readonly signal: AbortSignal; readonly end: () => void },
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
  });
  raw.flushHeaders();
  const write = (text: string): boolean => {
    if (signal.aborted || raw.writableEnded || raw.destroyed) return false;
    if (raw.writableLength + text.length <= LIMITS.apiStreamBytes) {
      raw.write(text);
      return true;
    }
    // What waits for it already is let go with the connection: a slow reader must not cost others memory.
    raw.end(framed({ reason: "The client reads too slowly." }, "dropped"));
    raw.destroy();
    end();
    return false;
  };
  const beat = setInterval(() => void write(": still here\n\n"), LIMITS.apiStreamBeatMs);
  const out: EventStream = { signal, send: (data, event) => write(framed(data, event)) };
  try {
    await work(out);
  } finally {
    clearInterval(beat);
    if (!raw.writableEnded) raw.end();
  }
}

/** JSON holds no line break, and neither does a word of ours. */
function framed(data: Json | string, event?: string): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${text.replaceAll("\n", "\ndata: ")}\n\n`;
}
