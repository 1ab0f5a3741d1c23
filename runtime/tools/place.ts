import { isObject, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { matches } from "../../trust/capability/index.ts";
import type { CanonicalCall } from "../gate/index.ts";
import type { Live, LiveGrant } from "../live/index.ts";
import { namesOf, type Run } from "../run/index.ts";

/** What is declared of the agent that runs, as of now. */
export function specOf(live: Live, run: Run): Result<JsonObject> {
  const found = live.agent(run.owner, run.agent);
  return found.ok ? ok(found.value.agent.resource.spec) : found;
}

/** The grants that cover a resource with the tool and action of a call, and that no rule refuses. */
export function coveringGrants(live: Live, run: Run, { tool, action }: CanonicalCall, resource: string): readonly LiveGrant[] {
  const found = live.agent(run.owner, run.agent);
  if (!found.ok) return [];
  return found.value.agent.grants.filter(
    (grant) =>
      grant.tool === tool &&
      grant.action === action &&
      grant.pattern !== null &&
      matches(grant.pattern, resource) &&
      grant.verdict().answer !== "denied",
  );
}

export function objectIn(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The fields of an object that are texts. */
export function textFields(value: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(objectIn(value)).flatMap(([name, each]) => (typeof each === "string" ? [[name, each]] : [])));
}

/** Every name of the people that a run is for; none where it is for nobody. */
export function peopleOf({ principal, behind }: Run): readonly string[] {
  return [...new Set([...namesOf(principal), ...behind])];
}
