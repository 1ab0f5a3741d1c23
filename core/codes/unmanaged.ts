import type { CodeEntry } from "./entry.ts";

/** Agents that are made by the API, outside every repository. */
export const UNMANAGED_CODES = {
  UNMANAGED_FORBIDDEN: {
    outcome: "NOT_ALLOWED",
    summary: "Its Project lets nobody make agents outside the repository",
    page: "`spec.unmanaged` of the Project that the agent would be made beside is `refuse`, which is the default: agents are declared in the repository, where they are reviewed. `ephemeral` lets agents made by the API live until the gateway starts again, `keep` until they are deleted. Change moltbot.yaml and apply it, or declare the agent.\n\nWhere the field was changed after an agent was made, the agent stays in the store and does not run.",
  },
  UNMANAGED_WIDER: {
    outcome: "NOT_ALLOWED",
    summary: "The agent could do more than the declared one it is made like",
    page: "An agent made outside the repository is like one declared agent: it has that one's grants or fewer, under the same conditions or stricter ones, refers to nothing that the declared one does not refer to, and has no larger limits. What goes further is reviewed in the repository. The message names the field.\n\nWhere the declared agent was narrowed afterwards, those that were made like it stop until they fit again; `GET /v2/agents` says why.",
  },
  UNMANAGED_NO_PATTERN: {
    outcome: "NOT_ALLOWED",
    summary: "No declared agent allows everything this one asks for",
    page: "The request did not say which declared agent the new one is made like, and none of them has all of its grants, references and limits. Name one with `like`, and the answer says what goes further than it; or declare the agent in the repository.",
  },
  UNMANAGED_GONE: {
    outcome: "REFUSED",
    summary: "What the agent was made beside is not active any more",
    page: "An agent made outside the repository lives beside a Project and is made like one of its agents. The Project, or that agent, was removed from the repository, rolled back, or cannot be read; so the agent does not run. It is still in the store: it runs again when what it needs is back, can be made like another agent with `PUT /v2/agents/NAME`, or removed with `DELETE /v2/agents/NAME`.",
  },
  UNMANAGED_TAKEN: {
    outcome: "REFUSED",
    summary: "Another agent has this name",
    page: "A name means one agent on a gateway. The agent that was to be made has the name of one that a repository declares, that was forgotten, or that the API made before; nothing is ever written over by accident. Choose another name. An agent that the API made is replaced with `PUT`; one that is declared is changed in its repository, or with `PATCH /v2/agents/NAME` where that does not widen it.",
  },
  UNMANAGED_MOVED: {
    outcome: "STALE",
    summary: "The object changed at the same moment",
    page: "Between looking at an unmanaged object and writing it, somebody else made, changed or removed it. Nothing was written. Read it again, and send the change if it is still meant.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
