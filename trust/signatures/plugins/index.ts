/**
 * trust/signatures/plugins: what makes a plugin one that may be installed. Its own manifest, whether the
 * resource agrees with it, who signed it and who may, how it was built, and which one is pinned.
 */
export { checkPlugins, type BundleFacts, type BundleSigner, type PluginCheck, type PluginsToCheck } from "./check.ts";
export { MANIFEST_FILE, manifestOf, parseManifest, type PluginManifest } from "./manifest.ts";
export { verifications } from "./memo.ts";
export { rootIn, ruleOf, textAt } from "./trust.ts";
export { compareVersions } from "./version.ts";
