import { fail, isArray, LIMITS, mapResult, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { SearchPlace } from "../conversations/index.ts";
import type { SessionEntry, SessionInfo } from "../sessions/index.ts";
import { changedSince } from "./problem.ts";
import { SESSION_ID, type TalkWorld } from "./routes-messages.ts";
import { AGENT_NAME, count, DEFAULT_PAGE, instant, listOf, objectOf, orNull, pageFrom, pageOf, pageQuery, text } from "./schema.ts";
import type { Call, Route } from "./types.ts";

const SESSION: JsonObject = objectOf({
  id: SESSION_ID,
  agent: AGENT_NAME,
  createdAt: instant("When it began."),
  updatedAt: instant("When something was said last."),
  exchanges: count("Messages with an answer."),
  title: text("The beginning of its first message."),
});

const ENTRY: JsonObject = {
  type: "object",
  required: ["id", "parent", "at", "kind"],
  description: "One record: a message, an answer, a tool call, its result, a summary, or a notice. Records form a tree by `parent`.",
  properties: {
    id: text("Unique in the conversation."),
    parent: orNull(text("What it follows.")),
    at: instant("When."),
    kind: text("What it is.", { enum: ["user", "assistant", "call", "result", "summary", "notice"] }),
  },
};

const OF_AGENT: JsonObject = objectOf({ name: AGENT_NAME });
const OF_SESSION: JsonObject = objectOf({ name: AGENT_NAME, session: SESSION_ID });

const MATCH: JsonObject = objectOf({
  session: SESSION_ID,
  entry: text("The record that has all of the words."),
  at: instant("When it was written."),
  kind: text("What it is.", { enum: ["user", "assistant", "call", "result", "summary", "notice"] }),
  excerpt: text("The words around the first of them."),
});
const MATCHES: JsonObject = objectOf({
  items: listOf(MATCH),
  next: orNull(
    text(
      `Send it as \`cursor\` to go on; null at the end. One answer looks at no more than ${LIMITS.searchedRecords} records, so it may have no items and still go on.`,
    ),
  ),
});

/** Conversations: what was said, by whom it is read, and how it ends. */
export function sessionRoutes({ conversations }: TalkWorld): readonly Route[] {
  const base = { tag: "sessions", role: "operator", status: 200 } as const;
  const infoOf = ({ params }: Call): Result<SessionInfo> => {
    const all = conversations().sessions(params["name"] ?? "");
    if (!all.ok) return all;
    const found = all.value.find(({ id }) => id === params["session"]);
    return found ? ok(found) : fail(problem("API_NOT_FOUND", { detail: `Agent/${params["name"] ?? ""} has no such conversation.` }));
  };
  return [
    {
      ...base,
      method: "GET",
      path: "/v2/agents/{name}/sessions",
      id: "listSessions",
      summary: "Conversations of an agent, by id",
      params: OF_AGENT,
      query: pageQuery({ search: text("Only those whose title has this, in any case.", { minLength: 1, maxLength: 200 }) }),
      answer: pageOf(SESSION),
      handle: async ({ params, query }) =>
        mapResult(conversations().sessions(params["name"] ?? ""), (all) => {
          const wanted = typeof query["search"] === "string" ? query["search"].toLowerCase() : "";
          const sorted = all.filter(({ title }) => title.toLowerCase().includes(wanted)).sort((a, b) => (a.id < b.id ? -1 : 1));
          const page = pageFrom(sorted, ({ id }) => id, query);
          return { status: 200, body: { items: page.items.map(shownSession), next: page.next } };
        }),
    },
    {
      ...base,
      method: "GET",
      path: "/v2/agents/{name}/search",
      id: "searchSessions",
      summary: "What was said with an agent that has some words: from the youngest conversation on, in each from its end",
      params: OF_AGENT,
      query: {
        ...pageQuery({
          q: text("Words that one record has all of, in any case and order.", { minLength: 1, maxLength: 200, pattern: "\\S" }),
        }),
        required: ["q"],
      },
      answer: MATCHES,
      handle: async ({ params, query }) => {
        const from = placeOf(query["cursor"]);
        if (!from.ok) return from;
        const words = typeof query["q"] === "string" ? query["q"] : "";
        const most = typeof query["limit"] === "number" ? query["limit"] : DEFAULT_PAGE;
        const found = await conversations().search(params["name"] ?? "", { words, most, from: from.value });
        return mapResult(found, ({ matches, next }) => ({
          status: 200,
          body: { items: matches.map((each) => ({ ...each })), next: next && cursorOf(next) },
        }));
      },
    },
    {
      ...base,
      method: "GET",
      path: "/v2/agents/{name}/sessions/{session}",
      id: "getSession",
      summary: "One conversation",
      params: OF_SESSION,
      answer: SESSION,
      handle: async (call) => mapResult(infoOf(call), (info) => ({ status: 200, etag: etagOf(info), body: shownSession(info) })),
    },
    {
      ...base,
      method: "GET",
      path: "/v2/agents/{name}/sessions/{session}/messages",
      id: "readSession",
      summary: "What was said, oldest first",
      params: OF_SESSION,
      query: pageQuery(),
      answer: pageOf(ENTRY),
      handle: async ({ params, query }) =>
        mapResult(conversations().transcript(params["name"] ?? "", params["session"] ?? ""), (entries) => {
          const numbered = entries.map((entry, i) => ({ entry, key: String(i).padStart(9, "0") }));
          const page = pageFrom(numbered, ({ key }) => key, query);
          return { status: 200, body: { items: page.items.map(({ entry }) => shownEntry(entry)), next: page.next } };
        }),
    },
    {
      ...base,
      method: "GET",
      path: "/v2/agents/{name}/sessions/{session}/export",
      id: "exportSession",
      summary: "A whole conversation as one document",
      params: OF_SESSION,
      answer: objectOf({ session: SESSION, entries: listOf(ENTRY) }),
      handle: async (call) => {
        const info = infoOf(call);
        if (!info.ok) return info;
        const entries = conversations().transcript(info.value.agent, info.value.id);
        return mapResult(entries, (all) => ({
          status: 200,
          body: { session: shownSession(info.value), entries: all.map(shownEntry) },
        }));
      },
    },
    {
      ...base,
      method: "DELETE",
      path: "/v2/agents/{name}/sessions/{session}",
      id: "deleteSession",
      summary: "Delete a conversation for good",
      params: OF_SESSION,
      answer: {},
      status: 204,
      handle: async (call) => {
        const info = infoOf(call);
        if (!info.ok) return info;
        if (call.ifMatch !== null && call.ifMatch !== etagOf(info.value)) return fail(changedSince());
        return mapResult(conversations().forget(info.value.agent, info.value.id), () => ({ status: 204 }));
      },
    },
    {
      ...base,
      method: "POST",
      path: "/v2/agents/{name}/sessions/{session}/cancel",
      id: "cancelRun",
      summary: "Stop what runs in a conversation, and what waits there",
      isIdempotent: true,
      params: OF_SESSION,
      answer: objectOf({ cancelled: { type: "boolean", description: "Whether anything was stopped." } }),
      handle: async (call) => {
        const info = infoOf(call);
        return info.ok ? ok({ status: 200, body: { cancelled: conversations().cancel(info.value.id) } }) : info;
      },
    },
  ];
}

function cursorOf({ createdAt, session, wanted, end }: SearchPlace): string {
  return Buffer.from(JSON.stringify([createdAt, session, wanted, end]), "utf8").toString("base64url");
}

/** It comes from outside: what is no place is refused, and a place of nowhere finds nothing. */
function placeOf(cursor: Json | undefined): Result<SearchPlace | null> {
  if (typeof cursor !== "string") return ok(null);
  const [createdAt, session, wanted, end] = listIn(Buffer.from(cursor, "base64url").toString("utf8"));
  const isPlace =
    typeof createdAt === "string" &&
    typeof session === "string" &&
    (typeof wanted === "string" || wanted === null) &&
    typeof end === "number" &&
    Number.isSafeInteger(end) &&
    end >= 0;
  return isPlace
    ? ok({ createdAt, session, wanted, end })
    : fail(problem("API_INVALID", { detail: "`cursor` is not one that a search gave.", remedy: "Search again, without it." }));
}

function listIn(json: string): readonly Json[] {
  try {
    const value = JSON.parse(json) as Json;
    return isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function etagOf({ updatedAt, exchanges }: SessionInfo): string {
  return `${exchanges}-${Date.parse(updatedAt)}`;
}

function shownSession({ id, agent, createdAt, updatedAt, exchanges, title }: SessionInfo): JsonObject {
  return { id, agent, createdAt, updatedAt, exchanges, title };
}

function shownEntry(entry: SessionEntry): JsonObject {
  return JSON.parse(JSON.stringify(entry)) as JsonObject;
}
