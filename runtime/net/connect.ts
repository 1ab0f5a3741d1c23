import net, { type LookupFunction } from "node:net";
import { fail, LIMITS, ok, problem, shown, type Result } from "../../core/index.ts";
import type { Pinned } from "./resolve.ts";

/**
 * The `lookup` of a socket, request or agent that only knows what was pinned: whatever name it is asked for,
 * it answers with these addresses or with an error, and never asks a resolver.
 */
export function pinnedLookup({ host, addresses }: Pinned): LookupFunction {
  return (name, options, callback) => {
    const wanted = options.family === 4 || options.family === "IPv4" ? 4 : options.family === 6 || options.family === "IPv6" ? 6 : 0;
    const fitting = addresses.filter(({ family }) => wanted === 0 || family === wanted);
    const [first] = fitting;
    const isSame = name === host || name === `[${host}]`;
    if (!isSame || !first) return callback(Object.assign(new Error("not pinned"), { code: "ENOTFOUND" }), "", 0);
    if (options.all === true)
      return callback(
        null,
        fitting.map(({ address, family }) => ({ address, family })),
      );
    return callback(null, first.address, first.family);
  };
}

/** A TCP connection to the first pinned address that takes it. @returns `CONNECT_FAILED`; the socket has no listeners. */
export async function connectPinned(pinned: Pinned, port: number, signal: AbortSignal): Promise<Result<net.Socket>> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMITS.connectMs)]);
  let why = "";
  for (const { address } of pinned.addresses) {
    const tried = await connectTo(address, port, limit);
    if (typeof tried !== "string") return ok(tried);
    why = tried;
    if (limit.aborted) break;
  }
  const { host } = pinned;
  return fail(problem("CONNECT_FAILED", { detail: `No connection to ${shown(host)} port ${port}: ${why}.`, context: { host, port } }));
}

function connectTo(host: string, port: number, signal: AbortSignal): Promise<net.Socket | string> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve("it was stopped");
    const socket = net.connect({ host, port });
    const stop = (): void => finish("it took too long or was stopped");
    const finish = (result: net.Socket | string): void => {
      signal.removeEventListener("abort", stop);
      socket.removeAllListeners("error").removeAllListeners("connect");
      if (typeof result === "string") socket.on("error", () => undefined).destroy();
      resolve(result);
    };
    signal.addEventListener("abort", stop, { once: true });
    socket.once("connect", () => finish(socket));
    socket.once("error", (error) => finish("code" in error ? String(error.code) : error.message));
  });
}
