import fs from "node:fs";
import path from "node:path";
import { fail, isDigest, LIMITS, ok, problem, shortDigest, type Diagnostic, type Digest, type Result } from "../../core/index.ts";
import { loadArchives, type ArchiveFile } from "../../trust/signatures/index.ts";
import { guard } from "./faults.ts";
import { renameDurably, syncFolder } from "./files.ts";

/**
 * Unpacked plugins, by the digest of their archive: `plugins/sha256/<hex>/archive.tar.gz` and its files
 * below `files/`. A folder under its final name is whole, because it got that name last.
 */
const ARCHIVE = "archive.tar.gz";
const FILES = "files";
/** What is being made or thrown away; left by a process that was killed. */
const SCRATCH = ".scratch-";

/** Puts an archive in place, unpacked. One that is there and whole stays; one that was changed is replaced. */
export async function installPlugin(dir: string, archive: Uint8Array): Promise<Result<"installed" | "present">> {
  const { readArchive } = await loadArchives();
  const read = readArchive(archive);
  if (!read.ok) return read;
  const there = await readPlugin(dir, read.value.digest);
  if (there.ok && there.value !== null) return ok("present");
  return guard(() => {
    const place = placeOf(dir, read.value.digest);
    const scratch = newScratch(dir);
    writeTree(scratch, archive, read.value.files);
    if (fs.lstatSync(place, { throwIfNoEntry: false })) fs.renameSync(place, newScratch(dir));
    renameDurably(scratch, place);
    return ok("installed" as const);
  });
}

/**
 * An unpacked plugin, compared byte for byte with the archive it came from, and that with its digest.
 *
 * @returns null when it is not there, `PLUGIN_CORRUPT` when anything in it is not what it was.
 */
export async function readPlugin(dir: string, digest: Digest): Promise<Result<readonly ArchiveFile[] | null>> {
  const { readArchive } = await loadArchives();
  return guard(() => {
    const place = placeOf(dir, digest);
    if (!fs.lstatSync(place, { throwIfNoEntry: false })) return ok(null);
    const archive = plainFile(path.join(place, ARCHIVE), LIMITS.archiveBytes);
    const read = archive ? readArchive(archive) : undefined;
    if (!read?.ok || read.value.digest !== digest) return changed(digest, "its archive is gone or changed");
    const wrong = differences(path.join(place, FILES), read.value.files);
    return wrong === undefined ? ok(read.value.files) : changed(digest, wrong);
  });
}

/** What is wrong with a plugin that should be in place; nothing where it is whole. */
export async function checkPlugin(dir: string, digest: Digest): Promise<readonly Diagnostic[]> {
  const read = await readPlugin(dir, digest);
  if (!read.ok) return read.diagnostics;
  if (read.value !== null) return [];
  return [
    problem("PLUGIN_CORRUPT", {
      detail: `The installed plugin ${shortDigest(digest)} is not there any more. It does not run.`,
      remedy: "Find out who removed it. An apply installs it again:\n  moltbot apply",
      context: { digest },
    }),
  ];
}

/** Removes what nobody needs any more, and what killed processes left. For whoever holds the apply lock. */
export function prunePlugins(dir: string, isNeeded: (digest: Digest) => boolean): Result<void> {
  return guard(() => {
    const folder = path.join(dir, "plugins", "sha256");
    for (const name of namesIn(folder)) {
      const digest = `sha256:${name}`;
      if (isDigest(digest) && !isNeeded(digest)) fs.renameSync(path.join(folder, name), newScratch(dir));
    }
    for (const name of namesIn(path.join(dir, "plugins"))) {
      if (name.startsWith(SCRATCH)) fs.rmSync(path.join(dir, "plugins", name), { recursive: true, force: true });
    }
    return ok(undefined);
  });
}

/** The digests that are in place, sorted. */
export function installedPlugins(dir: string): readonly Digest[] {
  return namesIn(path.join(dir, "plugins", "sha256"))
    .map((name) => `sha256:${name}`)
    .filter((digest) => isDigest(digest))
    .sort();
}

function placeOf(dir: string, digest: Digest): string {
  return path.join(dir, "plugins", "sha256", digest.slice("sha256:".length));
}

let scratches = 0;

function newScratch(dir: string): string {
  fs.mkdirSync(path.join(dir, "plugins", "sha256"), { recursive: true, mode: 0o700 });
  return path.join(dir, "plugins", `${SCRATCH}${process.pid}-${scratches++}-${Date.now().toString(36)}`);
}

function namesIn(folder: string): readonly string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

/** Everything is on the disk before the folder gets its final name. */
function writeTree(folder: string, archive: Uint8Array, files: readonly ArchiveFile[]): void {
  fs.mkdirSync(path.join(folder, FILES), { recursive: true, mode: 0o700 });
  writeOne(path.join(folder, ARCHIVE), archive, 0o600);
  const folders = new Set([folder, path.join(folder, FILES)]);
  for (const { path: name, bytes, isExecutable } of files) {
    const target = path.join(folder, FILES, name);
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    for (let at = path.dirname(target); at.length > folder.length; at = path.dirname(at)) folders.add(at);
    writeOne(target, bytes, isExecutable ? 0o700 : 0o600);
  }
  for (const each of folders) syncFolder(each);
}

function writeOne(file: string, bytes: Uint8Array, mode: number): void {
  const handle = fs.openSync(file, "wx", mode);
  try {
    fs.writeFileSync(handle, bytes);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** What differs between a folder and the files it should hold, in words. */
function differences(folder: string, files: readonly ArchiveFile[]): string | undefined {
  const found = new Set<string>();
  const open = [""];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const full = path.join(folder, at);
    if (!fs.lstatSync(full, { throwIfNoEntry: false })?.isDirectory()) return "a folder of it is gone or a link";
    for (const entry of fs.readdirSync(full, { withFileTypes: true })) {
      const name = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) open.push(name);
      else found.add(name);
      if (found.size + open.length > LIMITS.archiveEntries * 2) return "there are more files than it came with";
    }
  }
  for (const { path: name, bytes, isExecutable } of files) {
    const content = found.delete(name) ? plainFile(path.join(folder, name), bytes.byteLength) : undefined;
    if (!content || Buffer.compare(content, bytes) !== 0) return `${JSON.stringify(name)} is gone or changed`;
    if (((fs.lstatSync(path.join(folder, name)).mode & 0o111) !== 0) !== isExecutable) return `${JSON.stringify(name)} has another mode`;
  }
  const [extra] = found;
  return extra === undefined ? undefined : `${JSON.stringify(extra)} was added`;
}

/** The bytes of a plain file of at most that size; undefined for a link, a device, or more. */
function plainFile(file: string, maxBytes: number): Buffer | undefined {
  const facts = fs.lstatSync(file, { throwIfNoEntry: false });
  return facts?.isFile() && facts.size <= maxBytes ? fs.readFileSync(file) : undefined;
}

function changed(digest: Digest, what: string): Result<never> {
  return fail(
    problem("PLUGIN_CORRUPT", {
      detail: `The installed plugin ${shortDigest(digest)} is not what was installed: ${what}. It does not run.`,
      remedy: "Find out who changed it. An apply installs it again:\n  moltbot apply",
      context: { digest },
    }),
  );
}
