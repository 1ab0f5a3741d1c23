import { escapeText } from "../../core/index.ts";
import type { TerminalAnswer } from "../../runtime/conversations/index.ts";
import type { SessionInfo } from "../../runtime/sessions/index.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted, shortened, table } from "./layout.ts";
import { fitted } from "./look.ts";
import { ageText } from "./plan-facts.ts";

/** A turn as JSON: what was said and what it took. */
export function saidDocument(said: TerminalAnswer): object {
  const { turn, session, generation } = said;
  return {
    formatVersion: "1.0",
    kind: "ChatTurn",
    agent: session.agent,
    session: session.id,
    exchanges: session.exchanges,
    generation,
    ...turn,
  };
}

/** The text was shown while it came. */
export const saidViews: Views<TerminalAnswer> = {
  ...plainViews(saidDocument),
  jsonl: (said) => jsonLine({ type: "turn", ...saidDocument(said) }),
  text: () => "",
};

const TITLE_COLUMNS = 60;

export const sessionsViews: Views<readonly SessionInfo[]> = {
  ...plainViews((sessions) => ({ formatVersion: "1.0", kind: "ChatSessions", sessions })),
  jsonl: (sessions) => sessions.map((session) => jsonLine({ type: "session", ...session })).join(""),
  text: (sessions, look) => {
    if (sessions.length === 0) return fitted(look, "No conversation yet.\n");
    const rows = sessions.map(({ id, updatedAt, exchanges, title }) => [
      id,
      ageText(updatedAt, look.now),
      String(exchanges),
      shortened(escapeText(title), TITLE_COLUMNS, look),
    ]);
    return fitted(look, `${table(["SESSION", "LAST USED", "EXCHANGES", "BEGINS WITH"], rows, look).join("\n")}\n`);
  },
};

/** What a person who goes on with a conversation is told first. */
export function resumedText(id: string, messages: number): string {
  return `Going on with conversation ${id} (${counted(messages / 2, "exchange")}). Ctrl-D ends; --new begins another.\n`;
}
