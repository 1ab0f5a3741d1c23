import { fail, LIMITS, ok, problem, shown } from "../../../core/index.ts";
import { joinLabels, type Labels } from "../../run/index.ts";
import type { Tool } from "../../gate/index.ts";
import { defineTool, numberIn, textIn, textSchema, wholeSchema } from "../define.ts";
import { mayRead, OF_FILES, OWN_WORDS } from "../files/access.ts";
import { coveringGrants } from "../place.ts";
import type { ToolsWorld } from "../types.ts";
import { memoryOf } from "./place.ts";
import { findInSources } from "./sources.ts";
import { newMemories, type Memories } from "./store.ts";

type MemoryWorld = Pick<ToolsWorld, "live" | "records" | "clock" | "labelsOf">;

const NAME = textSchema("The name of the entry, such as `customers/ada`: letters, digits and `._:@#+-`, in segments.", LIMITS.requestChars);
const PRIVATE: Labels = { classes: [], private: true, untrusted: false };
/** The resource of a search that names no part. */
const ALL = "all";

/** `memory.read`, `memory.write`, `memory.search`: what an agent keeps between conversations. */
export function memoryTools(world: MemoryWorld): readonly Tool[] {
  const memories = newMemories(world.records, world.clock);
  return [readTool(world, memories), writeTool(world, memories), searchTool(world, memories)];
}

function readTool({ live }: MemoryWorld, memories: Memories): Tool {
  return defineTool({
    name: "memory.read",
    description: "Reads one entry of the memory by its name.",
    properties: { name: NAME },
    required: ["name"],
    wish: (args) => ok({ action: "read", resource: textIn(args, "name", ""), facts: {}, effect: (name) => ({ name }), summary: shown }),
    run: async ({ effect }, { run }) => {
      const place = memoryOf(live(), run);
      if (!place.ok) return place;
      const found = memories.read(place.value, textIn(effect, "name", ""));
      if (!found.ok) return found;
      const { text, at, labels } = found.value;
      return ok({ text, labels: joinLabels(PRIVATE, labels), facts: { at, bytes: Buffer.byteLength(text) } });
    },
  });
}

function writeTool({ live, labelsOf }: MemoryWorld, memories: Memories): Tool {
  return defineTool({
    name: "memory.write",
    description: "Keeps a text under a name, in the place of what was there; an empty text removes the entry.",
    properties: { name: NAME, text: textSchema("What to remember; empty: forget the entry.") },
    required: ["name", "text"],
    wish: (args) => {
      const text = textIn(args, "text", "");
      return ok({
        action: "write",
        resource: textIn(args, "name", ""),
        facts: { bytes: Buffer.byteLength(text) },
        effect: (name) => ({ name, text }),
        summary: (name) => (text === "" ? `forget ${shown(name)}` : `${shown(name)}: ${shown(text)}`),
      });
    },
    run: async ({ effect }, { run }) => {
      const place = memoryOf(live(), run);
      if (!place.ok) return place;
      const [name, text] = [textIn(effect, "name", ""), textIn(effect, "text", "")];
      const done = memories.write(place.value, name, text === "" ? null : text, labelsOf(run.session));
      if (!done.ok) return done;
      return ok({ text: text === "" ? `Forgot ${name}.` : `Kept ${name}.`, labels: OWN_WORDS, facts: { bytes: done.value.bytes } });
    },
  });
}

function searchTool({ live }: MemoryWorld, memories: Memories): Tool {
  return defineTool({
    name: "memory.search",
    description: "Finds entries of the memory, and notes that belong to it, by their words.",
    properties: {
      query: { ...textSchema("Words.", 1_024), minLength: 1 },
      under: textSchema("Only entries whose names begin with these segments.", LIMITS.requestChars),
      maxResults: wholeSchema("How many.", 1, LIMITS.searchHits),
    },
    required: ["query"],
    wish: (args) => {
      const { under: _, ...rest } = args;
      const part = textIn(args, "under", null);
      return ok({
        action: "read",
        resource: part ?? ALL,
        facts: { chars: textIn(args, "query", "").length },
        effect: (name) => ({ ...rest, under: part === null ? null : name }),
        summary: () => shown(args["query"]),
      });
    },
    run: async (call, { run, workspace }) => {
      const place = memoryOf(live(), run);
      if (!place.ok) return place;
      const { search } = place.value;
      if (!search.isEnabled) return fail(problem("MEMORY_ABSENT", { detail: "`memory.search.enabled` of the agent is false." }));
      const query = textIn(call.effect, "query", "");
      const most = Math.min(numberIn(call.effect, "maxResults", search.maxResults), search.maxResults);
      const under = textIn(call.effect, "under", null);
      const all = memories.find(place.value, query);
      if (!all.ok) return all;
      const found = all.value
        .filter(({ name }) => under === null || name === under || name.startsWith(`${under}/`))
        // A search finds only what could be read with the same grants.
        .filter(({ name }) => coveringGrants(live(), run, call, name).length > 0)
        .slice(0, most);
      const notes = under === null && mayRead(live(), run).ok ? findInSources(workspace, place.value, query, most - found.length) : [];
      const labels = [...found.map((each) => each.labels), ...notes.map(() => OF_FILES)].reduce(joinLabels, PRIVATE);
      const lines = [
        ...found.map(({ name, excerpt }) => `${name}: ${excerpt}`),
        ...notes.map(({ name, excerpt }) => `file ${shown(name)}: ${excerpt}`),
      ];
      const text = lines.length === 0 ? "Nothing found." : lines.join("\n\n").slice(0, search.maxChars);
      return ok({ text, labels, facts: { hits: found.length, notes: notes.length } });
    },
  });
}
