import type { CodeEntry } from "./entry.ts";

/** What a plan says under Widening beside the capabilities themselves. */
export const FINDING_CODES = {
  TRUST_WEAKENED: {
    outcome: "NOT_ALLOWED",
    summary: "What judges changes would judge less",
    page: "The plan changes the trust part: a signer, person, policy, exception, approval rule or verification is lowered, or a policy goes. What is active judges that change, and approval rules with `when: trust-weakened` ask about it. The finding names the resource, the field and what is lost. If it is not meant, take it back; if it is, a reviewer must see it.",
  },
  POLICY_FLIP: {
    outcome: "DENIED",
    summary: "A grant is answered less strictly",
    page: "The plan changes policies or the Project, and a grant that stays as it is would be answered otherwise: `before -> after`. `moltbot policy diff` lists every answer that flips.",
  },
  APPROVAL_NEVER: {
    outcome: "DENIED",
    summary: "A new grant that nobody is asked about",
    page: "The grant says `approval: never`, so its calls run without asking anybody. Without that constraint every call needs an approval. The policy `approval` says for which tools it may be left out.",
  },
  SECRET_REACHED: {
    outcome: "DENIED",
    summary: "A secret serves more than before",
    page: "Tools that are handed this Secret can now be used by more agents or channels. Nobody sees the value, but its powers can be used by whoever reaches the tool. The finding names who gained it and through whom.",
  },
  LETHAL_TRIFECTA: {
    outcome: "DENIED",
    summary: "Private data, untrusted input and outbound network together",
    page: "An agent can now read private data, is reached by senders nobody vouches for, and can send to the network: a message from a stranger could carry data out. Take one of the three away. docs/policies/lethal-trifecta.md says how each is found.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;

/** Findings are named like the rules they stand for; `explain` takes that name too. */
export const FINDINGS = {
  TRUST_WEAKENED: "TRUST_WEAKENED",
  "policy.flip": "POLICY_FLIP",
  "approval.never": "APPROVAL_NEVER",
  "secret.reached": "SECRET_REACHED",
  "lethal-trifecta": "LETHAL_TRIFECTA",
} as const satisfies Readonly<Record<string, keyof typeof FINDING_CODES>>;

/** The `code` of a finding in a plan. */
export type FindingCode = keyof typeof FINDINGS;
