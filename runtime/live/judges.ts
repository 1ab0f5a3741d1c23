import type { Diagnostic, Instant, JsonObject, Owner, Resource } from "../../core/index.ts";
import { inForce, judgeOf, subjectOf, trustPartOf, type FinalVerdict, type Policy } from "../../trust/policy/index.ts";
import { noProject } from "./no-project.ts";
import { policyShelf } from "./policies.ts";
import type { LiveStore } from "./types.ts";

/** What judges the calls of one owner, by itself: to ask a question again that was asked before. */
export interface Judges {
  /** All bundles together. */
  readonly policy: Policy;
  /** What rules say of an input that was made before, at the levels and with the exceptions of these resources. */
  readonly judge: (entry: "grant" | "call", input: JsonObject, agent: Resource, tool: string) => FinalVerdict;
  /** What is wrong with what judges: then it denies more. */
  readonly remarks: readonly Diagnostic[];
  readonly close: () => void;
}

export interface JudgesRequest {
  readonly owner: Owner;
  /** Of one generation. */
  readonly resources: readonly Resource[];
  readonly store: LiveStore;
  /** Which exceptions are in force. */
  readonly now: Instant;
  /** The policies that moltbot ships; absent: as they are installed. */
  readonly shipped?: Policy | undefined;
}

export function judgesOf({ owner, resources, store, now, shipped }: JudgesRequest): Judges {
  const [project = "", environment = ""] = owner.split("/");
  const shelf = policyShelf(shipped);
  const { policy, remarks } = shelf.of(resources, environment, store);
  const declared = resources.find((each) => each.kind === "Project") ?? noProject(project);
  const part = inForce(trustPartOf(policy, declared, resources), environment, now, true);
  const judged = judgeOf(part);
  return {
    policy,
    judge: (entry, input, agent, tool) => judged(policy.evaluate(entry, input), subjectOf(agent, tool)),
    remarks: [...remarks, ...part.invalid],
    close: shelf.close,
  };
}
