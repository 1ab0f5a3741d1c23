import { InternalError, isObject, type JsonObject } from "../../core/index.ts";

/** Folders whose names are shorter than their kinds. */
const FOLDERS: Readonly<Record<string, string>> = { ModelProvider: "providers", Passthrough: "passthrough" };

/** Where a manifest goes in a new repository: one document a file, a folder for each kind; the Project is moltbot.yaml. */
export function manifestPath(value: JsonObject): string {
  const kind = typeof value["kind"] === "string" ? value["kind"] : "";
  const name = isObject(value["metadata"]) ? value["metadata"]["name"] : undefined;
  if (kind === "Project") return "moltbot.yaml";
  if (kind === "" || typeof name !== "string") throw new InternalError("a manifest without kind or name has no file");
  return `${Object.hasOwn(FOLDERS, kind) ? FOLDERS[kind] : folderOf(kind)}/${name}.yaml`;
}

/** `McpServer` is `mcp-servers`, `Policy` is `policies`. */
function folderOf(kind: string): string {
  const words = kind.replaceAll(/(?<=[a-z0-9])([A-Z])/g, "-$1").toLowerCase();
  return words.endsWith("y") ? `${words.slice(0, -1)}ies` : `${words}s`;
}
