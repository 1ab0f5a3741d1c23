/**
 * runtime/process: the gateway as one process: which parts there are, in which order they start and stop,
 * how a new generation is tried, and what the running gateway says of itself.
 */
export { apiRoutes, type ApiParts } from "./api-routes.ts";
export { pluginsPart, type PluginsPart } from "./plugins-part.ts";
export { runGateway } from "./gateway.ts";
export { runningGateway, type RunFacts } from "./run-file.ts";
export { LOG_FILE, type LogWish } from "./telemetry-part.ts";
export type { Stopped } from "./types.ts";
export type { GatewayEvent, GatewayWorld } from "./world.ts";
