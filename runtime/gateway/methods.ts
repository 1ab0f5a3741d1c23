import type { FastifyReply } from "fastify";
import type { Doors } from "./origin.ts";
import type { Route } from "./types.ts";

/** Which methods an address takes. */
export type MethodsOf = (path: string) => readonly string[];

export function methodsOf(routes: readonly Route[]): MethodsOf {
  const known = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  for (const { path, method } of routes) {
    const entry = known.get(path) ?? { pattern: patternOf(path), methods: new Set(["OPTIONS"]) };
    entry.methods.add(method);
    if (method === "GET") entry.methods.add("HEAD");
    known.set(path, entry);
  }
  const all = [...known.values()];
  return (path) => [...new Set(all.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]))].sort();
}

function patternOf(path: string): RegExp {
  const parts = path.split(/\{[a-zA-Z]+\}/).map((each) => each.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join("[^/]+")}$`);
}

const TAKEN = "authorization, content-type, idempotency-key, if-match, if-none-match";
const SHOWN = "etag, x-request-id, ratelimit-limit, ratelimit-remaining, retry-after, location, deprecation, sunset, link";

/** For pages of other origins that the Project allows (Fetch standard, CORS protocol); for all others nothing is said. */
export function allowPage(reply: FastifyReply, origin: string | undefined, { origins }: Doors, methods: readonly string[]): void {
  if (origin === undefined || !origins.has(origin)) return;
  void reply.headers({
    "access-control-allow-origin": origin,
    "access-control-expose-headers": SHOWN,
    "cross-origin-resource-policy": "cross-origin",
    vary: "Origin",
  });
  if (methods.length > 0)
    void reply.headers({
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": TAKEN,
      "access-control-max-age": "600",
    });
}
