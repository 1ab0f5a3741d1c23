/** Plays a story with the built CLI, in folders of its own, and writes down what happened. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { systemClock } from "../../core/index.ts";
import { holdRuntime, lockForApply, openStore } from "../../runtime/store/index.ts";
import { ROOT } from "../../scripts/checkout.ts";
import { COMPILED } from "../compiled.fixture.ts";
import { value } from "../engine.fixture.ts";
import { normaliser, visible, type Places } from "./normalise.fixture.ts";
import { wordsOf, type Step, type Story } from "./story.fixture.ts";

const NODE = path.join(ROOT, "node_modules", ".bin", "node");
const MOLTBOT = path.join(ROOT, "bin", "moltbot.js");
const STEP_TIMEOUT_MS = 30_000;
/** Commits have the same name in every run. */
const COMMITTED_AT = "2026-01-01T12:00:00Z";
const SOMEBODY = { host: "elsewhere", pid: 1, actor: "somebody@elsewhere", since: "2026-01-01T00:00:00.000Z" } as const;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Stage extends Places {
  readonly kept: Map<string, string>;
  readonly normalise: (text: string) => string;
}

/** @returns the transcript. Fails where an exit code, or JSON, is not what the steps say. */
export async function play(story: Story): Promise<string> {
  const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-story-")));
  const places = { root: path.join(base, "repo"), home: path.join(base, "home") };
  const stage: Stage = { ...places, kept: new Map(), normalise: normaliser(places) };
  try {
    fs.mkdirSync(stage.home);
    fs.writeFileSync(path.join(stage.home, ".gitconfig"), "[user]\n\tname = Ops\n\temail = ops@acme.example\n");
    fs.mkdirSync(stage.root);
    for (const tree of [story.from, path.join(story.folder, "tree")]) {
      if (tree !== undefined && fs.existsSync(tree)) fs.cpSync(tree, stage.root, { recursive: true });
    }
    const told: string[] = [];
    for (const [index, step] of story.steps.entries()) told.push(await playStep(stage, step, `step ${index + 1}`));
    return told.filter((text) => text !== "").join("\n");
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
}

async function playStep(stage: Stage, step: Step, name: string): Promise<string> {
  prepare(stage, step);
  const said = step.say === undefined ? "" : `# ${step.say}\n`;
  if (step.run === undefined) return `${said}${shown(stage, step)}`;
  const line = filled(stage, step.run);
  const ran = await during(stage, step, () => run(stage, step, wordsOf(line)));
  const { normalise } = stage;
  const out = step.json === undefined ? ran.out : "";
  const told = `$ ${normalise(`moltbot ${line}`)}\n${normalise(section("stderr", ran.err) + section("stdout", out))}[exit ${ran.code}]\n`;
  expect(ran.code, `${name}: exit code of\n${told}`).toBe(step.exit ?? 0);
  checkJson(step, ran.out, `${name}: ${step.run}`);
  keep(stage, step, ran.out);
  return `${said}${told}${shown(stage, step)}`;
}

function prepare(stage: Stage, step: Step): void {
  for (const [name, text] of Object.entries(step.write ?? {})) {
    const file = path.join(stage.root, name);
    if (text === null) fs.rmSync(file, { recursive: true });
    else {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, filled(stage, text));
    }
  }
  for (const [from, to] of Object.entries(step.move ?? {})) fs.renameSync(path.join(stage.root, from), path.join(stage.root, to));
  for (const [name, replacements] of Object.entries(step.change ?? {})) {
    const file = path.join(stage.root, name);
    let text = fs.readFileSync(file, "utf8");
    for (const [from, to] of Object.entries(replacements)) {
      if (!text.includes(filled(stage, from))) throw new Error(`${name} does not hold ${JSON.stringify(from)}`);
      text = text.replace(filled(stage, from), () => filled(stage, to));
    }
    fs.writeFileSync(file, text);
  }
  if (step.damage !== undefined) damage(path.join(stage.root, step.damage));
  if (step.commit !== undefined) commit(stage, step.commit, step.signedBy);
  if (step.edit ?? step.hold) throughTheDoor(stage, step);
}

const PAGE_BYTES = 4096;

/** All pages but the first: whatever is asked, something of it is gone. */
function damage(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes.fill(0x2a, PAGE_BYTES);
  fs.writeFileSync(file, bytes);
}

/** The private half of an SSH key of that name, made when it is first asked for. */
function sshKey(stage: Stage, name: string): string {
  const file = path.join(stage.home, `key-${name}`);
  if (!fs.existsSync(file)) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
  return file;
}

function commit(stage: Stage, message: string, signedBy: string | undefined): void {
  const date = { GIT_AUTHOR_DATE: COMMITTED_AT, GIT_COMMITTER_DATE: COMMITTED_AT };
  const env = { ...environment(stage), ...date, GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: stage.root, env, encoding: "utf8" });
  if (!fs.existsSync(path.join(stage.root, ".git"))) {
    git("init", "--quiet", "--initial-branch=main");
    fs.writeFileSync(path.join(stage.root, ".git", "info", "exclude"), ".moltbot/\n");
  }
  git("add", "--all");
  const signing = signedBy === undefined ? [] : ["-c", "gpg.format=ssh", "-c", `user.signingKey=${sshKey(stage, signedBy)}`];
  git(...signing, "commit", "--quiet", "-m", message, ...(signedBy === undefined ? [] : ["-S"]));
  stage.normalise(git("rev-parse", "HEAD"));
}

function throughTheDoor(stage: Stage, step: Step): void {
  const ports = { clock: systemClock, randomHex: () => "0".repeat(32) };
  const store = value(openStore(path.join(stage.root, ".moltbot"), { mode: "write", create: false }, ports));
  if (!store) throw new Error("nothing was applied yet, so there is no store to edit");
  try {
    if (step.edit) value(store.addEdit(step.edit));
    if (step.hold) value(store.addHold(step.hold));
  } finally {
    store.close();
  }
}

async function during(stage: Stage, step: Step, act: () => Promise<Ran>): Promise<Ran> {
  const state = path.join(stage.root, ".moltbot");
  if (step.during === undefined) return act();
  const hold = value(step.during === "a-gateway" ? holdRuntime(state) : await lockForApply(state, SOMEBODY, { timeoutMs: 0 }));
  try {
    return await act();
  } finally {
    hold.release();
  }
}

/** Built from nothing: what the developer has set reaches no story. */
function environment(stage: Stage): Record<string, string> {
  const bin = [path.dirname(NODE), "/usr/local/bin", "/usr/bin", "/bin"].join(path.delimiter);
  return { PATH: bin, HOME: stage.home, LANG: "C.UTF-8", ...COMPILED, MOLTBOT_ACTOR: "ops@laptop" };
}

async function run(stage: Stage, step: Step, words: readonly string[]): Promise<Ran> {
  const env = Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(stage, text)] as const);
  const child = spawn(NODE, [MOLTBOT, ...words], {
    cwd: stage.root,
    env: { ...environment(stage), ...Object.fromEntries(env) },
    timeout: STEP_TIMEOUT_MS,
  });
  const said = { out: "", err: "" };
  let isInterrupted = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
    if (step.interruptAfter === undefined || isInterrupted || !said.err.includes(step.interruptAfter)) return;
    isInterrupted = true;
    child.kill("SIGINT");
  });
  // A command that does not read its input may be gone before it is written.
  child.stdin.on("error", () => undefined);
  child.stdin.end(step.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}

function checkJson(step: Step, out: string, name: string): void {
  if (step.json === undefined) return;
  const written: unknown = JSON.parse(out);
  const found = Object.keys(step.json).map((pointer) => [pointer, at(written, pointer) ?? null] as const);
  expect(Object.fromEntries(found), name).toEqual(step.json);
}

function at(document: unknown, pointer: string): unknown {
  const names = pointer.split("/").slice(1);
  return names.reduce<unknown>(
    (node, name) => (node as Record<string, unknown> | undefined)?.[name.replaceAll("~1", "/").replaceAll("~0", "~")],
    document,
  );
}

function keep(stage: Stage, step: Step, out: string): void {
  for (const [name, pattern] of Object.entries(step.keep ?? {})) {
    const found = new RegExp(pattern, "s").exec(out)?.[1];
    if (found === undefined) throw new Error(`no ${pattern} in\n${out}`);
    stage.kept.set(name, found);
  }
}

function filled(stage: Stage, text: string): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const kept = name === "HOME" ? stage.home : (publicKey(stage, name) ?? stage.kept.get(name));
    if (kept === undefined) throw new Error(`nothing was kept as ${name}`);
    return kept;
  });
}

function publicKey(stage: Stage, name: string): string | undefined {
  if (!name.startsWith("KEY_")) return undefined;
  const text = fs.readFileSync(`${sshKey(stage, name.slice("KEY_".length))}.pub`, "utf8");
  return text.split(" ").slice(0, 2).join(" ");
}

function shown(stage: Stage, step: Step): string {
  const texts = (step.show ?? []).map((name) => section(name, fs.readFileSync(path.join(stage.root, name), "utf8")));
  return stage.normalise(texts.join(""));
}

function section(title: string, text: string): string {
  if (text === "") return "";
  return `[${title}]\n${visible(text)}${text.endsWith("\n") ? "" : "\n[no newline]\n"}`;
}
