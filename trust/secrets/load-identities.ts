import * as fs from "node:fs";
import { fail, LIMITS, ok, problem, shown, type Result } from "../../core/index.ts";
import { parseIdentities, type Identity } from "./identities.ts";

/** What loading identities needs to know of the world. */
export interface IdentityWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether git tracks the file. Absent where there is no repository to ask. */
  readonly isTracked?: (realPath: string) => Promise<boolean>;
}

const OTHERS = 0o077;

/**
 * The identities the user gave: `MOLTBOT_AGE_IDENTITY` (text) and `MOLTBOT_AGE_IDENTITY_FILE`. None is
 * an empty list: most commands need none. A file that others may read is KEY_UNSAFE, one that git tracks
 * IDENTITY_COMMITTED. Effect: reads one file.
 */
export async function loadIdentities(world: IdentityWorld): Promise<Result<readonly Identity[]>> {
  const text = world.env["MOLTBOT_AGE_IDENTITY"];
  const path = world.env["MOLTBOT_AGE_IDENTITY_FILE"];
  const given = text ? parseIdentities(text, "MOLTBOT_AGE_IDENTITY") : ok<readonly Identity[]>([]);
  if (!given.ok || !path) return given;
  const fromFile = readIdentityFile(path);
  if (!fromFile.ok) return fromFile;
  if (await world.isTracked?.(fs.realpathSync(path)))
    return fail(problem("IDENTITY_COMMITTED", { detail: `git tracks the identity file ${shown(path)}.`, context: { file: path } }));
  return ok([...given.value, ...fromFile.value]);
}

/** Reads one identity file: opened once, checked on the open file, never blocking on a pipe or device. */
export function readIdentityFile(path: string): Result<readonly Identity[]> {
  let handle: number | undefined;
  try {
    handle = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    const stat = fs.fstatSync(handle);
    const unsafe = whyUnsafe(stat);
    if (unsafe)
      return fail(
        problem("KEY_UNSAFE", {
          detail: `The identity file ${shown(path)} ${unsafe}.`,
          remedy: `chmod 600 ${path}`,
          context: { file: path },
        }),
      );
    if (stat.size > LIMITS.identityFileBytes) return parseIdentities("x".repeat(LIMITS.identityFileBytes + 1), shown(path));
    return parseIdentities(fs.readFileSync(handle, "utf8"), shown(path));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    return fail(
      problem("IDENTITY_INVALID", { detail: `The identity file ${shown(path)} cannot be read (${code}).`, context: { file: path } }),
    );
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

function whyUnsafe(stat: fs.Stats): string | undefined {
  if (!stat.isFile()) return "is not a regular file";
  if (process.platform === "win32") return undefined;
  if ((stat.mode & OTHERS) !== 0) return `can be read by others (mode ${(stat.mode & 0o777).toString(8)})`;
  const me = process.geteuid?.();
  return me === undefined || stat.uid === me || me === 0 ? undefined : "belongs to another user";
}
