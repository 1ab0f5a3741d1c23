import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { digestBytes, LIMITS } from "../../core/index.ts";
import { openModels, type LocalModels, type ModelFile, type ModelPiece, type ModelQuestion } from "./index.ts";

const FIXTURE = pathToFileURL(path.join(import.meta.dirname, "library.fixture.ts")).href;
const QUESTION: ModelQuestion = {
  history: [{ type: "user", text: "hello" }],
  functions: {},
  temperature: 0,
  topP: 1,
  maxTokens: 10,
  stop: [],
};

interface Place extends AsyncDisposable {
  readonly folder: string;
  readonly models: LocalModels;
  readonly pass: (ms: number) => void;
}

/** A models folder with files, and a clock that is moved by hand. */
function place(files: Readonly<Record<string, string>>, library: string | null = FIXTURE, idleMs?: number): Place {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-models-"));
  const folder = path.join(dir, "models");
  fs.mkdirSync(path.join(folder, "sub"), { recursive: true });
  fs.writeFileSync(path.join(dir, "outside.gguf"), "echo");
  fs.symlinkSync("../outside.gguf", path.join(folder, "out.gguf"));
  fs.symlinkSync("..", path.join(folder, "up"));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  let now = 0;
  const models = openModels(folder, { library: () => library, now: () => now, ...(idleMs === undefined ? {} : { idleMs }) });
  return {
    folder,
    models,
    pass: (ms) => (now += ms),
    [Symbol.asyncDispose]: async () => {
      await models.close();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

function file(name: string, over: Partial<ModelFile> = {}): ModelFile {
  return { path: name, digest: null, contextTokens: 512, ...over };
}

async function all(pieces: AsyncGenerator<ModelPiece, void>): Promise<readonly ModelPiece[]> {
  const got: ModelPiece[] = [];
  for await (const piece of pieces) got.push(piece);
  return got;
}

async function ask({ models }: Place, wanted: ModelFile, question = QUESTION): Promise<readonly ModelPiece[]> {
  return await all(models.ask(wanted, question, new AbortController().signal));
}

interface Facts {
  readonly pid: number;
  readonly env: readonly string[];
  readonly cwd: string;
  readonly write: string;
}

function factsIn(pieces: readonly ModelPiece[]): Facts {
  const text = pieces.flatMap((piece) => (piece.kind === "text" ? [piece.text] : [])).join("");
  return JSON.parse(text) as Facts;
}

describe("a model file", () => {
  test("without the library: how to install it, and nothing is read", async () => {
    await using at = place({}, null);
    const [only] = await ask(at, file("not-there.gguf"));
    expect(only).toMatchObject({ kind: "failed", code: "MODEL_LIBRARY_MISSING" });
    expect(JSON.stringify(only)).toContain("npm install --omit=optional node-llama-cpp@");
  });

  test.each([
    "../outside.gguf",
    "/etc/passwd",
    "sub/../a.gguf",
    "./a.gguf",
    "sub//a",
    "sub\\a",
    "out.gguf",
    "up/outside.gguf",
    "sub",
    "none.gguf",
  ])("%s is not asked", async (name) => {
    await using at = place({ "a.gguf": "echo" });
    expect(await ask(at, file(name))).toMatchObject([{ kind: "failed", code: "MODEL_FILE_UNUSABLE" }]);
  });

  test("that is not there: where to put it", async () => {
    await using at = place({});
    const [only] = await ask(at, file("none.gguf"));
    expect(only).toMatchObject({ remedy: expect.stringContaining(path.join(at.folder, "none.gguf")) as string });
  });

  test("is the one that was reviewed, or it is not asked", async () => {
    await using at = place({ "a.gguf": "echo" });
    const reviewed = file("a.gguf", { digest: digestBytes("echo") });
    expect((await ask(at, reviewed)).at(-1)).toMatchObject({ kind: "end" });
    fs.writeFileSync(path.join(at.folder, "a.gguf"), "echo\nanother");
    expect(await ask(at, reviewed)).toMatchObject([{ kind: "failed", code: "PROVIDER_MODEL_CHANGED" }]);
  });
});

describe("its process", () => {
  test("has no environment, writes nothing, and says what was used", async () => {
    await using at = place({ "a.gguf": "echo" });
    const pieces = await ask(at, file("a.gguf"));
    expect(factsIn(pieces)).toMatchObject({ env: [], cwd: "/", write: "ERR_ACCESS_DENIED" });
    expect(pieces.at(-1)).toEqual({ kind: "end", id: 1, finish: "stop", inputTokens: 0, outputTokens: 0 });
  });

  test("is one for everybody, until its file is another one", async () => {
    await using at = place({ "a.gguf": "echo" });
    const [one, two] = await Promise.all([ask(at, file("a.gguf")), ask(at, file("a.gguf"))]);
    expect(factsIn(one).pid).toBe(factsIn(two).pid);
    fs.writeFileSync(path.join(at.folder, "a.gguf"), "echo\nanother");
    expect(factsIn(await ask(at, file("a.gguf"))).pid).not.toBe(factsIn(one).pid);
  });

  test("gives calls of tools", async () => {
    await using at = place({ "a.gguf": "call" });
    const pieces = await ask(at, file("a.gguf"), { ...QUESTION, functions: { time: { description: "" } } });
    expect(pieces.slice(-2)).toMatchObject([
      { kind: "call", name: "time", params: { a: 1 } },
      { kind: "end", finish: "calls" },
    ]);
  });

  test("stops answering whoever goes, and answers the next", async () => {
    await using at = place({ "a.gguf": "hang" });
    const asked: number[] = [];
    for (const _ of [1, 2]) {
      const stop = new AbortController();
      for await (const piece of at.models.ask(file("a.gguf"), QUESTION, stop.signal)) {
        asked.push(factsIn([piece]).pid);
        stop.abort();
      }
    }
    expect(asked).toHaveLength(2);
    expect(asked[0]).toBe(asked[1]);
  });

  test("that dies harms what is in flight; it is left alone, then started again", async () => {
    await using at = place({ "a.gguf": "die", "b.gguf": "echo" });
    const [dead, other] = await Promise.all([ask(at, file("a.gguf")), ask(at, file("b.gguf"))]);
    expect(dead).toMatchObject([
      { kind: "failed", code: "PROVIDER_UNAVAILABLE", isPassing: true, detail: expect.stringContaining("SIGSEGV") as string },
    ]);
    expect(other.at(-1)).toMatchObject({ kind: "end" });
    expect(await ask(at, file("a.gguf"))).toMatchObject([
      { detail: `died a moment ago and is left alone for ${LIMITS.localModelBackoffMs} ms` },
    ]);
    at.pass(LIMITS.localModelBackoffMs);
    expect(await ask(at, file("a.gguf"))).toMatchObject([{ detail: expect.stringContaining("SIGSEGV") as string }]);
    expect(await ask(at, file("a.gguf"))).toMatchObject([
      { detail: `died a moment ago and is left alone for ${LIMITS.localModelBackoffMs * 2} ms` },
    ]);
  });

  test("that cannot load its file says why, and is not asked again and again", async () => {
    await using at = place({ "a.gguf": "refuse" });
    const [only] = await ask(at, file("a.gguf"));
    expect(only).toMatchObject({ kind: "failed", words: "no GGUF magic" });
    expect(only).not.toHaveProperty("isPassing");
  });

  test("ends with the gateway", async () => {
    const at = place({ "a.gguf": "echo" });
    const { pid } = factsIn(await ask(at, file("a.gguf")));
    await at[Symbol.asyncDispose]();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(await ask(at, file("a.gguf"))).toMatchObject([{ kind: "failed" }]);
  });

  test("goes when nobody has asked for a while", async () => {
    await using at = place({ "a.gguf": "echo" }, FIXTURE, 1);
    const { pid } = factsIn(await ask(at, file("a.gguf")));
    await sleep(20);
    expect(factsIn(await ask(at, file("a.gguf"))).pid).not.toBe(pid);
  });
});

describe("limits", () => {
  test(`one question is answered, ${LIMITS.localModelWaiting} wait, and one more is told so`, async () => {
    await using at = place({ "a.gguf": "hang" });
    const stop = new AbortController();
    const asked = Array.from({ length: LIMITS.localModelWaiting + 2 }, async () => {
      const pieces = await all(at.models.ask(file("a.gguf"), QUESTION, stop.signal));
      const refused = pieces.filter(({ kind }) => kind === "failed");
      // Nobody else ends by itself.
      stop.abort();
      return refused;
    });
    expect((await Promise.all(asked)).flat()).toMatchObject([
      { isPassing: true, detail: `is asked by too many: ${LIMITS.localModelWaiting} questions wait already` },
    ]);
  });

  test(`${LIMITS.localModels} models are loaded: another one takes the place of one that is not asked, and of no other`, async () => {
    const names = Array.from({ length: LIMITS.localModels }, (_, i) => `${i}.gguf`);
    await using at = place({ ...Object.fromEntries(names.map((name) => [name, "hang"])), "more.gguf": "echo" });
    const stop = new AbortController();
    const running = names.map(async (name) => await at.models.ask(file(name), QUESTION, stop.signal).next());
    await Promise.all(running);
    expect(await ask(at, file("more.gguf"))).toMatchObject([
      { kind: "failed", isPassing: true, detail: expect.stringContaining("no more may be loaded") as string },
    ]);
    stop.abort();
  });

  test("what is idle makes room", async () => {
    const names = Array.from({ length: LIMITS.localModels + 1 }, (_, i) => `${i}.gguf`);
    await using at = place(Object.fromEntries(names.map((name) => [name, "echo"])));
    const pids: number[] = [];
    for (const name of names) {
      pids.push(factsIn(await ask(at, file(name))).pid);
      at.pass(1);
    }
    expect(factsIn(await ask(at, file("2.gguf"))).pid).toBe(pids[2]);
    expect(factsIn(await ask(at, file("0.gguf"))).pid).not.toBe(pids[0]);
  });
});
