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
  PROVIDER_MODEL_CHANGED: {
    outcome: "UNTRUSTED",
    summary: "The provider has another model than was reviewed",
    page: "The ModelProvider states the digest of the model's files, and the provider reports another one for that name (or none). The model is not asked. If the new model is meant, review it and change `models[].digest`.",
  },
  MODEL_LIBRARY_MISSING: {
    outcome: "UNAVAILABLE",
    summary: "The library that answers from model files is not installed",
    page: "A ModelProvider of type `llama-cpp` without an `endpoint` is answered in process by `node-llama-cpp`, an optional peer that moltbot does not bring along. Install it where moltbot is installed, with the command of the message: it leaves the parts for graphics cards out. Nothing is built or downloaded by moltbot.",
  },
  MODEL_FILE_UNUSABLE: {
    outcome: "UNAVAILABLE",
    summary: "The file of the model cannot be used",
    page: "The file that `models[].path` names has to lie in the folder `models` of the state folder (links may not lead out of it) and be readable. Nothing is ever downloaded: put the file where the message says. A declared `digest` is compared before the file is loaded.",
  },
  GENERATION_UNLOADABLE: {
    outcome: "INVALID",
    summary: "The runtime cannot build this configuration",
    page: "Every manifest is well formed, but together they are not something the runtime can build, such as a provider without the address it needs. Nothing is planned or applied; what runs stays.",
  },
  HELD: {
    outcome: "REFUSED",
    summary: "Held by an operator",
    page: "An operator has put a hold on the resource, which stops its use. `moltbot status` lists the holds. A hold ends when it expires or when it is lifted; generations and rollbacks do not touch it. What was said before can be read.",
  },
  TURN_STOPPED: {
    outcome: "UNAVAILABLE",
    summary: "Stopped before the answer was complete",
    page: "The question was interrupted while the model was answering. What had arrived was shown; nothing of this exchange was recorded in the conversation.",
  },
  UNMANAGED: {
    outcome: "REFUSED",
    summary: "Belongs to no Project",
    page: "The resource was forgotten (`spec.forget` in moltbot.yaml): it stays on the target as it was, and no Project declares, judges or changes it. It still answers, as far as what it names is unmanaged too. `moltbot status` counts such objects, and agents that were made by the API. Declare it again and take it back with `moltbot adopt ADDRESS --from unmanaged/unmanaged`.",
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
  SESSION_FULL: {
    outcome: "LIMIT",
    summary: "Too many conversations or messages",
    page: "A conversation may have 10,000 exchanges, and an agent 10,000 conversations. Start a new conversation (`moltbot chat AGENT --new`), or drop one that is no longer needed (`moltbot chat AGENT --forget ID`).",
  },
  MESSAGE_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "Message too large",
    page: "One message to an agent may have 256 KiB.",
  },
} as const satisfies Record<string, CodeEntry>;
