/**
 * runtime/gateway: the programming interface of the running gateway over HTTP: one table of routes, from
 * which the server, its checks and the OpenAPI document are made.
 */
export { documentRoute, openApi } from "./openapi.ts";
export { newRateLimiter } from "./rate.ts";
export type { AgentsWorld } from "./agents-world.ts";
export { agentRoutes } from "./routes-agents.ts";
export { newLeases, type Leases } from "./apply/leases.ts";
export { applyRoutes } from "./apply/routes.ts";
export type { ApplyWorld } from "./apply/world.ts";
export { approvalRoutes, type ApprovalsWorld } from "./routes-approvals.ts";
export { deliveryRoutes, shownDelivery, type DeliveriesWorld } from "./routes-deliveries.ts";
export { authRoutes, type AuthRoutesWorld } from "./routes-auth.ts";
export { eventsOn, EVENTS_PATH, type EventsWorld } from "./events-socket.ts";
export { statusRoutes, type HouseStatus, type OwnerStatus } from "./routes-status.ts";
export { houseRoutes, type HouseWorld, type PluginState } from "./routes-house.ts";
export { openAiRoutes } from "./routes-openai.ts";
export { v1Routes } from "./routes-v1.ts";
export { healthRoutes, type Readiness } from "./routes-health.ts";
export { messageRoutes, type TalkWorld } from "./routes-messages.ts";
export { recordRoutes, type RecordWorld } from "./routes-record.ts";
export { sessionRoutes } from "./routes-sessions.ts";
export { watchRoutes, type WatchWorld } from "./routes-watch.ts";
export { newShared, serve, type Listen, type Server, type ServerWorld, type Shared } from "./server.ts";
export type { Authenticator, Call, Caller, CallFacts, EventStream, Reply, Route } from "./types.ts";
