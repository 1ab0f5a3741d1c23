import { createHash, hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { digestBytes, type Digest } from "../core/index.ts";
import type { Cache } from "../reconciler/types.ts";
import { cacheFolder } from "./cache-folder.ts";

const MAX_BYTES = 512 * 1024 * 1024;
/** Plans and packs of finished files that are kept, of all repositories together. */
const MAX_FILES = 64;
const TITLE = "moltbot cache 1 ";
const HEAD_BYTES = TITLE.length + 64 + 1;

/**
 * What earlier runs finished, in the user's own cache folder: files that begin with a line with the checksum of
 * the rest and are replaced by rename. Whatever is damaged, cut short or not ours is as if it were not there.
 *
 * @returns undefined where there is no such folder that is ours alone, or no build whose digest tells programs apart.
 */
export function openCache(env: NodeJS.ProcessEnv = process.env): Cache | undefined {
  const tool = toolDigest(import.meta.dirname, import.meta.url);
  const folder = tool && cacheFolder("finished", env);
  return tool && folder ? cacheIn(folder, tool) : undefined;
}

/** @param folder - Ours alone; nothing else is kept in it. */
export function cacheIn(folder: string, tool: Digest): Cache {
  return {
    tool,
    read: (name) => {
      try {
        const file = path.join(folder, name);
        const facts = fs.lstatSync(file, { throwIfNoEntry: false });
        return facts?.isFile() && facts.size <= MAX_BYTES ? checked(fs.readFileSync(file)) : undefined;
      } catch {
        return undefined;
      }
    },
    write: (name, bytes) => {
      try {
        makeRoom(folder);
        const scratch = path.join(folder, `${name}.${process.pid}.tmp`);
        writeAll(scratch, bytes);
        fs.renameSync(scratch, path.join(folder, name));
      } catch {
        // A full disk or a folder that went away: the next run begins at the beginning, as this one was.
      }
    },
  };
}

/** The mode is the file's from the beginning, and an old one of the same name is not written into. */
function writeAll(file: string, bytes: Uint8Array): void {
  fs.rmSync(file, { force: true });
  const fd = fs.openSync(file, "wx", 0o600);
  try {
    fs.writeFileSync(fd, headOf(bytes));
    fs.writeFileSync(fd, bytes);
  } finally {
    fs.closeSync(fd);
  }
}

function checked(bytes: Buffer): Uint8Array | undefined {
  const body = bytes.subarray(HEAD_BYTES);
  return bytes.toString("latin1", 0, HEAD_BYTES) === headOf(body) ? body : undefined;
}

function headOf(body: Uint8Array): string {
  return `${TITLE}${hash("sha256", body, "hex")}\n`;
}

/** The oldest go, with what killed runs left. */
function makeRoom(folder: string): void {
  const names = fs.readdirSync(folder);
  if (names.length < MAX_FILES) return;
  const byAge = names
    .map((name) => ({ name, at: fs.lstatSync(path.join(folder, name)).mtimeMs }))
    .sort((a, b) => a.at - b.at)
    .slice(0, names.length - MAX_FILES + 1);
  for (const { name } of byAge) fs.rmSync(path.join(folder, name), { force: true });
}

/**
 * Tells builds apart that call themselves by the same version, as a developer's do: by name, size and time
 * of every file of the bundle. From the sources there is no such thing, and so no cache.
 */
function toolDigest(here: string, url: string): Digest | undefined {
  if (url.endsWith(".ts")) return undefined;
  const root = path.basename(here) === "chunks" || path.basename(here) === "commands" ? path.dirname(here) : here;
  const whole = createHash("sha256");
  for (const entry of fs.readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const { size, mtimeMs } = fs.statSync(file);
    whole.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return digestBytes(whole.digest("hex"));
}
