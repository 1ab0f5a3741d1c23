import { isObject, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish, Usage } from "../types.ts";
import { Fault } from "./fault.ts";
import { send, type HttpAnswer } from "./http.ts";
import { callOptions, toolNames, type ToolNames } from "./prompt.ts";
import { refuseFailure, type Line, type Piece, type Question } from "./protocol.ts";
import type { SdkModel, StreamPart } from "./sdk-types.ts";

/** What one protocol adds to the SDK's reading and writing of it. */
export interface Wire {
  /** Where requests go, whatever the SDK thinks. */
  readonly url: URL;
  readonly accept: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The SDK's provider, over our connection. */
  readonly model: (fetch: typeof globalThis.fetch) => Promise<SdkModel>;
  /** The body that is sent, from the one the SDK made: settings are ours. */
  readonly body: (body: JsonObject) => JsonObject;
  /**
   * The lines of the answer on their way to the SDK: what is not the protocol, or says that it failed, is a
   * Fault here. Says at the end whether the answer was whole, and what was used, which the SDK may not tell.
   */
  readonly watch: (answer: HttpAnswer) => { readonly lines: AsyncGenerator<string, void>; readonly end: () => Seen };
}

/** What the lines said by themselves. */
export interface Seen {
  readonly isWhole: boolean;
  readonly usage: Usage;
  readonly finish: Finish | null;
}

/**
 * Asks a model through the SDK. Its parsers and its message formats are used; the connection, its bounds, what
 * counts as an answer and what a failure is called are ours.
 */
export async function* askSdk(question: Question, line: Line, wire: Wire): AsyncGenerator<Piece, void> {
  // Warnings of the SDK would go to standard error.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const names = toolNames(question.tools, question.messages);
  const connection = connect(line, wire);
  try {
    const model = await wire.model(connection.fetch);
    const { stream } = await model.doStream(callOptions(question, names, line.signal));
    for await (const piece of piecesOf(stream, names)) yield piece;
  } catch (error) {
    throw connection.fault() ?? (error instanceof Fault ? error : faultOf(line, error));
  }
  const fault = connection.fault();
  if (fault) throw fault;
  const seen = connection.seen();
  if (!seen.isWhole) throw new Fault({ detail: "closed the connection before the answer was complete", isPassing: true });
  yield { kind: "usage", usage: seen.usage };
  yield { kind: "end", finish: seen.finish ?? "other" };
}

/** An error that none of our own checks made: the SDK could not read what the provider said. */
function faultOf({ signal }: Line, cause: unknown): Fault {
  if (signal.aborted) return new Fault({ detail: "did not answer in time" });
  const fault = new Fault({ detail: "answered with something that is not its protocol" });
  fault.cause = cause;
  return fault;
}

interface Connection {
  readonly fetch: typeof globalThis.fetch;
  readonly fault: () => Fault | undefined;
  readonly seen: () => Seen;
}

const NOTHING: Seen = { isWhole: false, usage: { inputTokens: null, outputTokens: null }, finish: null };

/** A `fetch` that can do one thing: this request, to this address, within these bounds. */
function connect(line: Line, wire: Wire): Connection {
  let fault: Fault | undefined;
  let end = (): Seen => NOTHING;
  const caught = (error: unknown): never => {
    if (error instanceof Fault) fault ??= error;
    throw error;
  };
  const open = async (_: unknown, init?: RequestInit): Promise<Response> => {
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as Json) : {};
    const answer = await send({
      url: wire.url,
      method: "POST",
      headers: { ...wire.headers, ...line.headers, "content-type": "application/json", accept: wire.accept },
      body: JSON.stringify(wire.body(isObject(body) ? body : {})),
      bounds: line.bounds,
      tls: line.tls,
      signal: line.signal,
    });
    await refuseFailure(answer, line.wallClock);
    const watched = wire.watch(answer);
    end = watched.end;
    return new Response(bytesOf(watched.lines, caught), { status: 200, headers: { "content-type": wire.accept } });
  };
  return { fetch: (input, init) => open(input, init).catch(caught), fault: () => fault, seen: () => end() };
}

function bytesOf(lines: AsyncGenerator<string, void>, caught: (error: unknown) => never): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      pull: async (controller) => {
        const next = await lines.next().catch(caught);
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: async () => void (await lines.return()),
    },
    { highWaterMark: 0 },
  );
}

/** Beginnings, ends and metadata are passed over: what counts of them was seen on the line. */
async function* piecesOf(stream: ReadableStream<StreamPart>, names: ToolNames): AsyncGenerator<Piece, void> {
  const thoughts = new Map<string, string>();
  for await (const part of stream as unknown as AsyncIterable<StreamPart>) {
    if (part.type === "error") throw part.error;
    if (part.type === "text-delta" && part.delta !== "") yield { kind: "text", text: part.delta };
    if (part.type === "tool-call")
      yield { kind: "call", call: { id: part.toolCallId, tool: names.inward(part.toolName), input: part.input } };
    if (part.type !== "reasoning-delta") continue;
    const thought = (thoughts.get(part.id) ?? "") + part.delta;
    thoughts.set(part.id, thought);
    if (part.delta !== "") yield { kind: "thinking", text: part.delta };
    if (part.providerMetadata) yield { kind: "carry", part: carried(thought, part.providerMetadata) };
  }
}

/** Thinking with its signature, as the SDK wants it back. */
function carried(text: string, providerOptions: unknown): JsonObject {
  return { type: "reasoning", text, providerOptions: providerOptions as Json };
}
