import { pointerOf, type Diagnostic, type KindModel, type Kinds, type SchemaError } from "../../core/index.ts";
import { readEnvelope } from "./envelope.ts";
import { isAllowedInOverlay } from "./overlay-rules.ts";
import { diagnosticOf } from "./schema-messages.ts";
import { addressSecrets } from "./address-secrets.ts";
import { oldBooleans, unsafeTexts } from "./text-rules.ts";
import type { ParsedDocument, ValidatedDocument, ValidateOptions } from "./types.ts";

/**
 * Envelope, then schema. Every mistake of the document is found in one run; what the parser or the
 * envelope has already complained about is not complained about again.
 */
export function validateDocument(document: ParsedDocument, kinds: Kinds, options: ValidateOptions = {}): ValidatedDocument {
  const envelope = readEnvelope(document, kinds);
  const { model, value, name, address } = envelope;
  const diagnostics = [...envelope.diagnostics];
  if (model && value) {
    const known = [...(document.faults ?? []), ...envelope.diagnostics.map(envelopePointer)];
    diagnostics.push(...schemaProblems(document, model, known, options.partial === true));
  }
  const withAddress = address === undefined ? { diagnostics } : { address, diagnostics };
  if (diagnostics.length > 0 || document.faults || !model || !value || name === undefined) return withAddress;
  return {
    ...withAddress,
    resource: { file: document.file, document: document.document, line: document.line, kind: model.kind, name, value },
  };
}

/** The field an envelope diagnostic is about; a missing one stands at its parent. */
function envelopePointer(diagnostic: Diagnostic): string {
  const pointer = diagnostic.origin?.pointer ?? "";
  if (diagnostic.code !== "FIELD_MISSING") return pointer;
  return pointer === "/metadata" ? "/metadata/name" : "/metadata";
}

function schemaProblems(document: ParsedDocument, model: KindModel, known: readonly string[], isPartial: boolean): readonly Diagnostic[] {
  const inAddresses = addressSecrets(document, model);
  const places = new Set(inAddresses.map((each) => each.origin?.pointer));
  const errors = model
    .validate(document.value)
    // An address with a password in it is not of the right form either; one message is enough.
    .filter((error) => !places.has(error.pointer) && !isKnown(error, known) && !(isPartial && isAllowedInOverlay(error, document, model)));
  const diagnostics = errors.map((error) => diagnosticOf(error, document, model));
  const reported = new Set([...known, ...errors.map((error) => error.pointer)]);
  for (const found of [...inAddresses, ...oldBooleans(document, model), ...unsafeTexts(document, model)]) {
    const pointer = found.origin?.pointer ?? "";
    if (reported.has(pointer)) continue;
    reported.add(pointer);
    diagnostics.push(found);
  }
  return diagnostics;
}

/** At or below a place already complained about, or missing because it was dropped there. */
function isKnown(error: SchemaError, known: readonly string[]): boolean {
  if (known.length === 0) return false;
  const field = error.params["additionalProperty"] ?? error.params["missingProperty"];
  const pointer = typeof field === "string" ? error.pointer + pointerOf([field]) : error.pointer;
  return known.some((fault) => {
    if (fault === pointer || pointer.startsWith(`${fault}/`)) return true;
    return error.keyword === "required" && fault.slice(0, fault.lastIndexOf("/")) === error.pointer && fault !== "";
  });
}
