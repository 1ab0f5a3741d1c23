import { fail, LIMITS, ok, problem, Secret, type Result } from "../../core/index.ts";

const VERSION_LINE = "age-encryption.org/v1\n";
const ARMOR_LINE = "-----BEGIN AGE ENCRYPTED FILE-----";
const WRONG = "no identity matched any of the file's recipients";

/** Whether the bytes are an age file, armored or not: then what is in it may be a passphrase away. */
export function isAgeFile(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  return start.startsWith(VERSION_LINE) || start.trimStart().startsWith(ARMOR_LINE);
}

/**
 * What a passphrase protects, such as an identity file. The work that the file asks for is looked at
 * before any of it is done.
 *
 * @param from - What is opened, for messages.
 */
export async function openWithPassphrase(file: Uint8Array, passphrase: Secret<string>, from: string): Promise<Result<Secret<Uint8Array>>> {
  const age = await import("age-encryption");
  const binary = binaryOf(file, age.armor.decode);
  const factor = binary && workFactor(binary);
  if (!binary || factor === undefined) return refused(`${from} is an age file that no passphrase opens.`);
  if (factor > LIMITS.passphraseWorkFactor) {
    const context = { factor, allowed: LIMITS.passphraseWorkFactor };
    return fail(
      problem("IDENTITY_WORK_FACTOR", {
        detail: `${from} asks for a scrypt work factor of ${factor}; ${LIMITS.passphraseWorkFactor} is allowed.`,
        context,
      }),
    );
  }
  try {
    const decrypter = new age.Decrypter();
    decrypter.addPassphrase(passphrase.open());
    return ok(new Secret(await decrypter.decrypt(binary)));
  } catch (error) {
    if (error instanceof Error && error.message === WRONG)
      return fail(problem("IDENTITY_PASSPHRASE", { detail: `The passphrase given does not open ${from}.` }));
    return refused(`${from} was cut or changed; it does not authenticate.`);
  }
}

/** The bytes, armored and only to be opened with the passphrase. */
export async function lockWithPassphrase(bytes: Secret<string>, passphrase: Secret<string>): Promise<Secret<string>> {
  const age = await import("age-encryption");
  const encrypter = new age.Encrypter();
  encrypter.setPassphrase(passphrase.open());
  return new Secret(age.armor.encode(await encrypter.encrypt(bytes.open())));
}

function binaryOf(file: Uint8Array, decode: (text: string) => Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(file).toString("latin1");
  if (text.startsWith(VERSION_LINE)) return file;
  try {
    return decode(text);
  } catch {
    return undefined;
  }
}

/** Of the one scrypt recipient that such a file has. Source: C2SP age, "scrypt recipient stanza". */
function workFactor(binary: Uint8Array): number | undefined {
  const head = Buffer.from(binary.subarray(0, 256)).toString("latin1");
  const found = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]{0,3})\n/.exec(head)?.[1];
  return found === undefined ? undefined : Number(found);
}

function refused(detail: string): Result<never> {
  return fail(problem("IDENTITY_INVALID", { detail, remedy: "Make one:\nmoltbot secret keygen --out FILE" }));
}
