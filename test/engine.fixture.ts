/** A repository on disk and a world to run the engine in, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { ok, type Result } from "../core/index.ts";
import type { ApplyChoices, World } from "../reconciler/engine.ts";
import { KINDS } from "../schemas/index.ts";

export const HEAD = "apiVersion: moltbot.dev/v1alpha1\n";

/** A manifest as text: kind, name and an already indented spec. */
export function manifest(kind: string, name: string, spec: string): string {
  return `${HEAD}kind: ${kind}\nmetadata: {name: ${name}}\nspec:\n${spec
    .trim()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n")}\n`;
}

export const PROJECT = manifest("Project", "acme", "target: {type: embedded}");
export const ECHO = manifest("ModelProvider", "echo", "type: echo");
export const agentText = (name: string, more = "prompt: Be kind."): string =>
  manifest("Agent", name, `model: {provider: echo, name: echo}\n${more}`);

export type Tree = Readonly<Record<string, string | null>>;

/** A folder with these files, removed after the test. */
export function repository(files: Tree): string {
  const root = mkdtempSync(join(tmpdir(), "moltbot-repo-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  write(root, files);
  return root;
}

/** Writes files into a folder; null removes one. */
export function write(root: string, files: Tree): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    if (text === null) rmSync(file, { force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

export function worldOf(more: Partial<World> = {}): World {
  return {
    clock: { now: () => new Date() },
    ids: { next: () => randomBytes(16).toString("hex") },
    actor: "ops@laptop",
    kinds: KINDS,
    version: "0.0.0-test",
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  };
}

export const YES: ApplyChoices = { confirm: () => Promise.resolve(ok(undefined)), lockTimeoutMs: 0 };

/** The value, or an error that shows the diagnostics. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((each) => `${each.code} ${each.detail}`).join("\n"));
  return result.value;
}

export function codesOf(result: Result<unknown>): string[] {
  return result.ok ? [] : result.diagnostics.map((each) => each.code);
}
