import { fail, isArray, isDigest, isObject, ok, problem, type Json, type JsonObject, type Result } from "../../../core/index.ts";

/**
 * The forms of what a gateway says of its record. It is somebody else's program on somebody else's machine:
 * what has another form is not read any further.
 */
export type Form = (value: Json | undefined) => boolean;

const isText: Form = (value) => typeof value === "string";
const isCount: Form = (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const orNull =
  (form: Form): Form =>
  (value) =>
    value === null || form(value);
const listOf =
  (form: Form): Form =>
  (value) =>
    isArray(value) && value.every((each) => form(each));
const pairOf =
  (second: Form): Form =>
  (value) =>
    isArray(value) && value.length === 2 && isText(value[0]) && second(value[1]);
const fieldsOf =
  (fields: Readonly<Record<string, Form>>): Form =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, form]) => form(value[name]));

export const GENERATION = fieldsOf({
  owner: isText,
  number: isCount,
  status: isText,
  digest: isDigest,
  plan: isDigest,
  resolved: isDigest,
});
export const FENCE = fieldsOf({ owner: isText, number: isCount, plan: isDigest });
export const HEAD_PROOF = fieldsOf({ lineage: isText, signed: isText, signature: isText, key: isText });
const ANSWER = fieldsOf({
  generation: isCount,
  digest: isDigest,
  healthy: (value) => typeof value === "boolean",
  reason: orNull(isText),
});
export const RECEIPT = fieldsOf({
  lineage: isText,
  active: orNull(GENERATION),
  candidate: orNull(GENERATION),
  answer: orNull(ANSWER),
  head: HEAD_PROOF,
});
const EDIT = fieldsOf({ id: isText, address: isText, patch: listOf(fieldsOf({ pointer: isText })), actor: isText, at: isText });
const HOLD = fieldsOf({
  id: isText,
  selector: isText,
  denied: (value) => value === "all" || listOf(isText)(value),
  reason: isText,
  until: orNull(isText),
});
const PIN = fieldsOf({ generation: isCount, because: isText, actor: isText, at: isText, refused: listOf(isDigest) });
const ROWS = listOf(pairOf(isDigest));
export const ROWS_ANSWER = fieldsOf({ rows: ROWS });
export const OBSERVED = fieldsOf({
  owner: isText,
  lineage: isText,
  generation: orNull(GENERATION),
  rows: ROWS,
  edits: listOf(EDIT),
  holds: listOf(HOLD),
  pin: orNull(PIN),
  candidate: orNull(GENERATION),
  ledgerHead: orNull(fieldsOf({ seq: isCount, hash: isDigest })),
  recipient: orNull(isText),
  foreign: listOf(pairOf(isText)),
});
export const VALUES = fieldsOf({
  values: (value) => isObject(value) && Object.values(value).every(isText),
  unknown: listOf(isDigest),
});
export const KNOWN = fieldsOf({ known: listOf(isDigest) });
export const WRONG_PLUGINS = fieldsOf({ wrong: listOf(fieldsOf({ archive: isDigest, detail: isText })) });
export const GENERATIONS = fieldsOf({ generations: listOf(GENERATION) });
const HEAD = fieldsOf({ seq: isCount, hash: isDigest });
export const OWNERS = fieldsOf({ owners: listOf(isText) });
export const RECORDS = fieldsOf({ records: listOf(fieldsOf({ seq: isCount, kind: isText, hash: isDigest })) });
export const CHECKED = fieldsOf({ records: isCount, head: orNull(HEAD), lineage: isText });
export const STATUS = fieldsOf({
  lineage: isText,
  active: orNull(GENERATION),
  candidate: orNull(GENERATION),
  pin: orNull(PIN),
  holds: listOf(HOLD),
  edits: isCount,
  unmanaged: listOf(isText),
});

/** What was said, as the type that its form stands for. */
export function readAs<T>(answer: Result<JsonObject>, form: Form, what: string): Result<T> {
  if (!answer.ok) return answer;
  if (form(answer.value)) return ok(answer.value as unknown as T);
  return fail(
    problem("GATEWAY_RECEIPT", { detail: `What the gateway says of ${what} has another form than this version of moltbot reads.` }),
  );
}
