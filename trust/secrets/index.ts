/**
 * trust/secrets: age envelopes. Sealing a value for its recipients and binding it to its place, opening
 * it with all checks, checking what can be checked without a key, and reading identities. The plaintext
 * form is readable with the stock `age`; docs/secrets.md describes it.
 */
export { checkSecrets, type SecretsToCheck } from "./check-resources.ts";
export { boundTo, checkEnvelope, type EnvelopeClaim, type SecretPlace } from "./envelope.ts";
export { generateIdentity, identityFile, parseIdentities, recipientOf, type Identity } from "./identities.ts";
export { loadIdentities, readIdentityFile, type IdentityWorld } from "./load-identities.ts";
export { isSecretNamed, sealedEntry, secretDocument, withSealedValue } from "./manifest.ts";
export { openForeign, openValue } from "./open.ts";
export { checkRecipients, recipientType, type RecipientType } from "./recipients.ts";
export { sealValue, type SealedValue } from "./seal.ts";
