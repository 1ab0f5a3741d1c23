/** Builders for tests of the stages: small worlds of resources, recorded and desired. */
import { digestJson, type Address, type Digest, type Edit, type Generation, type JsonObject, type Resource } from "../core/index.ts";
import type { LiveState, Recorded } from "../reconciler/diff/index.ts";
import type { WrittenResource } from "../reconciler/manifest/types.ts";
import { resolve, type ResolvedConfig } from "../reconciler/resolve/index.ts";
import { KINDS } from "../schemas/index.ts";

export const API = "moltbot.dev/v1alpha1";

export function written(kind: string, name: string, spec: JsonObject, file = `${kind.toLowerCase()}s/${name}.yaml`): WrittenResource {
  return { file, document: 0, line: 1, kind, name, value: { apiVersion: API, kind, metadata: { name }, spec } };
}

export const ECHO = written("ModelProvider", "echo", { type: "echo" });

export function agent(name: string, more: JsonObject = {}): WrittenResource {
  return written("Agent", name, { model: { provider: "echo", name: "echo" }, prompt: "Be kind.", ...more });
}

/** The desired state of some resources. */
export function desiredOf(resources: readonly WrittenResource[]): ResolvedConfig {
  const result = resolve({
    project: "acme",
    environment: "default",
    written: resources,
    overlays: [],
    files: new Map(),
    kinds: KINDS,
    invalid: new Set(),
  });
  if (!result.ok) throw new Error(result.diagnostics.map((each) => `${each.code} ${each.detail}`).join("\n"));
  return result.value;
}

const NOTHING = digestJson(null);

/** The live state after exactly this configuration was applied as generation `number`. */
export function liveOf(config: ResolvedConfig | null, more: Partial<LiveState> = {}, number = 1): LiveState {
  const rows = new Map<Address, Digest>(config?.resources.map((each) => [each.address, each.digest]));
  const generation: Generation = {
    owner: "acme/default",
    number,
    status: "active",
    reason: "apply",
    because: null,
    digest: digestJson([...rows]),
    plan: NOTHING,
    resolved: config?.digest ?? NOTHING,
    schema: KINDS.digest,
    engine: "0.0.0",
    commit: null,
    dirty: false,
    actor: "ops@laptop",
    createdAt: "2026-01-01T00:00:00.000Z",
    resources: rows.size,
  };
  const base: LiveState = {
    owner: "acme/default",
    lineage: config ? "ab".repeat(16) : null,
    generation: config ? generation : null,
    rows,
    edits: [],
    holds: [],
    pin: null,
    ledgerHead: null,
    foreign: new Map(),
  };
  return { ...base, ...more };
}

export function recordedOf(config: ResolvedConfig | null): Recorded {
  return new Map<Address, Resource>(config?.resources.map((each) => [each.address, each.resource]));
}

export function editOf(address: Address, patch: Edit["patch"], id = "e1"): Edit {
  return { id, owner: "acme/default", address, patch, actor: "api:ops-laptop", at: "2026-01-02T00:00:00.000Z" };
}
