import type { Resource } from "../../core/index.ts";
import { jsonLine, jsonText, yamlText, type Views } from "./index.ts";

interface Resources {
  readonly resources: readonly Resource[];
}

/** Resources as a YAML stream that `validate` would accept, a JSON list, or one line each. */
export const resourcesViews: Views<Resources> = {
  text: yamlStream,
  yaml: yamlStream,
  json: ({ resources }) => jsonText(resources),
  jsonl: ({ resources }) => resources.map((each) => jsonLine(each)).join(""),
};

async function yamlStream({ resources }: Resources): Promise<string> {
  const documents: string[] = [];
  for (const each of resources) documents.push(await yamlText(each));
  return documents.join("---\n");
}
