import { byCodeUnit, type Resource } from "../../core/index.ts";
import { widerThan, type WiderWorld } from "./wider.ts";

/** The first declared agent, by name, that an agent could do no more than; undefined where there is none. */
export function patternFor(agent: Resource, declared: readonly Resource[], world: WiderWorld): Resource | undefined {
  return declared
    .filter((each) => each.kind === "Agent")
    .toSorted((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))
    .find((like) => widerThan(withLabelsOf(agent, like), like, world) === null);
}

/** Who says nothing of labels means those of the agent that it is like. */
export function withLabelsOf(agent: Resource, { metadata: { labels } }: Resource): Resource {
  return agent.metadata.labels === undefined && labels !== undefined ? { ...agent, metadata: { ...agent.metadata, labels } } : agent;
}
