import module from "node:module";
import { cacheFolder } from "./cache-folder.ts";

/**
 * Keeps V8's compiled code between runs, which halves start-up. What is in such a cache runs as our
 * code, so Node's default (a predictable folder among everybody's temporary files) will not do: the folder is in the user's own
 * cache, mode 0700 and theirs; otherwise there is no cache. `NODE_COMPILE_CACHE=DIR` names another, which Node itself uses;
 * `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 */
export function useCompileCache(): void {
  if (process.env["NODE_COMPILE_CACHE"] !== undefined) return;
  const folder = process.env["NODE_DISABLE_COMPILE_CACHE"] === undefined ? cacheFolder("code", process.env) : undefined;
  if (folder !== undefined) module.enableCompileCache(folder);
}
