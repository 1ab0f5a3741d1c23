import type { CodeEntry } from "./entry.ts";

/** runtime/net: what is reached over the network. */
export const NET_CODES = {
  ADDRESS_REFUSED: {
    outcome: "DENIED",
    summary: "Not an address that may be reached",
    page: "What is reached on behalf of an agent is on the public internet, unless a grant says otherwise: loopback, private, link-local, multicast and reserved addresses are refused, and so is a name that resolves to one of them, because its owner could point it at your own machines. No connection was opened.\n\nWhere such an address is meant, a grant names it letter by letter: `http://127.0.0.1:8080/**`, `http://localhost:8080/**`, `https://10.1.2.3/**`. A wildcard names no address.",
  },
  NAME_NOT_RESOLVED: {
    outcome: "UNAVAILABLE",
    summary: "The host name could not be resolved",
    page: "The resolver of this machine has no address for the name, gave too many, or did not answer in time. No connection was opened.",
  },
  CONNECT_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "No connection",
    page: "The host has an address that may be reached, and nothing there took the connection in time. The message says what happened.",
  },
  TLS_TOO_OLD: {
    outcome: "UNAVAILABLE",
    summary: "The server speaks no TLS 1.3",
    page: "Connections of the runtime and of appliers ask for TLS 1.3 or newer, and this server speaks only older versions. The handshake failed before anything was sent.\n\nHave the server speak TLS 1.3. Where that is in nobody's hands, the Project can except the host by name, with a reason:\n\n    policies:\n      network:\n        tlsExceptions: [{host: legacy.acme.example, minVersion: TLSv1.2, reason: replaced in March}]\n\nAdding one weakens what judges changes (TRUST_WEAKENED), its first use by a process is in the audit (`tls.exception`), and `moltbot doctor` lists it.",
  },
} as const satisfies Record<string, CodeEntry>;
