import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ok } from "../core/index.ts";
import { agentText, ECHO, manifest, value } from "../test/engine.fixture.ts";
import { watch, type LoopEvent } from "./controller/index.ts";
import { apply, plan, setAnchor } from "./engine.ts";
import { signedRepository, worldAt, type SignedRepository } from "./signed.fixture.ts";

const WORLD = worldAt();
const CHOICES = { confirm: () => Promise.resolve(ok(undefined)), lockTimeoutMs: 0 };
let repo: SignedRepository;
let state: string;

beforeEach(() => {
  repo = signedRepository("off");
  repo.commit("ops", "first");
  state = mkdtempSync(join(tmpdir(), "moltbot-left-"));
});
afterEach(() => {
  repo[Symbol.dispose]();
  rmSync(state, { recursive: true, force: true });
});

const project = (name: string, target = "type: embedded"): string => manifest("Project", name, `target: {${target}}`);

async function blockers(query = repo.query()): Promise<readonly string[]> {
  return value(await plan(query, WORLD)).blockers.map(({ code }) => code);
}

describe("a commit does not leave its judges behind", () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ["by another name", { "moltbot.yaml": project("other") }],
    ["by another folder for the record", { "moltbot.yaml": project("acme", "type: embedded, state: elsewhere") }],
    [
      "by delegating",
      {
        "moltbot.yaml": `${project("acme")}  sources: [inner]\n`,
        "inner/moltbot.yaml": project("acme"),
        "inner/all/agents.yaml": [ECHO, agentText("inner")].join("---\n"),
      },
    ],
  ])("%s", async (_, files) => {
    value(await apply(repo.query(), null, CHOICES, WORLD));
    expect(await blockers()).toEqual([]);
    repo.write(files);
    expect(await blockers()).toContain("PROJECT_RENAMED");
    // Whoever names the record says that others may be in it.
    expect(await blockers(repo.query({ state: join(repo.folder, ".moltbot") }))).not.toContain("PROJECT_RENAMED");
  });

  test("nor the anchor of the host, which stands where the host keeps it", async () => {
    const file = join(state, "signers");
    writeFileSync(file, repo.allow("ops"));
    value(await setAnchor(repo.query(), { file, mayReplace: false, overrules: false, confirm: CHOICES.confirm }, WORLD));
    repo.write({ "moltbot.yaml": project("acme", "type: embedded, state: elsewhere") });
    repo.commit(null, "away");
    expect(await blockers(repo.query({ ref: "HEAD" }))).toEqual(["VERIFICATION_LOWERED", "COMMIT_UNSIGNED"]);
  });

  test("in a loop, whose state folder is its own", async () => {
    const events: LoopEvent[] = [];
    const source = { url: repo.folder, branch: "main", folder: "", rebind: false };
    const options = { source, state, once: true, backoff: { baseMs: 1_000, maxMs: 1_000 }, lockTimeoutMs: 0 };
    const round = async () => value(await watch({ repo: repo.folder }, options, WORLD, (event) => events.push(event)));
    await round();
    // With addresses of its own, nothing of the old name is in the way.
    const sound = (text: string): string => text.replace(/(name|provider): echo/, "$1: sound");
    repo.write({ "moltbot.yaml": project("other"), "agents/echo.yaml": sound(ECHO), "agents/a.yaml": sound(agentText("another")) });
    repo.commit(null, "renamed");
    await round();
    expect(events.map(({ kind }) => kind)).toEqual(["applied", "failed"]);
    expect(events.flatMap((event) => (event.kind === "failed" ? event.diagnostics.map(({ code }) => code) : []))).toContain(
      "PROJECT_RENAMED",
    );
  });
});
