/**
 * trust/secrets: age envelopes. Sealing a value for its recipients and binding it to its place, opening
 * it with all checks, checking what can be checked without a key, and reading identities. The plaintext
 * form is readable with the stock `age`; docs/secrets.md describes it.
 */
export { checkSecrets, type SecretsToCheck } from "./check-resources.ts";
export { declaredValues, type DeclaredValue } from "./declared.ts";
export { boundTo, checkEnvelope, type EnvelopeClaim, type SecretPlace } from "./envelope.ts";
export { generateIdentity, identityFile, parseIdentities, recipientOf, type Identity } from "./identities.ts";
export { loadIdentities, readIdentities, readPrivateFile, type IdentityWorld } from "./load-identities.ts";
export { filedEntry, isSecret, sealedEntry, secretDocument, withValue, type Rotate, type ValueEdit, type ValueFacts } from "./manifest.ts";
export { secretObligations, type SecretObligation, type SecretObligations } from "./obligations.ts";
export { openForeign, openValue, recipientsIn } from "./open.ts";
export { lockWithPassphrase } from "./passphrase.ts";
export { checkRecipients, recipientType, type RecipientType } from "./recipients.ts";
export { dueRecipients, namedRecipients, type DueRecipients, type ValueName } from "./rules.ts";
export { sealValue, type SealedValue } from "./seal.ts";
export { plantedIn, type Planted } from "./planted.ts";
