import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { agentText, codesOf, value, YES } from "../test/engine.fixture.ts";
import { LIMITS, ok } from "../core/index.ts";
import { apply, auditTail, dropAnchor, plan, rollback, setAnchor, trustReport } from "./engine.ts";
import { OPS, projectText, signedRepository, SIGNERS_FILE, worldAt, type SignedRepository } from "./signed.fixture.ts";
import { ANCHOR_FILE } from "./trust-anchor.ts";
import type { Query, World } from "./types.ts";

const WORLD = worldAt();
let repo: SignedRepository;

/** A repository whose first commit is signed, and applied with its list given from outside; copied for each test. */
const template = signedRepository();
const anchor = join(template.keys.folder, "anchor");
const copies = mkdtempSync(join(tmpdir(), "moltbot-copies-"));

beforeAll(async () => {
  writeFileSync(anchor, template.allow("ops"));
  template.commit("ops", "first");
  value(await apply(template.query({ trustAnchor: anchor }), null, YES, WORLD));
});
afterAll(() => {
  rmSync(copies, { recursive: true, force: true });
  template[Symbol.dispose]();
});

let count = 0;
function applied(): void {
  const folder = join(copies, String(count++));
  cpSync(template.folder, folder, { recursive: true });
  repo = template.copiedTo(folder);
}

/** A repository without a commit, whose Project asks for that much. */
function fresh(commits?: string): void {
  const folder = join(copies, String(count++));
  repo = template.copiedTo(folder);
  repo.begin(commits);
}

async function blockersOf(query: Query = repo.query(), world: World = WORLD): Promise<readonly string[]> {
  const planned = await plan(query, world);
  return planned.ok ? planned.value.blockers.map((each) => each.code) : codesOf(planned);
}

async function detailOf(query: Query = repo.query(), world: World = WORLD): Promise<string> {
  const { blockers } = value(await plan(query, world));
  return blockers.map((each) => each.detail).join("\n");
}

describe("what must be signed", () => {
  beforeEach(applied);

  test("a commit by somebody who is listed is applied, and everybody can see whose it is", async () => {
    repo.change("ops", "Be brief.");
    const planned = value(await plan(repo.query(), WORLD));
    expect(planned.blockers).toEqual([]);
    expect(planned.plan.evidence.signer).toBe(OPS);
    value(await apply(repo.query(), null, YES, WORLD));
    const records = value(await auditTail(repo.query(), 10, WORLD));
    expect(records.at(-1)).toMatchObject({
      kind: "receipt",
      body: { verification: "verified", judge: "generation", signer: OPS, signerForm: "ssh" },
    });
  });

  test("planning again what is applied changes nothing and names the signer", async () => {
    const planned = value(await plan(repo.query(), WORLD));
    expect(planned.blockers).toEqual([]);
    expect(planned.plan.body.changes).toEqual([]);
    expect(planned.plan.evidence.signer).toBe(OPS);
  });

  const raw = (): string => execFileSync("git", ["cat-file", "commit", "HEAD"], { cwd: repo.folder, encoding: "utf8" });
  /** The newest commit replaced by these bytes. */
  const replaceHead = (bytes: string): void => {
    const id = repo.gitWith(bytes, "hash-object", "-t", "commit", "-w", "--literally", "--stdin");
    repo.git("update-ref", "HEAD", id);
  };
  const signatureOf = (commit: string): string => /gpgsig [\s\S]*?-----END SSH SIGNATURE-----\n/.exec(commit)?.[0] ?? "";

  test.each<readonly [string, (repo: SignedRepository) => void, string]>([
    ["unsigned", (r) => r.change(null, "x"), "COMMIT_UNSIGNED"],
    ["unsigned, with a trusted author", (r) => r.commit(null, "x", `--author=Ops <${OPS}>`), "COMMIT_UNSIGNED"],
    ["signed by an unlisted key", (r) => r.change("eve", "x"), "COMMIT_SIGNER_NOT_ALLOWED"],
    ["signed by an unlisted key, with a trusted author", (r) => r.commit("eve", "x", `--author=Ops <${OPS}>`), "COMMIT_SIGNER_NOT_ALLOWED"],
    [
      "with a signature copied from another commit",
      (r) => {
        const signature = signatureOf(raw());
        r.change(null, "x");
        replaceHead(raw().replace("\n\n", `\n${signature}\n`));
      },
      "COMMIT_SIGNATURE_INVALID",
    ],
    ["with a changed message", (r) => (r.change("ops", "x"), replaceHead(raw().replace("\nx\n", "\ny\n"))), "COMMIT_SIGNATURE_INVALID"],
    [
      "with a changed tree",
      (r) => {
        const old = r.git("rev-parse", "HEAD^{tree}");
        r.change("ops", "x");
        replaceHead(raw().replace(/^tree .*/, `tree ${old}`));
        r.git("reset", "-q", "--hard");
      },
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with another parent",
      (r) => {
        const first = r.git("rev-parse", "HEAD");
        r.change("ops", "x");
        r.change("ops", "y");
        replaceHead(raw().replace(/parent .*/, `parent ${first}`));
      },
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with a changed author",
      (r) => (r.change("ops", "x"), replaceHead(raw().replace("author Ops", "author Eve"))),
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with two signatures",
      (r) => (r.change("ops", "x"), replaceHead(raw().replace(signatureOf(raw()), (one) => one + one))),
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with a signature under the header of another object format",
      (r) => (r.change("ops", "x"), replaceHead(raw().replace("gpgsig ", "gpgsig-sha256 "))),
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with a signature of an unknown form",
      (r) => (r.change("ops", "x"), replaceHead(raw().replaceAll("SSH SIGNATURE", "MY SIGNATURE"))),
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with a signature that is cut",
      (r) => (r.change("ops", "x"), replaceHead(raw().replace(/\n -----END SSH SIGNATURE-----/, ""))),
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "signed for files instead of commits",
      (r) => {
        r.change(null, "x");
        const text = raw();
        const signature = r.keys.sign("ops", text, "file").trim().replaceAll("\n", "\n ");
        replaceHead(text.replace("\n\n", `\ngpgsig ${signature}\n\n`));
      },
      "COMMIT_SIGNATURE_INVALID",
    ],
    [
      "with a mergetag that somebody signed instead",
      (r) => {
        r.change(null, "x");
        const signature = r.keys.sign("ops", "tag", "git").trim().replaceAll("\n", "\n ");
        replaceHead(raw().replace("\n\n", `\nmergetag object ${"1".repeat(40)}\n type commit\n tag v1\n \n ${signature}\n\n`));
      },
      "COMMIT_UNSIGNED",
    ],
    [
      "signed, with a signed tag on an unsigned one below",
      (r) => {
        r.change(null, "x");
        r.git("tag", `-u${join(r.keys.folder, "ops")}`, "-m", "v1", "v1");
        r.change("ops", "y");
      },
      "COMMIT_UNSIGNED",
    ],
  ])("row 41: %s", async (_, make, code) => {
    make(repo);
    expect(await blockersOf()).toContain(code);
    // Nothing of it is applied, whoever confirms it.
    expect(codesOf(await apply(repo.query(), null, YES, WORLD))).toContain(code);
    expect(value(await auditTail(repo.query(), 10, WORLD)).filter((each) => each.kind === "receipt")).toHaveLength(1);
  });

  test("row 41: an unsigned commit below a signed one is found and named", async () => {
    const bad = repo.change(null, "x");
    repo.change("ops", "y");
    expect(await detailOf()).toContain(bad.slice(0, 12));
  });

  test("row 41: each side of a merge counts", async () => {
    const main = repo.git("rev-parse", "HEAD");
    repo.git("checkout", "-q", "-b", "side");
    repo.write({ "agents/b.yaml": agentText("b") });
    const bad = repo.commit(null, "unsigned side");
    repo.git("checkout", "-q", "-B", "main", main);
    repo.change("ops", "main side");
    repo.git("merge", "-q", "--no-ff", "-m", "merge", `-S${join(repo.keys.folder, "ops")}`, "side");
    expect(await blockersOf()).toEqual(["COMMIT_UNSIGNED"]);
    expect(await detailOf()).toContain(bad.slice(0, 12));
  });

  test("row 41: a merge that is all signed is applied, and what lies before the last applied one is not looked at", async () => {
    repo.git("checkout", "-q", "-b", "side", "HEAD");
    repo.write({ "agents/b.yaml": agentText("b") });
    repo.commit("ops", "side");
    repo.git("checkout", "-q", "main");
    repo.change("ops", "main side");
    repo.git("merge", "-q", "--no-ff", "-m", "merge", `-S${join(repo.keys.folder, "ops")}`, "side");
    expect(await blockersOf()).toEqual([]);
  });

  test("row 45: a dirty work tree is refused, and the commit is not", async () => {
    repo.change("ops", "x");
    repo.write({ "agents/a.yaml": agentText("a", "prompt: dirty") });
    expect(await blockersOf()).toEqual(["WORK_TREE_UNSIGNED"]);
    expect(await blockersOf(repo.query({ ref: "HEAD" }))).toEqual([]);
  });

  test("row 43: a rewritten history, an older commit and an unrelated one are refused without an explicit word", async () => {
    const first = repo.git("rev-parse", "HEAD");
    const second = repo.change("ops", "second");
    value(await apply(repo.query(), null, YES, WORLD));
    repo.git("reset", "-q", "--hard", first);
    expect(await blockersOf(), "older").toEqual(["COMMIT_NOT_NEWER"]);
    repo.change("ops", "rewritten");
    expect(await blockersOf(), "rewritten").toEqual(["COMMIT_NOT_NEWER"]);
    repo.git("checkout", "-q", "--orphan", "elsewhere");
    repo.change("ops", "unrelated");
    expect(await blockersOf(), "unrelated").toEqual(["COMMIT_NOT_NEWER"]);
    repo.git("reset", "-q", "--hard", first);
    value(await apply(repo.query({ allowOlder: "the new prompt was wrong" }), null, YES, WORLD));
    const last = value(await auditTail(repo.query(), 10, WORLD)).at(-1);
    expect(last).toMatchObject({ body: { commit: first, olderBecause: "the new prompt was wrong", because: "the new prompt was wrong" } });
    expect(second).not.toBe(first);
  });

  test("row 43: an explicit word allows an older commit, never an unsigned one", async () => {
    repo.git("checkout", "-q", "--orphan", "elsewhere");
    repo.change(null, "unsigned and unrelated");
    expect(await blockersOf(repo.query({ allowOlder: "because" }))).toEqual(["COMMIT_UNSIGNED"]);
  });

  test("row 42: a name that means several things is no commit", async () => {
    repo.git("tag", "main");
    expect(await blockersOf(repo.query({ ref: "main" }))).toEqual(["REF_AMBIGUOUS"]);
  });

  test("row 44: a shallow clone is never nothing to verify", async () => {
    for (const prompt of ["1", "2", "3"]) repo.change("ops", prompt);
    const clone = join(copies, "clone");
    repo.git("clone", "-q", "--depth", "1", `file://${repo.folder}`, clone);
    const query = { repo: clone, state: join(repo.folder, ".moltbot") };
    expect(await blockersOf(query)).toEqual(["COMMIT_HISTORY_MISSING"]);
    execFileSync("git", ["fetch", "-q", "--unshallow"], { cwd: clone });
    expect(await blockersOf(query)).toEqual([]);
  });

  test("a graft, a replacement or a commit graph in the repository hides nothing", async () => {
    const first = repo.git("rev-parse", "HEAD");
    const bad = repo.change(null, "bad");
    const tip = repo.change("ops", "good");
    repo.git("replace", "--graft", tip, first);
    mkdirSync(join(repo.folder, ".git/info"), { recursive: true });
    writeFileSync(join(repo.folder, ".git/info/grafts"), `${tip} ${first}\n`);
    writeFileSync(join(repo.folder, ".git/shallow"), `${tip}\n`);
    expect(await blockersOf(repo.query({ ref: tip }))).toEqual(["COMMIT_UNSIGNED"]);
    expect(await detailOf(repo.query({ ref: tip }))).toContain(bad.slice(0, 12));
  });

  test("a rollback goes back without a signature, and leaves the next commit as much to verify", async () => {
    repo.change("ops", "second");
    value(await apply(repo.query(), null, YES, WORLD));
    repo.change(null, "unsigned");
    value(await rollback(repo.query(), 1, "worse", YES, WORLD));
    expect(await blockersOf()).toContain("COMMIT_UNSIGNED");
  });
});

describe("a stolen key", () => {
  beforeEach(applied);

  test("is overruled from outside for one apply", async () => {
    repo.write({ "trust/signers": repo.allow("eve") });
    repo.commit("eve", "a list without the stolen key");
    expect(await blockersOf()).toEqual(["COMMIT_SIGNER_NOT_ALLOWED"]);
    const file = join(copies, `list-${count}`);
    writeFileSync(file, repo.allow("eve"));
    const confirm = () => Promise.resolve(ok(undefined));
    value(await setAnchor(repo.query(), { file, mayReplace: false, overrules: true, confirm }, WORLD));
    expect(value(await trustReport(repo.query(), WORLD))).toMatchObject({ judge: "anchor" });
    value(await apply(repo.query(), null, YES, WORLD));
    expect(value(await auditTail(repo.query(), 1, WORLD))).toMatchObject([{ body: { judge: "anchor" } }]);
    expect(value(await trustReport(repo.query(), WORLD))).toMatchObject({ judge: "generation", generation: 2 });
    repo.change("ops", "by the thief");
    expect(await blockersOf()).toEqual(["COMMIT_SIGNER_NOT_ALLOWED"]);
  });
});

describe("a trust anchor", () => {
  beforeEach(applied);
  const file = (): string => join(repo.folder, ".moltbot", ANCHOR_FILE);
  const confirm = () => Promise.resolve(ok(undefined));
  const request = { mayReplace: false, overrules: false, confirm };

  test("is written once, for this user alone, and removed on request", async () => {
    value(await setAnchor(repo.query(), request, WORLD));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(codesOf(await setAnchor(repo.query(), request, WORLD))).toEqual(["TRUST_ANCHOR_EXISTS"]);
    value(await setAnchor(repo.query(), { ...request, mayReplace: true, since: "HEAD" }, WORLD));
    expect(value(await trustReport(repo.query(), WORLD)).anchor).toMatchObject({
      since: repo.git("rev-parse", "HEAD"),
      actor: "ops@laptop",
    });
    expect(value(await dropAnchor(repo.query(), confirm, WORLD))).toMatchObject({ removed: true });
    expect(value(await dropAnchor(repo.query(), confirm, WORLD))).toMatchObject({ removed: false });
  });

  test("is held against the other lists, so that a key that was removed is not believed unseen", async () => {
    const told = async (): Promise<readonly (readonly [string, string])[]> => {
      const report = await trustReport(repo.query(), WORLD);
      expect(value(report).differences).toHaveLength(report.ok ? report.warnings.length : -1);
      return value(report).differences.map(({ listedIn, notIn, signers }) => [
        `${listedIn} > ${notIn}`,
        signers.map(({ valid }) => valid).join(),
      ]);
    };
    value(await setAnchor(repo.query(), request, WORLD));
    expect(await told()).toEqual([]);
    // Taken out of the files only: it is believed until that is applied.
    repo.write({ "trust/signers": repo.allow("ops", 'valid-before="20270101Z"') + repo.allow("eve") });
    repo.commit("ops", "the old key ends, a new one begins");
    expect(await told()).toEqual([
      ["generation > files", "always"],
      ["files > generation", "to 2027-01-01T00:00:00Z,always"],
    ]);
    value(await apply(repo.query(), null, YES, WORLD));
    expect(await told()).toEqual([
      ["anchor > generation", "always"],
      ["generation > anchor", "to 2027-01-01T00:00:00Z,always"],
    ]);
    const warned = await trustReport(repo.query(), WORLD);
    expect(warned.ok && warned.warnings[0]).toMatchObject({
      code: "TRUST_LISTS_DIFFER",
      severity: "warning",
      detail: expect.stringContaining("when its record is begun anew") as string,
      remedy: expect.stringContaining("moltbot trust init --replace") as string,
    });
    // The remedy it names: the list that is right now.
    value(await setAnchor(repo.query(), { ...request, mayReplace: true }, WORLD));
    expect(await told()).toEqual([]);
  });

  test("of a host where nothing is applied is held against the files", async () => {
    const bare = signedRepository();
    bare.commit("ops", "first");
    value(await setAnchor(bare.query(), request, WORLD));
    bare.write({ "trust/signers": bare.allow("eve") });
    const report = await trustReport(bare.query(), WORLD);
    expect(value(report)).toMatchObject({ judge: "anchor", differences: [{ listedIn: "anchor", notIn: "files" }, { listedIn: "files" }] });
    expect(report.ok && report.warnings[0]?.detail).toContain("The anchor judges the next commit, so whoever holds it may sign that.");
    // Broken manifests keep nobody from looking.
    bare.write({ "agents/a.yaml": "kind: [" });
    expect(value(await trustReport(bare.query(), WORLD)).differences).toEqual([]);
    bare[Symbol.dispose]();
  });

  test("a commit that nobody allowed has signed is to be looked into before anything is done about it", async () => {
    for (const [key, code] of [
      ["eve", "COMMIT_SIGNER_NOT_ALLOWED"],
      [null, "COMMIT_UNSIGNED"],
    ] as const) {
      const id = repo.change(key, code).slice(0, 12);
      const found = value(await plan(repo.query(), WORLD)).blockers.find(
        (each) => each.code === code && each.context["commit"]?.toString().startsWith(id),
      );
      expect(found?.remedy?.split("\n").slice(0, 2)).toEqual([
        expect.stringMatching(/ask the person it names, not through the repository/),
        `  git log -1 --format=fuller --patch ${id}`,
      ]);
    }
  });

  test.each<readonly [string, () => void]>([
    ["that others can read", () => chmodSync(file(), 0o644)],
    ["that is a link", () => (renameSync(file(), `${file()}.real`), symlinkSync(`${file()}.real`, file()))],
    ["that is no JSON", () => writeFileSync(file(), "{")],
    ["of another kind", () => writeFileSync(file(), "{}")],
    ["that is a folder", () => (rmSync(file()), mkdirSync(file()))],
  ])("%s is never passed over", async (_, spoil) => {
    value(await setAnchor(repo.query(), request, WORLD));
    spoil();
    expect(codesOf(await plan(repo.query(), WORLD))).toEqual(["TRUST_ANCHOR_INVALID"]);
    expect(codesOf(await trustReport(repo.query(), WORLD))).toEqual(["TRUST_ANCHOR_INVALID"]);
  });

  test("is made from a file of up to 4 MiB", async () => {
    const large = join(copies, "large");
    const text = repo.allow("ops");
    writeFileSync(large, text + "#".repeat(LIMITS.anchorBytes - text.length));
    expect(codesOf(await setAnchor(repo.query(), { ...request, file: large }, WORLD))).toEqual([]);
    writeFileSync(large, text + "#".repeat(LIMITS.anchorBytes - text.length + 1));
    expect(codesOf(await setAnchor(repo.query(), { ...request, file: large, mayReplace: true }, WORLD))).toEqual(["SIGNERS_INVALID"]);
  });

  test.each<readonly [string, string]>([
    ["a file that is not there", "nowhere"],
    ["a list nobody can read", "bad"],
    ["an empty list", "empty"],
  ])("%s makes none", async (_, name) => {
    writeFileSync(join(copies, "bad"), "nonsense\n");
    writeFileSync(join(copies, "empty"), "# nobody\n");
    expect(codesOf(await setAnchor(repo.query(), { ...request, file: join(copies, name) }, WORLD))).toEqual(["SIGNERS_INVALID"]);
  });
});

describe("when a key was good", () => {
  const list = (options: string): void => {
    repo.write({ "trust/signers": repo.allow("ops") + repo.allow("eve", options, "eve@acme.example") });
    repo.commit("ops", "list");
  };
  beforeEach(applied);

  test.each<readonly [string, string, string, readonly string[]]>([
    ["always", "", "2026-03-02T00:00:00Z", []],
    ["until later", 'valid-before="20260401Z"', "2026-03-02T00:00:00Z", []],
    ["before it began", 'valid-after="20260302Z"', "2026-03-03T00:00:00Z", ["COMMIT_SIGNER_NOT_ALLOWED"]],
    ["after it ended", 'valid-before="20260228Z"', "2026-03-02T00:00:00Z", ["COMMIT_SIGNER_NOT_ALLOWED"]],
    ["while it was, but it is over now", 'valid-before="20260401Z"', "2026-05-01T00:00:00Z", ["COMMIT_SIGNER_NOT_ALLOWED"]],
    ["for other namespaces", 'namespaces="file"', "2026-03-02T00:00:00Z", ["COMMIT_SIGNER_NOT_ALLOWED"]],
  ])("row 41: %s", async (_, options, now, codes) => {
    list(options);
    value(await apply(repo.query(), null, YES, WORLD));
    repo.change("eve", "by eve");
    expect(await blockersOf(repo.query(), worldAt(now))).toEqual(codes);
  });

  test("a commit of a key that is over by now is good below one whose key is valid", async () => {
    list('valid-before="20260401Z"');
    value(await apply(repo.query(), null, YES, WORLD));
    repo.change("eve", "by eve");
    repo.commit("ops", "on top");
    expect(await blockersOf(repo.query(), worldAt("2026-05-01T00:00:00Z"))).toEqual([]);
  });
});

describe("who judges", () => {
  test("a changed list is judged by the list before it", async () => {
    applied();
    repo.write({ "trust/signers": repo.allow("ops") + repo.allow("eve") });
    repo.commit("eve", "let me in");
    expect(await blockersOf()).toEqual(["COMMIT_SIGNER_NOT_ALLOWED"]);
    repo.git("reset", "-q", "--hard", "HEAD^");
    repo.write({ "trust/signers": repo.allow("ops") + repo.allow("eve") });
    repo.commit("ops", "let eve in");
    value(await apply(repo.query(), null, YES, WORLD));
    repo.change("eve", "now I may");
    expect(await blockersOf()).toEqual([]);
  });

  test("a removed signer may not sign any more, though the commit before was theirs", async () => {
    applied();
    repo.write({ "trust/signers": repo.allow("eve") });
    repo.commit("ops", "hand over");
    value(await apply(repo.query(), null, YES, WORLD));
    repo.change("ops", "one more");
    expect(await blockersOf()).toEqual(["COMMIT_SIGNER_NOT_ALLOWED"]);
  });

  test("the first apply needs somebody to believe, from outside", async () => {
    fresh();
    repo.commit("ops", "first");
    expect(await blockersOf()).toEqual(["TRUST_ANCHOR_MISSING"]);
    expect(await detailOf()).toMatch(/ops@acme\.example \(SHA256:[A-Za-z0-9+/]{43}\)/);
    const other = join(repo.keys.folder, "other");
    writeFileSync(other, repo.allow("eve"));
    expect(await blockersOf(repo.query({ trustAnchor: other }))).toEqual(["COMMIT_SIGNER_NOT_ALLOWED"]);
  });

  test("before the first apply the whole history counts, or what the anchor leaves of it", async () => {
    fresh();
    const old = repo.commit(null, "before we signed");
    repo.change("ops", "from now on");
    expect(await blockersOf(repo.query({ trustAnchor: anchor }))).toEqual(["COMMIT_UNSIGNED"]);
    const whole = { formatVersion: "1.0", kind: "TrustAnchor", trust: { allowedSigners: repo.allow("ops") }, since: old };
    const since = join(copies, "since");
    writeFileSync(since, JSON.stringify(whole));
    expect(await blockersOf(repo.query({ trustAnchor: since }))).toEqual([]);
  });

  test("with an anchor, a commit that turns verification off or down is not allowed", async () => {
    fresh("off");
    repo.commit("ops", "first");
    expect(await blockersOf(repo.query({ trustAnchor: anchor }))).toEqual(["VERIFICATION_LOWERED"]);
    repo.write({ "moltbot.yaml": projectText(SIGNERS_FILE, "warn") });
    repo.commit("ops", "warn");
    expect(await blockersOf(repo.query({ trustAnchor: anchor }))).toEqual(["VERIFICATION_LOWERED"]);
  });

  test("off is recorded as unverified, and turning it on is judged by off", async () => {
    fresh("off");
    repo.commit(null, "first");
    value(await apply(repo.query(), null, YES, WORLD));
    expect(value(await auditTail(repo.query(), 1, WORLD))).toMatchObject([{ body: { verification: "unverified" } }]);
    repo.write({ "moltbot.yaml": projectText(SIGNERS_FILE) });
    repo.commit(null, "on");
    value(await apply(repo.query(), null, YES, WORLD));
    expect(value(await plan(repo.query(), WORLD)).plan.body.changes).toEqual([]);
    repo.change(null, "too late");
    expect(await blockersOf()).toEqual(["COMMIT_UNSIGNED"]);
  });

  test("warn tells and blocks nothing", async () => {
    fresh("warn");
    repo.commit(null, "first");
    const planned = value(await plan(repo.query(), WORLD));
    expect(planned.blockers).toEqual([]);
    expect(planned.warnings).toMatchObject([{ severity: "warning", code: "COMMIT_UNSIGNED" }]);
    value(await apply(repo.query(), null, YES, WORLD));
    repo.change("eve", "x");
    expect(value(await plan(repo.query(), WORLD)).warnings).toMatchObject([{ severity: "warning", code: "COMMIT_SIGNER_NOT_ALLOWED" }]);
  });

  test.each<readonly [string, string, Readonly<Record<string, string>>]>([
    ["a list nobody can read", SIGNERS_FILE, { "trust/signers": "ops@acme.example nonsense\n" }],
    ["an empty list", SIGNERS_FILE, { "trust/signers": "# nobody\n" }],
    ["no list", "", {}],
    ["a keyring that is none", "trust: {openpgp: keys}", {}],
    ["identities without a trust root", "trust: {identities: [{name: a, identity: a@acme.example, issuer: https://i.acme.example}]}", {}],
  ])("%s never becomes what judges", async (_, trust, files) => {
    fresh();
    repo.write({ "moltbot.yaml": projectText(trust), ...files });
    repo.commit("ops", "first");
    const planned = await plan(repo.query(), WORLD);
    expect(planned).toMatchObject({ ok: false, diagnostics: [{ code: "SIGNERS_INVALID", at: { file: "moltbot.yaml" } }] });
  });

  test("files outside git are in no signed commit", async () => {
    applied();
    const copy = join(copies, "copy");
    mkdirSync(join(copy, "agents"), { recursive: true });
    mkdirSync(join(copy, "trust"));
    for (const path of ["moltbot.yaml", "agents/a.yaml", "agents/echo.yaml", "trust/signers"]) {
      writeFileSync(join(copy, path), readFileSync(join(repo.folder, path)));
    }
    expect(await blockersOf({ repo: copy, state: join(repo.folder, ".moltbot") })).toEqual(["WORK_TREE_UNSIGNED"]);
  });
});
