import { createHash } from "node:crypto";
import { fail, isArray, ok, parseByteSize, parseDuration, problem, type JsonObject, type Result } from "../../../core/index.ts";
import type { Live } from "../../live/index.ts";
import type { Run } from "../../run/index.ts";
import { lifeOf } from "../../store/index.ts";
import { numberIn, textIn } from "../define.ts";
import { objectIn, peopleOf } from "../place.ts";

/** Whose memory it is, and what is declared of it. */
export interface MemoryPlace {
  /** Of its slots; ends in `/`. */
  readonly prefix: string;
  /** Whoever the run is for, by every name: what is written is about them. */
  readonly people: readonly string[];
  readonly maxBytes: number;
  readonly retentionMs: number | null;
  readonly search: { readonly isEnabled: boolean; readonly maxResults: number; readonly maxChars: number };
  readonly sources: readonly MemorySource[];
}

/** A folder with notes, relative to the workspace. */
export interface MemorySource {
  readonly name: string;
  readonly path: string;
  readonly pattern: string;
}

const MAX_BYTES = 16 * 1024 * 1024;

/** The memory that a run reads and writes; `MEMORY_ABSENT` where it has none. */
export function memoryOf(live: Live, run: Run): Result<MemoryPlace> {
  const found = live.agent(run.owner, run.agent);
  if (!found.ok) return found;
  const { agent, owner } = found.value;
  const declared = agent.resource.spec["memory"];
  if (declared === undefined || declared === null) return fail(absent(`Agent/${run.agent} declares no \`memory\``));
  const spec = objectIn(declared);
  const person = textIn(spec, "scope", "peer") === "agent" ? "" : (run.principal?.person ?? run.principal?.id);
  if (person === undefined) return fail(absent("its memory is one for each person, and nobody is known here"));
  const prefix = memoryPrefix(lifeOf(owner.active.generation.lives, agent.address), run.owner, run.agent, person);
  const search = objectIn(spec["search"]);
  return ok({
    prefix,
    people: peopleOf(run),
    maxBytes: parseByteSize(textIn(spec, "maxBytes", "")) ?? MAX_BYTES,
    retentionMs: parseDuration(textIn(spec, "retention", "")) ?? null,
    search: {
      isEnabled: search["enabled"] !== false,
      maxResults: numberIn(search, "maxResults", 8),
      maxChars: numberIn(search, "maxChars", 16_384),
    },
    sources: sourcesOf(spec),
  });
}

/** Where the memory of one agent for one person lies; an empty name: the agent's own. */
export function memoryPrefix(life: string, owner: string, agent: string, person: string): string {
  const place = createHash("sha256")
    .update(JSON.stringify([life, owner, agent, person]))
    .digest("hex");
  return `memory/${place.slice(0, 40)}/`;
}

function sourcesOf(spec: JsonObject): readonly MemorySource[] {
  const sources = spec["sources"];
  return (isArray(sources) ? sources : []).map((each) => {
    const source = objectIn(each);
    return { name: textIn(source, "name", ""), path: textIn(source, "path", "."), pattern: textIn(source, "pattern", "**/*.md") };
  });
}

function absent(why: string): ReturnType<typeof problem> {
  return problem("MEMORY_ABSENT", { detail: `There is no memory to use: ${why}.` });
}
