import type { Diagnostic } from "./diagnostic.ts";

/** What every fallible function returns. Problems a user can cause travel here; our bugs are thrown. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const NO_WARNINGS: readonly Diagnostic[] = Object.freeze([]);

export function ok<T>(value: T, warnings: readonly Diagnostic[] = NO_WARNINGS): Result<T> {
  return { ok: true, value, warnings };
}

export function fail(...diagnostics: readonly Diagnostic[]): { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  return { ok: false, diagnostics };
}

/** The same with a list of any length: spreading a hundred thousand diagnostics into arguments overflows the stack. */
export function failAll(diagnostics: readonly Diagnostic[]): { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  return { ok: false, diagnostics };
}

/** A failed result with one more hint of where it happened; values pass through. */
export function mapResult<A, B>(result: Result<A>, make: (value: A) => B): Result<B> {
  return result.ok ? ok(make(result.value), result.warnings) : result;
}
