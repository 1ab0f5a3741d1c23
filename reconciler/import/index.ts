/**
 * reconciler/import: foreign configuration to manifests. Pure: bytes in; files, a report and the secrets
 * to encrypt out. Reading, encrypting and writing are `reconciler/importing.ts`.
 *
 * - `importOpenclaw` reads one configuration of OpenClaw (JSON5) and accounts for every value in it.
 * - `withEnvelopes` puts encrypted values where secrets were found.
 * - `reportMarkdown` is the report as a page.
 * - `manifestsIn` finds the manifests in what CUE evaluated to.
 * - `CONFIG_NAMES` are the names such configurations have.
 */
export { importOpenclaw } from "./openclaw/openclaw.ts";
export { CONFIG_NAMES } from "./config-names.ts";
export { manifestsIn } from "./cue/manifests.ts";
export { manifestPath } from "./paths.ts";
export { reportMarkdown } from "./report-markdown.ts";
export { withEnvelopes, type Envelope } from "./sealed.ts";
export type {
  Destination,
  Fate,
  FoundSecret,
  ImportedManifest,
  ImportedTree,
  ImportFile,
  ImportOptions,
  ImportReport,
  LoweredRule,
  ReportLeaf,
  Task,
} from "./types.ts";
