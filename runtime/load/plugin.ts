import type { Digest, JsonObject, Resource } from "../../core/index.ts";
import { credentialHeader, credentialPlace, parsePattern, parseTool, type Pattern } from "../../trust/capability/index.ts";
import { byteSizeAt, digestAt, durationAt, objectAt, objectsAt, secretRefOf, textAt, textsAt } from "./read-spec.ts";
import type { SecretRef } from "./types.ts";

/** A tool of a plugin as the repository declares it. What it leaves out stands in the plugin's own manifest. */
export interface LoadedPluginTool {
  readonly name: string;
  readonly description: string | null;
  /** JSON Schema of its arguments. */
  readonly input: JsonObject | null;
}

/** One thing that a plugin may ask of the host while it works. */
export interface PluginNeed {
  readonly tool: string;
  readonly action: string;
  /** Null for tools that act on nothing. */
  readonly pattern: Pattern | null;
}

/** A secret that the host adds to requests of a plugin, which is not handed it. */
export interface PluginCredential {
  readonly name: string;
  readonly value: SecretRef;
  /** In lower case. */
  readonly header: string;
  readonly prefix: string;
  readonly patterns: readonly Pattern[];
}

export interface LoadedPlugin {
  readonly name: string;
  /** The digest of its archive; null where none is pinned, and then it does not run. */
  readonly archive: Digest | null;
  /** False: it is declared and switched off. */
  readonly isEnabled: boolean;
  readonly tools: readonly LoadedPluginTool[];
  readonly needs: readonly PluginNeed[];
  readonly settings: JsonObject;
  readonly secrets: ReadonlyMap<string, SecretRef>;
  readonly credentials: readonly PluginCredential[];
  readonly limits: { readonly memoryBytes: number; readonly timeoutMs: number; readonly storageBytes: number };
  readonly isolation: "worker" | "process";
}

const MIB = 1024 * 1024;

/** One Plugin as the runtime runs it. What has no canonical form among its needs is no need: it grants nothing. Pure. */
export function loadPlugin({ metadata, spec }: Resource): LoadedPlugin {
  const limits = objectAt(spec, "limits") ?? {};
  const secrets = Object.entries(objectAt(spec, "secrets") ?? {}).flatMap(([name, value]) => {
    const ref = secretRefOf(value);
    return ref ? [[name, ref] as const] : [];
  });
  return {
    name: metadata.name,
    archive: digestAt(objectAt(spec, "bundle") ?? {}, "digest"),
    isEnabled: spec["enabled"] !== false,
    tools: objectsAt(spec, "tools").map((tool) => ({
      name: textAt(tool, "name") ?? "",
      description: textAt(tool, "description") ?? null,
      input: objectAt(tool, "input") ?? null,
    })),
    needs: objectsAt(spec, "capabilities").flatMap(needsOf),
    settings: objectAt(spec, "config") ?? {},
    secrets: new Map(secrets),
    credentials: objectsAt(spec, "credentials").flatMap(credentialOf),
    limits: {
      memoryBytes: byteSizeAt(limits, "memory") ?? 32 * MIB,
      timeoutMs: durationAt(limits, "timeout") ?? 10_000,
      storageBytes: byteSizeAt(limits, "storage") ?? 16 * MIB,
    },
    isolation: textAt(spec, "isolation") === "process" ? "process" : "worker",
  };
}

function needsOf(need: JsonObject): readonly PluginNeed[] {
  const facts = parseTool(textAt(need, "tool") ?? "");
  if (!facts.ok) return [];
  const { tool, resource, impliedPattern } = facts.value;
  return objectsAt(need, "permissions").flatMap((permission): readonly PluginNeed[] => {
    const action = textAt(permission, "action") ?? "";
    if (resource === null) return [{ tool, action, pattern: null }];
    const pattern = parsePattern(resource, textAt(permission, "resource") ?? impliedPattern ?? "");
    return pattern.ok ? [{ tool, action, pattern: pattern.value }] : [];
  });
}

/** One that the host could not tell where to send goes nowhere. */
function credentialOf(credential: JsonObject): readonly PluginCredential[] {
  const value = secretRefOf(credential["value"]);
  const header = credentialHeader(textAt(credential, "header") ?? "");
  const patterns = textsAt(credential, "resources")
    .map(credentialPlace)
    .filter((each) => typeof each !== "string");
  if (!value || header === undefined || patterns.length === 0) return [];
  return [{ name: textAt(credential, "name") ?? "", value, header, prefix: textAt(credential, "prefix") ?? "", patterns }];
}

/** What of a plugin the runtime does not do: everything it brings beside tools, and bounds of its own needs. */
export function lacksOfPlugin({ spec }: Resource): readonly string[] {
  // Those of the calling agent's grants hold; a plugin's own needs have none that are looked at.
  const isBound = objectsAt(spec, "capabilities").some((each) => Object.keys(objectAt(each, "constraints") ?? {}).length > 0);
  return [
    ...textsAt(spec, "provides").flatMap((each) => (each === "tools" ? [] : [`${each} of a plugin`])),
    ...(isBound ? ["constraints of a plugin's capabilities"] : []),
  ];
}
