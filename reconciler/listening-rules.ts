import { addressOf, isLoopback, isObject, problem, shown, type Diagnostic, type Json, type Kinds, type Segments } from "../core/index.ts";
import type { ProjectFacts } from "./project.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";

/** A gateway that listens on a network needs TLS: what it answers with is nobody else's to read. */
export function listenProblems(
  { byAddress }: ResolvedConfig,
  { written, name, environment }: ProjectFacts,
  kinds: Kinds,
): readonly Diagnostic[] {
  const project = byAddress.get(addressOf(written.kind, name));
  if (!project) return [];
  const own: Segments = ["spec", "environments", environment, "target"];
  const spec = project.resource as unknown as Json;
  const target = at(spec, own) === undefined ? ["spec", "target"] : own;
  const place = [...target, "listen", "address"];
  const address = at(spec, place);
  if (typeof address !== "string" || isLoopback(address) || at(spec, [...target, "listen", "tls"]) !== undefined) return [];
  return [
    problem("LISTEN_UNPROTECTED", {
      detail: `The gateway is to listen on ${shown(address)}, which is not of this machine alone, without TLS.`,
      remedy:
        "Beside the address, name a certificate and the Secret that has its key:\ntls: {certificate: {file: tls/gateway.pem}, key: {secret: tls, key: key}}\nOr listen on 127.0.0.1.",
      origin: originIn(project, place, "value", kinds),
    }),
  ];
}

function at(value: Json, path: Segments): Json | undefined {
  return path.reduce<Json | undefined>((each, key) => (each !== undefined && isObject(each) ? each[String(key)] : undefined), value);
}
