/**
 * Adds to package-lock.json the platform packages that npm left out of it.
 *
 * Tools with a native part list one optional package a platform. A registry mirror may carry only some of
 * them; npm then writes a lockfile without the rest, which `npm ci` refuses ("Missing: ... from lock
 * file"). What is added here is what the tool itself pins: name and version, and the platform by which
 * npm skips it elsewhere. It has no hash, as nobody here can download it. Run it after `npm install`;
 * where nothing is missing it changes nothing.
 */
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./checkout.ts";

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly os?: readonly string[];
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** The platform that a package is for, read from its name: `@oxfmt/binding-linux-arm-musleabihf`. */
export function platformOf(name: string): {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
} {
  const found =
    /(?:^|[/-])(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/.exec(name);
  const [, os, cpu, abi = ""] = found ?? [];
  if (os === undefined || cpu === undefined) throw new Error(`${name}: its name does not say for which platform it is`);
  return { os: [os], cpu: [cpu], ...(os === "linux" ? { libc: [abi.startsWith("musl") ? "musl" : "glibc"] } : {}) };
}

/** The entries that `npm ci` would miss, by their place in the lockfile. */
export function missingEntries(lockfile: Lockfile): ReadonlyMap<string, LockedPackage> {
  const missing = new Map<string, LockedPackage>();
  for (const parent of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      if (lockfile.packages[place] !== undefined) continue;
      const { os, cpu, libc } = platformOf(name);
      const dev = parent.dev === true ? { dev: true } : {};
      missing.set(place, { version, cpu, ...dev, ...(libc ? { libc } : {}), optional: true, os });
    }
  }
  return missing;
}

/** Entries sorted as npm sorts them, so that npm and this script do not undo each other. */
export function completed(lockfile: Lockfile): Lockfile {
  const all = [...Object.entries(lockfile.packages), ...missingEntries(lockfile)];
  return { ...lockfile, packages: Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, "en"))) };
}

if (import.meta.main) {
  const file = path.join(ROOT, "package-lock.json");
  const lockfile = JSON.parse(fs.readFileSync(file, "utf8")) as Lockfile;
  const missing = missingEntries(lockfile);
  if (missing.size > 0) fs.writeFileSync(file, `${JSON.stringify(completed(lockfile), null, 2)}\n`);
  console.log(missing.size === 0 ? "package-lock.json is complete" : `added ${missing.size} entries to package-lock.json`);
}
