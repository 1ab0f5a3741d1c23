import { describe, expect, test } from "vitest";
import { CODES } from "../../core/codes/index.ts";
import { readCommands } from "../../scripts/generate-commands.ts";
import { repositoryFiles, textOf } from "./tree.ts";

/**
 * Every command that a page, a remedy, a help text or a document tells people to run exists, with the
 * flags it is shown with: advice that cannot be followed is worse than none.
 */

const commands = await readCommands();
const topics = new Set([...commands.keys()].flatMap((words) => (words.includes(" ") ? [words.split(" ")[0] ?? ""] : [])));
/** What oclif answers itself. */
const BUILT_IN = new Set(["help", "--help", "-h", "--version"]);

interface Mention {
  readonly where: string;
  /** What stands after `moltbot `, up to the end of the line or the quote. */
  readonly line: string;
}

/** What is wrong with a mention; undefined when it can be followed. */
function wrong({ where, line }: Mention): string | undefined {
  const words = line.trim().split(/\s+/);
  const [first = "", second = ""] = words;
  if (BUILT_IN.has(first)) return undefined;
  // What is a command and a topic, such as `prove` and `prove verify`, is the longer one where there is one.
  const isTopic = topics.has(first) && (!commands.has(first) || commands.has(`${first} ${second}`));
  const [, , third = ""] = words;
  const ofTwo = isTopic ? `${first} ${second}` : first;
  const name = commands.has(`${first} ${second} ${third}`) ? `${first} ${second} ${third}` : ofTwo;
  // A topic by itself, such as `moltbot secret`, lists its commands.
  if (topics.has(first) && (second === "" || second === "--help")) return undefined;
  const command = commands.get(name);
  if (!command) return `${where}: moltbot ${name}`;
  const flags = [...line.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map((match) => match[1] ?? "");
  const odd = flags.find((flag) => flag !== "help" && !Object.hasOwn(command.flags, flag) && !Object.hasOwn(command.baseFlags, flag));
  return odd === undefined ? undefined : `${where}: moltbot ${name} --${odd}`;
}

/** Groups of commands, those of later versions among them: `secret check` is a command by its bare name. */
const BARE = "(?:audit|gateway|import|plugin|policy|secret|trust) [a-z-]+(?: [a-z-]+)?";
/** Bare names that are no commands: what a resource lacks to run. */
const NOT_COMMANDS = new Set(["secret value", "policy builder"]);

/** In running text: what stands in backticks, or on a line of its own after a sentence that ends in a colon. */
function mentionsIn(where: string, text: string): readonly Mention[] {
  return [...text.matchAll(new RegExp(`:\\n[ \t]*moltbot ([a-z-][^\\n]*)|\`moltbot ([a-z-][^\`]*)\`|\`(${BARE})[^\`]*\``, "g"))]
    .map((match) => ({ where, line: match[1] ?? match[2] ?? match[3] ?? "" }))
    .filter(({ line }) => !NOT_COMMANDS.has(line));
}

/** In a document besides: the lines of its shell blocks. */
function mentionsInDocument(where: string, text: string): readonly Mention[] {
  const blocks = [...text.matchAll(/^```(?:sh|console)\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const lines = blocks.flatMap((line) => [...line.replace(/#.*/, "").matchAll(/(?:^|[|$(]) *(?:bin\/)?moltbot ([a-z-][^|)]*)/g)]);
  return [...mentionsIn(where, text), ...lines.map(([, line = ""]) => ({ where, line }))];
}

/** In the source of a program: after an escaped line break, and in backticks within a quoted string. */
function mentionsInSource(where: string, source: string): readonly Mention[] {
  return source.split("\n").flatMap((line, i) => {
    const after = [...line.matchAll(/(?:\\n *|remedy: ["`])moltbot ([a-z-](?:[^"`\\]|\\(?!n))*)/g)].map(([, found = ""]) => found);
    const quoted = [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)].flatMap(([text]) => mentionsIn(where, text).map((mention) => mention.line));
    return [...after, ...quoted].map((found) => ({ where: `${where}:${i + 1}`, line: found.replace(/\$\{[^}]*\}/g, "X") }));
  });
}

describe("a command that is named exists", () => {
  test("in the pages of diagnostic codes", () => {
    const mentions = Object.entries(CODES).flatMap(([code, { page }]) => mentionsIn(code, page));
    expect(mentions.length).toBeGreaterThan(20);
    expect(mentions.flatMap((mention) => wrong(mention) ?? [])).toEqual([]);
  });

  test("in remedies and other strings of the source", () => {
    const files = repositoryFiles().filter(
      (file) => /^(cmd|core|reconciler|runtime|trust)\/.*\.ts$/.test(file) && !/\.(test|fixture)\.ts$/.test(file),
    );
    const mentions = files.flatMap((file) => mentionsInSource(file, textOf(file)));
    expect(mentions.length).toBeGreaterThan(30);
    expect(mentions.flatMap((mention) => wrong(mention) ?? [])).toEqual([]);
  });

  test("in help: summaries, descriptions, examples and flags, by their bare name too", () => {
    const found = [...commands].flatMap(([words, command]) => {
      const texts = [command.summary, command.description ?? "", ...Object.values(command.flags).map((flag) => flag.description ?? "")];
      const examples = command.examples.map((example) => ({ where: words, line: example.command.split("<%= config.bin %> ")[1] ?? "" }));
      return [...texts.flatMap((text) => mentionsIn(words, text)), ...examples.filter(({ line }) => line !== "")];
    });
    expect(
      found.map((mention) => ({ ...mention, line: mention.line.split(/[|)"']/)[0] ?? "" })).flatMap((mention) => wrong(mention) ?? []),
    ).toEqual([]);
  });

  test("in schemas, examples of manifests and documents", () => {
    const files = repositoryFiles().filter((file) =>
      /^(README|SECURITY|CONTRIBUTING)\.md$|^docs\/.*\.md$|^schemas\/[^/]*\.json$/.test(file),
    );
    const mentions = files.flatMap((file) =>
      file.endsWith(".json") ? mentionsIn(file, textOf(file)) : mentionsInDocument(file, textOf(file)),
    );
    expect(mentions.length).toBeGreaterThan(30);
    expect(mentions.flatMap((mention) => wrong(mention) ?? [])).toEqual([]);
  });

  test.each([
    ["Run `moltbot gateway levitate ID`.", "here: moltbot gateway levitate"],
    ["Do this:\n  moltbot frobnicate", "here: moltbot frobnicate"],
    ["Do this:\nmoltbot plan --no-such-flag", "here: moltbot plan --no-such-flag"],
  ])("%j would be found", (text, said) => {
    expect(mentionsIn("here", text).map(wrong)).toEqual([said]);
  });
});
