import { createHash, hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { digestBytes, type Digest } from "../core/index.ts";
import type { FinishedPlans } from "../reconciler/types.ts";
import { cacheFolder } from "./cache-folder.ts";

const MAX_BYTES = 128 * 1024 * 1024;
/** Projects and environments whose latest plan is kept. */
const MAX_FILES = 64;
const HEAD = /^moltbot finished plan 1 ([0-9a-f]{64})\n/;

/**
 * Finished plans in the user's own cache folder, one file each: a line with the checksum of the rest,
 * replaced by rename. Whatever is damaged, cut short or not ours is as if it were not there.
 *
 * @returns undefined where there is no such folder that is ours alone, or no build whose digest tells programs apart.
 */
export function finishedPlans(env: NodeJS.ProcessEnv = process.env): FinishedPlans | undefined {
  const tool = toolDigest(import.meta.dirname, import.meta.url);
  const folder = tool && cacheFolder("plans", env);
  return tool && folder ? plansIn(folder, tool) : undefined;
}

/** @param folder - Ours alone; nothing else is kept in it. */
export function plansIn(folder: string, tool: Digest): FinishedPlans {
  const fileOf = (name: string): string => path.join(folder, `${name}.plan`);
  return {
    tool,
    read: (name) => {
      try {
        const file = fileOf(name);
        const facts = fs.lstatSync(file, { throwIfNoEntry: false });
        return facts?.isFile() && facts.size <= MAX_BYTES ? checked(fs.readFileSync(file, "utf8")) : undefined;
      } catch {
        return undefined;
      }
    },
    write: (name, text) => {
      try {
        makeRoom(folder);
        const scratch = path.join(folder, `${name}.${process.pid}.tmp`);
        fs.writeFileSync(scratch, `moltbot finished plan 1 ${sha256(text)}\n${text}`, { mode: 0o600 });
        fs.renameSync(scratch, fileOf(name));
      } catch {
        // A full disk or a folder that went away: the next plan is made from the beginning, as this one was.
      }
    },
  };
}

function checked(text: string): string | undefined {
  const head = HEAD.exec(text);
  const body = head ? text.slice(head[0].length) : "";
  return head && sha256(body) === head[1] ? body : undefined;
}

function sha256(text: string): string {
  return hash("sha256", text, "hex");
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
