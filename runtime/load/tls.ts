import type { Resource, TlsException } from "../../core/index.ts";
import { canonicalHost } from "../../trust/capability/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import { objectAt, objectsAt, textAt } from "./read-spec.ts";

/** The hosts that a Project connects to with less than TLS 1.3. What is not whole is no exception. */
export function loadTlsExceptions(resources: readonly Resource[]): TlsExceptions {
  return resources.filter(({ kind }) => kind === "Project").flatMap(({ spec }) => tlsExceptionsOf(spec));
}

/** Of the spec of one Project. */
export function tlsExceptionsOf(spec: Resource["spec"]): TlsExceptions {
  const network = objectAt(objectAt(spec, "policies") ?? {}, "network") ?? {};
  return objectsAt(network, "tlsExceptions").flatMap((each): readonly TlsException[] => {
    const [host, reason] = [canonicalHost(textAt(each, "host") ?? ""), textAt(each, "reason")];
    return host === "" || reason === undefined || each["minVersion"] !== "TLSv1.2" ? [] : [{ host, minVersion: "TLSv1.2", reason }];
  });
}
