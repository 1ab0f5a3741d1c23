import { bech32 } from "@scure/base";
import { byCodeUnit, fail, LIMITS, ok, problem, shown, shownRecipient, type Diagnostic, type Result } from "../../core/index.ts";

export type RecipientType = "x25519" | "post-quantum";

const FORMS = [
  { type: "post-quantum", start: "age1pq1", prefix: "age1pq", bytes: 1216 },
  { type: "x25519", start: "age1", prefix: "age", bytes: 32 },
] as const;
const MAX_SHOWN = 80;
/** The longer of the two forms is 1,959 characters. */
const MAX_CHARS = 2_048;

/** The type of a recipient; undefined when it is none that we use (a plugin's, an SSH key, a typing mistake). */
export function recipientType(text: string): RecipientType | undefined {
  if (text.length > MAX_CHARS || text !== text.toLowerCase()) return undefined;
  const form = FORMS.find(({ start }) => text.startsWith(start));
  if (!form) return undefined;
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false);
    return prefix === form.prefix && bech32.fromWords(words).length === form.bytes ? form.type : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The recipients of one value: each usable, all of one type, at least one, sorted and without
 * repetition. Every unusable one is reported.
 */
export function checkRecipients(recipients: readonly string[]): Result<readonly string[]> {
  const unique = [...new Set(recipients)].sort(byCodeUnit);
  if (unique.length === 0) return fail(unusable("A value needs at least one recipient, or nobody could open it."));
  if (unique.length > LIMITS.secretRecipients)
    return fail(unusable(`A value may have ${LIMITS.secretRecipients} recipients; here are ${unique.length}.`));
  const bad = unique.filter((text) => recipientType(text) === undefined);
  if (bad.length > 0) return fail(...bad.map((text) => unusable(explain(text))));
  if (new Set(unique.map(recipientType)).size > 1) return fail(mixed(unique));
  return ok(unique);
}

function explain(text: string): string {
  // A private key given where a public one is due must not be echoed.
  if (/^\s*AGE-/i.test(text) && !/^\s*age1/.test(text))
    return "A private key (AGE-...) stands where a recipient is due. A recipient is the public half; `moltbot secret keygen` prints both.";
  return `${shown(text, MAX_SHOWN)} is not an age public key (age1... or age1pq1...).`;
}

function mixed(recipients: readonly string[]): Diagnostic {
  const classic = recipients.filter((each) => recipientType(each) === "x25519").map(shownRecipient);
  return problem("RECIPIENT_INVALID", {
    detail: `Classic (age1...) and post-quantum (age1pq1...) recipients are mixed; the envelope would be only as strong as the weaker. The classic ones are: ${classic.join(", ")}.`,
    remedy:
      "Put a post-quantum one in the place of each (the runtime's own: moltbot gateway recipient --new --pq):\nmoltbot secret rekey --replace OLD=NEW",
  });
}

function unusable(detail: string): Diagnostic {
  return problem("RECIPIENT_INVALID", { detail });
}
