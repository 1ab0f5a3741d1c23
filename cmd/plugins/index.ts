/** cmd/plugins: what the plugin commands share. Reading a plugin's folder, the files of a new one, its tests. */
export { readPluginFolder } from "./folder.ts";
export { newPlugin } from "./new-plugin.ts";
export { withoutTypes } from "./strip-types.ts";
export type { Asked, TestedCall, TestedPlugin } from "./tests.ts";
