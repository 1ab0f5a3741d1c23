import { canonicalJson, isArray, isDigest, isObject, ok, type Digest, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { invalid, STATEMENT_TYPE, type Envelope } from "./dsse.ts";

/**
 * in-toto statements about a plan. The subject is the plan's `effect`: what it does, without the parts
 * that an unrelated merge moves. Source: in-toto attestation framework, statement layer v1.
 */
const STATEMENT = "https://in-toto.io/Statement/v1";

/** What a statement says of the plan: `plan` that it was made so, `approval` that somebody wants it applied. */
export const PREDICATES = {
  plan: "https://moltbot.dev/attestation/plan/v1",
  approval: "https://moltbot.dev/attestation/approval/v1",
} as const;

export type StatementKind = keyof typeof PREDICATES;

/** A statement as it was read; who made it is said by the signature alone. */
export interface Statement {
  readonly kind: StatementKind;
  /** `<project>/<environment>`: a statement about one owner says nothing about another. */
  readonly owner: string;
  readonly effect: Digest;
  /** Of the plan that was looked at; another plan with the same effect is covered too. */
  readonly plan: Digest;
  /** What the signer's clock said: a claim. */
  readonly at: string;
  readonly comment: string | null;
}

/** The payload: canonical, so the same statement is the same bytes. */
export function encodeStatement(statement: Statement): Uint8Array {
  const { kind, owner, effect, plan, at, comment } = statement;
  const value = {
    _type: STATEMENT,
    subject: [{ name: owner, digest: { sha256: effect.slice("sha256:".length) } }],
    predicateType: PREDICATES[kind],
    predicate: { plan, at, comment },
  };
  return Buffer.from(canonicalJson(value), "utf8");
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MAX_COMMENT = 4096;

/** @returns `ATTESTATION_INVALID` unless the payload is a statement of ours, word for word as {@link encodeStatement} writes it. */
export function parseStatement({ payloadType, payload }: Envelope): Result<Statement> {
  if (payloadType !== STATEMENT_TYPE) return invalid("its body is no statement");
  const value = jsonOf(payload);
  if (!isObject(value) || value["_type"] !== STATEMENT) return invalid("its body is no in-toto statement");
  const kind = (["plan", "approval"] as const).find((each) => PREDICATES[each] === value["predicateType"]);
  if (!kind) return invalid("it is a statement about something else than a plan");
  const statement = statementOf(kind, value);
  // One form only: nothing can stand in a signed statement that is not read.
  if (!statement || !Buffer.from(encodeStatement(statement)).equals(payload)) return invalid("its statement is not complete, or says more");
  return ok(statement);
}

function statementOf(kind: StatementKind, { subject, predicate }: JsonObject): Statement | undefined {
  const first = isArray(subject) && subject.length === 1 ? subject[0] : undefined;
  if (!isObject(first) || !isObject(predicate)) return undefined;
  const { name, digest } = first;
  const hex = isObject(digest) ? digest["sha256"] : undefined;
  const effect = typeof hex === "string" ? `sha256:${hex}` : "";
  const { plan, at, comment } = predicate;
  if (typeof name !== "string" || !isDigest(effect) || !isDigest(plan)) return undefined;
  if (typeof at !== "string" || !INSTANT.test(at)) return undefined;
  if (comment !== null && (typeof comment !== "string" || comment.length > MAX_COMMENT)) return undefined;
  return { kind, owner: name, effect, plan, at, comment };
}

function jsonOf(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
