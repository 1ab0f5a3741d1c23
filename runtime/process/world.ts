import type { Kinds, Owner } from "../../core/index.ts";
import type { OidcConfig } from "../auth/index.ts";
import type { Declare } from "../unmanaged/index.ts";
import type { RunFacts } from "./run-file.ts";
import type { StoreWorld } from "./store-part.ts";
import type { LogWish } from "./telemetry-part.ts";

export interface GatewayWorld extends StoreWorld {
  readonly version: string;
  readonly kinds: Kinds;
  /** In place of the port that is declared; null: as declared. */
  readonly port: number | null;
  /** How many requests one caller may send; absent: {@link LIMITS.apiBurst} and {@link LIMITS.apiPerSecond}. */
  readonly rate?: { readonly burst: number; readonly perSecond: number };
  /** How long an applier elsewhere may be silent; absent: {@link LIMITS.recordLeaseMs}. */
  readonly leaseMs?: number;
  readonly log: LogWish;
  /** How old the keys of sealed records may become; null: rotated by hand alone. */
  readonly rotateEveryMs: number | null;
  /** Where people log in; null: nowhere. */
  readonly oidc: OidcConfig | null;
  /** The runtime's environment, for `env` secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The way of a manifest that a call brings; it belongs to the reconciler. */
  readonly declare: Declare;
  /** What an operator reads while it runs: one line each, without secrets. */
  readonly tell: (event: GatewayEvent) => void;
}

export type GatewayEvent =
  | { readonly kind: "ready"; readonly facts: RunFacts; readonly ms: number }
  | { readonly kind: "active"; readonly owner: Owner; readonly generation: number }
  | { readonly kind: "refused"; readonly owner: Owner; readonly generation: number; readonly reason: string }
  | { readonly kind: "trouble"; readonly reason: string }
  | { readonly kind: "stopping" };
