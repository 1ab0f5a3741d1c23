import { fail, mapResult, type JsonObject } from "../../core/index.ts";
import type { Approval, Approvals, Approver } from "../gate/index.ts";
import { count, instant, listOf, objectOf, orNull, OWNER, pageFrom, pageOf, pageQuery, text } from "./schema.ts";
import { changedSince } from "./problem.ts";
import type { Caller, Route } from "./types.ts";

export interface ApprovalsWorld {
  readonly approvals: () => Approvals;
}

const ID: JsonObject = text("The approval.", { pattern: "^[a-z0-9]{8,64}$" });

const APPROVAL: JsonObject = objectOf({
  id: ID,
  state: text("What became of it.", { enum: ["asked", "given", "refused", "expired", "used"] }),
  owner: OWNER,
  agent: text("Who wants to act."),
  session: text("In which conversation."),
  run: text("In which run."),
  principal: orNull(objectOf({ id: text("On whose behalf."), person: orNull(text("The member's name.")) })),
  behind: listOf(text("Who else asked: who spoke to the agents that call.")),
  channel: orNull(text("Over which channel.")),
  generation: count("Of which generation the agent is."),
  grant: text("Under which grant."),
  tool: text("With which tool."),
  action: text("What it does."),
  resource: orNull(text("To what.")),
  summary: text("One line that says it."),
  effect: { type: "object", description: "Exactly what would run." },
  digest: text("Over exactly that."),
  mode: text("Whether the answer is for this call, or for the conversation.", { enum: ["always", "once"] }),
  role: text("The least role that may answer.", { enum: ["viewer", "operator", "editor", "owner"] }),
  askedAt: instant("Since when it waits."),
  expiresAt: instant("Until when."),
  answer: orNull({ type: "object", description: "Who answered, how, when and why." }),
});

/** Tool calls that wait for a person. */
export function approvalRoutes({ approvals }: ApprovalsWorld): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2/approvals",
      id: "listApprovals",
      summary: "What waits for a person, by id",
      tag: "approvals",
      // It holds what was said and what would be sent, as conversations do.
      role: "operator",
      query: pageQuery(),
      answer: pageOf(APPROVAL),
      status: 200,
      handle: async ({ query }) =>
        mapResult(approvals().list(), (all) => {
          const page = pageFrom(
            [...all].sort((a, b) => (a.id < b.id ? -1 : 1)),
            ({ id }) => id,
            query,
          );
          return { status: 200, body: { items: page.items.map(shownApproval), next: page.next } };
        }),
    },
    {
      method: "POST",
      path: "/v2/approvals/{id}/answer",
      id: "answerApproval",
      summary: "Give or refuse it: for exactly this call, once",
      tag: "approvals",
      role: "viewer",
      isIdempotent: true,
      params: objectOf({ id: ID }),
      body: objectOf(
        {
          answer: text("What is answered.", { enum: ["given", "refused"] }),
          digest: text("The `digest` of what was read: another one is not answered.", { pattern: "^sha256:[0-9a-f]{64}$" }),
          reason: text("Why.", { minLength: 1, maxLength: 1_024 }),
        },
        ["reason", "digest"],
      ),
      answer: APPROVAL,
      status: 200,
      handle: async ({ params, body, caller }) => {
        const { answer, reason, digest } = body as {
          readonly answer: "given" | "refused";
          readonly reason?: string;
          readonly digest?: string;
        };
        const by = approverOf(caller);
        if (digest !== undefined) {
          const open = approvals().list();
          if (!open.ok) return open;
          const found = open.value.find(({ id }) => id === params["id"]);
          if (found && found.digest !== digest) return fail(changedSince());
        }
        const done = approvals().answer(params["id"] ?? "", { answer, by, reason: reason ?? null });
        return mapResult(done, (approval) => ({ status: 200, body: shownApproval(approval) }));
      },
    },
  ];
}

/** Whoever holds the socket in the state folder is the owner of the machine, as with the command there. */
function approverOf({ id, person, role, verified, token }: Caller): Approver {
  return { id, person, role, verified, via: id === "local" && token === null ? "cli" : "api" };
}

function shownApproval({ principal, answer, ...approval }: Approval): JsonObject {
  return { ...approval, principal: principal && { ...principal }, answer: answer && { ...answer } };
}
