import http from "node:http";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { systemClock, type JsonObject } from "../../core/index.ts";
import { declareBeside } from "../../reconciler/engine.ts";
import { runGateway, type RunFacts } from "../../runtime/process/index.ts";
import { KINDS } from "../../schemas/index.ts";

export interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Empty where the answer is not JSON. */
  readonly body: JsonObject;
}

export interface Asking {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: http.OutgoingHttpHeaders;
  /** Over TCP, as nobody in particular; absent: over the socket, as the user of this machine. */
  readonly open?: boolean;
}

/** A gateway of this process over what was applied from a small repository, with room for many requests. */
export interface RunningGateway {
  readonly facts: RunFacts & { readonly url: string; readonly socket: string };
  readonly dir: string;
  readonly repo: string;
  readonly ask: (target: string, asking?: Asking) => Promise<Got>;
  readonly stop: () => Promise<void>;
}

export async function gatewayOver(files: Readonly<Record<string, string>> = {}): Promise<RunningGateway> {
  const repo = tinyRepository(files);
  const applied = moltbot(["apply", "--auto-approve"], { cwd: repo.path });
  if (applied.code !== 0) throw new Error(applied.err);
  const gateway = await gatewayOn(path.join(repo.path, ".moltbot"));
  return {
    ...gateway,
    repo: repo.path,
    stop: async () => {
      await gateway.stop();
      repo.dispose();
    },
  };
}

/** A gateway of this process on a state folder, which may be empty. */
export async function gatewayOn(dir: string, more: Partial<Parameters<typeof runGateway>[0]> = {}): Promise<Omit<RunningGateway, "repo">> {
  const stop = new AbortController();
  let ready: (facts: RunFacts) => void = () => {};
  const begun = new Promise<RunFacts>((resolve) => (ready = resolve));
  const running = runGateway(
    {
      dir,
      actor: "test",
      clock: systemClock,
      ids: { next: () => randomBytes(16).toString("hex") },
      storeKey: undefined,
      version: "0.0.0",
      kinds: KINDS,
      port: 0,
      rate: { burst: 1_000_000, perSecond: 1_000_000 },
      log: { level: "error", file: null },
      rotateEveryMs: null,
      oidc: null,
      env: {},
      declare: async (manifest, beside) => declareBeside(manifest, beside, KINDS),
      tell: (event) => {
        if (event.kind === "ready") ready(event.facts);
      },
      ...more,
    },
    stop.signal,
  );
  const early = running.then((ended) => Promise.reject(new Error(ended.ok ? "it stopped" : ended.diagnostics[0]?.detail)));
  early.catch(() => undefined);
  const facts = (await Promise.race([begun, early])) as RunningGateway["facts"];
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  return {
    facts,
    dir,
    ask: (target, { method = "GET", body, headers = {}, open = false } = {}) =>
      new Promise((resolve, reject) => {
        const bytes =
          body === undefined
            ? Buffer.alloc(0)
            : Buffer.isBuffer(body)
              ? body
              : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
        const place = open ? { host: "127.0.0.1", port: Number(new URL(facts.url).port) } : { socketPath: facts.socket };
        const own = {
          ...(open ? {} : { host: "gateway" }),
          ...(body === undefined ? {} : { "content-type": "application/json", "content-length": bytes.length }),
          ...headers,
        };
        const request = http.request({ ...place, agent, path: target, method, headers: own, timeout: 20_000 }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const isJson = String(response.headers["content-type"]).includes("json") && text !== "";
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              body: isJson ? (JSON.parse(text) as JsonObject) : {},
            });
          });
        });
        request.on("timeout", () => request.destroy(new Error(`no answer: ${method} ${target}`)));
        request.on("error", (error) => reject(new Error(`${error.message}: ${method} ${target}`, { cause: error })));
        request.end(body === undefined ? undefined : bytes);
      }),
    stop: async () => {
      stop.abort();
      agent.destroy();
      await running;
    },
  };
}
