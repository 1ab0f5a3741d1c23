import type { Instant, JsonObject, Resource } from "../../core/index.ts";
import type { Atom } from "../capability/index.ts";
import { describe } from "./input.ts";
import type { ReachFacts } from "./reach.ts";

/** What is known of one call beside the grant that covers it; fields as docs/policy-input.md has them. */
export interface CallFacts {
  readonly tool: string;
  readonly action: string;
  readonly resource: string | null;
  readonly arguments: JsonObject;
  readonly principal: JsonObject | null;
  readonly channel: JsonObject | null;
  readonly data: JsonObject;
  readonly session: JsonObject;
  readonly time: Instant;
}

/** The question about one call, complete: every field is there, null when unknown. */
export function callInput(
  agent: Resource,
  atom: Pick<Atom, "grant" | "constraints">,
  reach: ReachFacts,
  place: { readonly project: string; readonly environment: string },
  facts: CallFacts,
): JsonObject {
  return {
    agent: describe(agent),
    grant: atom.grant,
    tool: facts.tool,
    action: facts.action,
    resource: facts.resource,
    constraints: atom.constraints,
    arguments: facts.arguments,
    principal: facts.principal,
    channel: facts.channel,
    data: facts.data,
    session: facts.session,
    time: facts.time,
    reach: reach as unknown as JsonObject,
    project: { name: place.project, environment: place.environment },
  };
}
