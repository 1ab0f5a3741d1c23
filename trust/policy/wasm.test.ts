import * as fc from "fast-check";
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { inspectModule, START_EXPORT, withoutStart } from "./wasm.ts";

const BUNDLE = fs.readFileSync(new URL("../../policies/bundle.wasm", import.meta.url));
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

const text = (name: string): readonly number[] => [name.length, ...Buffer.from(name)];
const leb = (value: number): readonly number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(Math.floor(value / 0x80))]);
const section = (id: number, ...body: readonly number[]): readonly number[] => [id, ...leb(body.length), ...body];
const memory = (pages: number, ...more: readonly number[]): readonly number[] => [
  ...text("env"),
  ...text("memory"),
  2,
  more.length > 0 ? 1 : 0,
  ...leb(pages),
  ...more,
];
const fn = (module: string, name: string): readonly number[] => [...text(module), ...text(name), 0, 0];
const imports = (...each: readonly (readonly number[])[]): readonly number[] => section(2, each.length, ...each.flat());
const sleb = (value: number): readonly number[] => (value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...sleb(Math.floor(value / 0x80))]);
const data = (offset: number, ...bytes: readonly number[]): readonly number[] =>
  section(11, 1, 0, 0x41, ...sleb(offset), 0x0b, bytes.length, ...bytes);
const types = section(1, 1, 0x60, 0, 0);
const moduleOf = (...sections: readonly (readonly number[])[]): Uint8Array => Uint8Array.from([...HEADER, ...sections.flat()]);
const codes = (bytes: Uint8Array): readonly string[] => {
  const result = inspectModule(bytes);
  return result.ok ? [] : result.diagnostics.map((each) => each.code);
};

describe("row 76: what a module asks for is known before it is instantiated", () => {
  test("the built-in bundle asks for nothing it may not have", () => {
    const found = inspectModule(BUNDLE);
    expect(found.ok && found.value.memoryPages).toBeLessThanOrEqual(4);
  });

  test("memory is as large as the data laid into it, which the compiler forgets to say", () => {
    expect(inspectModule(moduleOf(imports(memory(1)), data(3 * 65_536 - 2, 1, 2)))).toMatchObject({ ok: true, value: { memoryPages: 3 } });
    expect(inspectModule(moduleOf(imports(memory(1)), data(3 * 65_536 - 2, 1, 2, 3)))).toMatchObject({
      ok: true,
      value: { memoryPages: 4 },
    });
  });

  test.each<[string, Uint8Array]>([
    ["the evaluator's memory and call-backs", moduleOf(types, imports(memory(2), fn("env", "opa_abort"), fn("env", "opa_builtin4")))],
    ["data at the limit", moduleOf(imports(memory(1)), data(LIMITS.policyMemoryPages * 65_536 - 1, 1))],
    ["memory at the limit", moduleOf(imports(memory(LIMITS.policyMemoryPages)))],
    ["a table at the limit", moduleOf(imports(memory(1)), section(4, 1, 0x70, 0, ...leb(LIMITS.policyTableEntries)))],
    ["custom sections", moduleOf(imports(memory(1)), section(0, ...text("name")))],
  ])("accepted: %s", (_name, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  test.each<[string, Uint8Array, string]>([
    ["a start function", moduleOf(types, imports(memory(1), fn("env", "opa_abort")), section(8, 0)), "POLICY_MODULE"],
    ["a function of another name", moduleOf(types, imports(memory(1), fn("env", "opa_http"))), "POLICY_MODULE"],
    ["a function of another module", moduleOf(types, imports(memory(1), fn("wasi_snapshot_preview1", "fd_write"))), "POLICY_MODULE"],
    ["another memory", moduleOf(imports([...text("env"), ...text("other"), 2, 0, 1])), "POLICY_MODULE"],
    ["two memories", moduleOf(imports(memory(1), memory(1))), "POLICY_MODULE"],
    ["an imported table", moduleOf(imports(memory(1), [...text("env"), ...text("table"), 1, 0x70, 0, 1])), "POLICY_MODULE"],
    ["an imported global", moduleOf(imports([...text("env"), ...text("g"), 3, 0x7f, 0])), "POLICY_MODULE"],
    ["a memory of its own", moduleOf(imports(memory(1)), section(5, 1, 0, 1)), "POLICY_MODULE"],
    ["no memory at all", moduleOf(types), "POLICY_MODULE"],
    ["a section of an unknown kind", moduleOf(imports(memory(1)), section(13, 0)), "POLICY_MODULE"],
    ["a memory of 64-bit addresses", moduleOf(imports([...text("env"), ...text("memory"), 2, 4, 1])), "POLICY_MODULE"],
    ["memory past the limit", moduleOf(imports(memory(LIMITS.policyMemoryPages + 1))), "POLICY_LIMIT"],
    ["a table past the limit", moduleOf(imports(memory(1)), section(4, 1, 0x70, 0, ...leb(LIMITS.policyTableEntries + 1))), "POLICY_LIMIT"],
    ["data past the limit", moduleOf(imports(memory(1)), data(LIMITS.policyMemoryPages * 65_536 - 1, 1, 2)), "POLICY_LIMIT"],
    ["data at a negative place", moduleOf(imports(memory(1)), section(11, 1, 0, 0x41, 0x7f, 0x0b, 0)), "POLICY_MODULE"],
    ["data whose place is computed", moduleOf(imports(memory(1)), section(11, 1, 0, 0x23, 0, 0x0b, 0)), "POLICY_MODULE"],
    ["data of another kind", moduleOf(imports(memory(1)), section(11, 1, 1, 0)), "POLICY_MODULE"],
    ["a number without end", moduleOf([2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), "POLICY_MODULE"],
    ["a section longer than the module", moduleOf([2, 100, 0]), "POLICY_MODULE"],
    ["an import longer than its section", moduleOf(section(2, 1, 100)), "POLICY_MODULE"],
    ["four thousand million imports", moduleOf(section(2, 0xff, 0xff, 0xff, 0xff, 0x0f)), "POLICY_MODULE"],
    ["nothing", new Uint8Array(), "POLICY_MODULE"],
    ["another file", Buffer.from("#!/bin/sh\n"), "POLICY_MODULE"],
    ["another version", Uint8Array.from([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), "POLICY_MODULE"],
  ])("refused: %s", (_name, bytes, code) => {
    expect(codes(bytes)).toEqual([code]);
  });

  test("a module past the byte limit is not even read", () => {
    expect(codes(new Uint8Array(LIMITS.policyBytes + 1))).toEqual(["POLICY_LIMIT"]);
  });

  test("the name of an import is shown without what could harm a terminal", () => {
    const result = inspectModule(moduleOf(types, imports(memory(1), fn("env", "a\u001b[2J"))));
    expect(JSON.stringify(result)).toContain("env.a??2J");
  });

  test("whatever the bytes, the answer is a result and comes at once", () => {
    const damaged = fc.tuple(fc.nat(BUNDLE.length - 1), fc.nat(255), fc.nat(BUNDLE.length)).map(([at, byte, length]) => {
      const copy = Uint8Array.from(BUNDLE.subarray(0, Math.max(length, 2_000)));
      copy[at % 2_000] = byte;
      return copy;
    });
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from([...HEADER, ...bytes]));
    fc.assert(
      fc.property(fc.oneof(damaged, noise), (bytes) => typeof inspectModule(bytes).ok === "boolean"),
      { numRuns: 500 },
    );
  });
});

describe("withoutStart", () => {
  const started = moduleOf(
    types,
    imports(memory(1)),
    section(3, 1, 0),
    section(7, 1, ...text("run"), 0, 0),
    section(8, 0),
    section(10, 1, 2, 0, 0x0b),
  );

  test("the start function becomes an export, and nothing else changes", () => {
    expect(codes(started)).toEqual(["POLICY_MODULE"]);
    const moved = withoutStart(started);
    expect(codes(moved)).toEqual([]);
    expect(Buffer.from(moved)).toEqual(
      Buffer.from(
        moduleOf(
          types,
          imports(memory(1)),
          section(3, 1, 0),
          section(7, 2, ...text("run"), 0, 0, ...text(START_EXPORT), 0, 0),
          section(10, 1, 2, 0, 0x0b),
        ),
      ),
    );
  });

  test("a module without one stays as it is", () => {
    expect(Buffer.compare(withoutStart(BUNDLE), BUNDLE)).toBe(0);
  });
});
