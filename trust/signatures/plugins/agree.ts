import { isArray, isObject, jsonEqual, shown, type Json, type JsonObject, type Resource } from "../../../core/index.ts";
import { contains, parsePattern, parseTool, type Pattern } from "../../capability/index.ts";
import { credentialProblems } from "./credentials.ts";
import type { PluginManifest } from "./manifest.ts";

/** One thing that resource and plugin say differently: where in the resource, and in words. */
export interface Disagreement {
  readonly pointer: string;
  readonly what: string;
  /** Nothing wrong, but worth a remark. */
  readonly isRemark?: boolean;
}

/**
 * Does the Plugin resource say what the `plugin.yaml` inside the archive says? The resource may leave out
 * tools; it may not add any, and it may not leave out what the plugin needs.
 */
export function disagreements(resource: Resource, manifest: PluginManifest): readonly Disagreement[] {
  const { name } = resource.metadata;
  const { version, tools, capabilities, credentials, provides } = resource.spec;
  return [
    ...(manifest.name === name ? [] : [{ pointer: "/metadata/name", what: `the plugin's own name is ${shown(manifest.name)}` }]),
    ...(version === undefined || version === manifest.version
      ? []
      : [{ pointer: "/spec/version", what: `the plugin's own version is ${shown(manifest.version)}` }]),
    ...texts(provides).flatMap((each, i) =>
      each === "tools" || (manifest.provides ?? []).includes(each)
        ? []
        : [{ pointer: `/spec/provides/${i}`, what: `the plugin does not bring a ${each}` }],
    ),
    ...toolProblems(objects(tools), objects(manifest.tools)),
    ...needProblems(objects(capabilities), objects(manifest.capabilities)),
    ...credentialProblems(objects(credentials), objects(manifest.credentials)),
  ];
}

function toolProblems(declared: readonly JsonObject[], own: readonly JsonObject[]): Disagreement[] {
  return declared.flatMap((tool, i) => {
    const found = own.find((each) => each["name"] === tool["name"]);
    const pointer = `/spec/tools/${i}`;
    if (!found) return [{ pointer: `${pointer}/name`, what: `the plugin has no tool ${shown(tool["name"])}` }];
    const actions = texts(found["actions"] ?? ["call"]);
    const unknown = texts(tool["actions"] ?? ["call"]).find((each) => !actions.includes(each));
    if (unknown !== undefined)
      return [{ pointer: `${pointer}/actions`, what: `the tool ${shown(tool["name"])} has no action ${shown(unknown)}` }];
    if ((tool["resource"] ?? null) !== (found["resource"] ?? null))
      return [{ pointer: `${pointer}/resource`, what: `the tool ${shown(tool["name"])} acts on ${shown(found["resource"] ?? "nothing")}` }];
    const isOther = tool["input"] !== undefined && !jsonEqual(tool["input"], found["input"] ?? null);
    return isOther ? [{ pointer: `${pointer}/input`, what: `the tool ${shown(tool["name"])} takes other arguments` }] : [];
  });
}

/** One action of a tool on one pattern. */
interface Need {
  readonly tool: string;
  readonly action: string;
  readonly resource: string;
  readonly pattern: Pattern | undefined;
}

function needProblems(declared: readonly JsonObject[], own: readonly JsonObject[]): Disagreement[] {
  const allowed = declared.map(needsOf);
  const needed = own.flatMap(needsOf);
  const missing = needed.filter((need) => !allowed.flat().some((each) => covers(each, need)));
  const idle = allowed.flatMap((needs, i) =>
    needs.some((each) => needed.some((need) => covers(each, need))) ? [] : [{ pointer: `/spec/capabilities/${i}`, needs }],
  );
  return [
    ...missing.map(({ tool, action, resource }) => ({
      pointer: "/spec/capabilities",
      what: `the plugin needs ${tool} ${action} ${resource}, which is not declared`,
    })),
    ...idle.map(({ pointer, needs }) => ({
      pointer,
      what: `the plugin does not ask for ${needs[0]?.tool ?? "this"}, so it need not be declared`,
      isRemark: true,
    })),
  ];
}

function needsOf(need: JsonObject): Need[] {
  const tool = typeof need["tool"] === "string" ? need["tool"] : "";
  const facts = parseTool(tool);
  const type = facts.ok ? facts.value.resource : null;
  return objects(need["permissions"]).map((permission) => {
    const action = typeof permission["action"] === "string" ? permission["action"] : "";
    const resource = typeof permission["resource"] === "string" ? permission["resource"] : "**";
    const parsed = type === null ? undefined : parsePattern(type, resource);
    return { tool, action, resource, pattern: parsed?.ok ? parsed.value : undefined };
  });
}

/** What cannot be read as a pattern is covered by its very self only. */
function covers(outer: Need, inner: Need): boolean {
  if (outer.tool !== inner.tool || outer.action !== inner.action) return false;
  return outer.pattern && inner.pattern ? contains(outer.pattern, inner.pattern) : outer.resource === inner.resource;
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
