import type { CodeEntry } from "./entry.ts";

/** The runtime: agents, providers, sessions. */
export const RUNTIME_CODES = {
  NOTHING_ACTIVE: {
    outcome: "REFUSED",
    summary: "Nothing is applied yet",
    page: "The runtime runs what was applied, and there is no active generation. Run `moltbot apply`.",
  },
  AGENT_NOT_FOUND: {
    outcome: "INVALID",
    summary: "No such agent",
    page: "The active generation has no agent of this name. `moltbot status` lists what is active; a new agent must be applied first.",
  },
  PROVIDER_UNAVAILABLE: {
    outcome: "UNAVAILABLE",
    summary: "The model provider did not answer usefully",
    page: "The provider could not be reached, answered with an error, too slowly, too much, or something that is not its protocol. The message says which. Fallback models are tried first where the agent names them.",
  },
  PROVIDER_AUTH: {
    outcome: "UNAVAILABLE",
    summary: "The model provider refused the credentials",
    page: "The provider answered that the key is missing, wrong or not allowed. Check the secret that `credentials` refers to.",
  },
  INERT: {
    outcome: "REFUSED",
    summary: "Declared, but not usable yet",
    page: "The resource is applied but inert: something it needs is missing. `moltbot status` says what.",
  },
  SESSION_INVALID: {
    outcome: "INVALID",
    summary: "No such session",
    page: "The conversation named does not exist for this agent.",
  },
  MESSAGE_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "Message too large",
    page: "One message to an agent may have 256 KiB.",
  },
} as const satisfies Record<string, CodeEntry>;
