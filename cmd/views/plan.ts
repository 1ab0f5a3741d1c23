import type { Plan } from "../../reconciler/plan/types.ts";
import type { PlanWords } from "./plan-text.ts";
import { jsonLine, jsonText, yamlText, type Views } from "./index.ts";

/** A plan in every format. The JSON is what a plan file holds, the same bytes. */
export function planViews<T extends { readonly plan: Plan }>(words: PlanWords = {}): Views<T> {
  return {
    text: async ({ plan }, look) => (await import("./plan-text.ts")).planText(plan, look, words),
    json: ({ plan }) => planFileText(plan),
    yaml: ({ plan }) => yamlText(plan),
    jsonl: ({ plan }) => planLines(plan),
    markdown: async ({ plan }) => (await import("./plan-markdown.ts")).planMarkdown(plan),
  };
}

/** The bytes of a plan file. */
export function planFileText(plan: Plan): string {
  return jsonText(plan);
}

/** One line for the plan as a whole, then one for each thing it says, so that none needs the others. */
export function planLines(plan: Plan): string {
  const { formatVersion, digest, effect, body, evidence } = plan;
  const { changes, drift, holds, capabilities, decisions, violations, warnings, ...head } = body;
  const lines: readonly (readonly [string, readonly object[]])[] = [
    ["plan", [{ formatVersion, digest, effect, ...head, evidence }]],
    ["gain", capabilities.added],
    ["loss", capabilities.removed],
    ["finding", capabilities.findings.map((finding) => ({ finding }))],
    ["change", changes],
    ["drift", drift],
    ["hold", holds],
    ["decision", decisions],
    ["violation", violations],
    ["warning", warnings],
  ];
  return lines.flatMap(([type, items]) => items.map((item) => jsonLine({ type, ...item }))).join("");
}
