import type { FastifyRequest } from "fastify";

/** The body of a request, judged by its announced length first; null where it is longer than `maxBytes`. */
export async function readBody({ raw, headers }: FastifyRequest, maxBytes: number): Promise<Buffer | null> {
  if (Number(headers["content-length"] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
