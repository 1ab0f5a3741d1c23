import * as fs from "node:fs";
import { fail, LIMITS, ok, problem, Secret, shown, type Result } from "../../core/index.ts";
import { parseIdentities, type Identity } from "./identities.ts";
import { isAgeFile, openWithPassphrase } from "./passphrase.ts";

/** What loading identities needs to know of the world. */
export interface IdentityWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether git tracks the file. Absent where there is no repository to ask. */
  readonly isTracked?: (realPath: string) => Promise<boolean>;
  /** Asked for the passphrase of an identity file that has one. Absent where nobody can be asked. */
  readonly passphrase?: (file: string) => Promise<Result<Secret<string>>>;
}

const OTHERS = 0o077;

/**
 * The identities the user gave: `MOLTBOT_AGE_IDENTITY` (text) and `MOLTBOT_AGE_IDENTITY_FILE`. None is
 * an empty list: most commands need none. A file that others may read is KEY_UNSAFE, one that git tracks
 * IDENTITY_COMMITTED. Effect: reads one file.
 */
export async function loadIdentities(world: IdentityWorld): Promise<Result<readonly Identity[]>> {
  const inline = world.env["MOLTBOT_AGE_IDENTITY"];
  const path = world.env["MOLTBOT_AGE_IDENTITY_FILE"];
  const given = inline ? parseIdentities(inline, "MOLTBOT_AGE_IDENTITY") : ok<readonly Identity[]>([]);
  if (!given.ok || !path) return given;
  const fromFile = await readIdentities(path, world);
  return fromFile.ok ? ok([...given.value, ...fromFile.value]) : fromFile;
}

/** The identities of one file that the user names; see {@link loadIdentities}. */
export async function readIdentities(path: string, world: Omit<IdentityWorld, "env">): Promise<Result<readonly Identity[]>> {
  const file = readPrivateFile(path, LIMITS.identityFileBytes, "identity");
  if (!file.ok) return file;
  if (await world.isTracked?.(fs.realpathSync(path)))
    return fail(problem("IDENTITY_COMMITTED", { detail: `git tracks the identity file ${shown(path)}.`, context: { file: path } }));
  const text = await textOf(file.value, path, world);
  return text.ok ? parseIdentities(text.value.open(), shown(path)) : text;
}

/** The text of an identity file; one that is itself encrypted is opened with its passphrase. */
async function textOf(file: Secret<Uint8Array>, path: string, world: Omit<IdentityWorld, "env">): Promise<Result<Secret<string>>> {
  const asText = (bytes: Uint8Array): Result<Secret<string>> => ok(new Secret(Buffer.from(bytes).toString("utf8")));
  if (!isAgeFile(file.open())) return asText(file.open());
  const passphrase = await world.passphrase?.(path);
  if (!passphrase) return fail(problem("IDENTITY_LOCKED", { detail: `The identity file ${shown(path)} is encrypted with a passphrase.` }));
  if (!passphrase.ok) return passphrase;
  const opened = await openWithPassphrase(file.open(), passphrase.value, `The identity file ${shown(path)}`);
  return opened.ok ? asText(opened.value.open()) : opened;
}

/**
 * Reads a file that nobody else may read: opened once, checked on the open file, never blocking on a pipe
 * or device.
 *
 * @returns `KEY_UNSAFE` when others may read it, `IDENTITY_INVALID` when it cannot be read or is too large.
 */
export function readPrivateFile(path: string, maxBytes: number, what: "identity" | "passphrase"): Result<Secret<Uint8Array>> {
  let handle: number | undefined;
  try {
    handle = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    const stat = fs.fstatSync(handle);
    if (!stat.isFile())
      return fail(
        problem("IDENTITY_INVALID", { detail: `The ${what} file ${shown(path)} is not a regular file.`, context: { file: path } }),
      );
    const unsafe = whyUnsafe(stat);
    if (unsafe)
      return fail(
        problem("KEY_UNSAFE", {
          detail: `The ${what} file ${shown(path)} ${unsafe}.`,
          remedy: `chmod 600 ${path}`,
          context: { file: path },
        }),
      );
    if (stat.size > maxBytes)
      return fail(
        problem("IDENTITY_INVALID", {
          detail: `The ${what} file ${shown(path)} is larger than ${maxBytes} bytes.`,
          context: { file: path },
        }),
      );
    return ok(new Secret(new Uint8Array(fs.readFileSync(handle))));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    return fail(
      problem("IDENTITY_INVALID", { detail: `The ${what} file ${shown(path)} cannot be read (${code}).`, context: { file: path } }),
    );
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

function whyUnsafe(stat: fs.Stats): string | undefined {
  if (process.platform === "win32") return undefined;
  if ((stat.mode & OTHERS) !== 0) return `can be read by others (mode ${(stat.mode & 0o777).toString(8)})`;
  const me = process.geteuid?.();
  return me === undefined || stat.uid === me || me === 0 ? undefined : "belongs to another user";
}
