import {
  digestBytes,
  digestJson,
  isObject,
  LIMITS,
  ok,
  type Address,
  type Digest,
  type Json,
  type Resource,
  type Result,
} from "../core/index.ts";
import {
  COMPILED_FIELD,
  COMPILED_FILES,
  compiledDigests,
  NOTHING_COMPILED,
  policiesAmong,
  type Compiled,
  type OwnPolicies,
} from "../trust/policy/index.ts";
import type { ResolvedConfig, ResolvedResource } from "./resolve/index.ts";
import type { Source, SourceFile } from "./source/index.ts";
import type { Target } from "./targets/index.ts";

/** The compiled policies that stand beside moltbot.yaml; undefined where no policy is declared. Missing files are told by the plan. */
export async function readCompiled(
  source: Source,
  resources: readonly ResolvedResource[],
  note: (file: SourceFile) => void,
): Promise<Result<Compiled | undefined>> {
  if (policiesAmong(resources.map((each) => each.resource)).length === 0) return ok(undefined);
  const found = await source.find(Object.values(COMPILED_FILES), LIMITS.policyBytes);
  if (!found.ok) return found;
  const files = found.value;
  for (const file of files.values()) note(file);
  const bytesOf = (path: string): Uint8Array | null => files.get(path)?.bytes ?? null;
  const { bundle, lock, attestation } = COMPILED_FILES;
  return ok({ bundle: bytesOf(bundle), lock: bytesOf(lock), attestation: bytesOf(attestation) });
}

/** The desired state with the compiled policies that judge it; without any, the field is not there. */
export function withCompiled(config: ResolvedConfig, project: Address, own: OwnPolicies | null): ResolvedConfig {
  const declared = config.byAddress.get(project);
  if (!declared) return config;
  const { compiled } = own ?? { compiled: null };
  const values = new Map(config.values);
  const digestOf = (bytes: Uint8Array): Digest => {
    const digest = digestBytes(bytes);
    values.set(digest, bytes);
    return digest;
  };
  const named = compiled && {
    bundle: digestOf(compiled.bundle),
    lock: digestOf(compiled.lock),
    ...(compiled.attestation ? { attestation: digestOf(compiled.attestation) } : {}),
  };
  const resource = withField(declared.resource, named);
  if (resource === declared.resource) return config;
  const each = { ...declared, resource, digest: digestJson(resource as unknown as Json) };
  const resources = config.resources.map((other) => (other.address === project ? each : other));
  const byAddress = new Map([...config.byAddress, [project, each] as const]);
  return { ...config, resources, byAddress, values, digest: digestJson(resources.map((other) => [other.address, other.digest])) };
}

function withField(resource: Resource, named: Json): Resource {
  const policies = isObject(resource.spec["policies"]) ? resource.spec["policies"] : {};
  const { [COMPILED_FIELD]: before, ...rest } = policies;
  if (before === undefined && named === null) return resource;
  if (named !== null) return { ...resource, spec: { ...resource.spec, policies: { ...rest, [COMPILED_FIELD]: named } } };
  const { policies: _, ...spec } = resource.spec;
  return { ...resource, spec: Object.keys(rest).length > 0 ? { ...spec, policies: rest } : spec };
}

/** The Project as somebody would write it. */
export function withoutCompiled(resource: Resource): Resource {
  return withField(resource, null);
}

/** The compiled policies of what is recorded; without bytes where they are lost, which is no reason to go on without them. */
export async function recordedCompiled(project: Resource | undefined, { record }: Target): Promise<Compiled> {
  const digests = compiledDigests(project);
  const values = digests && (await record.values(Object.values(digests)));
  if (!digests || !values?.ok) return NOTHING_COMPILED;
  const bytesOf = (digest: Digest | undefined): Uint8Array | null => (digest && values.value.get(digest)) ?? null;
  return { bundle: bytesOf(digests.bundle), lock: bytesOf(digests.lock), attestation: bytesOf(digests.attestation) };
}
