import { mapResult, ok, type JsonObject } from "../../core/index.ts";
import type { Live } from "../live/index.ts";
import { principalOf, SESSION_ID, waiting, type TalkWorld } from "./routes-messages.ts";
import { NO_LABELS } from "../run/index.ts";
import { AGENT_NAME, listOf, objectOf, text } from "./schema.ts";
import type { Route } from "./types.ts";

export interface V1World extends TalkWorld {
  readonly live: () => Live;
}

/** When version 1 was superseded, and when it goes. */
const OLD = { since: "2026-11-01T00:00:00Z", sunset: "2027-11-01T00:00:00Z" } as const;

/** What clients of the first version know: the agents, and a message with its answer. */
export function v1Routes({ live, conversations }: V1World): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/agents",
      id: "v1ListAgents",
      summary: "Agents",
      tag: "v1",
      role: "viewer",
      deprecated: { ...OLD, successor: "/v2/agents" },
      answer: objectOf({
        agents: listOf(objectOf({ name: AGENT_NAME, status: text("What it does.", { enum: ["idle", "busy", "error"] }) })),
      }),
      status: 200,
      handle: async () =>
        mapResult(live().state(), ({ owners }) => {
          const names = [...owners.values()].flatMap(({ agents }) => [...agents.keys()]).sort();
          return { status: 200, body: { agents: names.map((name) => ({ name, status: conversations().status(name).status })) } };
        }),
    },
    {
      method: "POST",
      path: "/v1/agents/{name}/messages",
      id: "v1SendMessage",
      summary: "Say something to an agent and get its answer",
      tag: "v1",
      role: "operator",
      isIdempotent: true,
      deprecated: { ...OLD, successor: "/v2/agents/{name}/messages" },
      params: objectOf({ name: AGENT_NAME }),
      body: objectOf({ message: text("What is said.", { minLength: 1, maxLength: 262_144 }), session: SESSION_ID }, ["session"]),
      answer: objectOf({ reply: text("The answer."), session: SESSION_ID }),
      status: 200,
      handle: async (call) => {
        const { message, session } = call.body as { readonly message: string; readonly session?: string };
        const said = await waiting(conversations(), () =>
          conversations().say({
            agent: call.params["name"] ?? "",
            text: message,
            principal: principalOf(call),
            channel: null,
            labels: NO_LABELS,
            session: session === undefined ? "new" : { id: session },
            signal: call.signal,
            onProgress: () => {},
          }),
        );
        const body = (): JsonObject => (said.ok ? { reply: said.value.turn.text, session: said.value.session.id } : {});
        return said.ok ? ok({ status: 200, body: body() }) : said;
      },
    },
  ];
}
