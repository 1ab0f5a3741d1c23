import { describe, expect, test } from "vitest";
import { KINDS } from "../schemas/index.ts";
import { agentText, ECHO, manifest, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { apply, newReadings, plan } from "./engine.ts";
import { readManifests } from "./readings.ts";

const file = (path: string, text: string): { path: string; bytes: Uint8Array; blobId: null } => ({
  path,
  bytes: Buffer.from(text),
  blobId: null,
});

describe("readings", () => {
  test("of the same bytes at the same path are the same value; of others they are not", () => {
    const readings = newReadings();
    const read = (path: string, text: string, isPartial = false): unknown => readings.of(file(path, text), KINDS, isPartial);
    const first = read("a.yaml", ECHO);
    expect(read("a.yaml", ECHO)).toBe(first);
    expect(read("b.yaml", ECHO)).not.toBe(first);
    expect(read("a.yaml", ECHO, true)).not.toBe(first);
    expect(read("a.yaml", `${ECHO}# more\n`)).not.toBe(first);
    expect(readings.of(file("a.yaml", ECHO), { ...KINDS }, false)).not.toBe(first);
  });

  test("say the same as reading without them, for good files and bad ones", () => {
    const files = [file("a.yaml", ECHO), file("b.yaml", "broken: ["), file("c.yaml", agentText("a", "modle: x"))];
    const readings = newReadings();
    const plain = readManifests(files, KINDS, false, undefined);
    expect(readManifests(files, KINDS, false, readings)).toEqual(plain);
    expect(readManifests(files, KINDS, false, readings)).toEqual(plain);
    expect(plain.diagnostics.length).toBeGreaterThan(1);
  });

  test("by id are those of sound files that embed nothing, and of the same bytes", () => {
    const readings = newReadings({ trustsIds: true });
    const read = (path: string, text: string, blobId: string): unknown => readings.of({ ...file(path, text), blobId }, KINDS, false);
    const first = read("a.yaml", ECHO, "1");
    read("b.yaml", "broken: [", "2");
    read("c.yaml", agentText("c", "prompt: {file: c.md}"), "3");
    expect(readings.withId?.("a.yaml", "1", KINDS)).toEqual({ reading: first, bytes: ECHO.length });
    const others = [
      ["a.yaml", "4"],
      ["b.yaml", "2"],
      ["c.yaml", "3"],
      ["d.yaml", "1"],
    ] as const;
    expect(others.map(([path, id]) => readings.withId?.(path, id, KINDS))).toEqual([undefined, undefined, undefined, undefined]);
    expect(readings.withId?.("a.yaml", "1", { ...KINDS })).toBeUndefined();
    read("a.yaml", ECHO, "5");
    expect(readings.withId?.("a.yaml", "5", KINDS)?.reading).toBe(first);
    expect(newReadings().withId).toBeUndefined();
  });

  test.each([[false], [true]])(
    "a plan with them (by id: %s) is the plan without, through edits, overlays, embedded files and moves",
    async (trustsIds) => {
      const repo = repository({
        "moltbot.yaml": manifest("Project", "acme", "environments: {prod: {overlays: [over]}}"),
        "r/echo.yaml": ECHO,
        "r/a.yaml": agentText("a", "prompt: {file: prompts/a.md}"),
        "r/b.yaml": agentText("b"),
        "over/b.yaml": agentText("b", "prompt: Be quick."),
        "prompts/a.md": "Be kind.",
      });
      const query = { repo, environment: "prod" };
      const [with_, without] = [worldOf({ readings: newReadings({ trustsIds }) }), worldOf()];
      value(await apply(query, null, YES, with_));
      for (const files of [
        {},
        { "prompts/a.md": "Be kinder." },
        { "over/b.yaml": agentText("b", "prompt: Be slow.") },
        { "r/b.yaml": agentText("b", "prompt: Covered.") },
        { "over/b.yaml": null, "over/c.yaml": agentText("a", "prompt: Other.") },
        { "r/b.yaml": null, "r/sub/b.yaml": agentText("b") },
      ]) {
        write(repo, files);
        expect(value(await plan(query, with_)).plan).toEqual(value(await plan(query, without)).plan);
      }
    },
  );
});
