import { fail, LIMITS, mapResult, problem, type Result } from "../../core/index.ts";
import { tooLarge } from "./armor.ts";
import { boundTo, checkEnvelope, placeText, type SecretPlace } from "./envelope.ts";
import { encodePlaintext } from "./plaintext.ts";
import { checkRecipients } from "./recipients.ts";

/** As it stands in a manifest: `age: {recipients, envelope}`. */
export interface SealedValue {
  /** Sorted by code unit. */
  readonly recipients: readonly string[];
  readonly envelope: string;
}

/** Encrypts one value for its recipients, bound to its place. The same value sealed twice differs. */
export async function sealValue(
  request: SecretPlace & { readonly recipients: readonly string[]; readonly value: Uint8Array },
): Promise<Result<SealedValue>> {
  const recipients = checkRecipients(request.recipients);
  if (!recipients.ok) return recipients;
  if (request.value.length > LIMITS.secretBytes) return tooLarge(placeText(request), request.value.length, LIMITS.secretBytes);
  const age = await import("age-encryption");
  try {
    const encrypter = new age.Encrypter();
    for (const recipient of recipients.value) encrypter.addRecipient(recipient);
    const plaintext = encodePlaintext({ for: boundTo(request), recipients: recipients.value, value: request.value });
    const claim = { recipients: recipients.value, envelope: age.armor.encode(await encrypter.encrypt(plaintext)) };
    // Many post-quantum recipients can make a large value's envelope longer than a manifest may hold.
    return mapResult(checkEnvelope(claim), () => claim);
  } catch {
    // What is left after the checks above: a public key that is no point of the curve's large group.
    return fail(
      problem("RECIPIENT_INVALID", { detail: `A recipient of ${placeText(request)} is well formed but is not a usable public key.` }),
    );
  }
}
