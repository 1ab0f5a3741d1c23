import { LIMITS } from "../../../core/index.ts";
import { readerOf, SECTION, sectionsOf, type MemoryLimits, type Reader, type Section } from "../../../trust/wasm/index.ts";

/** Where our own functions stand, and a memory that is made by us. */
export const OUR_MODULE = "moltbot";
export const OUR_FUNCTIONS = ["host_call", "log"] as const;

/** What a module was found to be. */
export interface Checked {
  /** Of a memory that it imports, in pages, and under which name; null when it brings its own. */
  readonly imported: (MemoryLimits & { readonly module: string; readonly name: string }) | null;
}

const KIND = { function: 0, memory: 2 } as const;

/**
 * Reads what a module asks for before it is compiled. Its memory and its tables must say how far they grow, and
 * not farther than they may: the engine holds a declared maximum and nothing else. What is not understood is
 * refused, so a form of module that we do not know is none.
 *
 * @throws an Error that says why it is refused.
 */
export function checkModule(bytes: Uint8Array, memoryPages: number): Checked {
  const sections = sectionsOf(bytes);
  const imported = sections.filter(({ id }) => id === SECTION.import).flatMap((section) => entriesOf(bytes, section, readImport));
  const foreign = imported.find((each) => each.foreign !== undefined)?.foreign;
  if (foreign !== undefined) throw new ImportRefused(foreign);
  const memories = imported.flatMap(({ memory }) => (memory ? [memory] : []));
  const own = sections
    .filter(({ id }) => id === SECTION.memory)
    .flatMap((section) => entriesOf(bytes, section, (reader) => reader.limits()));
  if (memories.length + own.length !== 1) throw new Error(`it has ${memories.length + own.length} memories and not one`);
  for (const memory of own) {
    if (memory.most === null) throw new Error("its memory declares no maximum");
    if (memory.most > memoryPages)
      throw new Error(`its memory declares a maximum of ${memory.most} pages; ${memoryPages} are allowed (limits.memory)`);
  }
  for (const memory of memories) {
    if (memory.least > memoryPages)
      throw new Error(`it needs a memory of ${memory.least} pages; ${memoryPages} are allowed (limits.memory)`);
  }
  for (const table of sections.filter(({ id }) => id === SECTION.table).flatMap((section) => entriesOf(bytes, section, readTable))) {
    if ((table.most ?? Number.POSITIVE_INFINITY) > LIMITS.pluginTableEntries) {
      throw new Error(`a table of it declares no maximum, or more than ${LIMITS.pluginTableEntries} entries (limits.pluginTableEntries)`);
    }
  }
  return { imported: memories[0] ?? null };
}

/** It asks for something that no plugin is given. */
export class ImportRefused extends Error {}

function entriesOf<T>(bytes: Uint8Array, { from, to }: Section, read: (reader: Reader) => T): readonly T[] {
  const reader = readerOf(bytes, from, to);
  return Array.from({ length: Math.min(reader.unsigned(), to - from) }, () => read(reader));
}

interface Import {
  readonly foreign?: string;
  readonly memory?: MemoryLimits & { readonly module: string; readonly name: string };
}

function readImport(reader: Reader): Import {
  const module = reader.text();
  const name = reader.text();
  const kind = reader.byte();
  if (kind === KIND.function) {
    reader.unsigned();
    return module === OUR_MODULE && OUR_FUNCTIONS.some((each) => each === name) ? {} : { foreign: `${module}.${name}` };
  }
  if (kind !== KIND.memory || (module !== "env" && module !== OUR_MODULE)) throw new ImportRefused(`${module}.${name}`);
  return { memory: { ...reader.limits(), module, name } };
}

function readTable(reader: Reader): MemoryLimits {
  // The type of what is in it; with an initial value it has another form, which is not understood here.
  reader.byte();
  return reader.limits();
}
