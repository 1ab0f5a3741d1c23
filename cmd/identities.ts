import fs from "node:fs";
import { fail, LIMITS, ok, problem, Secret, shown, type Result } from "../core/index.ts";
import type { Identity, IdentityWorld } from "../trust/secrets/index.ts";
import { canAsk } from "./questions.ts";
import { typeOnceUnseen, typeTwiceUnseen } from "./secret-input.ts";
import type { Session } from "./session.ts";

/** The identities that the environment names; a passphrase is asked for where a file has one. */
export async function identitiesOf(session: Session): Promise<Result<readonly Identity[]>> {
  const { loadIdentities } = await import("../trust/secrets/index.ts");
  return await loadIdentities({ env: process.env, ...(await identityWorld(session)) });
}

/** The identities of a file that the command line names. */
export async function identitiesIn(session: Session, file: string): Promise<Result<readonly Identity[]>> {
  const { readIdentities } = await import("../trust/secrets/index.ts");
  return await readIdentities(file, await identityWorld(session));
}

async function identityWorld(session: Session): Promise<Omit<IdentityWorld, "env">> {
  const { isCommitted } = await import("../reconciler/engine.ts");
  return { isTracked: isCommitted, passphrase: async (file) => (await givenPassphrase()) ?? (await asked(session, file)) };
}

/** The passphrase for a new identity file. */
export async function newPassphrase(session: Session): Promise<Result<Secret<string>>> {
  const given = await givenPassphrase();
  const passphrase = given ?? (canAsk() ? await typeTwiceUnseen(session, "Passphrase (not shown): ") : nobodyToAsk("The new identity"));
  if (!passphrase.ok || passphrase.value.open() !== "") return passphrase;
  return fail(problem("IDENTITY_LOCKED", { detail: "An empty passphrase protects nothing." }));
}

async function asked(session: Session, file: string): Promise<Result<Secret<string>>> {
  if (!canAsk()) return nobodyToAsk(`The identity file ${shown(file)}`);
  return ok(await typeOnceUnseen(session, `Passphrase of ${shown(file)} (not shown): `));
}

function nobodyToAsk(what: string): Result<never> {
  return fail(
    problem("IDENTITY_LOCKED", {
      detail: `${what} is encrypted with a passphrase, and there is no terminal to ask for it.`,
      remedy: "Put the passphrase into a file of mode 0600 and name it:\nMOLTBOT_AGE_PASSPHRASE_FILE=FILE",
    }),
  );
}

/** From an open descriptor or a private file, without the line break at its end; undefined where neither is named. */
async function givenPassphrase(): Promise<Result<Secret<string>> | undefined> {
  const { MOLTBOT_AGE_PASSPHRASE_FD: descriptor, MOLTBOT_AGE_PASSPHRASE_FILE: file } = process.env;
  if (descriptor) return fromDescriptor(descriptor);
  if (!file) return undefined;
  const { readPrivateFile } = await import("../trust/secrets/index.ts");
  const read = readPrivateFile(file, LIMITS.passphraseBytes, "passphrase");
  return read.ok ? ok(lineOf(read.value.open())) : read;
}

function fromDescriptor(text: string): Result<Secret<string>> {
  const number = /^[0-9]{1,4}$/.test(text) ? Number(text) : undefined;
  try {
    if (number === undefined) throw new Error("not a number");
    const bytes = Buffer.alloc(LIMITS.passphraseBytes + 1);
    let length = 0;
    for (;;) {
      const count = fs.readSync(number, bytes, length, bytes.length - length, null);
      length += count;
      if (count === 0) return ok(lineOf(bytes.subarray(0, length)));
      if (length > LIMITS.passphraseBytes) throw new Error("too long");
    }
  } catch {
    return fail(
      problem("IDENTITY_LOCKED", {
        detail: `MOLTBOT_AGE_PASSPHRASE_FD names no open descriptor from which at most ${LIMITS.passphraseBytes} bytes can be read.`,
        remedy: "For example:\nMOLTBOT_AGE_PASSPHRASE_FD=3 moltbot secret view NAME 3< FILE",
      }),
    );
  }
}

function lineOf(bytes: Uint8Array): Secret<string> {
  return new Secret(
    Buffer.from(bytes)
      .toString("utf8")
      .replace(/\r?\n$/, ""),
  );
}
