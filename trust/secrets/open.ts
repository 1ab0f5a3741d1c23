import type { Decrypter } from "age-encryption";
import { byCodeUnit, fail, jsonEqual, LIMITS, mapResult, ok, problem, shown, shownRecipient, type Result } from "../../core/index.ts";
import { invalid, tooLarge } from "./armor.ts";
import { boundTo, checkEnvelope, placeText, type EnvelopeClaim, type SecretPlace } from "./envelope.ts";
import { recipientOf, type Identity } from "./identities.ts";
import { decodePlaintext, type Plaintext } from "./plaintext.ts";

/**
 * Decrypts one value and checks that it is the one its manifest claims: the plaintext names the same
 * Project, Secret, key and recipients. Nothing of the plaintext leaves before the whole file is
 * authenticated, and no message ever holds the value.
 */
export async function openValue(request: OpenRequest): Promise<Result<Uint8Array>> {
  return mapResult(await openPlaintext(request), ({ value }) => value);
}

/** Who a value says can open it: for a file whose manifest does not list them. */
export async function recipientsIn(request: OpenRequest): Promise<Result<readonly string[]>> {
  return mapResult(await openPlaintext(request), ({ recipients }) => recipients);
}

type OpenRequest = SecretPlace & EnvelopeClaim & { readonly identities: readonly Identity[] };

async function openPlaintext(request: OpenRequest): Promise<Result<Plaintext>> {
  const file = checkEnvelope(request);
  if (!file.ok) return file;
  const bytes = await decrypt(file.value, request);
  if (!bytes.ok) return bytes;
  const plaintext = decodePlaintext(bytes.value);
  if (!plaintext) return invalid(`${placeText(request)}: the age file opens, but what it holds is not a value that moltbot wrote.`);
  const difference = whatDiffers(plaintext, request);
  if (difference)
    return fail(
      problem("SECRET_ENVELOPE_MISMATCH", {
        detail: `${placeText(request)}: the encrypted content ${difference}.`,
        remedy: "Encrypt the value again:\nmoltbot secret set NAME KEY",
      }),
    );
  if (plaintext.value.length > LIMITS.secretBytes)
    return fail(
      problem("SECRET_TOO_LARGE", {
        detail: `${placeText(request)} has ${plaintext.value.length} bytes; ${LIMITS.secretBytes} are allowed.`,
      }),
    );
  return ok(plaintext);
}

/** Any age file, armored or binary, without our form inside: taken in by `secret set --from-age`. */
export async function openForeign(file: Uint8Array, identities: readonly Identity[]): Promise<Result<Uint8Array>> {
  if (file.length > LIMITS.envelopeBytes) return tooLarge("The age file", file.length, LIMITS.envelopeBytes);
  const { armor } = await import("age-encryption");
  const text = Buffer.from(file).toString("latin1");
  let binary = file;
  if (text.trimStart().startsWith("-----BEGIN")) {
    try {
      binary = armor.decode(text);
    } catch {
      return invalid("The file's age armor is malformed.");
    }
  }
  return decrypt(binary, { name: "FILE", key: "-", project: "-", recipients: null, identities });
}

async function decrypt(
  file: Uint8Array,
  request: SecretPlace & { readonly recipients: readonly string[] | null; readonly identities: readonly Identity[] },
): Promise<Result<Uint8Array>> {
  if (request.identities.length === 0) return noIdentity(request, "No identity was given.");
  const decrypter = await decrypterOf(request.identities);
  try {
    return ok(await decrypter.decrypt(file));
  } catch (error) {
    // The library's one message for "none of these keys"; everything else means the file is damaged.
    const isForOthers = error instanceof Error && error.message === "no identity matched any of the file's recipients";
    if (isForOthers && !(await isClaimedForUs(request)))
      return noIdentity(request, `None of the ${request.identities.length} identities given opens it.`);
    return invalid(`${placeText(request)}: the age file was cut or changed; it does not authenticate.`);
  }
}

const DECRYPTERS = new WeakMap<readonly Identity[], Decrypter>();

/** Made once for a list of identities: reading them again for each value takes a third of the time. */
async function decrypterOf(identities: readonly Identity[]): Promise<Decrypter> {
  const known = DECRYPTERS.get(identities);
  if (known) return known;
  const age = await import("age-encryption");
  const decrypter = new age.Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity.open());
  DECRYPTERS.set(identities, decrypter);
  return decrypter;
}

/** The list says one of our identities opens it. If it then does not, the file is damaged or the list is wrong. */
async function isClaimedForUs(request: {
  readonly recipients: readonly string[] | null;
  readonly identities: readonly Identity[];
}): Promise<boolean> {
  const ours = await Promise.all(request.identities.map(recipientOf));
  return ours.some((recipient) => request.recipients?.includes(recipient));
}

function noIdentity(request: SecretPlace & { readonly recipients: readonly string[] | null }, why: string): Result<never> {
  const could = request.recipients ? ` It says that these recipients could: ${request.recipients.map(shownRecipient).join(", ")}.` : "";
  return fail(
    problem("SECRET_NO_IDENTITY", {
      detail: `${placeText(request)} cannot be opened. ${why}${could}`,
      remedy: "Name the file of an identity that can:\nMOLTBOT_AGE_IDENTITY_FILE=FILE",
    }),
  );
}

function whatDiffers(plaintext: Plaintext, request: SecretPlace & EnvelopeClaim): string | undefined {
  if (plaintext.for !== boundTo(request)) return `was made for ${shown(plaintext.for)}`;
  const claimed = request.recipients;
  if (!claimed)
    return checkEnvelope({ ...request, recipients: plaintext.recipients }).ok
      ? undefined
      : "names other recipients than its own header has";
  return jsonEqual(plaintext.recipients.toSorted(byCodeUnit), claimed.toSorted(byCodeUnit))
    ? undefined
    : "names other recipients than the manifest";
}
