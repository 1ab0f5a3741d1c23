import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { shown, type Digest } from "../../core/index.ts";
import type { ModelFailure, ModelFile } from "./types.ts";

/** Where the files of models lie in a state folder. */
export function modelsFolder(stateDir: string): string {
  return path.join(stateDir, "models");
}

/** The file, and what tells it from another one of its name. */
export type FoundFile = { readonly kind: "found"; readonly file: string; readonly facts: string } | ModelFailure;

/** Digests of files that did not change since: what a file was is told by its inode, size and times. */
export type SeenDigests = Map<string, { readonly facts: string; readonly digest: Digest }>;

/**
 * The model's file, below the models folder and nowhere else, whatever links say, and the one that was reviewed.
 * Effect: reads; with a digest the whole file, once for each change of it.
 */
export async function findModel(folder: string, { path: name, digest }: ModelFile, seen: SeenDigests): Promise<FoundFile> {
  const parts = name.split("/");
  if (path.isAbsolute(name) || name.includes("\\") || parts.some((part) => part === "" || part === "." || part === ".."))
    return unusable(`names its model file ${shown(name)}, which is no path below the models folder`);
  try {
    const [root, file] = [await fs.realpath(folder), await fs.realpath(path.join(folder, ...parts))];
    if (!file.startsWith(`${root}${path.sep}`))
      return unusable(`names its model file ${shown(name)}, which is a link out of the models folder`);
    const stat = await fs.stat(file, { bigint: true });
    if (!stat.isFile()) return unusable(`names its model file ${shown(name)}, which is not a file`);
    const facts = [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(" ");
    if (digest === null) return { kind: "found", file, facts };
    const known = seen.get(file);
    const own = known?.facts === facts ? known.digest : await digestOf(file);
    seen.set(file, { facts, digest: own });
    return own === digest ? { kind: "found", file, facts } : changed(own);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR")
      return unusable(`names its model file ${shown(name)}, which cannot be read (${code ?? "unknown"})`);
    const at = path.join(folder, ...parts);
    return unusable(
      `needs its model file, and there is none at ${shown(at)}`,
      `Nothing is downloaded. Put the file there:\ncp MODEL.gguf ${shown(at)}`,
    );
  }
}

async function digestOf(file: string): Promise<Digest> {
  const hash = createHash("sha256");
  await using handle = await fs.open(file);
  for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return `sha256:${hash.digest("hex")}`;
}

function unusable(detail: string, remedy?: string): ModelFailure {
  return { kind: "failed", code: "MODEL_FILE_UNUSABLE", detail, ...(remedy === undefined ? {} : { remedy }) };
}

function changed(own: Digest): ModelFailure {
  return {
    kind: "failed",
    code: "PROVIDER_MODEL_CHANGED",
    detail: `has a file with another digest for the model than the declared one: ${own}`,
  };
}
