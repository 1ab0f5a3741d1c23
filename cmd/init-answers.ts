import path from "node:path";
import { fail, isName, ok, problem, shown, type Result } from "../core/index.ts";
import type { NewTree, StartingProvider } from "../reconciler/engine.ts";
import { canAsk, openQuestions, type Questions } from "./questions.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage.ts";

export const PROVIDERS = ["echo", "ollama", "openai-compatible", "anthropic"] as const satisfies readonly StartingProvider[];

export type Answers = Omit<NewTree, "isMixed">;
type Key = keyof Answers;
type Given = { readonly [K in Key]: string | undefined };
type Draft = { [K in Key]?: string };

/** One thing that `init` has to know: as a flag, as a question, or by default. */
interface Question {
  readonly key: Key;
  readonly flag: string;
  readonly words: string;
  readonly fits: (text: string) => boolean;
  readonly form: string;
  /** Not asked where the provider leaves no choice, or has no such thing. */
  readonly isOpen: (provider: string) => boolean;
}

const NAME = { fits: isName, form: "lower-case letters, digits and inner hyphens, at most 63 characters", isOpen: () => true };
const QUESTIONS: readonly Question[] = [
  { key: "project", flag: "name", words: "Name of the project", ...NAME },
  { key: "agent", flag: "agent", words: "Name of the first agent", ...NAME },
  {
    key: "provider",
    flag: "provider",
    words: `Provider (${PROVIDERS.join(", ")})`,
    fits: (text) => PROVIDERS.some((each) => each === text),
    form: `one of ${PROVIDERS.join(", ")}`,
    isOpen: () => true,
  },
  {
    key: "endpoint",
    flag: "endpoint",
    words: "Its address",
    fits: isEndpoint,
    form: "an http or https address without user, query or fragment",
    isOpen: (provider) => provider === "openai-compatible",
  },
  {
    key: "model",
    flag: "model",
    words: "Model",
    fits: (text) => /^[\x21-\x7e]{1,200}$/.test(text),
    form: "a name without blanks",
    isOpen: (provider) => provider !== "echo",
  },
];

/** What must be given, so that nothing is asked. */
const REQUIRED: ReadonlySet<Key> = new Set(["project", "agent", "provider"]);

/**
 * Everything that is not given is asked for, or with `isQuiet` its default.
 *
 * @returns `CONFIRMATION_NEEDED` where nobody can be asked, `NOT_CONFIRMED` at the end of the input.
 * @throws UsageError for a value that does not fit, or that the provider has no use for.
 */
export async function answersFor(session: Session, folder: string, given: Given, isQuiet: boolean): Promise<Result<Answers>> {
  for (const question of QUESTIONS) refuseUnfit(question, given);
  const isAsking = !isQuiet && [...REQUIRED].some((key) => given[key] === undefined);
  if (isAsking && !canAsk()) return fail(nobodyToAsk());
  const questions = isAsking ? openQuestions(session) : undefined;
  try {
    const draft: Draft = {};
    for (const question of QUESTIONS) {
      const fallback = await defaultOf(question.key, draft, folder);
      const isOpen = question.isOpen(draft.provider ?? "");
      const answer = given[question.key] ?? (questions && isOpen ? await ask(session, questions, question, fallback) : fallback);
      if (answer === undefined) return fail(problem("NOT_CONFIRMED", { detail: "The questions were not answered. Nothing was written." }));
      draft[question.key] = answer;
    }
    return ok(draft as Answers);
  } finally {
    questions?.close();
  }
}

async function defaultOf(key: Key, draft: Readonly<Draft>, folder: string): Promise<string> {
  const { NEW_TREE_DEFAULTS: defaults, nameFrom } = await import("../reconciler/engine.ts");
  if (key === "project") return nameFrom(path.basename(folder)) ?? defaults.project;
  if (key !== "model") return defaults[key];
  return defaults.models[PROVIDERS.find((each) => each === draft.provider) ?? "echo"];
}

function refuseUnfit({ key, flag, fits, form, isOpen }: Question, given: Given): void {
  const value = given[key];
  if (value === undefined) return;
  if (!fits(value)) throw new UsageError(`--${flag} takes ${form}; found ${shown(value)}.`);
  // Where the provider is yet to be asked for, what belongs to one of them is taken as a wish.
  if (given.provider !== undefined && !isOpen(given.provider))
    throw new UsageError(`--${flag} says nothing about --provider ${given.provider}.`);
}

/** Asks until the answer fits; nothing typed is the default. Undefined at the end of the input. */
async function ask(session: Session, questions: Questions, { words, fits, form }: Question, fallback: string): Promise<string | undefined> {
  for (;;) {
    const line = await questions.ask(`${words} [${fallback}]: `);
    if (line === undefined) return undefined;
    const text = line.trim() === "" ? fallback : line.trim();
    if (fits(text)) return text;
    session.io.err(`That takes ${form}.\n`);
  }
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ["http:", "https:"].includes(url.protocol) && url.username === "" && !/[?#\s]/.test(text);
}

function nobodyToAsk(): ReturnType<typeof problem> {
  return problem("CONFIRMATION_NEEDED", {
    detail: "There is no terminal to ask on, and not everything is given.",
    remedy: "Give --name, --agent and --provider, or take the defaults:\nmoltbot init --yes",
  });
}
