import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ok } from "../../core/index.ts";
import { value } from "../../test/engine.fixture.ts";
import { setAnchor, status } from "../engine.ts";
import { signedRepository, worldAt, type SignedRepository } from "../signed.fixture.ts";
import { watch, type LoopEvent } from "./index.ts";

const WORLD = worldAt();
let repo: SignedRepository;
let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "moltbot-state-"));
});
afterEach(() => {
  repo[Symbol.dispose]();
  rmSync(state, { recursive: true, force: true });
});

/** One round over the branch, as a timer on a server would have it. */
async function round(): Promise<readonly LoopEvent[]> {
  const events: LoopEvent[] = [];
  const source = { url: repo.folder, branch: "main", folder: "", rebind: false };
  const options = { source, state, once: true, backoff: { baseMs: 1_000, maxMs: 1_000 }, lockTimeoutMs: 0 };
  value(await watch({ repo: repo.folder }, options, WORLD, (event) => events.push(event)));
  return events;
}

async function generation(): Promise<number | undefined> {
  return value(await status({ repo: repo.folder, state }, WORLD)).active?.number;
}

const codes = (events: readonly LoopEvent[]): readonly string[] =>
  events.flatMap((event) => (event.kind === "failed" ? event.diagnostics.map(({ code }) => code) : []));

describe("a branch that is followed", () => {
  test("is applied while it is signed; a bad commit changes nothing and says so, and the next good one is applied", async () => {
    repo = signedRepository();
    repo.commit("ops", "first");
    expect(codes(await round())).toEqual(["TRUST_ANCHOR_MISSING"]);
    const file = join(state, "signers");
    writeFileSync(file, repo.allow("ops"));
    const request = { file, mayReplace: false, overrules: false, confirm: () => Promise.resolve(ok(undefined)) };
    value(await setAnchor({ repo: "/", state }, request, WORLD));
    expect(await round()).toMatchObject([{ kind: "applied" }]);
    repo.change(null, "unsigned");
    expect(codes(await round())).toEqual(["COMMIT_UNSIGNED"]);
    expect(await generation()).toBe(1);
    repo.git("reset", "-q", "--hard", "HEAD^");
    repo.change("ops", "signed");
    expect(await round()).toMatchObject([{ kind: "applied" }]);
    expect(await generation()).toBe(2);
    repo.git("reset", "-q", "--hard", "HEAD^");
    expect(codes(await round()), "row 43: the branch went back").toEqual(["COMMIT_NOT_NEWER"]);
    expect(await generation()).toBe(2);
  });

  test("without verification is applied, and status warns of it", async () => {
    repo = signedRepository("off");
    repo.commit(null, "first");
    expect(await round()).toMatchObject([{ kind: "applied" }]);
    expect(await status({ repo: repo.folder, state }, WORLD)).toMatchObject({
      ok: true,
      warnings: [{ code: "VERIFICATION_OFF", severity: "warning" }],
    });
  });
});
