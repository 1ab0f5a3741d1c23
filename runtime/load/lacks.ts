import { lacksOfProject } from "./listen.ts";
import { isInProcess } from "./provider.ts";
import { listAt, objectAt, objectsAt, textAt } from "./read-spec.ts";
import type { JsonObject, Resource } from "../../core/index.ts";
import type { LoadedAgent, LoadedProvider, SecretSource } from "./types.ts";

/** Kinds whose resources are whole as soon as they are read. */
const COMPLETE = new Set(["Agent", "ModelProvider", "Skill", "Secret", "Policy", "PolicyException"]);

/** What each kind needs that this runtime does not have. A kind that is not listed needs a handler. */
const NEEDS: Readonly<Record<string, string>> = {
  Workflow: "workflow runner",
  McpServer: "MCP client",
  Passthrough: "openclaw target",
};

/** What a resource of a kind without own rules lacks. */
export function lacksOfKind(resource: Resource): readonly string[] {
  const { kind, spec } = resource;
  if (kind === "Project") return lacksOfProject(resource);
  if (COMPLETE.has(kind)) return [];
  // People and sharing are facts that others read; only orchestration is something to run.
  if (kind === "Team") return objectAt(spec, "orchestration") ? ["team runner"] : [];
  return [(Object.hasOwn(NEEDS, kind) ? NEEDS[kind] : undefined) ?? "runtime handler"];
}

/** What an agent declares and nothing here does. */
export function lacksOfAgent(
  resource: Resource,
  agent: LoadedAgent | undefined,
  providers: ReadonlyMap<string, LoadedProvider>,
): readonly string[] {
  const { spec } = resource;
  const isSilent = agent?.choices.every(({ provider }) => (providers.get(provider)?.lacks.length ?? 1) > 0);
  return [
    ...(objectsAt(spec, "capabilities").some((each) => textAt(each, "tool")?.startsWith("mcp:") === true) ? ["MCP client"] : []),
    ...lacksOfMemory(objectAt(objectAt(spec, "memory") ?? {}, "search") ?? {}),
    ...lacksOfTalk(spec),
    ...lacksOfFace(spec),
    ...(isSilent === true ? ["model provider"] : []),
  ];
}

/** What of a conversation is declared and not done. */
function lacksOfTalk(spec: JsonObject): readonly string[] {
  const flush = objectAt(objectAt(spec, "compaction") ?? {}, "memoryFlush") ?? {};
  return [
    ...(objectAt(spec, "imageModel") ? ["image model"] : []),
    ...(flush["enabled"] === true ? ["memory flush"] : []),
    ...(objectAt(spec, "debug")?.["showToolCalls"] === true ? ["shown tool calls"] : []),
    ...(textAt(objectAt(spec, "delegation") ?? {}, "mode") === "prefer" ? ["preferred delegation"] : []),
  ];
}

/** What of an agent shows nowhere, or is the same for all. */
function lacksOfFace(spec: JsonObject): readonly string[] {
  const identity = objectAt(spec, "identity") ?? {};
  return [
    ...["emoji", "avatar"].filter((key) => identity[key] !== undefined).map((key) => `identity.${key}`),
    ...(listAt(objectAt(spec, "groupChat") ?? {}, "mentions").length > 0 ? ["groupChat.mentions"] : []),
    // Each command has a sandbox of its own.
    ...(textAt(objectAt(spec, "sandbox") ?? {}, "scope") === "agent" ? ["sandbox.scope agent"] : []),
    // Sizes and times are what the log has, of everybody.
    ...(["off", "content"].includes(textAt(objectAt(spec, "debug") ?? {}, "log") ?? "") ? ["debug.log"] : []),
  ];
}

/** Memory is searched by words, and by itself. */
function lacksOfMemory(search: JsonObject): readonly string[] {
  return [
    ...(search["provider"] === undefined ? [] : ["search by meaning"]),
    ...(listAt(search, "include").includes("sessions") ? ["search in conversations"] : []),
  ];
}

export function lacksOfSkill(resource: Resource): readonly string[] {
  const { spec } = resource;
  const needsTool = textAt(spec, "load") === "on-demand" || objectsAt(spec, "files").length > 0;
  const unused = ["requires", "env", "config"].filter((key) => Object.keys(objectAt(spec, key) ?? {}).length > 0);
  return [...(needsTool ? ["skill loader"] : []), ...unused.map((key) => `skill ${key}`)];
}

export function lacksOfSecret(values: ReadonlyMap<string, SecretSource>): readonly string[] {
  return [...values.values()].some(({ kind }) => kind === "pending") ? ["secret value"] : [];
}

/** What of a provider is declared and not done; its models answer without it. */
export function inertOfProvider({ spec }: Resource): readonly string[] {
  const models = objectsAt(spec, "models");
  const isPenal = models.some((model) => {
    const parameters = objectAt(model, "parameters") ?? {};
    return parameters["presencePenalty"] !== undefined || parameters["frequencyPenalty"] !== undefined;
  });
  const declared = ["alias", "input", "thinking", ...(isInProcess(spec) ? [] : ["path"])].filter((key) =>
    models.some((model) => model[key] !== undefined),
  );
  const isCached = models.some((model) => {
    const prices = objectAt(model, "prices") ?? {};
    return prices["cacheRead"] !== undefined || prices["cacheWrite"] !== undefined;
  });
  const isOther = [spec, ...models].some((each) => textAt(each, "api") !== undefined);
  return [
    ...(isPenal ? ["penalties for repeated words"] : []),
    ...(isOther ? ["choice among a protocol's forms"] : []),
    ...declared.map((key) => `models.${key}`),
    ...(isCached ? ["prices of cached tokens"] : []),
  ];
}
