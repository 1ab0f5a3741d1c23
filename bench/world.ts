/**
 * Generated repositories of any size, the same for the same seed: nine agents of ten resources, skills,
 * a few providers; some with capabilities, references between them, prompts and labels.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How the resources refer to each other. `random` is ordinary; the others hide quadratic code best. */
export type Shape = "random" | "hub" | "chain";

/** A small generator with a fixed sequence for a seed (mulberry32): the same world on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const HEAD = "apiVersion: moltbot.dev/v1alpha1\n";

export interface World {
  readonly folder: string;
  /** Paths of the agents' files, relative to the folder. */
  readonly agents: readonly string[];
  readonly manifests: number;
}

const PER_FOLDER = 500;

/** Writes a repository of `count` manifests besides moltbot.yaml. */
export function writeWorld(folder: string, count: number, shape: Shape, seed = 1): World {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const random = randomOf(seed);
  writeFileSync(
    join(folder, "moltbot.yaml"),
    `${HEAD}kind: Project\nmetadata:\n  name: bench\nspec:\n  sources: [r]\n  target:\n    type: embedded\n`,
  );
  const skills = Math.max(1, Math.floor(count / 10));
  const agents = count - skills - 2;
  put(folder, 0, "provider-a", `kind: ModelProvider\nmetadata:\n  name: provider-a\nspec:\n  type: echo\n`);
  put(
    folder,
    0,
    "provider-b",
    `kind: ModelProvider\nmetadata:\n  name: provider-b\nspec:\n  type: ollama\n  endpoint: http://127.0.0.1:11434\n`,
  );
  for (let i = 0; i < skills; i++) put(folder, i, `skill-${i}`, skillText(i));
  const files = Array.from({ length: agents }, (_, i) => put(folder, i, `agent-${i}`, agentText(i, agents, skills, shape, random)));
  return { folder, agents: files, manifests: count };
}

function put(folder: string, i: number, name: string, text: string): string {
  const path = join("r", `d${Math.floor(i / PER_FOLDER)}`, `${name}.yaml`);
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), HEAD + text);
  return path;
}

function skillText(i: number): string {
  return `kind: Skill\nmetadata:\n  name: skill-${i}\nspec:\n  description: Skill number ${i}, shared between agents.\n  prompt: Say what you know about topic ${i}, and where you know it from.\n`;
}

/** Whom an agent calls: the one hub, the next in the chain, or a few of those before it. */
function calls(i: number, agents: number, shape: Shape, random: () => number): number[] {
  if (shape === "hub") return i === 0 ? [] : [0];
  if (shape === "chain") return i + 1 < agents ? [i + 1] : [];
  return i > 0 && i % 3 === 0 ? [Math.floor(random() * i)] : [];
}

function agentText(i: number, agents: number, skills: number, shape: Shape, random: () => number): string {
  const called = calls(i, agents, shape, random);
  const skill = shape === "hub" ? 0 : Math.floor(random() * skills);
  return `kind: Agent
metadata:
  name: agent-${i}
  labels:
    team: team-${i % 40}
    tier: ${i % 2 === 0 ? "gold" : "silver"}
spec:
  description: Answers questions about product line ${i % 100}.
  model:
    provider: ${i % 2 === 0 ? "provider-a" : "provider-b"}
    name: model-${i % 7}
    temperature: 0.${i % 10}
    maxTokens: ${1024 + (i % 8) * 256}
  prompt: |
    You are agent number ${i} of the bench fleet. Answer briefly, name your
    sources, and ask when a question has more than one reading.
  skills:
    - skill-${skill}
  capabilities:
    - tool: http.fetch
      permissions:
        - action: get
          resource: http://localhost:${8000 + (i % 50)}/api/${i % 20}/**
      constraints:
        rate: 30/min
        maxResponseBytes: 1MiB
    - tool: fs.read
      permissions:
        - action: read
          resource: docs/${i % 30}/**
${called.length > 0 ? `  subAgents:\n${called.map((each) => `    - agent-${each}\n`).join("")}` : ""}  budgets:
    stepsPerMessage: ${4 + (i % 4)}
`;
}
