import type { ServerResponse } from "node:http";
import { LIMITS } from "../../../../core/index.ts";

/** One thing that a page is told. */
export interface PageMessage {
  readonly id: string;
  readonly from: "agent" | "you" | "gateway";
  readonly text: string;
  readonly isLast?: boolean;
  readonly buttons?: readonly { readonly id: string; readonly label: string }[];
}

/** The open pages of everybody, and what was said last: a page that comes back gets what it missed. */
export interface Streams {
  readonly tell: (who: string, message: PageMessage) => void;
  readonly draft: (who: string, text: string) => void;
  /** @returns false where too many are open. */
  readonly open: (who: string, response: ServerResponse, after: number) => boolean;
  readonly drop: (who: string) => void;
  readonly close: () => void;
}

const KEPT = 200;
const PEOPLE = 1_000;
const PER_PERSON = 5;
const IN_ALL = 500;
const HEARTBEAT_MS = 20_000;

/** A page that was ended is written to no more, although it is not closed yet; one that does not read is let go. */
function put(page: ServerResponse, text: string): void {
  if (page.writableEnded || page.destroyed) return;
  if (page.writableLength > LIMITS.apiStreamBytes) page.destroy();
  else page.write(text);
}

interface Person {
  readonly said: { readonly n: number; readonly message: PageMessage }[];
  readonly pages: Set<ServerResponse>;
}

export function newStreams(): Streams {
  const people = new Map<string, Person>();
  let n = 0;
  let open = 0;
  const of = (who: string): Person => {
    const person = people.get(who) ?? { said: [], pages: new Set() };
    people.delete(who);
    people.set(who, person);
    if (people.size > PEOPLE) for (const [oldest, { pages }] of people) if (pages.size === 0 && people.delete(oldest)) break;
    return person;
  };
  const beat = setInterval(() => {
    for (const { pages } of people.values()) for (const page of pages) put(page, ":\n\n");
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    tell: (who, message) => {
      const person = of(who);
      if (person.said.some((each) => each.message.id === message.id)) return;
      const entry = { n: ++n, message };
      person.said.push(entry);
      if (person.said.length > KEPT) person.said.shift();
      for (const page of person.pages) put(page, textOf(entry));
    },
    draft: (who, text) => {
      for (const page of people.get(who)?.pages ?? []) put(page, `event: draft\ndata: ${JSON.stringify({ text })}\n\n`);
    },
    open: (who, response, after) => {
      const person = of(who);
      if (person.pages.size >= PER_PERSON || open >= IN_ALL) return false;
      open++;
      person.pages.add(response);
      // Whoever goes away in the middle is no fault of ours.
      response.on("error", () => undefined);
      response.once("close", () => {
        open--;
        person.pages.delete(response);
      });
      response.write("retry: 2000\n\n");
      for (const entry of person.said) if (entry.n > after) response.write(textOf(entry));
      return true;
    },
    drop: (who) => {
      for (const page of people.get(who)?.pages ?? []) {
        put(page, "event: gone\ndata: {}\n\n");
        page.end();
      }
    },
    close: () => {
      clearInterval(beat);
      for (const { pages } of people.values()) for (const page of pages) page.end();
    },
  };
}

/** JSON has no line breaks, so no text ends an event. */
function textOf({ n, message }: { readonly n: number; readonly message: PageMessage }): string {
  return `id: ${n}\ndata: ${JSON.stringify(message)}\n\n`;
}
