import { isName, type JsonObject } from "../core/index.ts";
import { writeManifest } from "./manifest/index.ts";

/** Which provider a new tree starts with. */
export type StartingProvider = "echo" | "ollama" | "openai-compatible" | "anthropic";

/** What a new repository declares. */
export interface NewTree {
  readonly project: string;
  readonly agent: string;
  readonly provider: StartingProvider;
  readonly model: string;
  /** Only for `openai-compatible`. */
  readonly endpoint: string;
  /** The folder holds other folders already, which must not be read as manifests. */
  readonly isMixed: boolean;
}

/** What is taken where nothing else is said. */
export const NEW_TREE_DEFAULTS = {
  project: "agents",
  agent: "assistant",
  provider: "echo",
  endpoint: "http://127.0.0.1:8080/v1",
  models: { echo: "echo-1", ollama: "llama3.2", "openai-compatible": "default", anthropic: "claude-sonnet-4-5" },
} as const satisfies { readonly models: Readonly<Record<StartingProvider, string>>; readonly [key: string]: unknown };

const API_VERSION = "moltbot.dev/v1alpha1";
const STATE_IGNORED = ".moltbot/";

/** A word as a name (RFC 1123 label), or undefined when nothing of it is left. */
export function nameFrom(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return isName(name) ? name : undefined;
}

/** The files of a new repository, by path: its plan and its apply work at once. It weakens no policy. */
export async function newTree(tree: NewTree): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const { agent, provider, project } = tree;
  const secret = secretOf(tree);
  const files: readonly (readonly [string, string | Promise<string>])[] = [
    ["moltbot.yaml", writeManifest(projectOf(tree), "What is read, and where it is applied. See what applying would do:\n  moltbot plan")],
    [`agents/${agent}.yaml`, writeManifest(agentOf(tree), "Without capabilities it can only talk.")],
    [`providers/${provider}.yaml`, writeManifest(providerOf(tree), PROVIDER_NOTES[provider])],
    ...(secret ? [[`secrets/${provider}.yaml`, writeManifest(secret)] as const] : []),
    [`prompts/${agent}.md`, `You are ${agent}, an assistant. Answer briefly and kindly. Say so when you do not know.\n`],
    [".gitignore", `# The record of what was applied, and its keys.\n${STATE_IGNORED}\n`],
    ["README.md", `# ${project}\n\nAgents, kept by moltbot as they are declared here: \`moltbot plan\`, then \`moltbot apply\`.\n`],
  ];
  return Promise.all(files.map(async ([path, text]) => ({ path, text: await text })));
}

/** What an existing .gitignore lacks, to be added at its end; empty when it has it. */
export function missingIgnores(text: string): string {
  const has = text.split(/\r?\n/).some((line) => /^\/?\.moltbot\/?$/.test(line.trim()));
  if (has) return "";
  return `${text === "" || text.endsWith("\n") ? "" : "\n"}${STATE_IGNORED}\n`;
}

const PROVIDER_NOTES: Readonly<Record<StartingProvider, string>> = {
  echo: "Built in: it repeats what it was told, without network or key. A real one differs by `type`, `endpoint` and `credentials`.",
  ollama: "A server on this machine: ollama serve",
  "openai-compatible": "Any server that speaks the OpenAI chat completions protocol.",
  anthropic: "The key comes from the Secret; see docs/secrets.md of moltbot.",
};

function manifest(kind: string, name: string, spec: JsonObject): JsonObject {
  return { apiVersion: API_VERSION, kind, metadata: { name }, spec };
}

function projectOf(tree: NewTree): JsonObject {
  const sources = ["agents", "providers", ...(needsKey(tree) ? ["secrets"] : [])];
  return manifest("Project", tree.project, { ...(tree.isMixed ? { sources } : {}), target: { type: "embedded" } });
}

/** Enough to try it out for a day; what is paid for has a bound from the start. */
const TOKENS_PER_DAY = 1_000_000;

function agentOf(tree: NewTree): JsonObject {
  const { agent, provider, model } = tree;
  return manifest("Agent", agent, {
    description: "The first agent of this repository.",
    model: { provider, name: model },
    prompt: { file: `prompts/${agent}.md` },
    ...(needsKey(tree) ? { budgets: { tokensPerDay: TOKENS_PER_DAY } } : {}),
  });
}

function providerOf(tree: NewTree): JsonObject {
  const { provider, endpoint } = tree;
  return manifest("ModelProvider", provider, {
    type: provider,
    ...(provider === "openai-compatible" ? { endpoint } : {}),
    ...(needsKey(tree) ? { credentials: { secret: provider, key: KEY } } : {}),
    ...(provider === "anthropic" || needsKey(tree) ? {} : { local: true }),
  });
}

const KEY = "api-key";

/** A value is needed where the model is asked somewhere else than on this machine. */
function needsKey({ provider, endpoint }: NewTree): boolean {
  return provider === "anthropic" || (provider === "openai-compatible" && !isLoopback(endpoint));
}

function isLoopback(endpoint: string): boolean {
  const host = URL.parse(endpoint)?.hostname;
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host ?? "");
}

/** A place for the key, and no key: the runtime's own public key is known only after the first apply. */
function secretOf(tree: NewTree): JsonObject | undefined {
  if (!needsKey(tree)) return undefined;
  const instruction = `Apply once, then: moltbot secret set ${tree.provider} ${KEY}`;
  return manifest("Secret", tree.provider, {
    description: "The key that models are asked with.",
    values: { [KEY]: { pending: { instruction } } },
  });
}
