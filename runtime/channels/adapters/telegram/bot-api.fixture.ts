import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../../core/index.ts";

export const TOKEN = "4711:canary-token-AAF1";

export interface BotServer {
  readonly url: string;
  /** Every call but polls, in order, with when it came. */
  readonly calls: readonly { readonly method: string; readonly params: JsonObject; readonly at: number }[];
  readonly polls: readonly JsonObject[];
  readonly push: (update: JsonObject) => void;
  readonly file: (path: string, bytes: Uint8Array) => void;
  /** What the next call of a method is answered with instead. */
  readonly next: (method: string, status: number, body: JsonObject) => void;
  /** How many of these are not told yet. */
  readonly left: (method: string) => number;
  /** The next call of a method is taken, and the connection ends before it is answered. */
  readonly breakOff: (method: string) => void;
}

/**
 * The Bot API as far as bots use it here: updates are kept until an offset acknowledges them, one poller at a
 * time, messages get numbers, unknown tokens and methods are refused.
 */
export async function botServer(): Promise<BotServer> {
  const updates: { readonly update_id: number }[] = [];
  const calls: { readonly method: string; readonly params: JsonObject; readonly at: number }[] = [];
  const polls: JsonObject[] = [];
  const files = new Map<string, Uint8Array>();
  const instead = new Map<string, { readonly status: number; readonly body: JsonObject }[]>();
  const broken = new Set<string>();
  let polling: { readonly response: ServerResponse; readonly timer: NodeJS.Timeout } | undefined;
  let messages = 100;
  let ids = 1_000;
  const json = (response: ServerResponse, status: number, body: JsonObject): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const giveUpdates = (): void => {
    if (!polling || updates.length === 0) return;
    clearTimeout(polling.timer);
    json(polling.response, 200, { ok: true, result: updates.slice(0, 100) });
    polling = undefined;
  };
  const poll = (response: ServerResponse, params: JsonObject): void => {
    polls.push(params);
    const offset = Number(params["offset"] ?? 0);
    while (updates[0] && updates[0].update_id < offset) updates.shift();
    if (polling) {
      clearTimeout(polling.timer);
      json(polling.response, 409, { ok: false, error_code: 409, description: "Conflict: terminated by other getUpdates request" });
    }
    const timer = setTimeout(
      () => {
        polling = undefined;
        json(response, 200, { ok: true, result: [] });
      },
      Number(params["timeout"] ?? 0) * 1000,
    );
    polling = { response, timer };
    response.once("close", () => {
      if (polling?.response === response) polling = undefined;
      clearTimeout(timer);
    });
    giveUpdates();
  };
  const answer = (response: ServerResponse, method: string, params: JsonObject): void => {
    const other = instead.get(method)?.shift();
    if (other) return json(response, other.status, other.body);
    if (method === "getUpdates") return poll(response, params);
    calls.push({ method, params, at: performance.now() });
    if (broken.delete(method)) return void response.destroy();
    const results: Record<string, unknown> = {
      getMe: { id: 4711, is_bot: true, first_name: "Molt", username: "MoltBot" },
      sendMessage: { message_id: ++messages, date: 1, chat: { id: params["chat_id"] } },
      editMessageText: { message_id: params["message_id"], date: 1 },
      sendChatAction: true,
      answerCallbackQuery: true,
      getFile: { file_id: params["file_id"], file_path: `documents/${JSON.stringify(params["file_id"] ?? "").slice(1, -1)}` },
    };
    if (!(method in results)) return json(response, 404, { ok: false, error_code: 404, description: "Not Found: method not found" });
    return json(response, 200, { ok: true, result: results[method] as never });
  };
  const server = createServer((request, response) => {
    const [, kind, token, rest = ""] = /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(request.url ?? "") ?? [];
    if (token !== TOKEN) return json(response, kind === "bot" ? 401 : 404, { ok: false, error_code: 401, description: "Unauthorized" });
    if (kind === "file/bot") {
      const bytes = files.get(rest);
      return void response.writeHead(bytes ? 200 : 404).end(bytes);
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => answer(response, rest, JSON.parse(body === "" ? "{}" : body) as JsonObject));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    polls,
    push: (update) => {
      updates.push({ update_id: ++ids, ...update });
      giveUpdates();
    },
    file: (path, bytes) => void files.set(path, bytes),
    left: (method) => instead.get(method)?.length ?? 0,
    breakOff: (method) => void broken.add(method),
    next: (method, status, body) => void instead.set(method, [...(instead.get(method) ?? []), { status, body }]),
  };
}
