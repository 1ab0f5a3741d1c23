import { channel } from "node:diagnostics_channel";
import { problem, shown, TLS_EXCEPTION_USED, type Diagnostic, type TlsException } from "../../core/index.ts";

/** Those that hold for whoever connects; none of one owner holds for another. */
export type TlsExceptions = readonly TlsException[];

const USED = channel(TLS_EXCEPTION_USED);

/**
 * What a connection of ours that goes out over TLS asks for: 1.3 at least, unless an exception names the host. Every
 * client asks here, just before it connects, so that none asks for less; each use of an exception is told.
 *
 * @param host - With or without the brackets of an IPv6 address.
 */
export function clientTls(host: string, exceptions: TlsExceptions): { readonly minVersion: "TLSv1.3" | "TLSv1.2" } {
  const found = exceptions.length === 0 ? undefined : exceptions.find((each) => bare(each.host) === bare(host));
  if (!found) return STRICT;
  if (USED.hasSubscribers) USED.publish(found);
  return { minVersion: found.minVersion };
}

const STRICT = { minVersion: "TLSv1.3" } as const;

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, "");
}

/**
 * Told of each connection that an exception is used for, before it is made. A channel of the process rather than a port:
 * whoever connects has nothing to do with who records it.
 *
 * @returns ends it.
 */
export function onTlsException(listener: (used: TlsException) => void): () => void {
  const heard = (used: unknown): void => listener(used as TlsException);
  USED.subscribe(heard);
  return () => {
    USED.unsubscribe(heard);
  };
}

/** Only what every one of them has: for what connects in nobody's name in particular, such as the traces of the process. */
export function sharedExceptions([first = [], ...others]: readonly TlsExceptions[]): TlsExceptions {
  return first.filter(({ host }) => others.every((each) => each.some((other) => bare(other.host) === bare(host))));
}

const TOO_OLD: ReadonlySet<string> = new Set(["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "ERR_SSL_UNSUPPORTED_PROTOCOL"]);

/**
 * Whether a handshake failed because the other side speaks none of the versions that were asked for. Where its alert
 * meets something that was being written, Node has the reason in the message alone.
 */
export function isTlsTooOld(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < MAX_CAUSES; depth++, at = at.cause) if (isRefusedVersion(at)) return true;
  return false;
}

/** Libraries wrap what a connection says. */
const MAX_CAUSES = 5;

function isRefusedVersion(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return TOO_OLD.has(code) || (code === "EPROTO" && /:(?:tlsv1 alert protocol version|unsupported protocol):/.test(error.message));
}

/** In the words for a person: what is wrong, and which field says otherwise. */
export const TLS_REMEDY =
  "Have the server speak TLS 1.3. Where that cannot be, say so in moltbot.yaml:\npolicies:\n  network:\n    tlsExceptions: [{host: HOST, minVersion: TLSv1.2, reason: WHY}]";

export function tlsTooOld(host: string): Diagnostic {
  const name = bare(host);
  return problem("TLS_TOO_OLD", {
    detail: `${shown(name)} does not speak TLS 1.3, and no entry of policies.network.tlsExceptions in moltbot.yaml names it.`,
    remedy: TLS_REMEDY.replace("HOST", name.includes(":") ? `"[${name}]"` : name),
    context: { host: name },
  });
}
