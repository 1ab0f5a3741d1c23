import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "../../core/index.ts";

/** One request on its way from an applier to the gateway. */
export interface Passing {
  /** Counts from 1 since {@link Between.set}. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
}

/** What becomes of it: nothing, a lost connection before or after it arrived, other words, or a pause. */
export type Fate =
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  | { readonly kind: "says"; readonly answer: (body: JsonObject) => unknown }
  | { readonly kind: "first"; readonly work: () => Promise<void> }
  | undefined;

/** Stands between an applier and the gateway, and lies, is silent, or cuts the line as a test says. */
export interface Between {
  readonly url: string;
  readonly set: (fate: (passing: Passing) => Fate) => void;
  readonly seen: () => readonly Passing[];
  readonly close: () => Promise<void>;
}

export async function between(gateway: string): Promise<Between> {
  const { host, port } = new URL(gateway);
  let fateOf: (passing: Passing) => Fate = () => undefined;
  let seen: Passing[] = [];
  const server = http.createServer((request, response) => {
    const passing = { number: seen.length + 1, method: request.method ?? "", path: (request.url ?? "").replace(/\?.*$/, "") };
    seen.push(passing);
    const fate = fateOf(passing);
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (fate?.kind === "cut" && fate.when === "before") return request.socket.destroy();
      if (fate?.kind === "first") await fate.work();
      const { status, body } = await forward(port, host, request, Buffer.concat(chunks));
      if (fate?.kind === "cut") return request.socket.destroy();
      const said =
        fate?.kind === "says" ? Buffer.from(JSON.stringify(fate.answer(JSON.parse(body.toString() || "{}") as JsonObject))) : body;
      response.writeHead(status, { "content-type": "application/json", connection: "close" });
      response.end(said);
      return undefined;
    })().catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (fate) => {
      fateOf = fate;
      seen = [];
    },
    seen: () => seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sleep(0);
    },
  };
}

function forward(port: string, host: string, request: http.IncomingMessage, bytes: Buffer): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { authorization, "content-type": type } = request.headers;
    const headers = {
      host,
      ...(authorization ? { authorization } : {}),
      ...(type ? { "content-type": type } : {}),
      "content-length": bytes.length,
    };
    const options = { host: "127.0.0.1", port, path: request.url, method: request.method, headers, agent: false } as const;
    const onward = http.request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
      answer.on("error", reject);
    });
    onward.on("error", reject);
    onward.end(bytes);
  });
}
