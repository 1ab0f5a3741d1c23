/**
 * core: the words everybody shares. Results and diagnostics, positions, addresses, digests,
 * canonical JSON, record types, and the clock and id ports. It imports nothing of ours.
 */
export { addressOf, isName, parseAddress, selects, type Address } from "./address.ts";
export { fromBase64, fromBase64url } from "./base64.ts";
export { byCodeUnit, canonicalJson } from "./canonical.ts";
export { codeNamed, CODES, FINDINGS, isDiagnosticCode, type CodeEntry, type DiagnosticCode, type FindingCode } from "./codes/index.ts";
export { caution, compareDiagnostics, outcomeOf, problem, type Diagnostic, type Origin, type SourcePosition } from "./diagnostic.ts";
export { digestBytes, digestJson, digestKept, digestPair, isDigest, shortDigest, type Digest } from "./digest.ts";
export {
  ConflictError,
  CorruptError,
  InputError,
  InternalError,
  isRecoverable,
  MoltbotError,
  orThrow,
  OutsideError,
  PolicyError,
  RefusedError,
  TrustError,
  unreachable,
} from "./errors.ts";
export { isArray, isObject, jsonEqual, pointerOf, segmentsOf, valueAt, type Json, type JsonObject } from "./json.ts";
export { LIMITS } from "./limits.ts";
export { EXIT, exitCodeOf, OUTCOMES, worstOutcome, type Outcome } from "./outcome.ts";
export type { ManifestEdit, ManifestMigration } from "./migration.ts";
export { systemClock, type Clock, type Ids } from "./ports.ts";
export { canonicalByteSize, canonicalDuration, parseByteSize, parseDuration } from "./quantity.ts";
export { fail, failAll, mapResult, ok, type Result } from "./result.ts";
export { Secret } from "./secret.ts";
export { jsonDepth } from "./json-depth.ts";
export { strictObject } from "./strict-json.ts";
export { isLoopback } from "./loopback.ts";
export { escapeText, firstUnsafe, MAX_SHOWN_CHARS, nearest, shown, shownRecipient, withShortRecipients } from "./text.ts";
export {
  childNode,
  type KindModel,
  type Kinds,
  type Reach,
  type Reload,
  type Resource,
  type SchemaError,
  type SchemaNode,
  type TextForm,
} from "./schema.ts";
export { itemKey, somewhereBelow, visit, type Segments } from "./walk.ts";
export * from "./record/index.ts";
export { TLS_EXCEPTION_USED, type TlsException } from "./tls-exception.ts";
