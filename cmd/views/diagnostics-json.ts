import { outcomeOf, worstOutcome, type Diagnostic, type Outcome } from "../../core/index.ts";

/** A diagnostic as it is written for machines: schemas/diagnostics.schema.json. No cause, no parser internals. */
export interface DiagnosticRecord {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly outcome: Outcome;
  readonly summary: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly at?: PlaceRecord;
  readonly related?: readonly { readonly message: string; readonly at?: PlaceRecord }[];
  readonly context: Readonly<Record<string, string | number>>;
}

/** Line and column are absent where only the document is known; `pointer` then says where in it. */
interface PlaceRecord {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly length?: number;
  readonly pointer?: string;
}

export interface DiagnosticsDocument {
  readonly formatVersion: "1.0";
  readonly kind: "Diagnostics";
  /** What the exit code says; null when nothing failed. */
  readonly outcome: Outcome | null;
  readonly diagnostics: readonly DiagnosticRecord[];
  /** How many more there are than {@link diagnostics} lists. */
  readonly hidden: number;
}

export function diagnosticsDocument(diagnostics: readonly Diagnostic[], hidden: number = 0): DiagnosticsDocument {
  return {
    formatVersion: "1.0",
    kind: "Diagnostics",
    outcome: outcomeOfAll(diagnostics) ?? null,
    diagnostics: diagnostics.map(diagnosticRecord),
    hidden,
  };
}

/** The outcome that decides the exit code; warnings decide nothing. */
export function outcomeOfAll(diagnostics: readonly Diagnostic[]): Outcome | undefined {
  return worstOutcome(diagnostics.filter((d) => d.severity === "error").map(outcomeOf));
}

export function diagnosticRecord(diagnostic: Diagnostic): DiagnosticRecord {
  const { severity, code, summary, detail, remedy, related, context } = diagnostic;
  return {
    severity,
    code,
    outcome: outcomeOf(diagnostic),
    summary,
    detail,
    ...(remedy === undefined ? {} : { remedy }),
    ...placeRecord(diagnostic),
    ...(related ? { related: related.map((r) => ({ message: r.message, ...placeRecord(r) })) } : {}),
    context,
  };
}

function placeRecord({ at, origin }: Pick<Diagnostic, "at" | "origin">): { readonly at?: PlaceRecord } {
  const pointer = origin ? { pointer: origin.pointer } : {};
  if (at) {
    const { file, line, column, length } = at;
    return { at: { file, line, column, ...(length === undefined ? {} : { length }), ...pointer } };
  }
  return origin ? { at: { file: origin.file, ...pointer } } : {};
}
