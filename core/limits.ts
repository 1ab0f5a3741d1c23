/**
 * Every limit that stands between outside input and our memory, time or disk, in one place.
 * docs/limits.md lists them; each is tested at the limit and one past it.
 */
export const LIMITS = {
  /** One manifest file. */
  manifestBytes: 8 * 1024 * 1024,
  /** One file embedded by `{file: path}`. */
  embeddedFileBytes: 1024 * 1024,
  /** Nesting of one document, mappings and lists together. */
  depth: 64,
  /** Entries of one list or mapping. */
  entries: 10_000,
  /** Documents in one file. */
  documents: 10_000,
  /** Manifest files of one Project, unless `limits.files` says otherwise. */
  files: 200_000,
  /** Diagnostics printed in one run; the rest is counted. */
  diagnostics: 1_000,
  /** One plan or backup file that is read back. */
  planFileBytes: 256 * 1024 * 1024,
  /** One secret value, before encryption. */
  secretBytes: 1024 * 1024,
  /** Recipients of one secret value. */
  secretRecipients: 64,
  /** One armored envelope: a secret of full size for as many post-quantum recipients as allowed. */
  envelopeBytes: 2_500_000,
  /** One file of age identities. */
  identityFileBytes: 64 * 1024,
  /** Generations of one owner that the record keeps. */
  generationsKept: 50,
  /** One message to an agent. */
  messageBytes: 256 * 1024,
  /** One resource pattern of a grant. */
  patternChars: 2_048,
  /** The resource that one tool call names. */
  requestChars: 8_192,
  /** A compiled policy bundle. */
  policyBytes: 16 * 1024 * 1024,
  /** Memory a policy may declare or grow to, in 64 KiB pages: 64 MiB. */
  policyMemoryPages: 1_024,
  /** Entries of a policy module's function table. */
  policyTableEntries: 65_536,
  /** One input to a policy, as JSON text. */
  policyInputChars: 4 * 1024 * 1024,
  /** Answers of a policy that are kept for equal questions. */
  policyMemo: 20_000,
} as const;
