import fs from "node:fs";
import path from "node:path";
import { fail, mapResult, ok, type Result } from "../../core/index.ts";
import type { NewTree } from "../../reconciler/engine.ts";
import { MoltbotCommand } from "../base.ts";
import { firstCommit, type Committed } from "../first-commit.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { answersFor, PROVIDERS } from "../init-answers.ts";
import { writeNewFiles } from "../new-files.ts";
import { outputFailed } from "../reports.ts";
import { conclude } from "../session.ts";
import { initialisedViews, type Initialised } from "../views/init.ts";

export default class Init extends MoltbotCommand {
  static override summary = "Start a repository whose plan and apply work at once";
  static override description =
    "Writes moltbot.yaml, one agent with its prompt, and its model provider; then makes a git repository with a first commit, unless the folder is in one. " +
    "Asks for what is not given, if there is a terminal. Nothing that is there is overwritten.";
  static override examples = [
    { description: "Answer a few questions", command: "<%= config.bin %> init bots" },
    { description: "No questions: the built-in provider, which needs no network and no key", command: "<%= config.bin %> init bots --yes" },
    {
      description: "A model server on this machine",
      command: "<%= config.bin %> init bots --name acme-bots --agent support --provider ollama --model llama3.2 --yes",
    },
  ];
  static override args = { folder: Args.string({ description: "where (default: the current folder)", ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    name: Flags.string({ helpValue: "NAME", description: "the Project's name (default: that of the folder)", env: "MOLTBOT_NAME" }),
    provider: Flags.option({
      options: PROVIDERS,
      description: "who answers: built-in, a server on this machine, a service (default: echo)",
      env: "MOLTBOT_PROVIDER",
    })(),
    agent: Flags.string({ helpValue: "NAME", description: "the first agent's name (default: assistant)", env: "MOLTBOT_AGENT" }),
    model: Flags.string({ helpValue: "NAME", description: "the model, as the provider calls it", env: "MOLTBOT_MODEL" }),
    endpoint: Flags.string({
      helpValue: "URL",
      description: "with openai-compatible: its base address (default: http://127.0.0.1:8080/v1)",
      env: "MOLTBOT_ENDPOINT",
    }),
    yes: Flags.boolean({ char: "y", description: "take the default for what is not given; ask nothing", env: "MOLTBOT_YES" }),
    "no-git": Flags.boolean({ description: "no repository, no commit", env: "MOLTBOT_NO_GIT" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Init);
    const session = this.session(flags);
    const folder = path.resolve(session.query.repo, args.folder ?? ".");
    const given = { project: flags.name, agent: flags.agent, provider: flags.provider, endpoint: flags.endpoint, model: flags.model };
    const answers = await answersFor(session, folder, given, flags.yes);
    const tree = mapResult(answers, (value): NewTree => ({ ...value, isMixed: hasFolders(folder) }));
    const done = tree.ok ? await initialise(tree.value, folder, flags["no-git"]) : tree;
    return conclude(session, done, { views: initialisedViews });
  }
}

/** Folders of somebody else, which must not be read as manifests. */
function hasFolders(folder: string): boolean {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  } catch {
    return false;
  }
}

async function initialise(tree: NewTree, folder: string, noGit: boolean): Promise<Result<Initialised>> {
  const { newTree } = await import("../../reconciler/engine.ts");
  const all = await newTree(tree);
  const here = new Set(["README.md", ".gitignore"].filter((name) => fs.existsSync(path.join(folder, name))));
  const files = all.filter((file) => !here.has(file.path));
  const written = writeNewFiles(folder, files);
  if (!written.ok) return written;
  const ignored = here.has(".gitignore") ? await ignoreState(path.join(folder, ".gitignore")) : ok("");
  if (!ignored.ok) return ignored;
  const names = files.map((file) => file.path);
  const committed: Committed = noGit ? { kind: "left-out" } : await firstCommit(folder, names);
  const shownFolder = path.relative(process.cwd(), folder);
  const value: Initialised = {
    project: tree.project,
    agent: tree.agent,
    folder: shownFolder === "" ? "." : shownFolder,
    files: names,
    kept: [...here].map((name) =>
      name === ".gitignore" && ignored.value !== "" ? `${name} (now with ${ignored.value.trim()})` : `${name} (kept as it is)`,
    ),
    commit: committed.kind === "committed" ? committed.commit : null,
    isInside: committed.kind === "inside",
    lacks: all.some((file) => file.path.startsWith("secrets/")) ? `moltbot secret set ${tree.provider} api-key` : null,
  };
  return ok(value, committed.kind === "failed" ? [committed.diagnostic] : []);
}

/** Keys must not be committed: the one line is added to a .gitignore that lacks it. */
async function ignoreState(file: string): Promise<Result<string>> {
  const { missingIgnores } = await import("../../reconciler/engine.ts");
  try {
    const missing = missingIgnores(fs.readFileSync(file, "utf8"));
    if (missing !== "") fs.appendFileSync(file, missing);
    return ok(missing);
  } catch (error) {
    return fail(outputFailed(file, error as Error));
  }
}
