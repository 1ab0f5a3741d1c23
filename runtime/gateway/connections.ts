import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { LIMITS } from "../../core/index.ts";

interface Connection {
  readonly socket: Socket;
  /** Somebody works on it: a request that came in whole and is not answered yet, or it became a WebSocket. */
  isBusy: () => boolean;
}

/**
 * Bounds the connections of one address without letting anybody close it to others: when all places are taken, a
 * new connection takes that of whoever has been silent for longest, also in the middle of a request or an answer.
 * Only where we are at work on every one of them is the new one turned away.
 */
export function boundConnections(server: Server, most: number = LIMITS.apiConnections): void {
  const open = new Map<string, Connection>();
  const close = (name: string, connection: Connection): void => {
    if (open.get(name) === connection) open.delete(name);
  };
  server.on("connection", (socket: Socket) => {
    const name = nameOf(socket);
    if (open.size >= most) {
      const [oldest] = [...open].find(([, { isBusy }]) => !isBusy()) ?? [];
      const idle = oldest === undefined ? undefined : open.get(oldest);
      (idle?.socket ?? socket).destroy();
      if (oldest === undefined) return;
      open.delete(oldest);
    }
    const connection: Connection = { socket, isBusy: () => false };
    open.set(name, connection);
    socket.once("close", () => close(name, connection));
  });
  /** Heard last, kept longest. */
  const hear = ({ socket }: IncomingMessage, isBusy: () => boolean): void => {
    const name = nameOf(socket);
    const connection = open.get(name);
    if (!connection) return;
    connection.isBusy = isBusy;
    open.delete(name);
    open.set(name, connection);
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    answers.set(request.socket, response);
    hear(request, () => request.complete && !response.writableEnded && !response.destroyed);
  });
  server.on("upgrade", (request: IncomingMessage) => hear(request, () => true));
}

const answers = new WeakMap<Socket, ServerResponse>();

/** Whether an answer on this connection is owed or under way: what else is written now would be taken for a part of it. */
export function isAnswering(socket: Socket): boolean {
  const last = answers.get(socket);
  return last !== undefined && !last.writableFinished && !last.destroyed;
}

/** Silence while we work is ours, not the client's: an answer that waits for a model or a person may take its time. */
export async function whileWorking<T>(socket: Socket, work: () => Promise<T>): Promise<T> {
  const patience = socket.timeout ?? 0;
  socket.setTimeout(0);
  try {
    return await work();
  } finally {
    socket.setTimeout(patience);
  }
}

const names = new WeakMap<Socket, string>();

/** The same for a connection and the encrypted one in it. */
function nameOf(socket: Socket): string {
  const known = names.get(socket);
  if (known !== undefined) return known;
  const name = `${socket.remoteAddress ?? ""} ${socket.remotePort ?? ""}`;
  names.set(socket, name);
  return name;
}
