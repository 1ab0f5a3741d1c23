/** A host that a Project connects to with less than TLS 1.3 (`Project.policies.network.tlsExceptions`). */
export interface TlsException {
  /** As in a URL. */
  readonly host: string;
  readonly minVersion: "TLSv1.2";
  readonly reason: string;
}

/** The process's own channel (node:diagnostics_channel) on which each use of one is told, before the connection is made. */
export const TLS_EXCEPTION_USED = "moltbot.tls.exception";
