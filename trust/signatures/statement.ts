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

/** What every form of statement says about its subject and itself, before it is read. */
export interface Claim {
  readonly predicateType: string;
  readonly predicate: JsonObject | null;
  /** sha256 of each subject, hexadecimal. */
  readonly subjects: readonly string[];
}

/** What is signed: the subject's digest and the predicate. */
export function claimOf({ kind, owner, effect, plan, at, comment }: Statement): Claim & { readonly predicate: JsonObject } {
  return { predicateType: PREDICATES[kind], predicate: { owner, plan, at, comment }, subjects: [effect.slice("sha256:".length)] };
}

/** A claim about one thing, ready to be signed. */
export interface Signable {
  readonly subject: { readonly name: string; readonly sha256: string };
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

/** The payload: canonical, so the same statement is the same bytes. */
export function encodeClaim({ subject: { name, sha256 }, predicateType, predicate }: Signable): Uint8Array {
  return Buffer.from(canonicalJson({ _type: STATEMENT, subject: [{ name, digest: { sha256 } }], predicateType, predicate }), "utf8");
}

/** A statement about a plan, ready to be signed. */
export function signableOf(statement: Statement): Signable {
  const { predicateType, predicate, subjects } = claimOf(statement);
  return { subject: { name: statement.owner, sha256: subjects[0] ?? "" }, predicateType, predicate };
}

export function encodeStatement(statement: Statement): Uint8Array {
  return encodeClaim(signableOf(statement));
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MAX_COMMENT = 4096;

/** @returns `ATTESTATION_INVALID` unless the payload is a statement of ours, word for word as {@link encodeStatement} writes it. */
export function parseStatement({ payloadType, payload }: Envelope): Result<Statement> {
  if (payloadType !== STATEMENT_TYPE) return invalid("its body is no statement");
  const statement = readStatement(payload);
  if (!statement.ok) return statement;
  // One form only: nothing can stand in a signed statement that is not read.
  const isWhole = Buffer.from(encodeStatement(statement.value)).equals(payload);
  return isWhole ? statement : invalid("its statement is not complete, or says more");
}

/** What a payload says, in whatever form: for who recognises a statement and does not believe it. */
export function readStatement(payload: Uint8Array): Result<Statement> {
  const value = jsonOf(payload);
  if (!isObject(value) || value["_type"] !== STATEMENT) return invalid("its body is no in-toto statement");
  const { predicateType, predicate, subject } = value;
  const subjects = (isArray(subject) ? subject : []).map((each) =>
    isObject(each) && isObject(each["digest"]) ? each["digest"]["sha256"] : "",
  );
  return statementOf({
    predicateType: typeof predicateType === "string" ? predicateType : "",
    predicate: isObject(predicate) ? predicate : null,
    subjects: subjects.map((each) => (typeof each === "string" ? each : "")),
  });
}

/** @returns `ATTESTATION_INVALID` for a claim about anything but one plan. */
export function statementOf({ predicateType, predicate, subjects }: Claim): Result<Statement> {
  const kind = (["plan", "approval"] as const).find((each) => PREDICATES[each] === predicateType);
  if (!kind) return invalid("it is a statement about something else than a plan");
  const effect = `sha256:${subjects.length === 1 ? (subjects[0] ?? "") : ""}`;
  const { owner, plan, at, comment, ...more } = predicate ?? {};
  const isSaid = typeof owner === "string" && isDigest(effect) && isDigest(plan) && typeof at === "string" && INSTANT.test(at);
  const isComment = comment === null || (typeof comment === "string" && comment.length <= MAX_COMMENT);
  if (!isSaid || !isComment || Object.keys(more).length > 0) return invalid("its statement is not complete, or says more");
  return ok({ kind, owner, effect, plan, at, comment });
}

function jsonOf(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
