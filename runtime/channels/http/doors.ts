import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** What is served at an address while a channel is connected. */
export interface HttpDoor {
  /** Exactly this path; with a `/` at its end everything below it. */
  readonly path: string;
  readonly methods: readonly ("GET" | "POST")[];
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

/** The addresses of channels. They come and go while the server runs, so the server asks at each request. */
export interface HttpDoors {
  /** @returns how to take it away; null when somebody has that path. */
  readonly mount: (door: HttpDoor) => (() => void) | null;
}

export function newHttpDoors(): HttpDoors & { readonly extend: (app: FastifyInstance) => Promise<void> } {
  const doors = new Map<string, HttpDoor>();
  const find = (method: string, path: string): HttpDoor | undefined => {
    const exact = doors.get(path);
    const below = [...doors.values()].find((each) => each.path.endsWith("/") && path.startsWith(each.path));
    return [exact, below].find((door) => door?.methods.some((each) => each === method));
  };
  return {
    mount: (door) => {
      if (doors.has(door.path)) return null;
      doors.set(door.path, door);
      return () => {
        if (doors.get(door.path) === door) doors.delete(door.path);
      };
    },
    extend: async (app) => {
      await app.register(async (scope) => {
        // Nothing is read or parsed before the door has looked at what stands in front of it.
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
        scope.route({
          method: ["GET", "POST"],
          url: "/*",
          handler: async (request, reply) => {
            const [path = ""] = request.url.split("?");
            const door = find(request.method, path);
            if (!door) return reply.callNotFound();
            return await door.handle(request, reply);
          },
        });
      });
    },
  };
}
