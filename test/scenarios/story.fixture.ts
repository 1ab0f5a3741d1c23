/**
 * A story: one folder whose name is the sentence, with
 *
 *     steps.yaml     what is done, step by step, and the exit code each command must end with
 *     tree/          the files it begins with (optional), on top of those that `from` names
 *     expected.txt   the golden transcript: each command, what it wrote, how it ended
 *
 * Exit codes and `json` are written by hand; expected.txt only by `npm run test:update`. `from` names a
 * folder of test/trees/ or examples/. Within a step things happen in the order in which {@link Step} lists them.
 */
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Edit, Hold } from "../../core/index.ts";
import { ROOT } from "../../scripts/checkout.ts";

export interface Step {
  /** What is going on, for whoever reads the transcript. */
  readonly say?: string;
  /** Files to write; null removes one. `${NAME}` stands for what was kept. */
  readonly write?: Readonly<Record<string, string | null>>;
  /** File -> its new name; what stood there is gone. */
  readonly move?: Readonly<Record<string, string>>;
  /** File, then texts to replace in it, each of which must be there. `${NAME}` stands for what was kept. */
  readonly change?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Bytes to overwrite in the middle of a file, as a failing disk would. */
  readonly damage?: string;
  /** Commits the whole tree with this message, in a repository that is made where there is none. */
  readonly commit?: string;
  /** The SSH key that signs the commit; it is made where there is none. `${KEY_name}` is its public half. */
  readonly signedBy?: string;
  /** The documented test door to the store: what an operator's edit or hold through the API does. */
  readonly edit?: Omit<Edit, "id" | "at">;
  readonly hold?: Omit<Hold, "id" | "at">;
  /** What is true of the store while the command runs: somebody else applies, or a gateway runs. */
  readonly during?: "another-apply" | "a-gateway";
  /** The command line after `moltbot`: words, with '...' or "..." around those that hold spaces. */
  readonly run?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sends SIGINT once this text is on standard error. */
  readonly interruptAfter?: string;
  /** The exit code; 0 unless said otherwise. */
  readonly exit?: number;
  /** JSON pointer -> what stands there in standard output (null: nothing), which then is not in the transcript. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Name -> pattern over standard output, whose first group is kept under that name. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Files whose text belongs to the transcript. */
  readonly show?: readonly string[];
}

export interface Story {
  readonly name: string;
  readonly folder: string;
  readonly from: string | undefined;
  readonly steps: readonly Step[];
}

const STEP_KEYS: Readonly<Record<keyof Step, true>> = {
  say: true,
  write: true,
  move: true,
  change: true,
  damage: true,
  commit: true,
  signedBy: true,
  edit: true,
  hold: true,
  during: true,
  run: true,
  input: true,
  env: true,
  interruptAfter: true,
  exit: true,
  json: true,
  keep: true,
  show: true,
};

/** The folders below test/scenarios, sorted by name. */
export function storyFolders(): readonly string[] {
  const here = import.meta.dirname;
  return fs
    .readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(here, entry.name))
    .sort();
}

export function loadStory(folder: string): Story {
  const name = path.basename(folder);
  const { from, steps, ...rest } = parse(fs.readFileSync(path.join(folder, "steps.yaml"), "utf8")) as Pick<Story, "from" | "steps">;
  const unknown = [...Object.keys(rest), ...steps.flatMap((step) => Object.keys(step).filter((key) => !Object.hasOwn(STEP_KEYS, key)))];
  if (unknown.length > 0) throw new Error(`${name}/steps.yaml: there is no ${unknown.join(", ")}`);
  return { name, folder, from: from === undefined ? undefined : treeOf(from), steps };
}

function treeOf(name: string): string {
  const own = path.join(ROOT, "test", "trees", name);
  return fs.existsSync(own) ? own : path.join(ROOT, "examples", name);
}

/** Words of a command line. Quotes keep spaces; nothing else is special. */
export function wordsOf(line: string): readonly string[] {
  const words = line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g);
  return [...words].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ""),
  );
}
