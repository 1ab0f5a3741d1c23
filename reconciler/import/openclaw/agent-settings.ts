import type { Address } from "../../../core/index.ts";
import { at, booleanOf, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asByteSize, asDuration, asDurationText, asInteger, asNumber, asText, oneOf, same, type Convert } from "./convert.ts";
import type { Fold } from "./fold.ts";
import type { Models } from "./models.ts";

/** `[source path, path below spec, conversion]`: settings that an agent and `agents.defaults` have alike. */
type Row = readonly [source: readonly string[], field: readonly string[], convert: Convert];

const THINKING = oneOf(same("off", "minimal", "low", "medium", "high"));

const ROWS: readonly Row[] = [
  [["identity", "name"], ["identity", "displayName"], asText],
  [["name"], ["identity", "displayName"], asText],
  [["displayName"], ["identity", "displayName"], asText],
  [["identity", "emoji"], ["identity", "emoji"], asText],
  [["identity", "theme"], ["identity", "theme"], asText],
  [["identity", "avatar"], ["identity", "avatar"], asText],
  [["description"], ["description"], asText],
  [["maxTokens"], ["model", "maxTokens"], asInteger],
  [["temperature"], ["model", "temperature"], asNumber],
  [["params", "temperature"], ["model", "temperature"], asNumber],
  [["params", "maxTokens"], ["model", "maxTokens"], asInteger],
  [["thinkingDefault"], ["model", "thinking"], THINKING],
  [["thinkingLevel"], ["model", "thinking"], THINKING],
  [["userTimezone"], ["timezone"], asText],
  [["maxConcurrent"], ["budgets", "concurrentSessions"], asInteger],
  [["timeoutSeconds"], ["budgets", "timePerMessage"], asDuration("s")],
  [["limits", "maxToolCallsPerConversation"], ["budgets", "toolCallsPerSession"], asInteger],
  [["limits", "maxRepeatedSameToolInvocations"], ["budgets", "repeatedToolCalls"], asInteger],
  [["costLimit", "daily"], ["budgets", "costPerDay"], asNumber],
  [["costLimit", "perRequest"], ["budgets", "costPerMessage"], asNumber],
  [["subagents", "delegationMode"], ["delegation", "mode"], oneOf(same("suggest", "prefer"))],
  [["subagents", "maxConcurrent"], ["delegation", "maxConcurrent"], asInteger],
  [["subagents", "maxSpawnDepth"], ["delegation", "maxDepth"], asInteger],
  [["subagents", "runTimeoutSeconds"], ["delegation", "timeout"], asDuration("s")],
  [["subagents", "archiveAfterMinutes"], ["delegation", "archiveAfter"], asDuration("m")],
  [["compaction", "mode"], ["compaction", "mode"], oneOf(same("default", "safeguard"))],
  [["compaction", "reserveTokensFloor"], ["compaction", "reserveTokens"], asInteger],
  [["compaction", "reserveTokens"], ["compaction", "reserveTokens"], asInteger],
  [["compaction", "memoryFlush", "enabled"], ["compaction", "memoryFlush", "enabled"], booleanOf],
  [["compaction", "memoryFlush", "softThresholdTokens"], ["compaction", "memoryFlush", "softThresholdTokens"], asInteger],
  [["compaction", "memoryFlush", "prompt"], ["compaction", "memoryFlush", "prompt"], asText],
  [["compaction", "memoryFlush", "systemPrompt"], ["compaction", "memoryFlush", "systemPrompt"], asText],
  [["contextPruning", "mode"], ["contextPruning", "mode"], oneOf(same("off", "cache-ttl"))],
  [["contextPruning", "ttl"], ["contextPruning", "ttl"], asDurationText],
  [["contextPruning", "keepLastAssistants"], ["contextPruning", "keepLastAnswers"], asInteger],
  [["contextPruning", "softTrimRatio"], ["contextPruning", "softTrimRatio"], asNumber],
  [["contextPruning", "hardClearRatio"], ["contextPruning", "hardClearRatio"], asNumber],
  [["contextPruning", "minPrunableToolChars"], ["contextPruning", "minToolChars"], asInteger],
  [["groupChat", "historyLimit"], ["groupChat", "historyLimit"], asInteger],
  [["sandbox", "scope"], ["sandbox", "scope"], oneOf({ session: "session", agent: "agent", shared: "agent" })],
  [["sandbox", "workspaceAccess"], ["sandbox", "workspaceAccess"], oneOf({ none: "none", ro: "read", rw: "write" })],
  [["sandbox", "docker", "memory"], ["sandbox", "memory"], asByteSize],
  [["sandbox", "docker", "cpus"], ["sandbox", "cpus"], asNumber],
  [["sandbox", "docker", "pidsLimit"], ["sandbox", "processes"], asInteger],
];

/** Everything an agent and the defaults have alike, but models, which other settings build on. */
export function carrySettings(fold: Fold, agent: Address, node: SourceNode): void {
  for (const [source, field, convert] of ROWS) fold.field(at(node, ...source), agent, ["spec", ...field], convert);
  carryMentions(fold, agent, at(node, "groupChat", "mentionPatterns"));
  carryMemory(fold, agent, at(node, "memorySearch") ?? at(node, "memory", "search"));
}

/** OpenClaw's mention patterns are regular expressions; only those that are plain words mean the same here. */
function carryMentions(fold: Fold, agent: Address, list: SourceNode | undefined): void {
  const words = itemsOf(list).flatMap((node) => {
    const value = plainWord(textOf(node) ?? "");
    return value === undefined ? [] : [{ node, value }];
  });
  fold.list(agent, ["spec", "groupChat", "mentions"], words);
}

export function plainWord(pattern: string): string | undefined {
  const word = pattern.replace(/^\\b/, "").replace(/\\b$/, "");
  return word === "" || /[\\^$.*+?()[\]{}|]/.test(word) ? undefined : word;
}

function carryMemory(fold: Fold, agent: Address, search: SourceNode | undefined): void {
  const path = ["spec", "memory", "search"];
  fold.field(at(search, "enabled"), agent, [...path, "enabled"], booleanOf);
  fold.field(at(search, "query", "maxResults"), agent, [...path, "maxResults"], asInteger);
  fold.field(at(search, "query", "hybrid", "enabled"), agent, [...path, "hybrid"], booleanOf);
  const sources = itemsOf(at(search, "sources")).flatMap((node) => {
    const value = textOf(node);
    return value === undefined ? [] : [{ node, value }];
  });
  fold.list(agent, [...path, "include"], sources);
}

/** The models of an agent or of the defaults. A model given as text says nothing about fallbacks. */
export function carryModels(fold: Fold, agent: Address, node: SourceNode, models: Models): void {
  const model = at(node, "model");
  choose(fold, agent, ["spec", "model"], at(model, "primary") ?? model, models);
  for (const key of ["imageModel", "utilityModel"]) {
    const other = at(node, key);
    choose(fold, agent, ["spec", key], at(other, "primary") ?? other, models);
  }
  choose(fold, agent, ["spec", "utilityModel"], at(node, "fastModel"), models);
  const helper = at(node, "subagents", "model");
  choose(fold, agent, ["spec", "delegation", "model"], at(helper, "primary") ?? helper, models);
  carryFallbacks(fold, agent, at(model, "fallbacks") ?? at(node, "fallbacks") ?? at(node, "fallback"), models);
  const embedder = at(node, "memorySearch") ?? at(node, "memory", "search");
  carryEmbedding(fold, agent, embedder, models);
}

function choose(fold: Fold, agent: Address, path: readonly string[], node: SourceNode | undefined, models: Models): void {
  const choice = models.choice(textOf(node) ?? "");
  if (!node || !choice) return;
  // Field by field, so that a default temperature does not stand in the way of the model's name.
  if (fold.value(node, agent, [...path, "provider"], choice.provider)) fold.value(node, agent, [...path, "name"], choice.name);
}

function carryFallbacks(fold: Fold, agent: Address, list: SourceNode | undefined, models: Models): void {
  if (!list) return;
  const choices = itemsOf(list).flatMap((node) => {
    const value = models.choice(textOf(node) ?? "");
    return value === undefined ? [] : [{ node, value }];
  });
  if (itemsOf(list).length === 0) fold.value(list, agent, ["spec", "fallbacks"], []);
  else fold.list(agent, ["spec", "fallbacks"], choices);
}

/** The model that turns notes into vectors. */
function carryEmbedding(fold: Fold, agent: Address, search: SourceNode | undefined, models: Models): void {
  const provider = at(search, "provider");
  const model = at(search, "model");
  const name = textOf(provider);
  if (!provider || name === undefined || ["local", "auto", "none"].includes(name)) return;
  const choice = models.choice(`${name}/${textOf(model) ?? "default"}`);
  if (!choice) return;
  fold.value(provider, agent, ["spec", "memory", "search", "provider"], choice.provider);
  if (model) fold.field(model, agent, ["spec", "memory", "search", "model"], asText);
}
