import { headOf, leb128, readerOf, SECTION, sectionsOf, type Section } from "../wasm/index.ts";
import { FAILED_BUILTIN, REPLACED_BUILTIN } from "./wasm.ts";

/** A built-in function that the compiler brings along as code, and the function of the module that holds it. */
export interface NativeBuiltin {
  /** Its place in the lock's list of functions that can fail. */
  readonly index: number;
  /** `opa_to_number`. */
  readonly native: string;
  /** Its code has an answer where the compiler itself has none: ours takes its place. */
  readonly isReplaced: boolean;
}

/**
 * The same module with each of these functions behind a guard. Theirs give "no value" for an argument they
 * cannot take, which makes the rule silent, and a silent deny rule allows. The guard calls the function
 * and, where there is no value, calls out with the failure's number; the evaluator throws.
 *
 * The guard takes the function's place in the table of functions and the original moves to the end, so
 * nothing that refers to a function has to change.
 */
export function withGuards(bytes: Uint8Array, builtins: readonly NativeBuiltin[]): Uint8Array {
  const module = readModule(bytes);
  const guarded = builtins.flatMap(({ index, native, isReplaced }) => {
    const at = module.names.get(native);
    return at === undefined ? [] : [{ index, at, isReplaced }];
  });
  if (guarded.length === 0) return bytes;
  const types = [...module.types];
  const bodies = [...module.bodies];
  for (const { index, at, isReplaced } of guarded) {
    const local = at - module.imported;
    const type = types[local];
    const body = bodies[local];
    if (type === undefined || body === undefined) throw new RangeError(`function ${at} has no code`);
    const parameters = module.parameters[type] ?? 0;
    if (isReplaced) {
      bodies[local] = calling(module.callOuts[parameters] ?? -1, parameters, REPLACED_BUILTIN + index);
      continue;
    }
    const moved = module.imported + bodies.length;
    types.push(type);
    bodies.push(body);
    bodies[local] = guardOf(moved, parameters, FAILED_BUILTIN + index, module.callOuts[0] ?? -1);
  }
  return Buffer.concat([headOf(bytes), ...module.sections.map((section) => written(bytes, section, types, bodies))]);
}

interface Module {
  readonly sections: readonly Section[];
  /** How many functions are imported: the first of the module's own has this number. */
  readonly imported: number;
  /** The numbers of the imported call-backs for built-in functions, by how many arguments these take. */
  readonly callOuts: readonly number[];
  /** How many parameters each type of function has. */
  readonly parameters: readonly number[];
  readonly types: readonly number[];
  readonly bodies: readonly Uint8Array[];
  readonly names: ReadonlyMap<string, number>;
}

function readModule(bytes: Uint8Array): Module {
  const sections = sectionsOf(bytes);
  const listIn = <T>(id: number, read: (reader: ReturnType<typeof readerOf>) => T): readonly T[] => {
    const section = sections.find((each) => each.id === id);
    if (!section) return [];
    const reader = readerOf(bytes, section.from, section.to);
    return Array.from({ length: reader.unsigned() }, () => read(reader));
  };
  const imports = listIn(SECTION.import, (reader) => {
    reader.text();
    const name = reader.text();
    const isFunction = reader.byte() === 0;
    if (isFunction) reader.unsigned();
    else reader.limits();
    return { name, isFunction };
  }).filter((each) => each.isFunction);
  const callOuts = [0, 1, 2, 3, 4].map((count) => imports.findIndex((each) => each.name === `opa_builtin${count}`));
  if (callOuts.includes(-1)) throw new RangeError("the module does not import the call-backs for built-in functions");
  return {
    sections,
    imported: imports.length,
    callOuts,
    parameters: listIn(SECTION.type, (reader) => {
      reader.byte();
      const count = reader.unsigned();
      reader.skip(count);
      reader.skip(reader.unsigned());
      return count;
    }),
    types: listIn(SECTION.function, (reader) => reader.unsigned()),
    bodies: listIn(SECTION.code, (reader) => {
      const size = reader.unsigned();
      reader.skip(size);
      return bytes.subarray(reader.at() - size, reader.at());
    }),
    names: functionNames(bytes, sections),
  };
}

const FUNCTION_NAMES = 1;

function functionNames(bytes: Uint8Array, sections: readonly Section[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const { from, to } of sections.filter((each) => each.id === SECTION.custom)) {
    const reader = readerOf(bytes, from, to);
    if (reader.text() !== "name") continue;
    while (!reader.atEnd()) {
      const kind = reader.byte();
      const size = reader.unsigned();
      const part = readerOf(bytes, reader.at(), reader.at() + size);
      reader.skip(size);
      if (kind !== FUNCTION_NAMES) continue;
      for (let left = part.unsigned(); left > 0; left--) {
        const at = part.unsigned();
        names.set(part.text(), at);
      }
    }
  }
  return names;
}

const OP = {
  if: 0x04,
  unreachable: 0x00,
  end: 0x0b,
  call: 0x10,
  drop: 0x1a,
  get: 0x20,
  tee: 0x22,
  eqz: 0x45,
  const: 0x41,
  empty: 0x40,
  i32: 0x7f,
};

/** `result = original(...); if (!result) { fail(number); trap } return result`. */
function guardOf(original: number, parameters: number, failure: number, callOut: number): Uint8Array {
  const args = Array.from({ length: parameters }, (_, i) => [OP.get, ...leb128(i)]).flat();
  const result = [...leb128(parameters)];
  const locals = [1, 1, OP.i32];
  const asked = [OP.call, ...leb128(original), OP.tee, ...result, OP.eqz, OP.if, OP.empty];
  const failed = [OP.const, ...signed(failure), OP.const, 0, OP.call, ...leb128(callOut), OP.drop, OP.unreachable, OP.end];
  return Uint8Array.from([...locals, ...args, ...asked, ...failed, OP.get, ...result, OP.end]);
}

/** `return callOut(number, nothing, ...)`. */
function calling(callOut: number, parameters: number, id: number): Uint8Array {
  const args = Array.from({ length: parameters }, (_, i) => [OP.get, ...leb128(i)]).flat();
  return Uint8Array.from([0, OP.const, ...signed(id), OP.const, 0, ...args, OP.call, ...leb128(callOut), OP.end]);
}

function written(bytes: Uint8Array, { id, from, to }: Section, types: readonly number[], bodies: readonly Uint8Array[]): Uint8Array {
  const content =
    id === SECTION.function
      ? Buffer.concat([leb128(types.length), ...types.map(leb128)])
      : id === SECTION.code
        ? Buffer.concat([leb128(bodies.length), ...bodies.flatMap((body) => [leb128(body.length), body])])
        : bytes.subarray(from, to);
  return Buffer.concat([Uint8Array.of(id), leb128(content.length), content]);
}

/** A positive signed number: one more group where the highest bit of the last would make it negative. */
function signed(value: number): readonly number[] {
  const groups = [...leb128(value)];
  const last = groups.at(-1) ?? 0;
  return last < 0x40 ? groups : [...groups.slice(0, -1), last | 0x80, 0];
}
