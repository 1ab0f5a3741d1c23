import { fail, LIMITS, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";

/**
 * What a compiled policy declares, read from its bytes before anything of it runs. A module may import
 * the evaluator's memory and its call-backs and nothing else, may not run code by being instantiated,
 * and may not declare more memory or table than a named limit.
 */
export interface ModuleFacts {
  readonly memoryPages: number;
}

const MAGIC = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const SECTION = { custom: 0, import: 2, table: 4, memory: 5, export: 7, start: 8, highest: 12 } as const;
const KIND = { function: 0, table: 1, memory: 2 } as const;
const FUNCTIONS: ReadonlySet<string> = new Set([
  "opa_abort",
  "opa_println",
  "opa_builtin0",
  "opa_builtin1",
  "opa_builtin2",
  "opa_builtin3",
  "opa_builtin4",
]);

/** The name under which the module's start function is exported once {@link withoutStart} has moved it. */
export const START_EXPORT = "moltbot_start";

export function inspectModule(bytes: Uint8Array): Result<ModuleFacts> {
  if (bytes.length > LIMITS.policyBytes) {
    return fail(tooLarge(`The module has ${bytes.length} bytes; ${LIMITS.policyBytes} are allowed (limits.policyBytes).`));
  }
  try {
    return inspectSections(sectionsOf(bytes), bytes);
  } catch (error) {
    if (error instanceof RangeError) return fail(refused(`The bytes are not a WebAssembly module: ${error.message}.`));
    throw error;
  }
}

/**
 * The same module with its start function exported instead of run on instantiation: the evaluator
 * calls it, inside its own bounds. Done once, when a bundle is built.
 */
export function withoutStart(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, MAGIC.length)];
  const sections = sectionsOf(bytes);
  const start = sections.find((section) => section.id === SECTION.start);
  for (const section of sections) {
    if (section.id === SECTION.start) continue;
    const body = bytes.subarray(section.from, section.to);
    const isExports = section.id === SECTION.export && start !== undefined;
    const content = isExports ? withExport(body, bytes.subarray(start.from, start.to)) : body;
    parts.push(Uint8Array.of(section.id), leb128(content.length), content);
  }
  return Buffer.concat(parts);
}

interface Section {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

function sectionsOf(bytes: Uint8Array): readonly Section[] {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new RangeError("wrong magic number or version");
  const reader = readerOf(bytes, MAGIC.length, bytes.length);
  const sections: Section[] = [];
  while (!reader.atEnd()) {
    const id = reader.byte();
    const size = reader.unsigned();
    const from = reader.at();
    reader.skip(size);
    sections.push({ id, from, to: from + size });
  }
  return sections;
}

function inspectSections(sections: readonly Section[], bytes: Uint8Array): Result<ModuleFacts> {
  const diagnostics: Diagnostic[] = [];
  let memoryPages: number | null = null;
  for (const { id, from, to } of sections) {
    const reader = readerOf(bytes, from, to);
    if (id === SECTION.start) diagnostics.push(refused("The module runs a start function when it is loaded."));
    else if (id === SECTION.memory) diagnostics.push(refused("The module brings its own memory instead of using the evaluator's."));
    else if (id > SECTION.highest) diagnostics.push(refused(`The module has a section of unknown kind ${id}.`));
    else if (id === SECTION.table) diagnostics.push(...inspectTables(reader));
    else if (id === SECTION.import) {
      const imports = inspectImports(reader);
      diagnostics.push(...imports.diagnostics);
      memoryPages = imports.memoryPages;
    }
  }
  if (memoryPages === null && diagnostics.length === 0) diagnostics.push(refused("The module does not use the evaluator's memory."));
  return diagnostics.length > 0 ? fail(...diagnostics) : ok({ memoryPages: memoryPages ?? 0 });
}

function inspectImports(reader: Reader): { readonly diagnostics: readonly Diagnostic[]; readonly memoryPages: number | null } {
  const diagnostics: Diagnostic[] = [];
  let memoryPages: number | null = null;
  for (let left = reader.unsigned(); left > 0; left--) {
    const from = reader.text();
    const name = reader.text();
    const kind = reader.byte();
    if (kind === KIND.function && from === "env" && FUNCTIONS.has(name)) reader.unsigned();
    else if (kind === KIND.memory && from === "env" && name === "memory" && memoryPages === null) {
      const limits = reader.limits();
      memoryPages = limits.least;
      if (limits.least > LIMITS.policyMemoryPages) {
        diagnostics.push(
          tooLarge(`The module wants ${limits.least} pages of memory; ${LIMITS.policyMemoryPages} are allowed (limits.policyMemoryPages).`),
        );
      }
    } else {
      // What follows an import of another kind cannot be read without knowing it, and need not be.
      diagnostics.push(refused(`The module asks for "${shownName(from)}.${shownName(name)}", which policies do not get.`));
      break;
    }
  }
  return { diagnostics, memoryPages };
}

function inspectTables(reader: Reader): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.byte();
    const { least } = reader.limits();
    if (least > LIMITS.policyTableEntries) {
      diagnostics.push(
        tooLarge(`The module wants a table of ${least} entries; ${LIMITS.policyTableEntries} are allowed (limits.policyTableEntries).`),
      );
    }
  }
  return diagnostics;
}

interface Reader {
  at(): number;
  atEnd(): boolean;
  byte(): number;
  unsigned(): number;
  text(): string;
  limits(): { readonly least: number };
  skip(count: number): void;
}

/** Reads within bounds; a module that lies about a length is a RangeError, never an endless loop. */
function readerOf(bytes: Uint8Array, from: number, to: number): Reader {
  let at = from;
  const skip = (count: number): void => {
    if (count > to - at) throw new RangeError(`it ends inside what it declares at byte ${at}`);
    at += count;
  };
  const byte = (): number => {
    skip(1);
    return bytes[at - 1] ?? 0;
  };
  const unsigned = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return value;
    }
    throw new RangeError(`a number at byte ${at} is too long`);
  };
  const text = (): string => {
    const length = unsigned();
    skip(length);
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  const limits = (): { least: number } => {
    const flags = byte();
    if (flags > 1) throw new RangeError(`a memory or table at byte ${at} is of an unknown kind`);
    const least = unsigned();
    if (flags === 1) unsigned();
    return { least };
  };
  return { at: () => at, atEnd: () => at >= to, byte, unsigned, text, limits, skip };
}

/** The exports with one more function, by its index as the start section wrote it. */
function withExport(exports: Uint8Array, index: Uint8Array): Uint8Array {
  const reader = readerOf(exports, 0, exports.length);
  const count = reader.unsigned();
  const name = new TextEncoder().encode(START_EXPORT);
  return Buffer.concat([leb128(count + 1), exports.subarray(reader.at()), leb128(name.length), name, Uint8Array.of(KIND.function), index]);
}

/** An unsigned number in its shortest form. */
function leb128(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.of(...out, rest);
}

function shownName(name: string): string {
  return name.replace(/[^\w.-]/g, "?").slice(0, 64);
}

function refused(detail: string): Diagnostic {
  return problem("POLICY_MODULE", { detail });
}

function tooLarge(detail: string): Diagnostic {
  return problem("POLICY_LIMIT", { detail });
}
