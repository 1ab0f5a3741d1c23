import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ok } from "../core/index.ts";
import { codesOf } from "../test/engine.fixture.ts";
import { FRESH_STATE, LOOP_FILE, readLoopState, writeLoopState, type LoopState } from "./loop-state.ts";

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "moltbot-loop-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

const AT = "2026-06-01T00:00:00.000Z";
const STATE: LoopState = {
  formatVersion: "1.0",
  source: { url: "https://git.example.com/acme/bots", branch: "main" },
  attempted: { id: "c2", label: "main@c2", at: AT, outcome: "failed", codes: ["FIELD_UNKNOWN"] },
  applied: { id: "c1", label: "main@c1", at: AT, generation: 7 },
  failures: 2,
  failing: { at: AT, codes: ["FIELD_UNKNOWN"] },
};

describe("the loop's state", () => {
  test.each([
    ["fresh", FRESH_STATE],
    ["whole", STATE],
  ])("comes back as it was written: %s", (_, state) => {
    const dir = join(folder(), "state");
    expect(writeLoopState(dir, state)).toEqual(ok(undefined));
    expect(readLoopState(dir)).toEqual(ok(state));
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, LOOP_FILE)).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual([LOOP_FILE]);
  });

  test("is null where no loop has run", () => expect(readLoopState(join(folder(), "nowhere"))).toEqual(ok(null)));

  test("of a later minor version is read; what an earlier one did not write is as at the beginning", () => {
    const dir = folder();
    const { source: _source, failing: _failing, ...older } = STATE;
    writeFileSync(join(dir, LOOP_FILE), JSON.stringify({ ...older, later: { x: 1 } }));
    expect(readLoopState(dir)).toMatchObject({ ok: true, value: { ...older, source: null, failing: null } });
  });

  test.each<[string, string]>([
    ["cut short", '{"formatVersion":"1.0"'],
    ["empty", ""],
    ["a list", "[]"],
    ["another version", JSON.stringify({ ...STATE, formatVersion: "2.0" })],
    ["a part that is text", JSON.stringify({ ...STATE, applied: "c1" })],
    ["an arrival without a generation", JSON.stringify({ ...STATE, applied: { id: "c1", label: "c1", at: AT } })],
    ["codes that are none", JSON.stringify({ ...STATE, failing: { at: AT, codes: [1] } })],
    ["a source without an address", JSON.stringify({ ...STATE, source: { branch: "main" } })],
    ["larger than anything we write", JSON.stringify({ ...STATE, pad: "x".repeat(100_000) })],
  ])("that is %s is corrupt, never fresh", (_, text) => {
    const dir = folder();
    writeFileSync(join(dir, LOOP_FILE), text);
    expect(codesOf(readLoopState(dir))).toEqual(["STORE_CORRUPT"]);
  });

  test("is never read through a link, or from a folder", () => {
    const [linked, nested] = [folder(), folder()];
    writeFileSync(join(linked, "real"), JSON.stringify(STATE));
    symlinkSync("real", join(linked, LOOP_FILE));
    mkdirSync(join(nested, LOOP_FILE));
    for (const dir of [linked, nested]) expect(codesOf(readLoopState(dir))).toEqual(["STORE_CORRUPT"]);
  });

  test("that cannot be written is told", () => {
    const dir = folder();
    writeFileSync(join(dir, "file"), "");
    expect(codesOf(writeLoopState(join(dir, "file", "state"), STATE))).toEqual(["STORE_UNAVAILABLE"]);
  });
});
