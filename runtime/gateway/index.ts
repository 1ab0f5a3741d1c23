/**
 * runtime/gateway: the programming interface of the running gateway over HTTP: one table of routes, from
 * which the server, its checks and the OpenAPI document are made.
 */
export { documentRoute, openApi } from "./openapi.ts";
export { newRateLimiter } from "./rate.ts";
export { agentRoutes, type AgentsWorld } from "./routes-agents.ts";
export { healthRoutes, type Readiness } from "./routes-health.ts";
export { recordRoutes, type RecordWorld } from "./routes-record.ts";
export { serve, type Listen, type Server, type ServerWorld } from "./server.ts";
export { authRoutes } from "./routes-auth.ts";
export { watchRoutes } from "./routes-watch.ts";
export type { Authenticator, Call, Caller, CallFacts, Reply, Route } from "./types.ts";
