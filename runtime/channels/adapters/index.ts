import type { SpokenChannel } from "../../load/index.ts";
import type { LoadAdapter } from "../ports.ts";

/** The platforms of this runtime, each imported when its first channel starts. */
export const ADAPTERS: Readonly<Record<SpokenChannel, LoadAdapter>> = {
  webhook: async () => (await import("./webhook/index.ts")).webhookAdapter,
  telegram: async () => (await import("./telegram/index.ts")).telegramAdapter,
  irc: async () => (await import("./irc/index.ts")).ircAdapter,
  web: async () => (await import("./web/index.ts")).webAdapter,
};
