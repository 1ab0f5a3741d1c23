import { fail, LIMITS, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import { headOf, leb128, readerOf, SECTION, sectionsOf, type Reader, type Section } from "../wasm/index.ts";

/**
 * What a compiled policy declares, read from its bytes before anything of it runs. A module may import
 * the evaluator's memory and its call-backs and nothing else, may not run code by being instantiated,
 * and may not declare more memory or table than a named limit.
 */
export interface ModuleFacts {
  /** What it declares, and no less than its data takes: the compiler declares too little for large policies. */
  readonly memoryPages: number;
}

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

/**
 * From here on, the number of a call for a built-in function means "this one failed": its place in the
 * lock's list of functions that can, added.
 */
export const FAILED_BUILTIN = 1_000_000;

/** From here on, the number of a call for a function of ours in place of the module's own: the same place, added. */
export const REPLACED_BUILTIN = 2_000_000;

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
  const parts: Uint8Array[] = [headOf(bytes)];
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

function inspectSections(sections: readonly Section[], bytes: Uint8Array): Result<ModuleFacts> {
  const diagnostics: Diagnostic[] = [];
  let memoryPages: number | null = null;
  let dataPages = 0;
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
    } else if (id === SECTION.data) dataPages = Math.ceil(dataEnd(reader) / PAGE_BYTES);
  }
  if (dataPages > LIMITS.policyMemoryPages) {
    const detail = `The module has data in ${dataPages} pages of memory; ${LIMITS.policyMemoryPages} are allowed (limits.policyMemoryPages).`;
    diagnostics.push(tooLarge(detail));
  }
  if (memoryPages === null && diagnostics.length === 0) diagnostics.push(refused("The module does not use the evaluator's memory."));
  return diagnostics.length > 0 ? fail(...diagnostics) : ok({ memoryPages: Math.max(memoryPages ?? 0, dataPages) });
}

const PAGE_BYTES = 65_536;
const I32_CONST = 0x41;
const END = 0x0b;

/** Where the data that is laid into memory at a fixed place ends. */
function dataEnd(reader: Reader): number {
  let end = 0;
  for (let left = reader.unsigned(); left > 0; left--) {
    if (reader.unsigned() !== 0 || reader.byte() !== I32_CONST) throw new RangeError(`data at byte ${reader.at()} is of an unknown kind`);
    const offset = reader.signed();
    if (reader.byte() !== END || offset < 0) throw new RangeError(`data at byte ${reader.at()} has no fixed place`);
    const length = reader.unsigned();
    reader.skip(length);
    end = Math.max(end, offset + length);
  }
  return end;
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

/** The exports with one more function, by its index as the start section wrote it. */
function withExport(exports: Uint8Array, index: Uint8Array): Uint8Array {
  const reader = readerOf(exports, 0, exports.length);
  const count = reader.unsigned();
  const name = new TextEncoder().encode(START_EXPORT);
  return Buffer.concat([leb128(count + 1), exports.subarray(reader.at()), leb128(name.length), name, Uint8Array.of(KIND.function), index]);
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
