import { bech32 } from "@scure/base";
import { fail, LIMITS, ok, problem, Secret, type Result } from "../../core/index.ts";

/** A private age key. It is opened only to decrypt. */
export type Identity = Secret<string>;

const FORMS = [
  { start: "AGE-SECRET-KEY-PQ-1", prefix: "age-secret-key-pq-" },
  { start: "AGE-SECRET-KEY-1", prefix: "age-secret-key-" },
] as const;
const KEY_BYTES = 32;
const MAX_IDENTITIES = 100;

/**
 * Reads identities as `age-keygen` writes them: one key per line, `#` comments, blank lines. Anything
 * else is IDENTITY_INVALID with its line number, never with its text, and nothing is looked up or run.
 *
 * @param from - Where the text comes from, for the message.
 */
export function parseIdentities(text: string, from: string): Result<readonly Identity[]> {
  if (text.length > LIMITS.identityFileBytes) return refused(`${from} is larger than ${LIMITS.identityFileBytes} bytes.`);
  const identities: Identity[] = [];
  const lines = text.split(/\r?\n/);
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (!isIdentity(line))
      return refused(`${from}, line ${i + 1}: ${line.startsWith("AGE-PLUGIN-") ? "the identity of a plugin" : "not an age private key"}.`);
    identities.push(new Secret(line));
  }
  if (identities.length === 0) return refused(`${from} holds no age private key.`);
  if (identities.length > MAX_IDENTITIES) return refused(`${from} holds more than ${MAX_IDENTITIES} keys.`);
  return ok(identities);
}

function isIdentity(line: string): boolean {
  const form = FORMS.find(({ start }) => line.startsWith(start));
  if (!form || line !== line.toUpperCase()) return false;
  try {
    const { prefix, words } = bech32.decode(line.toLowerCase() as `${string}1${string}`, 120);
    return prefix === form.prefix && bech32.fromWords(words).length === KEY_BYTES;
  } catch {
    return false;
  }
}

/** A new X25519 identity, or a post-quantum one (`age` before 1.3 cannot use that). */
export async function generateIdentity(type: "x25519" | "post-quantum" = "x25519"): Promise<Identity> {
  const age = await import("age-encryption");
  return new Secret(await (type === "x25519" ? age.generateX25519Identity() : age.generateHybridIdentity()));
}

/** The public half: what others encrypt for. */
export async function recipientOf(identity: Identity): Promise<string> {
  const age = await import("age-encryption");
  return age.identityToRecipient(identity.open());
}

/** The text of an identity file, in `age-keygen`'s form. The one place that spells an identity out for writing. */
export async function identityFile(identity: Identity, createdAt: string): Promise<Secret<string>> {
  return new Secret(`# created: ${createdAt}\n# public key: ${await recipientOf(identity)}\n${identity.open()}\n`);
}

function refused(detail: string): Result<never> {
  return fail(problem("IDENTITY_INVALID", { detail, remedy: "Make one:\nmoltbot secret keygen --out FILE" }));
}
