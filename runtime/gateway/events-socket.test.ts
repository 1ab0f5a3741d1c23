import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { ok } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import { eventsOn, newRateLimiter, newShared } from "./index.ts";

test("row 121: a connection ends with the token it was opened with", async () => {
  const app = Fastify();
  const ada = {
    id: "oidc:x#ada",
    kind: "person",
    role: "viewer",
    verified: true,
    person: "ada",
    token: "a",
    isBearer: true,
    leftMs: 40,
  } as const;
  const authenticator = { authenticate: async () => ok(ada), onRevoked: () => () => undefined };
  const rate = newRateLimiter({ burst: 9, perSecond: 9, callers: 9 }, () => performance.now());
  const hosts = new Set<string>();
  const line = { isEncrypted: false, isLocal: false };
  eventsOn(app, { bus: newBus(), authenticator: () => authenticator, rate, ...newShared() }, () => ({ hosts, origins: new Set() }), line);
  await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  const client = new WebSocket(`ws://127.0.0.1:${port}/v2/events`, { headers: { authorization: "Bearer abc" } });
  expect(await new Promise<number>((resolve) => client.once("close", resolve))).toBe(4403);
});
