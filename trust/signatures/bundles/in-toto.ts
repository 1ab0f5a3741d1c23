import { LIMITS, strictObject, type JsonObject } from "../../../core/index.ts";
import { list, object, oneOf, optional, required, text, type Shape } from "./shape.ts";

/** A signed claim about files: in-toto. */
export interface InTotoStatement {
  readonly predicateType: string;
  readonly predicate: JsonObject | null;
  /** sha256 of each file it is about, hexadecimal. */
  readonly subjects: readonly string[];
}

const digests: Shape = (value, where) => {
  const wrong = typeof value === "object" && value !== null && Object.values(value).some((each) => typeof each !== "string");
  return typeof value === "object" && value !== null && !wrong ? undefined : `${where} is not a list of digests by name`;
};
const predicate: Shape = (value, where) => (typeof value === "object" && !Array.isArray(value) ? undefined : `${where} is not an object`);

const subject = object({
  name: optional(text(4096)),
  digest: required(digests),
  uri: optional(text(4096)),
  downloadLocation: optional(text(4096)),
  mediaType: optional(text(1024)),
  content: optional(text(64 * 1024)),
  annotations: optional(predicate),
});

const shape: Shape = object({
  _type: required(oneOf("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1")),
  subject: required(list(subject, { min: 1, max: LIMITS.statementSubjects })),
  predicateType: required(text(1024)),
  predicate: optional(predicate),
});

const SHA256 = /^[0-9a-f]{64}$/;

/** @returns the statement of a DSSE payload, or in words what is wrong with it. Never throws. */
export function parseInToto(payload: Uint8Array): InTotoStatement | string {
  const value = strictObject(payload);
  const wrong = typeof value === "string" ? value : shape(value, "it");
  if (wrong !== undefined || typeof value === "string") return wrong ?? "";
  const {
    predicateType,
    predicate: claim,
    subject: about,
  } = value as unknown as {
    readonly predicateType: string;
    readonly predicate?: JsonObject;
    readonly subject: readonly { readonly digest: Readonly<Record<string, string>> }[];
  };
  const subjects = about.flatMap(({ digest }) => (SHA256.test(digest["sha256"] ?? "") ? [digest["sha256"] ?? ""] : []));
  return { predicateType, predicate: claim ?? null, subjects };
}
