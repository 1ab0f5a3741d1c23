import type { FastifyReply } from "fastify";
import { problem, type Diagnostic, type DiagnosticCode } from "../../core/index.ts";
import { problemDocument, statusOf } from "./problem.ts";
import type { Reply } from "./types.ts";

/** What a handler said, as HTTP. */
export async function answer(
  reply: FastifyReply,
  { status, body, etag, headers, text }: Reply,
  ifNoneMatch: string | undefined,
): Promise<FastifyReply> {
  if (etag !== undefined) void reply.header("etag", `"${etag}"`);
  if (headers) void reply.headers(headers);
  if (etag !== undefined && unquoted(ifNoneMatch) === etag) return await reply.code(304).send();
  if (text) return await reply.code(status).type(text.type).send(text.content);
  if (body === undefined) return await reply.code(status).send();
  return await reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify(body));
}

/** What is over in a moment. */
const COME_AGAIN: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(["GATEWAY_BUSY", "QUEUE_FULL"]);

/** RFC 9457. */
export async function tell(reply: FastifyReply, diagnostics: readonly Diagnostic[], id: string): Promise<FastifyReply> {
  const status = statusOf(diagnostics);
  const [first] = diagnostics;
  if (first && COME_AGAIN.has(first.code) && !reply.hasHeader("retry-after")) void reply.header("retry-after", "1");
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="moltbot"');
  return await reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(problemDocument(diagnostics, status, id)));
}

export async function tooMany(reply: FastifyReply, seconds: number, id: string): Promise<FastifyReply> {
  void reply.header("retry-after", String(seconds));
  return await tell(reply, [problem("API_RATE_LIMITED", { detail: `The next request is taken in ${seconds} s.` })], id);
}

/** The tag in an `If-Match` or `If-None-Match`. */
export function unquoted(tag: string | undefined): string | null {
  if (tag === undefined) return null;
  return /^(?:W\/)?"([\x21\x23-\x7e]{0,128})"$/.exec(tag)?.[1] ?? tag;
}
