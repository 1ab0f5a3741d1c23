import { fail, ok, problem, type JsonObject } from "../../core/index.ts";
import type { Route } from "./types.ts";

/** What stands in the way of taking messages; empty when nothing does. */
export type Readiness = () => readonly string[];

const STATE: JsonObject = {
  type: "object",
  required: ["status"],
  properties: { status: { type: "string", enum: ["live", "ready"] } },
};

/** For service managers and load balancers: they need no proof, and learn nothing but yes or no. */
export function healthRoutes(readiness: Readiness): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/livez",
      id: "live",
      summary: "Whether the process answers at all",
      tag: "health",
      role: null,
      isFree: true,
      answer: STATE,
      status: 200,
      handle: async () => ok({ status: 200, body: { status: "live" } }),
    },
    {
      method: "GET",
      path: "/readyz",
      id: "ready",
      summary: "Whether messages are taken",
      tag: "health",
      role: null,
      isFree: true,
      answer: STATE,
      status: 200,
      handle: async () => {
        const waiting = readiness();
        if (waiting.length === 0) return ok({ status: 200, body: { status: "ready" } });
        return fail(problem("GATEWAY_NOT_READY", { detail: `Not ready: ${waiting.join(", ")}.` }));
      },
    },
  ];
}
