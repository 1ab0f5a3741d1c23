import { fail, LIMITS, ok, problem, shown, type Result } from "../../core/index.ts";
import { decodeArmor, invalid, tooLarge } from "./armor.ts";
import { readHeader } from "./header.ts";
import { checkRecipients, recipientType } from "./recipients.ts";

/** What a manifest says of one encrypted value. The list of recipients is a claim: an age header names nobody. */
export interface EnvelopeClaim {
  /** Null: a `file` value whose manifest lists nobody; then only the plaintext says. */
  readonly recipients: readonly string[] | null;
  /** An age file, armored, or binary with one character a byte (latin1). */
  readonly envelope: string;
}

/**
 * Everything that can be checked without an identity: recipients usable, armor and header well formed,
 * nothing cut or appended, as many recipients in the header as claimed. Opening checks the rest.
 *
 * @returns the binary age file.
 */
export function checkEnvelope(claim: EnvelopeClaim): Result<Uint8Array> {
  const recipients = claim.recipients && checkRecipients(claim.recipients);
  if (recipients && !recipients.ok) return recipients;
  const file = isBinary(claim.envelope) ? binaryFile(claim.envelope) : decodeArmor(claim.envelope);
  if (!file.ok) return file;
  const header = readHeader(file.value);
  if (!header.ok) return header;
  if (!recipients) return file;
  const isPostQuantum = recipientType(recipients.value[0] ?? "") === "post-quantum";
  const { x25519, postQuantum } = header.value;
  const claimed = recipients.value.length;
  if (claimed !== claim.recipients?.length) return invalid("A recipient is listed twice.");
  if ((isPostQuantum ? postQuantum : x25519) === claimed && x25519 + postQuantum === claimed) return file;
  return fail(
    problem("SECRET_ENVELOPE_MISMATCH", {
      detail: `The manifest lists ${claimed} recipient(s), the envelope was made for ${x25519 + postQuantum}: the list was edited by hand, or the envelope comes from elsewhere.`,
      remedy: "Encrypt the value again for the recipients it should have:\nmoltbot secret set NAME KEY",
      context: { claimed, found: x25519 + postQuantum },
    }),
  );
}

/** Only a `file` value can be: a manifest holds text. */
function isBinary(envelope: string): boolean {
  return envelope.startsWith("age-encryption.org/v1\n");
}

function binaryFile(envelope: string): Result<Uint8Array> {
  if (envelope.length > LIMITS.envelopeBytes) return tooLarge("The envelope", envelope.length, LIMITS.envelopeBytes);
  return ok(new Uint8Array(Buffer.from(envelope, "latin1")));
}

/** The name an envelope is bound to: `<project>/Secret/<name>#<key>`. */
export function boundTo(place: SecretPlace): string {
  return `${place.project}/Secret/${place.name}#${place.key}`;
}

/** Which value of which Secret of which Project. */
export interface SecretPlace {
  readonly project: string;
  readonly name: string;
  readonly key: string;
}

/** For messages: `Secret/<name>#<key>`. */
export function placeText(place: SecretPlace): string {
  return `Secret/${place.name} key ${shown(place.key)}`;
}
