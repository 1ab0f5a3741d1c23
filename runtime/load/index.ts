/**
 * runtime/load: resources to what the runtime runs, building everything and starting nothing. Used by
 * an apply as its load-check and by the runtime itself. Pure, but for {@link readActive}, which reads a
 * store.
 */
export { lacksOfKind } from "./lacks.ts";
export { assess } from "./assess.ts";
export { buildActive, readActive, readResources, type Active, type ActiveStore } from "./active.ts";
export { heldBy } from "./holds.ts";
export { loadGeneration, withAgent } from "./load.ts";
export { isHeaderValue, modelFilesOf } from "./provider.ts";
export { loadPlugin } from "./plugin.ts";
export type { LoadedPlugin, LoadedPluginTool, PluginNeed } from "./plugin.ts";
export {
  SPOKEN_CHANNELS,
  type ChannelDelivery,
  type LoadedAccess,
  type LoadedAccount,
  type LoadedChannel,
  type LoadedRoute,
  type PlainConnection,
  type Rate,
  type SpokenChannel,
} from "./channel-types.ts";
export { tlsExceptionsOf } from "./tls.ts";
export { SPOKEN } from "./types.ts";
export { conductOf } from "./conduct.ts";
export type {
  AgentConduct,
  LoadedAgent,
  LoadedGeneration,
  LoadedProvider,
  ModelChoice,
  ModelFacts,
  Prices,
  ProviderLimits,
  SecretRef,
  SecretSource,
  SpokenProtocol,
} from "./types.ts";
export { listeningOf, type Listening } from "./listen.ts";
