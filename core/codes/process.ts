import type { CodeEntry } from "./entry.ts";

/** The running gateway as a process: start, stop, what it says of itself. */
export const PROCESS_CODES = {
  LISTEN_UNPROTECTED: {
    outcome: "INVALID",
    summary: "Listening on a network without TLS",
    page: "On addresses of this machine (`127.0.0.1`, `::1`) a gateway answers without encryption. On any other, tokens and conversations would cross a network for everybody on it to read. Declare `spec.target.listen.tls` in moltbot.yaml, with a certificate and its key, or listen on `127.0.0.1`, perhaps behind a reverse proxy that does TLS.",
  },
  LISTEN_CONFLICT: {
    outcome: "INVALID",
    summary: "Projects disagree about where the gateway listens",
    page: "Several Projects are applied to one state folder, and they declare different addresses, ports, certificates or names under `spec.target.listen`. One gateway listens in one place. Keep it in one of the Projects, or make them the same; then start the gateway again.",
  },
  TLS_INVALID: {
    outcome: "INVALID",
    summary: "The certificate or its key cannot be used",
    page: "`spec.target.listen.tls` names a certificate and a private key, both in PEM form. The message says whether they cannot be read or do not belong together. Nothing listens until they do. The key is never shown.",
  },
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
