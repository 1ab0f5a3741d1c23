import {
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Result,
} from "../../../../core/index.ts";
import type { TlsExceptions } from "../../../net/index.ts";
import { call } from "../../http/request.ts";

/** One bot at the Bot API. The token stands in every address, so no address is ever told. */
export interface BotApi {
  readonly ask: (method: string, params: JsonObject, signal: AbortSignal, timeoutMs?: number) => Promise<Result<Json>>;
  /** The bytes of a file by the path that `getFile` gave. */
  readonly download: (filePath: string, maxBytes: number, signal: AbortSignal) => Promise<Result<Uint8Array>>;
}

const BASE = "https://api.telegram.org";
const ANSWER_BYTES = 8 * 1024 * 1024;
const TIMEOUT_MS = 20_000;

export function botApi(token: string, endpoint: string | null, tls: TlsExceptions): BotApi {
  const base = endpoint ?? BASE;
  return {
    ask: async (method, params, signal, timeoutMs = TIMEOUT_MS) => {
      const url = new URL(`${base}/bot${token}/${method}`);
      const body = Buffer.from(JSON.stringify(params), "utf8");
      const answer = await call(
        { method: "POST", url, headers: { "content-type": "application/json" }, body, maxBytes: ANSWER_BYTES, timeoutMs, tls },
        signal,
      );
      return answer.ok ? resultOf(method, answer.value.status, answer.value.body) : answer;
    },
    download: async (filePath, maxBytes, signal) => {
      if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)*$/.test(filePath) || filePath.includes(".."))
        return fail(failed("the path of a file is none"));
      const answer = await call(
        { method: "GET", url: new URL(`${base}/file/bot${token}/${filePath}`), maxBytes, timeoutMs: TIMEOUT_MS, tls },
        signal,
      );
      if (!answer.ok) return answer;
      return answer.value.status === 200
        ? ok(new Uint8Array(answer.value.body))
        : fail(failed(`a file answered with ${answer.value.status}`));
    },
  };
}

function resultOf(method: string, status: number, body: Buffer): Result<Json> {
  let value: Json;
  try {
    value = JSON.parse(body.toString("utf8")) as Json;
  } catch {
    return fail(failed(`${method} was answered with ${status} and no JSON`));
  }
  if (!isObject(value)) return fail(failed(`${method} was answered with ${status} and no object`));
  if (value["ok"] === true) return ok(value["result"] ?? null);
  return fail(errorOf(method, typeof value["error_code"] === "number" ? value["error_code"] : status, value));
}

/** Source: Bot API, "Making requests" and "ResponseParameters". */
function errorOf(method: string, code: number, value: JsonObject): Diagnostic {
  const said = shown(typeof value["description"] === "string" ? value["description"] : `error ${code}`, 200);
  if (code === 401 || (code === 404 && method === "getMe"))
    return problem("CHANNEL_CREDENTIALS", { detail: `Telegram does not know this bot: ${said}.`, context: { status: code } });
  if (code === 429) {
    const parameters = isObject(value["parameters"]) ? value["parameters"] : {};
    const asked = parameters["retry_after"];
    // Neither none nor longer than any pause: a timer that overflows ends at once.
    const seconds = Math.min(Math.max(typeof asked === "number" ? asked : 1, 1), LIMITS.channelPauseMs / 1000);
    return problem("CHANNEL_THROTTLED", {
      detail: `Telegram asks for a pause of ${seconds} s.`,
      context: { retryAfterMs: seconds * 1000, status: code },
    });
  }
  if (code === 409)
    return problem("CHANNEL_FAILED", {
      detail: `Something else receives the messages of this bot: ${said}. Only one program can, and no webhook may be set.`,
      context: { status: code },
    });
  if (code === 400 || code === 403)
    return problem("ANSWER_REFUSED", { detail: `Telegram refuses ${method}: ${said}.`, context: { status: code } });
  return problem("CHANNEL_FAILED", { detail: `Telegram answered ${method} with ${code}: ${said}.`, context: { status: code } });
}

function failed(why: string): Diagnostic {
  return problem("CHANNEL_FAILED", { detail: `Telegram could not be understood: ${why}.` });
}
