/**
 * A small target that cannot commit at once, as a real HTTP server on loopback: one resource per
 * request, a lease on its own clock whose epoch is part of every write, and idempotency keys. It can be
 * told to misbehave.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Address, Digest, Generation, Owner } from "../../core/index.ts";

export const LEASE_MS = 1_000;

/** How one answer goes wrong. `after: true` acts first and then fails to say so. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly retryAfterS?: number; readonly after?: boolean }
  | { readonly kind: "hang"; readonly after?: boolean }
  | { readonly kind: "trickle" }
  | { readonly kind: "huge" }
  | { readonly kind: "html" }
  | { readonly kind: "close"; readonly after?: boolean }
  | { readonly kind: "lie" }
  | { readonly kind: "refuse" };

export interface StepRequest {
  readonly key: string;
  readonly epoch: number;
  readonly address: Address;
  readonly action: string;
  readonly from?: Address;
  readonly digest: Digest | null;
  readonly after: unknown;
}

export class StepwiseServer {
  readonly rows = new Map<Address, { readonly digest: Digest; readonly resource: unknown }>();
  readonly done: string[] = [];
  /** What is still there and not ours any more. */
  readonly unmanaged: Address[] = [];
  /** Faults per address, used up one by one; `*` is any request. */
  readonly faults = new Map<string, Fault[]>();
  /** Called after each step that had an effect: something else that writes to the target. */
  meddle: (() => void) | undefined;
  generation: Generation | null = null;
  epoch = 0;
  now = 0;
  private leaseUntil = 0;
  private readonly keys = new Set<string>();
  private server: Server | undefined;
  requests = 0;

  async start(): Promise<string> {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  /** The next claim, by anybody: the epoch moves on, older writers are fenced off. */
  claim(): { readonly status: number; readonly body: unknown } {
    if (this.now < this.leaseUntil) return { status: 423, body: { holder: "somebody" } };
    this.epoch++;
    this.leaseUntil = this.now + LEASE_MS;
    return { status: 200, body: { epoch: this.epoch } };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    const body = await readBody(request);
    const path = request.url ?? "/";
    const address = path === "/step" ? (body as StepRequest).address : path;
    const fault = this.faults.get(address)?.shift() ?? this.faults.get("*")?.shift();
    if (!fault || ("after" in fault && fault.after)) {
      const answer = this.handle(path, body);
      if (!fault) return send(response, answer.status, answer.body);
    }
    misbehave(fault, response);
  }

  private handle(path: string, body: unknown): { readonly status: number; readonly body: unknown } {
    if (path === "/state") return { status: 200, body: this.state() };
    if (path === "/claim") return this.claim();
    const { epoch } = body as { epoch: number };
    if (epoch !== this.epoch) return { status: 409, body: { error: "fence" } };
    if (path === "/step") return this.step(body as StepRequest);
    const { generation, released } = body as { generation: Generation; released: readonly Address[] };
    this.generation = generation;
    for (const address of released) {
      this.unmanaged.push(address);
      this.rows.delete(address);
    }
    this.leaseUntil = 0;
    return { status: 200, body: {} };
  }

  private step(step: StepRequest): { readonly status: number; readonly body: unknown } {
    if (this.keys.has(step.key)) return { status: 200, body: { repeated: true } };
    this.keys.add(step.key);
    this.done.push(`${step.action} ${step.address}`);
    if (step.from) this.rows.delete(step.from);
    if (step.digest === null) this.rows.delete(step.address);
    else this.rows.set(step.address, { digest: step.digest, resource: step.after });
    this.meddle?.();
    return { status: 200, body: {} };
  }

  private state(): unknown {
    return { rows: [...this.rows].map(([address, row]) => ({ address, ...row })), generation: this.generation };
  }
}

export interface ServerState {
  readonly rows: readonly { readonly address: Address; readonly digest: Digest; readonly resource: unknown }[];
  readonly generation: Generation | null;
}

export const OWNER: Owner = "acme/default";

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function misbehave(fault: Fault, response: ServerResponse): void {
  switch (fault.kind) {
    case "status":
      response.writeHead(fault.status, fault.retryAfterS === undefined ? {} : { "retry-after": String(fault.retryAfterS) }).end("{}");
      return;
    case "hang":
      return;
    case "close":
      response.socket?.destroy();
      return;
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome to the proxy</html>");
      return;
    case "lie":
      send(response, 200, {});
      return;
    case "refuse":
      send(response, 422, { error: "no" });
      return;
    case "huge":
      response.writeHead(200, { "content-type": "application/json" });
      flood(response);
      return;
    case "trickle":
      response.writeHead(200, { "content-type": "application/json" });
      trickle(response);
  }
}

/** Up to 64 MiB, as fast as it is taken: far more than the client's limit. */
function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(1024 * 1024, " ");
  let left = 64;
  const more = (): void => {
    while (left-- > 0 && !response.destroyed) if (!response.write(chunk)) return void response.once("drain", more);
    response.end();
  };
  more();
}

function trickle(response: ServerResponse): void {
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(" ")), 100);
  response.on("close", () => clearInterval(timer));
}
