import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { LIMITS, problem } from "../../core/index.ts";
import { nodeHttp } from "../net/index.ts";
import { isAnswering } from "./connections.ts";
import { API_HEADERS } from "./headers.ts";
import { problemDocument } from "./problem.ts";

/** What came in is no HTTP, or too slow or too long to be read as such: there is no request to answer, and still a problem to tell. */
export function tellClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Who is gone hears nothing; nor is anything said into the middle of an answer.
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable || isAnswering(socket)) return void socket.destroy();
  const [status, detail] = saidOf(error.code ?? "");
  const id = randomBytes(16).toString("hex");
  const body = JSON.stringify(problemDocument([problem("API_INVALID", { detail })], status, id));
  const headers = {
    ...API_HEADERS,
    "x-request-id": id,
    "content-type": "application/problem+json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${nodeHttp().STATUS_CODES[status]}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  return undefined;
}

function saidOf(code: string): readonly [number, string] {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "The request did not arrive in time."];
  if (code === "HPE_HEADER_OVERFLOW") return [431, `The headers have more than ${LIMITS.apiHeaderBytes} bytes.`];
  return [400, "This is no HTTP request."];
}
