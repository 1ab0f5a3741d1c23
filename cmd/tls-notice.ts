import { subscribe } from "node:diagnostics_channel";
import { escapeText, TLS_EXCEPTION_USED, type TlsException } from "../core/index.ts";
import type { Io } from "./io.ts";

/** Says on standard error which hosts this command connects to with less than TLS 1.3: each once. */
export function tellTlsExceptions(io: Pick<Io, "err">): void {
  const told = new Set<string>();
  subscribe(TLS_EXCEPTION_USED, (used) => {
    const { host, minVersion, reason } = used as TlsException;
    if (told.has(host)) return;
    told.add(host);
    io.err(`Connecting to ${escapeText(host)} with ${minVersion} or newer, as moltbot.yaml says: ${escapeText(reason)}\n`);
  });
}
