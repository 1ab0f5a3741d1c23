import { addressOf, problem, shown, type Diagnostic, type Resource } from "../../core/index.ts";
import { choiceOf } from "./choice.ts";
import { conductOf } from "./conduct.ts";
import { durationAt, objectAt, objectsAt, textAt, textsAt } from "./read-spec.ts";
import type { AgentConduct, LoadedAgent } from "./types.ts";

/** One Agent as the runtime runs it; undefined, with a problem pushed, when it cannot be built. */
export function loadAgent(resource: Resource, skills: ReadonlyMap<string, Resource>, diagnostics: Diagnostic[]): LoadedAgent | undefined {
  const { spec } = resource;
  const model = objectAt(spec, "model");
  const main = model && choiceOf(model);
  if (!main) {
    const address = addressOf(resource.kind, resource.metadata.name);
    diagnostics.push(problem("GENERATION_UNLOADABLE", { detail: `${address} names no model.`, context: { address } }));
    return undefined;
  }
  const missing = textsAt(spec, "skills").filter((name) => !skills.has(name));
  diagnostics.push(...missing.map((name) => unknownSkill(name, resource)));
  let system: string | undefined;
  let conduct: AgentConduct | undefined;
  return {
    name: resource.metadata.name,
    // A check of a thousand agents needs no prompt of theirs.
    get system() {
      return (system ??= systemPrompt(resource, skills));
    },
    choices: [
      main,
      ...objectsAt(spec, "fallbacks")
        .map(choiceOf)
        .filter((choice) => choice !== undefined),
    ],
    showThinking: objectAt(spec, "debug")?.["showThinking"] === true,
    timePerMessageMs: durationAt(objectAt(spec, "budgets") ?? {}, "timePerMessage") ?? null,
    get conduct() {
      return (conduct ??= conductOf(spec));
    },
  };
}

/** The agent's own prompt, how it presents itself, then each skill in the order the agent names them. */
function systemPrompt(resource: Resource, skills: ReadonlyMap<string, Resource>): string {
  const { spec } = resource;
  const identity = objectAt(spec, "identity") ?? {};
  const name = textAt(identity, "displayName");
  const theme = textAt(identity, "theme");
  const parts = [
    textAt(spec, "prompt") ?? "",
    name === undefined ? "" : `Your name is ${name}.`,
    theme === undefined ? "" : `Your manner: ${theme}`,
    ...textsAt(spec, "skills").map((skill) => skillPrompt(skill, skills.get(skill))),
  ];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
}

function unknownSkill(name: string, { kind, metadata }: Resource): Diagnostic {
  const address = addressOf(kind, metadata.name);
  return problem("REF_NOT_FOUND", { detail: `${address} uses skill ${shown(name)}, which does not exist.`, context: { address } });
}

/** A skill that is loaded on demand shows only when it helps: asking for more needs a tool. */
function skillPrompt(name: string, skill: Resource | undefined): string {
  if (!skill || skill.spec["enabled"] === false) return "";
  const text = textAt(skill.spec, "load") === "on-demand" ? "" : (textAt(skill.spec, "prompt") ?? "");
  return [`# Skill: ${name}`, textAt(skill.spec, "description") ?? "", text].filter((part) => part.trim() !== "").join("\n\n");
}
