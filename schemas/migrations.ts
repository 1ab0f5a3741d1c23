import type { ManifestMigration } from "../core/index.ts";

/**
 * How manifests of older versions become manifests of this one; `moltbot migrate --manifests` carries it
 * out. `moltbot.dev/v1alpha1` is the first version there is, so there is nothing to bring along yet.
 */
export const MIGRATIONS: readonly ManifestMigration[] = [];
