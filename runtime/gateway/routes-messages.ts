import { fail, LIMITS, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { Conversations, Progress, Said, Saying } from "../conversations/index.ts";
import { NO_LABELS } from "../run/index.ts";
import { problemDocument, statusOf } from "./problem.ts";
import { AGENT_NAME, count, objectOf, orNull, text } from "./schema.ts";
import type { Call, Reply, Route } from "./types.ts";

export interface TalkWorld {
  readonly conversations: () => Conversations;
}

export const SESSION_ID: JsonObject = text("The conversation.", { pattern: "^[a-z0-9]{8,64}$" });

const MESSAGE: JsonObject = objectOf(
  {
    text: text("What is said.", { minLength: 1, maxLength: LIMITS.messageBytes }),
    session: { ...SESSION_ID, description: "A conversation that goes on; a new one where none is named." },
    stream: { type: "boolean", description: "Answer with events (`text/event-stream`) while the answer is made." },
  },
  ["session", "stream"],
);

const USAGE: JsonObject = objectOf({ inputTokens: orNull(count("Tokens in.")), outputTokens: orNull(count("Tokens out.")) });

export const ANSWER: JsonObject = objectOf({
  run: text("The run that made it: what joins logs, traces and the audit."),
  session: text("The conversation: send it with the next message."),
  agent: AGENT_NAME,
  generation: count("Of which generation the agent was."),
  text: text("The answer."),
  model: text("`<provider>/<model>` that answered."),
  finish: text("Why it ended.", { enum: ["stop", "length", "filtered", "calls", "budget", "other"] }),
  usage: USAGE,
  cost: orNull(objectOf({ currency: text("ISO 4217."), amount: { type: "number" } })),
  toolCalls: count("Tool calls it took."),
});

/** Messages to agents, answered at once or as they are made. */
export function messageRoutes(world: TalkWorld): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/v2/agents/{name}/messages",
      id: "sendMessage",
      summary: "Say something to an agent and get its answer",
      tag: "messages",
      role: "operator",
      isIdempotent: true,
      params: objectOf({ name: AGENT_NAME }),
      body: MESSAGE,
      answer: ANSWER,
      produces: ["application/json", "text/event-stream"],
      status: 200,
      handle: async (call) => {
        const body = call.body as JsonObject;
        return body["stream"] === true ? streamed(world, call) : await answered(world, call);
      },
    },
  ];
}

/** Waits for the whole answer. The client that goes away stops the run. */
async function answered({ conversations }: TalkWorld, call: Call): Promise<Result<Reply>> {
  const said = await waiting(conversations(), () => conversations().say(sayingOf(call, () => {})));
  return said.ok ? ok({ status: 200, body: shownAnswer(said.value, call.params["name"] ?? "") }) : said;
}

function streamed({ conversations }: TalkWorld, call: Call): Result<Reply> {
  const agent = call.params["name"] ?? "";
  const { waiting: before } = conversations().status(agent);
  return ok({
    status: 200,
    events: async (out) => {
      out.send({ waiting: before }, "queued");
      const said = await waiting(conversations(), () =>
        conversations().say({ ...sayingOf(call, (progress) => void out.send(...eventOf(progress))), signal: out.signal }),
      );
      if (said.ok) out.send(shownAnswer(said.value, agent), "answer");
      else out.send(problemDocument(said.diagnostics, statusOf(said.diagnostics), call.id), "problem");
    },
  });
}

let waitingNow = 0;

/** What clients wait for is bounded: past it they are told to come again. */
export async function waiting<T>(talk: Pick<Conversations, "isLate">, work: () => Promise<Result<T>>): Promise<Result<T>> {
  if (talk.isLate()) return fail(problem("GATEWAY_BUSY", { detail: "The message was not taken in: too many come at once." }));
  if (waitingNow >= LIMITS.apiWaitingMessages)
    return fail(problem("QUEUE_FULL", { detail: `${LIMITS.apiWaitingMessages} messages over the API wait for their answers already.` }));
  waitingNow++;
  try {
    return await work();
  } finally {
    waitingNow--;
  }
}

export function sayingOf(call: Call, onProgress: (progress: Progress) => void): Saying {
  const { text: said, session } = call.body as { readonly text: string; readonly session?: string };
  return {
    agent: call.params["name"] ?? "",
    text: said,
    principal: principalOf(call),
    channel: null,
    labels: NO_LABELS,
    session: session === undefined ? "new" : { id: session },
    signal: call.signal,
    onProgress,
  };
}

/** The caller, as policies and tools see it. What only the API needs of it stays here. */
export function principalOf({ caller: { id, kind, role, verified, person } }: Call): Saying["principal"] {
  return { id, kind, role, verified, person };
}

function eventOf(progress: Progress): [Json, string] {
  if (progress.type === "delta") return [{ text: progress.text }, progress.kind === "text" ? "text" : "thinking"];
  return [{ call: progress.call, tool: progress.tool, state: progress.state }, "tool"];
}

export function shownAnswer({ turn, session, run, generation }: Said, agent: string): JsonObject {
  const { inputTokens, outputTokens } = turn.usage;
  return {
    run,
    session: session.id,
    agent,
    generation,
    text: turn.text,
    model: `${turn.provider}/${turn.model}`,
    finish: turn.finish,
    usage: { inputTokens, outputTokens },
    cost: turn.cost && { ...turn.cost },
    toolCalls: turn.toolCalls,
  };
}
