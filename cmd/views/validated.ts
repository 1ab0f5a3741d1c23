import { escapeText, type Resource } from "../../core/index.ts";
import type { Validated, ValidatedAll } from "../../reconciler/types.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { mdText } from "./markdown.ts";
import { symbolOf } from "./status.ts";

/** What machines are told of a valid tree: counts, not the resources; `render` gives those. */
function record({ project, environment, resources, files }: Validated): object {
  return {
    formatVersion: "1.0",
    kind: "Diagnostics",
    outcome: null,
    diagnostics: [],
    hidden: 0,
    project,
    environment,
    files,
    resources: resources.length,
    kinds: countedByKind(resources),
  };
}

function countedByKind(resources: readonly Resource[]): Readonly<Record<string, number>> {
  const kinds = [...Map.groupBy(resources, (each) => each.kind)].map(([kind, list]) => [kind, list.length] as const);
  return Object.fromEntries(kinds.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sentence({ project, environment, resources, files }: Validated): string {
  const kinds = Object.entries(countedByKind(resources)).map(([kind, count]) => `${count} ${kind}`);
  const owner = environment === "default" ? project : `${project}/${environment}`;
  return `${escapeText(owner)} is valid: ${counted(resources.length, "resource")} in ${counted(files, "file")} (${escapeText(kinds.join(", "))}).`;
}

/** The same for several environments: one entry each. */
function recordOfAll({ environments }: ValidatedAll): object {
  const [first] = environments;
  const each = environments.map(({ environment, resources, files }) => ({
    environment,
    files,
    resources: resources.length,
    kinds: countedByKind(resources),
  }));
  return {
    formatVersion: "1.0",
    kind: "Diagnostics",
    outcome: null,
    diagnostics: [],
    hidden: 0,
    project: first?.project ?? null,
    environments: each,
  };
}

export const validatedAllViews: Views<ValidatedAll> = {
  ...plainViews(recordOfAll),
  text: ({ environments }, look) => fitted(look, environments.map((each) => `${symbolOf(look, "ok")} ${sentence(each)}\n`).join("")),
  jsonl: (value) => jsonLine({ type: "end", ...recordOfAll(value) }),
  markdown: ({ environments }) => `### moltbot validate\n\n${environments.map((each) => `- ${mdText(sentence(each))}\n`).join("")}`,
};

export const validatedViews: Views<Validated> = {
  ...plainViews(record),
  text: (value, look) => fitted(look, `${symbolOf(look, "ok")} ${sentence(value)}\n`),
  jsonl: (value) => jsonLine({ type: "end", ...record(value) }),
  markdown: (value) => `### moltbot validate\n\n${mdText(sentence(value))}\n`,
};
