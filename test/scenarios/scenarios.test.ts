/** Every story of this folder, told by the built CLI as users run it. story.fixture.ts says how one is written. */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { play } from "./play.fixture.ts";
import { loadStory, storyFolders, wordsOf } from "./story.fixture.ts";

/** `npm run test:update` sets this. */
const isUpdate = process.env["MOLTBOT_TEST_UPDATE"] === "1";
/** A story is up to fifteen processes, and the machine may have other work. */
const STORY_TIMEOUT_MS = 180_000;
const stories = storyFolders().map(loadStory);

/** What no story tells, and who shows it instead. */
const TOLD_ELSEWHERE: Readonly<Record<string, string>> = {
  completion: "scripts for shells, run in those shells by cmd/completion.test.ts",
  doctor: "what it says is of the machine it runs on; cmd/doctor.test.ts",
  "gateway:credentials:login": "needs an authority that people log in at; runtime/oauth, on a loopback one",
  "gateway:credentials:logout": "forgets what the login brought; runtime/oauth",
  "gateway:devices": "asks a running gateway; cmd/gateway-login.test.ts",
  "gateway:devices:add": "asks a running gateway; cmd/gateway-login.test.ts",
  "gateway:devices:revoke": "asks a running gateway; cmd/gateway-login.test.ts",
  "gateway:login": "needs a running gateway and an authority; cmd/gateway-login.test.ts",
  "gateway:logout": "needs a running gateway and an authority; cmd/gateway-login.test.ts",
  "gateway:token": "needs a running gateway and an authority; cmd/gateway-login.test.ts",
  "gateway:logs": "what it shows is of a running gateway; test/gateway/run.test.ts",
  "gateway:run": "goes on until it is stopped, beside other commands; test/gateway/run.test.ts",
  "gateway:status": "what it says depends on a running gateway; test/gateway/run.test.ts",
  "plugin:sign": "a signature is another one each time; cmd/plugins.test.ts, on a whole private chain",
  "policy:replay": "asks again what a running gateway was asked; cmd/replay.test.ts",
  "import:cue": "needs a program that not every machine has; reconciler/importing-cue.test.ts",
};

/** The exit codes of docs/diagnostics.md; 70 is a bug of ours, and a story that reached it would mend it. */
const EXIT_CODES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 130];

describe("stories", () => {
  test.each(stories.map((story) => [story.name, story] as const))(
    "%s",
    async (_, story) => {
      const transcript = await play(story);
      const golden = path.join(story.folder, "expected.txt");
      if (isUpdate) fs.writeFileSync(golden, transcript);
      else expect(transcript).toBe(fs.readFileSync(golden, "utf8"));
    },
    STORY_TIMEOUT_MS,
  );
});

describe("the stories together", () => {
  const runs = stories.flatMap((story) =>
    story.steps.flatMap(({ run, exit }) => (run === undefined ? [] : [{ words: wordsOf(run), exit: exit ?? 0 }])),
  );

  test("reach every exit code", () => {
    const reached = new Set(runs.map((run) => run.exit));
    expect(EXIT_CODES.filter((code) => !reached.has(code))).toEqual([]);
  });

  test("run every command", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, "oclif.manifest.json"), "utf8")) as { readonly commands: object };
    const untold = Object.keys(manifest.commands).filter((id) => !(id in TOLD_ELSEWHERE) && !runs.some(({ words }) => isRunOf(words, id)));
    expect(untold).toEqual([]);
  });

  /** What the stories type as a secret, and what the configuration they import holds as one. */
  test("no golden transcript shows a secret", () => {
    const secrets = new Set(["sk-canary-0123456789", ...stories.flatMap(({ steps }) => steps.flatMap(({ input }) => input ?? []))]);
    expect(secrets.size).toBeGreaterThan(1);
    for (const file of stories.map(({ folder }) => path.join(folder, "expected.txt")).filter((each) => fs.existsSync(each))) {
      const golden = fs.readFileSync(file, "utf8");
      expect([...secrets].filter((secret) => golden.includes(secret))).toEqual([]);
      expect(golden).not.toMatch(/AGE-SECRET-KEY-1[^_]/);
    }
  });
});

function isRunOf(words: readonly string[], id: string): boolean {
  return id.split(":").every((word, i) => words[i] === word);
}
