import { fail, ok, problem, type JsonObject, type Result } from "../../core/index.ts";
import type { Said, Saying } from "../conversations/index.ts";
import { NO_LABELS } from "../run/index.ts";
import { problemDocument, statusOf } from "./problem.ts";
import { principalOf, waiting, type TalkWorld } from "./routes-messages.ts";
import { text } from "./schema.ts";
import type { Call, Reply, Route } from "./types.ts";

export interface OpenAiWorld extends TalkWorld {
  /** Whether `target.listen.endpoints` of what is active has `openai-chat`. */
  readonly isOffered: () => boolean;
}

const PART: JsonObject = {
  type: "object",
  additionalProperties: false,
  required: ["type", "text"],
  properties: { type: { const: "text" }, text: text("What is said.") },
};

const REQUEST: JsonObject = {
  type: "object",
  additionalProperties: false,
  required: ["model", "messages"],
  properties: {
    model: text("The agent's name.", { minLength: 1, maxLength: 63 }),
    messages: {
      type: "array",
      minItems: 1,
      maxItems: 1_000,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["role", "content"],
        properties: {
          role: text("Who says it.", { enum: ["system", "developer", "user", "assistant"] }),
          content: { anyOf: [text("What is said."), { type: "array", maxItems: 64, items: PART }] },
          name: text("Shown, never evidence.", { maxLength: 200 }),
        },
      },
    },
    stream: { type: "boolean" },
    stream_options: { type: "object" },
    user: text("Nobody: who calls is proved, not claimed.", { maxLength: 512 }),
    temperature: { type: ["number", "null"], description: "Not used: the agent says it." },
    top_p: { type: ["number", "null"], description: "Not used: the agent says it." },
    max_tokens: { type: ["integer", "null"], description: "Not used: the agent says it." },
    max_completion_tokens: { type: ["integer", "null"], description: "Not used: the agent says it." },
    n: { enum: [1, null] },
  },
};

/** For clients that speak the chat completions of OpenAI. The agent's own prompt, model and tools hold; a client brings none. */
export function openAiRoutes(world: OpenAiWorld): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/openai/v1/chat/completions",
      id: "chatCompletions",
      summary: "Chat completions as OpenAI's clients know them; the model is an agent",
      tag: "openai",
      role: "operator",
      isIdempotent: true,
      body: REQUEST,
      answer: { type: "object", required: ["id", "object", "choices"] },
      produces: ["application/json", "text/event-stream"],
      status: 200,
      handle: async (call) => {
        if (!world.isOffered())
          return fail(
            problem("API_NOT_FOUND", {
              detail: "This gateway does not offer chat completions.",
              remedy: "In moltbot.yaml:\ntarget: {listen: {endpoints: [openai-chat]}}",
            }),
          );
        return await completed(world, call);
      },
    },
  ];
}

async function completed(world: OpenAiWorld, call: Call): Promise<Result<Reply>> {
  const body = call.body as unknown as Request;
  const said = messageOf(body);
  if (said === null) return fail(problem("API_INVALID", { detail: "The last message must be one of the user, and not be empty." }));
  if (body.stream === true) return ok({ status: 200, events: async (out) => await streamed(world, call, said, out) });
  const done = await waiting(world.conversations(), () => world.conversations().say(sayingOf(call, body.model, said, () => {})));
  return done.ok ? ok({ status: 200, body: completion(done.value, body.model) }) : done;
}

interface Request {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content: string | readonly { readonly text: string }[] }[];
}

/**
 * A client of this interface brings the whole conversation each time. Ours is a new one: what came before is
 * quoted, so that nobody passes off words as the agent's own or as its operator's.
 */
function messageOf({ messages }: Request): string | null {
  const last = messages.at(-1);
  const words = (content: Request["messages"][number]["content"]): string =>
    typeof content === "string" ? content : content.map((each) => each.text).join("\n");
  if (last?.role !== "user" || words(last.content).trim() === "") return null;
  const before = messages.slice(0, -1).map(({ role, content }) => `${role}: ${words(content)}`);
  return before.length === 0
    ? words(last.content)
    : `The conversation so far, as the client tells it:\n${before.join("\n")}\n\nNow: ${words(last.content)}`;
}

function sayingOf(call: Call, agent: string, said: string, onProgress: Saying["onProgress"]): Saying {
  return {
    agent,
    text: said,
    principal: principalOf(call),
    channel: null,
    labels: NO_LABELS,
    session: "new",
    signal: call.signal,
    onProgress,
  };
}

async function streamed(world: OpenAiWorld, call: Call, said: string, out: Parameters<NonNullable<Reply["events"]>>[0]): Promise<void> {
  const { model } = call.body as unknown as Request;
  const chunk = (delta: JsonObject, finish: string | null): JsonObject => ({
    ...head(call.id, model, "chat.completion.chunk"),
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  out.send(chunk({ role: "assistant", content: "" }, null));
  const done = await waiting(world.conversations(), () =>
    world.conversations().say({
      ...sayingOf(call, model, said, (progress) => {
        if (progress.type === "delta" && progress.kind === "text") out.send(chunk({ content: progress.text }, null));
      }),
      signal: out.signal,
    }),
  );
  if (done.ok) out.send(chunk({}, finishOf(done.value)));
  else out.send({ error: problemDocument(done.diagnostics, statusOf(done.diagnostics), call.id) });
  out.send("[DONE]");
}

function completion(said: Said, model: string): JsonObject {
  const { inputTokens, outputTokens } = said.turn.usage;
  const [prompt, made] = [inputTokens ?? 0, outputTokens ?? 0];
  return {
    ...head(said.run, model, "chat.completion"),
    choices: [{ index: 0, message: { role: "assistant", content: said.turn.text }, finish_reason: finishOf(said) }],
    usage: { prompt_tokens: prompt, completion_tokens: made, total_tokens: prompt + made },
  };
}

function head(id: string, model: string, object: string): JsonObject {
  return { id: `chatcmpl-${id}`, object, created: Math.floor(Date.now() / 1000), model };
}

function finishOf({ turn }: Said): string {
  return turn.finish === "length" ? "length" : turn.finish === "filtered" ? "content_filter" : "stop";
}
