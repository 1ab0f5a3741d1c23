import { createHash } from "node:crypto";
import { isObject, unreachable, type Json } from "../../core/index.ts";
import type { Identity } from "./types.ts";

/** The id of whoever was recognised so, as audit, policies and logs know it. */
export function principalIdOf(identity: Identity): string {
  switch (identity.kind) {
    case "oidc":
      return `oidc:${identity.issuer}#${identity.subject}`;
    case "ssh":
      return `ssh:${fingerprintOf(identity.key)}`;
    case "local":
      return "local";
    default:
      return unreachable(identity);
  }
}

/** `SHA256:...`, as `ssh-keygen -l` prints it. */
export function fingerprintOf(key: string): string {
  const blob = Buffer.from(key.split(" ")[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

export function identityFrom(value: Json | undefined): Identity | undefined {
  if (!isObject(value)) return undefined;
  const { kind, issuer, subject, key } = value;
  if (kind === "oidc" && typeof issuer === "string" && typeof subject === "string") return { kind, issuer, subject };
  if (kind === "ssh" && typeof key === "string") return { kind, key };
  return kind === "local" ? { kind } : undefined;
}
