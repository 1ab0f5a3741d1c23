/** Every diagnostic code, by the room that speaks it. docs/diagnostics.md is generated from here. */
import { API_CODES } from "./api.ts";
import { ATTESTATION_CODES } from "./attestations.ts";
import { AUDIT_CODES } from "./audit.ts";
import { AUTH_CODES } from "./auth.ts";
import { BUNDLE_CODES } from "./bundles.ts";
import { CHANNEL_CODES } from "./channels.ts";
import { CLI_CODES } from "./cli.ts";
import { COMMIT_CODES } from "./commits.ts";
import { CONVERSATION_CODES } from "./conversations.ts";
import type { CodeEntry } from "./entry.ts";
import { FINDING_CODES, FINDINGS } from "./findings.ts";
import { GATE_CODES } from "./gate.ts";
import { IMPORT_CODES } from "./import.ts";
import { MANIFEST_CODES } from "./manifest.ts";
import { NET_CODES } from "./net.ts";
import { PLAN_CODES } from "./plan.ts";
import { POLICY_CODES } from "./policy.ts";
import { PROCESS_CODES } from "./process.ts";
import { RECORD_CODES } from "./record.ts";
import { REPLAY_CODES } from "./replay.ts";
import { RESOLVE_CODES } from "./resolve.ts";
import { RUNTIME_CODES } from "./runtime.ts";
import { SANDBOX_CODES } from "./sandbox.ts";
import { SECRET_CODES } from "./secrets.ts";
import { SOURCE_CODES } from "./source.ts";
import { TELEMETRY_CODES } from "./telemetry.ts";
import { TOOL_CODES } from "./tools.ts";
import { UNMANAGED_CODES } from "./unmanaged.ts";

export type { CodeEntry } from "./entry.ts";
export { FINDINGS, type FindingCode } from "./findings.ts";

const ALL = {
  ...API_CODES,
  ...MANIFEST_CODES,
  ...SOURCE_CODES,
  ...COMMIT_CODES,
  ...RESOLVE_CODES,
  ...PLAN_CODES,
  ...POLICY_CODES,
  ...PROCESS_CODES,
  ...RECORD_CODES,
  ...SECRET_CODES,
  ...RUNTIME_CODES,
  ...GATE_CODES,
  ...REPLAY_CODES,
  ...CONVERSATION_CODES,
  ...IMPORT_CODES,
  ...CLI_CODES,
  ...BUNDLE_CODES,
  ...ATTESTATION_CODES,
  ...AUDIT_CODES,
  ...AUTH_CODES,
  ...TELEMETRY_CODES,
  ...FINDING_CODES,
  ...NET_CODES,
  ...CHANNEL_CODES,
  ...SANDBOX_CODES,
  ...TOOL_CODES,
  ...UNMANAGED_CODES,
};

export type DiagnosticCode = keyof typeof ALL;

export const CODES: Readonly<Record<DiagnosticCode, CodeEntry>> = ALL;

export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(CODES, text);
}

/** The code that somebody means: as diagnostics write it, in any case, or as a plan names a finding. */
export function codeNamed(text: string): DiagnosticCode | undefined {
  const upper = text.toUpperCase();
  if (isDiagnosticCode(upper)) return upper;
  const finding = text.toLowerCase();
  return Object.hasOwn(FINDINGS, finding) ? FINDINGS[finding as keyof typeof FINDINGS] : undefined;
}
