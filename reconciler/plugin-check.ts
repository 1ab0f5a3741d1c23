import {
  digestJson,
  isDigest,
  isObject,
  ok,
  segmentsOf,
  type Address,
  type Diagnostic,
  type Digest,
  type JsonObject,
  type Resource,
  type Result,
} from "../core/index.ts";
import { isBundled, loadPlugins, type PluginCheck } from "../trust/signatures/index.ts";
import type { Context } from "./desired.ts";
import type { Differences, Recorded } from "./diff/index.ts";
import type { Judges } from "./judging.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import type { Target, Values } from "./targets/index.ts";
import type { World } from "./types.ts";

/** What verifying the plugins of a desired state showed, and the bytes that the state names. */
export interface PluginsChecked extends PluginCheck {
  readonly values: Values;
  /** The facts as policies are asked with them. */
  readonly inputs: ReadonlyMap<Address, JsonObject>;
}

interface Situation {
  readonly context: Context;
  readonly config: ResolvedConfig;
  readonly judges: Judges;
  readonly target: Target;
  readonly recorded: Recorded;
  readonly changes: Differences["changes"];
}

/** The stage "verify" for bundles. Where there is no plugin, nothing is loaded for it. */
export async function pluginCheck(situation: Situation, world: World): Promise<Result<PluginsChecked>> {
  const { context, config, judges, target, recorded, changes } = situation;
  const resources = config.resources.map((each) => each.resource);
  const named = resources.flatMap(bundleDigests);
  if (named.length === 0) {
    const values: Values = (digest) => config.values.get(digest);
    return ok({ facts: new Map(), signers: new Map(), problems: [], remarks: [], digest: digestJson([]), values, inputs: new Map() });
  }
  world.progress({ stage: "verify", message: "verifying plugins", total: resources.filter(isBundled).length });
  const before = new Map(changes.map((change) => [change.address, recorded.get(change.from ?? change.address) ?? null]));
  const wanted = [...named, ...[...before.values()].flatMap((each) => (each ? bundleDigests(each) : []))];
  const values = await bytesOf(wanted, config, target);
  if (!values.ok) return values;
  const { checkPlugins } = await loadPlugins();
  const found = await checkPlugins({
    resources,
    values: values.value,
    projects: judges.active ? [judges.project, judges.active.project] : [judges.project],
    before: (address) => before.get(address) ?? null,
    originOf: (address, pointer) => {
      const each = config.byAddress.get(address);
      return each && each.layers.length > 0 ? originIn(each, segmentsOf(pointer), "value", world.kinds) : undefined;
    },
  });
  const at = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => locate(diagnostics, context.files);
  const inputs = new Map([...found.facts].map(([address, facts]): [Address, JsonObject] => [address, { ...facts }]));
  return ok({ ...found, inputs, problems: at(found.problems), remarks: at(found.remarks), values: values.value });
}

/** The digests by which a resource names archive, signature and provenance. */
function bundleDigests({ spec }: Resource): readonly Digest[] {
  const { bundle } = spec;
  if (!isObject(bundle)) return [];
  return ["file", "signature", "provenance"].flatMap((field) => {
    const digest = bundle[field];
    return isDigest(digest) ? [digest] : [];
  });
}

/** Bytes from the files that were read, and from the record what is not among them: a rollback reads no files. */
async function bytesOf(digests: readonly Digest[], { values }: ResolvedConfig, target: Target): Promise<Result<Values>> {
  const missing = digests.filter((digest) => !values.has(digest));
  const recorded = missing.length > 0 ? await target.record.values(missing) : ok<ReadonlyMap<Digest, Uint8Array>>(new Map());
  if (!recorded.ok) return recorded;
  return ok((digest) => values.get(digest) ?? recorded.value.get(digest));
}
