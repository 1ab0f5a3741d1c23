import { fail, ok, problem, type Clock, type Digest, type Result } from "../../core/index.ts";
import { parseIdentities } from "../../trust/secrets/index.ts";
import type { LiveOwner } from "../live/index.ts";
import type { LoadedGeneration } from "../load/index.ts";
import type { Tokens } from "../oauth/index.ts";
import { readKey, type SealedRecords, type StoreReader } from "../store/index.ts";
import { openVault, type Vault } from "../vault/index.ts";

export interface VaultsWorld {
  readonly dir: string;
  readonly store: () => Pick<StoreReader, "values">;
  readonly records: () => SealedRecords;
  readonly clock: Clock;
  /** The runtime's environment, for `env` secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The vault of an owner's generation: what was opened stays open for as long as it is active, and goes with it. */
export function newVaults(world: VaultsWorld): (owner: Pick<LiveOwner, "project" | "active">) => Vault {
  const known = new WeakMap<LoadedGeneration, Vault>();
  let tokens: Tokens | undefined;
  return ({ project, active }) => {
    const { loaded } = active;
    const before = known.get(loaded);
    if (before) return before;
    const vault = openVault({
      project,
      secrets: loaded.secrets,
      envelope: (digest) => readValue(world, digest),
      identities: () => {
        const key = readKey(world.dir, "runtime.agekey");
        return key.ok ? parseIdentities(key.value.open(), "keys/runtime.agekey") : key;
      },
      env: world.env,
      bearer: async (provider, settings) => {
        const { newTokens } = await import("../oauth/index.ts");
        tokens ??= newTokens({ withRecords: (work) => work(world.records()), clock: world.clock });
        return await tokens.bearer(active.generation.owner, provider, settings);
      },
    });
    known.set(loaded, vault);
    return vault;
  };
}

function readValue({ store }: VaultsWorld, digest: Digest): Result<Uint8Array> {
  const values = store().values([digest]);
  if (!values.ok) return values;
  const bytes = values.value.get(digest);
  return bytes
    ? ok(bytes)
    : fail(problem("STORE_CORRUPT", { detail: `The store has no value ${digest}, which the active generation names.` }));
}
