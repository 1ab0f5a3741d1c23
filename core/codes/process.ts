import type { CodeEntry } from "./entry.ts";

/** The running gateway as a process: start, stop, what it says of itself. */
export const PROCESS_CODES = {
  RUNTIME_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "A part of the gateway did not start",
    page: "The gateway starts whole or not at all. The message names the part and why; what had started before it was stopped again. Correct the cause and run `moltbot gateway run` again.",
  },
  GATEWAY_STOPPED_EARLY: {
    outcome: "UNAVAILABLE",
    summary: "The gateway was told to stop while it started",
    page: "A signal arrived before the gateway was ready. Everything that had started was stopped again.",
  },
  GATEWAY_NOT_RUNNING: {
    outcome: "UNAVAILABLE",
    summary: "No gateway runs on this state folder",
    page: "The command talks to the running gateway, and none holds this state folder. Start one with `moltbot gateway run`, or name the right folder with `--state`.",
  },
  GATEWAY_NOT_READY: {
    outcome: "UNAVAILABLE",
    summary: "The gateway does not take messages yet",
    page: "The process runs, but something that messages need is missing: nothing was applied yet, or a part is starting or stopping. `moltbot gateway status` says what.",
  },
  GATEWAY_SILENT: {
    outcome: "UNAVAILABLE",
    summary: "The running gateway does not answer",
    page: "A process holds the state folder as its gateway but does not answer on its socket within the time allowed. Look at its log; it may be starting or stopping.",
  },
} as const satisfies Record<string, CodeEntry>;
