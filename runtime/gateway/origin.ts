import { fail, ok, problem, shown, type Result } from "../../core/index.ts";

/** Which names and pages may call: what a browser says of a call before anything else is looked at. */
export interface Doors {
  /** `host:port`, lower case, as a `Host` header says it. */
  readonly hosts: ReadonlySet<string>;
  /** Origins beside our own, exactly. */
  readonly origins: ReadonlySet<string>;
}

/** Names of queries that carry what belongs into a header. Logs, histories and referrers keep addresses. */
const SECRET_NAMES = /^(access_token|token|id_token|refresh_token|api_key|apikey|key|secret|password|auth|authorization|code_verifier)$/i;

/**
 * Against pages that call us in somebody's browser (DNS rebinding, cross-site requests): the `Host` must be
 * ours, and an `Origin`, which every page sends with what changes something, ours or allowed.
 */
export function checkDoors(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  { hosts, origins }: Doors,
  isEncrypted: boolean,
): Result<void> {
  const { host, origin } = headers;
  if (typeof host !== "string" || !hosts.has(host.toLowerCase()))
    return fail(
      refused(
        `The request names the host ${typeof host === "string" ? shown(host) : "(none)"}, which is not this gateway's.`,
        "Call it by its address, or name the host in moltbot.yaml (spec.target.listen.hosts), apply, and start the gateway again.",
      ),
    );
  if (origin === undefined) return ok(undefined);
  const own = `${isEncrypted ? "https" : "http"}://${host.toLowerCase()}`;
  if (typeof origin === "string" && (origin === own || origins.has(origin))) return ok(undefined);
  return fail(
    refused(
      `A page of ${typeof origin === "string" ? shown(origin) : "several origins"} may not call this gateway.`,
      "Name the origin in moltbot.yaml (spec.target.listen.allowedOrigins), and apply.",
    ),
  );
}

/** Nothing secret stands in an address: what proves who calls is in a header. */
export function checkAddress(query: Readonly<Record<string, unknown>>): Result<void> {
  const named = Object.keys(query).find((name) => SECRET_NAMES.test(name));
  return named === undefined
    ? ok(undefined)
    : fail(
        problem("API_SECRET_IN_ADDRESS", {
          detail: `The address carries ${shown(named)}. Addresses end up in logs and histories, so what proves who calls is never read from them.`,
          remedy: "Send it in the header:\nAuthorization: Bearer ...",
        }),
      );
}

function refused(detail: string, remedy: string): ReturnType<typeof problem> {
  return problem("API_ORIGIN_REFUSED", { detail, remedy });
}
