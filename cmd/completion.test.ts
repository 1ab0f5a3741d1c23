import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, cleanEnv, folderWith, moltbot } from "./cli.fixture.ts";
import { SHELLS } from "./completion/index.ts";
import { readCompletion } from "./completion/model.ts";

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

let home: ReturnType<typeof folderWith>;
beforeAll(() => {
  home = folderWith({ "plan.json": "", "bots/x": "", "with blank/x": "" });
  for (const shell of SHELLS) fs.writeFileSync(path.join(home.path, `_${shell}`), moltbot(["completion", shell]).out);
});
afterAll(() => home.dispose());

function inShell(shell: string, args: readonly string[]): string {
  const ran = spawnSync(shell, args, {
    cwd: home.path,
    env: cleanEnv({ HOME: home.path, TERM: "dumb" }),
    encoding: "utf8",
    timeout: 30_000,
  });
  if (ran.status !== 0) throw new Error(`${shell}: ${ran.stderr}`);
  return ran.stdout;
}

/** What each shell is asked, and what it must offer; the same for all three. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ["moltbot gr", ["graph"]],
  ["moltbot audit v", ["verify"]],
  ["moltbot graph -o ", ["dot", "json", "mermaid", "text"]],
  ["moltbot graph --output d", ["dot"]],
  ["moltbot watch --lock", ["--lock-timeout"]],
  ["moltbot audit tail --li", ["--lines"]],
  ["moltbot completion ", ["bash", "fish", "zsh"]],
  ["moltbot show pl", ["plan.json"]],
  ["moltbot plan --out pl", ["plan.json"]],
  ["moltbot plan -C bo", ["bots"]],
  ["moltbot graph --focus ", []],
  ["moltbot nonsense ", []],
];

/** Bash hands over the line taken apart; `=` stands alone. */
function bash(line: string): string[] {
  const words = line.split(/ |(?<==)|(?==)/);
  const program = `source ./_bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _moltbot; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return clean(inShell("bash", ["--norc", "-c", program]).split("\n"));
}

function fish(line: string): string[] {
  const offered = inShell("fish", ["--no-config", "-c", `source ./_fish; complete -C '${line}'`]).split("\n");
  return clean(offered.map((each) => each.split("\t")[0] ?? ""));
}

/**
 * zsh completes only on a terminal: one of its own, in which every match is printed before it is offered.
 * What is typed while the shell is busy is no question to it, so the answer is waited for. Then the line is
 * run, as nothing. The mark of a match is written in two parts, so that the echo of what is typed is none.
 */
const ZSH_DRIVER = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PROMPT=""; autoload -Uz compinit; compinit -u -D; source ./_zsh; bindkey "^I" complete-word; zstyle ":completion:*" insert-tab false; moltbot() { : }'
zpty -w z 'compadd() { local -a hits; builtin compadd -O hits "$@"; print -r -- HI""T"<\${(j:|:)hits}>"; builtin compadd "$@" }; print READY''N'
zpty -r -m z out '*READYN*'
zpty -w -n z "$1"$'\\t'
out=""
for i in {1..40}; do
  [[ "$out" == *HIT* ]] && break
  sleep 0.025
  while zpty -r -t z part; do out+="$part"; done
done
print -r -- "$out"
zpty -w z ''
zpty -w z 'print END''N'
zpty -r -m z out '*ENDN*'
print -r -- "$out"
zpty -d z
`;

function zsh(line: string): string[] {
  const out = inShell("zsh", ["-f", "-c", ZSH_DRIVER, "zsh", line]);
  return clean([...out.matchAll(/HIT<([^>]*)>/g)].flatMap(([, hits = ""]) => hits.split("|")));
}

/** A folder may be offered with its slash. */
function clean(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.trim().replace(/[/=]$/, "")).filter((word) => word !== ""))].sort();
}

describe.each([
  ["bash", bash],
  ["fish", fish],
  ["zsh", zsh],
] as const)("%s", (shell, complete) => {
  test.runIf(has(shell)).each(LINES)("%s|", (line, expected) => expect(complete(line)).toEqual([...expected]));

  test.runIf(has(shell))("offers every command, and every flag of one", () => {
    const { commands, groups } = readCompletion();
    const first = [...new Set(commands.map(({ words }) => words.split(" ")[0] ?? ""))];
    expect(complete("moltbot ")).toEqual(first.sort());
    expect(groups.map(({ word }) => word)).toContain("audit");
    const flags = commands.find(({ words }) => words === "plan")?.flags.map(({ name }) => `--${name}`) ?? [];
    expect(complete("moltbot plan --")).toEqual([...flags, "--help"].sort());
  });

  test.runIf(has(shell))("loads without a word", () => {
    const load = { bash: "source ./_bash", fish: "source ./_fish", zsh: "autoload -Uz compinit; compinit -u -D; source ./_zsh" }[shell];
    expect(inShell(shell, ["-c", load])).toBe("");
  });
});

test.runIf(has("bash"))("bash: a value after an equals sign, a folder with a blank in its name", () => {
  expect(bash("moltbot graph --output=d")).toEqual(["dot"]);
  expect(bash("moltbot plan -C w")).toEqual(["with blank"]);
});

test("an unknown shell is a mistake on the command line", () => {
  expect(moltbot(["completion", "tcsh"])).toMatchObject({ code: 64, out: "" });
  expect(moltbot(["completion"]).code).toBe(64);
});

test("the script is the same wherever it is made, and mentions no path", () => {
  const one = moltbot(["completion", "bash"]).out;
  expect(moltbot(["completion", "bash"], { cwd: home.path, env: { COLUMNS: "20", FORCE_COLOR: "1" } }).out).toBe(one);
  expect(one).not.toContain(path.dirname(BIN));
});
