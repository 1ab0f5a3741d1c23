/** cmd/plugins: what the plugin commands share. Reading a plugin's folder, and the files of a new one. */
export { readPluginFolder } from "./folder.ts";
export { newPlugin } from "./new-plugin.ts";
