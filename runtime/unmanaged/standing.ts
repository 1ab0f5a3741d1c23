import { problem, shown, type Diagnostic, type Kinds, type Made, type Resource } from "../../core/index.ts";
import { sharesFolder, widerThan } from "./wider.ts";

export interface Standing {
  /** What is declared by the owner that it is made beside, with edits. */
  readonly declared: readonly Resource[];
  readonly kinds: Kinds;
  readonly now: Date;
  /** When the gateway started; what is ephemeral is not older. */
  readonly startedAt: Date;
}

/** Why an agent that was made by the API may not run as things are; null where it may. Policies are asked apart. Pure. */
export function standingOf(made: Made, { declared, kinds, now, startedAt }: Standing): Diagnostic | null {
  const { resource, beside, like } = made;
  const may = unmanagedIn(declared);
  const forbidden = forbiddenBy(may, made, startedAt);
  if (forbidden) return forbidden;
  const pattern = declared.find((each) => each.kind === "Agent" && each.metadata.name === like);
  if (!pattern) {
    return problem("UNMANAGED_GONE", {
      detail: `Agent/${resource.metadata.name} is like Agent/${like}, which ${beside} does not declare any more.`,
      remedy: "Make it like another agent, or remove it.",
      context: { address: `Agent/${resource.metadata.name}` },
    });
  }
  const shared = sharesFolder(resource, declared);
  const wider = shared
    ? { field: "metadata.name", what: `the workspace folder of ${shared}` }
    : widerThan(resource, pattern, { kinds, now: now.toISOString() });
  if (!wider) return null;
  return problem("UNMANAGED_WIDER", {
    detail: `${wider.field}: ${shown(wider.what)} is more than Agent/${like} has.`,
    remedy: "Take it away, or declare the agent in the repository, where it is reviewed.",
    context: { address: `Agent/${resource.metadata.name}`, like, field: wider.field },
  });
}

type Unmanaged = "refuse" | "ephemeral" | "keep";

/** What the Project says; what cannot be read allows nothing. */
function unmanagedIn(declared: readonly Resource[]): Unmanaged {
  const said = declared.find((each) => each.kind === "Project")?.spec["unmanaged"];
  return said === "keep" || said === "ephemeral" ? said : "refuse";
}

function forbiddenBy(may: Unmanaged, { beside, at, resource }: Made, startedAt: Date): Diagnostic | null {
  const address = `Agent/${resource.metadata.name}`;
  if (may === "keep") return null;
  if (may === "refuse") {
    return problem("UNMANAGED_FORBIDDEN", {
      detail: `spec.unmanaged of the Project of ${beside} is "refuse": agents are declared in its repository.`,
      remedy: "Declare the agent, or say `unmanaged: ephemeral` or `unmanaged: keep` in moltbot.yaml and apply it.",
      context: { address, owner: beside },
    });
  }
  if (Date.parse(at) >= startedAt.getTime()) return null;
  return problem("UNMANAGED_FORBIDDEN", {
    detail: `${address} was made before the gateway started, and spec.unmanaged of the Project of ${beside} is "ephemeral".`,
    remedy: "Make it again, or say `unmanaged: keep` in moltbot.yaml and apply it.",
    context: { address, owner: beside },
  });
}
