import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { LIMITS, ok, type Result } from "../../core/index.ts";
import type * as Gateway from "../gateway/index.ts";
import type { Bus } from "../events/index.ts";
import type { Authenticator, Readiness, Route, Server, ServerWorld } from "../gateway/index.ts";
import type { Place } from "./place.ts";
import type { Part } from "./types.ts";

export interface ServerPartWorld {
  readonly dir: string;
  /** Where it listens beside its socket; asked once, when it starts. */
  readonly place: () => Promise<Result<Place>>;
  readonly origins: ServerWorld["origins"];
  readonly isTrustedProxy: NonNullable<ServerWorld["isTrustedProxy"]>;
  readonly version: string;
  /** Every operation beside health and the document that describes them all. */
  readonly routes: (gateway: typeof Gateway) => readonly Route[];
  readonly readiness: Readiness;
  readonly authenticator: () => Authenticator;
  readonly note: ServerWorld["note"];
  readonly fault: (error: unknown, id: string) => void;
  /** What is served beside the API: pages and webhooks of channels. */
  readonly extend: NonNullable<ServerWorld["extend"]>;
  readonly bus: Bus;
  /** Told of each connection that is let in. */
  readonly entered: () => void;
  /** In place of what one caller may do by default. */
  readonly rate?: { readonly burst: number; readonly perSecond: number } | undefined;
}

export interface ServerPart extends Part {
  readonly url: () => string | null;
  readonly socket: () => string | null;
}

/** The name of the socket in the state folder: whoever may open it is the user that runs the gateway. */
const SOCKET = "gateway.sock";

/** The longest address of a socket that every system takes (sockaddr_un). */
const MAX_SOCKET_BYTES = 100;

/** The API, on a socket beside the record for commands of the same user, and on an address. */
export function serverPart(world: ServerPartWorld): ServerPart {
  let servers: readonly Server[] = [];
  let socket: string | null = null;
  return {
    name: "API",
    socket: () => socket,
    url: () => servers.find(({ url }) => url !== null)?.url ?? null,
    start: async () => {
      const gateway = await import("../gateway/index.ts");
      const { documentRoute, healthRoutes, newRateLimiter, newShared, serve } = gateway;
      const rule = { burst: LIMITS.apiBurst, perSecond: LIMITS.apiPerSecond, callers: LIMITS.apiCallers, ...world.rate };
      const rate = newRateLimiter(rule, () => performance.now());
      const described = [...healthRoutes(world.readiness), ...world.routes(gateway)];
      const routes = [...described, documentRoute(described, world.version)];
      const { origins, fault, note, extend, isTrustedProxy, entered } = world;
      const shared = newShared();
      const withEvents: ServerWorld["extend"] = async (app, doors, line) => {
        gateway.eventsOn(app, { bus: world.bus, authenticator: world.authenticator, rate, isTrustedProxy, ...shared }, doors, line);
        await extend(app, doors, line);
      };
      const common = {
        routes,
        authenticator: world.authenticator(),
        rate,
        origins,
        names: [],
        fault,
        note,
        isTrustedProxy,
        entered,
        extend: withEvents,
        shared,
      };
      socket = placeFor(path.join(world.dir, SOCKET));
      const local = await serve(common, { kind: "socket", path: socket });
      if (!local.ok) return local;
      servers = [local.value];
      const place = await world.place();
      if (!place.ok) return place;
      const { names, ...where } = place.value;
      const open = await serve({ ...common, names }, { kind: "tcp", ...where });
      if (!open.ok) return open;
      servers = [...servers, open.value];
      return ok(undefined);
    },
    stop: async () => {
      await Promise.all(servers.map((each) => each.close()));
      servers = [];
      if (socket !== null && path.dirname(socket) !== world.dir) fs.rmSync(path.dirname(socket), { recursive: true, force: true });
      socket = null;
    },
  };
}

/** In the state folder; where its path is too long for a socket, in a folder of our own for temporary files. */
function placeFor(wanted: string): string {
  if (Buffer.byteLength(wanted) <= MAX_SOCKET_BYTES) return wanted;
  return path.join(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-gateway-")), SOCKET);
}
