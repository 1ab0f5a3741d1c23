import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectiveOf } from "../../trust/capability/index.ts";
import { denyAll, loadPolicy, parseLock, type Policy } from "../../trust/policy/index.ts";
import { cacheIn } from "../../cmd/cache.ts";
import { digestBytes } from "../../core/index.ts";
import { apply, newReadings, plan, type World } from "../../reconciler/engine.ts";
import { projectText, signedRepository, type SignedRepository } from "../../reconciler/signed.fixture.ts";
import { ISSUER, startChain } from "../../trust/signatures/bundles/chain.fixture.ts";
import { gitsign, PERSON } from "../../trust/signatures/commits/gitsign.fixture.ts";
import { judgedFiles } from "../../reconciler/judged-tree.ts";
import { ROOT } from "../../scripts/checkout.ts";
import { agentText, ECHO, manifest, repository, value, worldOf, write, YES } from "../engine.fixture.ts";

/**
 * I12: what is lost or corrupt can only narrow what agents may do. Each input in turn is damaged, and what
 * everybody may do in effect is compared with what it was: the same, less, or the plan is refused.
 */

const TREE = {
  "moltbot.yaml": manifest(
    "Project",
    "acme",
    "target: {type: embedded}\npolicies:\n  network: {ceiling: [api.example.com]}\n  exceptions: {allow: [network.ceiling]}",
  ),
  "r/echo.yaml": ECHO,
  "r/support.yaml": agentText(
    "support",
    `capabilities:
  - {tool: "agent:ops", permissions: [{action: call}]}
  - {tool: http.fetch, permissions: [{action: get, resource: "https://api.example.com/**"}]}
  - {name: far, tool: http.fetch, permissions: [{action: get, resource: "https://far.example.com/**"}]}`,
  ),
  "r/ops.yaml": agentText(
    "ops",
    `capabilities:
  - {tool: fs.read, permissions: [{action: read, resource: "docs/**"}]}
  - {name: past, tool: fs.list, permissions: [{action: read, resource: "**"}], expiresAt: "2026-02-01T00:00:00Z"}
  - {name: soon, tool: fs.search, permissions: [{action: read, resource: "**"}], expiresAt: "2027-01-01T00:00:00Z"}`,
  ),
  "r/web.yaml": manifest("Channel", "web", "type: web\naccess: {direct: pairing}\nrouting: [{agent: support}]"),
  "r/far.yaml": manifest(
    "PolicyException",
    "far",
    'rule: network.ceiling\nowner: ops\nreason: until the move\nexpiresAt: "2026-12-01T00:00:00Z"\nscope: {resources: [Agent/support]}',
  ),
};
/** The grant whose time is over is denied by rule; below enforcement it is void all the same. */
const LENIENT = TREE["moltbot.yaml"].replace("policies:", "policies:\n    rules: {expiry.expired: warn}");
const NOW = "2026-06-01T00:00:00.000Z";
const at = (now: string): Partial<World> => ({ clock: { now: () => new Date(now) } });

/** `Channel/web Agent/ops fs.read read docs/**`, for everybody who may; empty where nothing may be applied. */
async function allowed(repo: string, world: World = worldOf(at(NOW)), ref?: string): Promise<ReadonlySet<string>> {
  const query = { repo, ...(ref === undefined ? {} : { ref }) };
  const planned = await plan(query, world);
  if (!planned.ok || planned.value.blockers.some((each) => each.code !== "POLICY_DENIED")) return new Set();
  const judged = await judgedFiles(query, world);
  if (!judged.ok) return new Set();
  const { reach, judgement } = judged.value;
  const said = new Map(
    judgement.decisions.flatMap((each) => (each.entry === "grant" ? [[`${each.address} ${each.atom}`, each.answer]] : [])),
  );
  return new Set(
    reach.closure.graph.nodes.flatMap((who) =>
      effectiveOf(reach.closure, who).through.flatMap(({ atoms }) =>
        atoms.flatMap(({ atom }) => {
          const text = `${atom.subject} ${atom.tool} ${atom.action} ${atom.pattern}`;
          const answer = said.get(text) ?? "denied";
          return answer === "denied" || atom.expiry === "expired" ? [] : [`${who} ${text}`];
        }),
      ),
    ),
  );
}

const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean => [...inner].every((each) => outer.has(each));

const BUNDLE = fs.readFileSync(path.join(ROOT, "policies/bundle.wasm"));
const LOCK = fs.readFileSync(path.join(ROOT, "policies/policies.lock.json"), "utf8");

function policyOf(bundle: Uint8Array, lock: string): Policy {
  const parsed = parseLock(lock);
  const loaded = parsed.ok ? loadPolicy(bundle, parsed.value) : parsed;
  return loaded.ok ? loaded.value : denyAll(loaded.diagnostics);
}

describe("I12: without a fault", () => {
  test("everybody may do what the tree says, in effect", async () => {
    expect([...(await allowed(repository(TREE)))].sort()).toEqual(
      [
        "Agent/ops Agent/ops fs.read read docs/**",
        "Agent/ops Agent/ops fs.search read **",
        ...["Agent/support", "Channel/web"].flatMap((who) => [
          `${who} Agent/ops fs.read read docs/**`,
          `${who} Agent/ops fs.search read **`,
          `${who} Agent/support agent:ops call ops`,
          `${who} Agent/support http.fetch get https://api.example.com/**`,
          `${who} Agent/support http.fetch get https://far.example.com/**`,
        ]),
      ].sort(),
    );
  });
});

describe("I12: a fault only narrows", () => {
  test.each(Object.keys(TREE))("source: %s is lost", async (file) => {
    const repo = repository({ ...TREE });
    const before = await allowed(repo);
    fs.rmSync(path.join(repo, file));
    expect(isWithin(await allowed(repo), before)).toBe(true);
  });

  test.each(Object.keys(TREE))("source: %s is cut short or overwritten, anywhere", async (file) => {
    const whole = (TREE as Readonly<Record<string, string>>)[file] ?? "";
    const repo = repository({ ...TREE });
    const before = await allowed(repo);
    for (const part of [0.15, 0.4, 0.6, 0.8, 0.95]) {
      const length = Math.floor(whole.length * part);
      for (const text of [whole.slice(0, length), `${whole.slice(0, length)}\u0000${whole.slice(length + 1)}`]) {
        write(repo, { [file]: text });
        expect(isWithin(await allowed(repo), before)).toBe(true);
      }
    }
  });

  test("source: an object of the commit is damaged", async () => {
    const repo = repository({ ...TREE });
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-C", repo, "-c", "user.name=a", "-c", "user.email=a@acme.example", "-c", "commit.gpgsign=false", ...args], {
        encoding: "utf8",
      });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "Start");
    const before = await allowed(repo, worldOf(at(NOW)), "HEAD");
    expect(before.size).toBeGreaterThan(0);
    const id = git("rev-parse", "HEAD:r/far.yaml").trim();
    const other = git("rev-parse", "HEAD:r/ops.yaml").trim();
    const objectFile = (each: string): string => path.join(repo, ".git/objects", each.slice(0, 2), each.slice(2));
    fs.chmodSync(objectFile(id), 0o644);
    fs.copyFileSync(objectFile(other), objectFile(id));
    expect(await allowed(repo, worldOf(at(NOW)), "HEAD")).toEqual(new Set());
  });

  test("policy: bytes of the bundle are changed, lost or added", async () => {
    const repo = repository({ ...TREE });
    const before = await allowed(repo);
    for (const bytes of [
      Buffer.alloc(0),
      BUNDLE.subarray(0, BUNDLE.length / 2),
      Buffer.concat([BUNDLE, Buffer.from([0])]),
      flipped(BUNDLE, 4_000),
    ]) {
      expect(await allowed(repo, worldOf({ ...at(NOW), policy: policyOf(bytes, LOCK) }))).toEqual(new Set());
    }
    expect(await allowed(repo, worldOf({ ...at(NOW), policy: policyOf(BUNDLE, LOCK) }))).toEqual(before);
  });

  test("lock: any character is changed, or it is cut short", async () => {
    const repo = repository({ ...TREE });
    const before = await allowed(repo);
    await fc.assert(
      fc.asyncProperty(fc.nat(LOCK.length - 1), fc.constantFrom("x", "0", '"', ",", ""), async (place, text) => {
        const lock = `${LOCK.slice(0, place)}${text}${LOCK.slice(place + 1)}`;
        expect(isWithin(await allowed(repo, worldOf({ ...at(NOW), policy: policyOf(BUNDLE, lock) })), before)).toBe(true);
      }),
      { numRuns: 60 },
    );
    for (const length of [0, 10, LOCK.length - 3]) {
      expect(await allowed(repo, worldOf({ ...at(NOW), policy: policyOf(BUNDLE, LOCK.slice(0, length)) }))).toEqual(new Set());
    }
  });

  test.each(["1970-01-01T00:00:00.000Z", "2026-01-15T00:00:00.000Z", "2038-01-19T03:14:08.000Z", "2027-01-01T00:00:00.000Z"])(
    "clock: it says %s after an apply",
    async (now) => {
      const repo = repository({ ...TREE });
      write(repo, { "moltbot.yaml": LENIENT });
      value(await apply({ repo }, null, YES, worldOf(at(NOW))));
      const before = await allowed(repo);
      expect(before.size).toBeGreaterThan(0);
      expect(isWithin(await allowed(repo, worldOf(at(now))), before)).toBe(true);
    },
  );

  test.each([
    ["rule", "rule: network.ceiling", "rule: network.celing"],
    ["scope", "resources: [Agent/support]", "resources: [Agent/nobody]"],
    ["end", "2026-12-01T00:00:00Z", "2026-01-01T00:00:00Z"],
    ["end that is none", "2026-12-01T00:00:00Z", "2026-13-01T00:00:00Z"],
  ])("exception: its %s is damaged", async (_name, from, to) => {
    const repo = repository({ ...TREE });
    const before = await allowed(repo);
    write(repo, { "r/far.yaml": TREE["r/far.yaml"].replace(from, to) });
    const after = await allowed(repo);
    expect([isWithin(after, before), after.size < before.size]).toEqual([true, true]);
  });

  test("cache: what was finished is damaged, or another's", async () => {
    const repo = repository({ ...TREE });
    const folder = repository({});
    const cache = cacheIn(folder, digestBytes("a build"));
    const before = await allowed(repo, worldOf({ ...at(NOW), cache, readings: newReadings() }));
    const fresh = value(await plan({ repo }, worldOf(at(NOW)))).plan.body;
    const whole = fs.readdirSync(folder).map((name) => [path.join(folder, name), fs.readFileSync(path.join(folder, name))] as const);
    expect(whole.length).toBeGreaterThan(0);
    for (const spoil of SPOILERS) {
      for (const [file, bytes] of whole) fs.writeFileSync(file, spoil(bytes));
      expect(value(await plan({ repo }, worldOf({ ...at(NOW), cache }))).plan.body).toEqual(fresh);
      expect(await allowed(repo, worldOf({ ...at(NOW), cache }))).toEqual(before);
    }
  });

  test("record: bytes of the store are overwritten, or it is cut short", async () => {
    for (const spoil of [
      (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2)),
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 0x5a)]),
      () => Buffer.from("not a database"),
    ]) {
      const repo = repository({ ...TREE, "moltbot.yaml": LENIENT });
      value(await apply({ repo }, null, YES, worldOf(at(NOW))));
      const before = await allowed(repo);
      const store = path.join(repo, ".moltbot/store.db");
      for (const each of [`${store}-wal`, `${store}-shm`]) fs.rmSync(each, { force: true });
      fs.writeFileSync(store, spoil(fs.readFileSync(store)));
      expect(isWithin(await allowed(repo), before)).toBe(true);
    }
  });
});

/** Who signs with what: SSH keys by a list, and an account by a trust root. */
const ROOTED = `trust:\n  allowedSigners: {file: trust/signers}\n  root: {file: trust/root.json}\n  identities: [{name: ci, identity: "${PERSON}", issuer: "${ISSUER}"}]`;
const ASKING = `approvals: [{when: widening, people: [leads]}, {when: trust-weakened, people: [leads]}]`;
const SIGNED_AT = at("2026-03-02T00:00:00Z");

/** An applied repository whose commits ops and eve may sign with their keys, and an account by the trust root. */
async function trusting(root: string): Promise<SignedRepository> {
  const repo = signedRepository();
  repo.write({
    "moltbot.yaml": projectText(`${ROOTED}\n${ASKING}`),
    "trust/signers": repo.allow("ops") + repo.allow("eve", "", "eve@acme.example"),
    "trust/root.json": root,
    "teams/leads.yaml": manifest(
      "Team",
      "leads",
      `people:\n  members:\n    - {name: ada, role: owner, identities: {emails: [ada@acme.example], ssh: ["${repo.keys.publicKey("ops")}"]}}`,
    ),
    ".moltbot/anchor": repo.allow("ops"),
  });
  repo.commit("ops", "first");
  const anchored = repo.query({ trustAnchor: path.join(repo.folder, ".moltbot/anchor") });
  value(await apply(anchored, null, YES, worldOf(SIGNED_AT)));
  return repo;
}

/** The same change as the newest commit, signed by the account. */
async function byAccount(repo: SignedRepository, chain: Awaited<ReturnType<typeof startChain>>): Promise<void> {
  const unsigned = `${repo.git("cat-file", "commit", repo.change(null, "by the account"))}\n`;
  const signature = (await gitsign(chain, unsigned)).trimEnd().replaceAll("\n", "\n ");
  const signed = unsigned.replace("\n\n", () => `\ngpgsig ${signature}\n\n`);
  repo.git("update-ref", "refs/heads/main", repo.gitWith(signed, "hash-object", "-t", "commit", "-w", "--stdin"));
}

const blockersOf = async (repo: SignedRepository): Promise<readonly string[]> => {
  const planned = await plan(repo.query({ ref: "HEAD" }), worldOf(SIGNED_AT));
  return planned.ok ? planned.value.blockers.map(({ code }) => code) : planned.diagnostics.map(({ code }) => code);
};

describe("I12: who is believed", () => {
  test("taking a signer or the trust root away asks nobody, and holds from the next commit on", async () => {
    const chain = await startChain();
    using repo = await trusting(Buffer.from(chain.root()).toString());
    // Both count so far.
    const first = repo.git("rev-parse", "HEAD");
    repo.change("eve", "by eve");
    expect(await blockersOf(repo)).toEqual([]);
    repo.git("reset", "-q", "--hard", first);
    await byAccount(repo, chain);
    expect(await blockersOf(repo)).toEqual([]);
    repo.git("reset", "-q", "--hard", first);
    repo.write({
      "moltbot.yaml": projectText(`trust: {allowedSigners: {file: trust/signers}}\n${ASKING}`),
      "trust/signers": repo.allow("ops"),
    });
    fs.rmSync(path.join(repo.folder, "trust/root.json"));
    const second = repo.commit("ops", "only ops");
    const narrowed = value(await plan(repo.query({ ref: "HEAD" }), worldOf(SIGNED_AT)));
    expect([narrowed.blockers, narrowed.confirmations, narrowed.plan.body.capabilities]).toEqual([
      [],
      [],
      { added: [], removed: [], findings: [] },
    ]);
    value(await apply(repo.query({ ref: "HEAD" }), null, YES, worldOf(SIGNED_AT)));
    repo.change("eve", "by eve");
    expect(await blockersOf(repo)).toEqual(["COMMIT_SIGNER_NOT_ALLOWED"]);
    repo.git("reset", "-q", "--hard", second);
    await byAccount(repo, chain);
    expect(await blockersOf(repo)).toEqual(["COMMIT_SIGNATURE_INVALID"]);
    // Back is the other way: that people are asked about.
    repo.git("reset", "-q", "--hard", second);
    repo.write({ "trust/signers": repo.allow("ops") + repo.allow("eve", "", "eve@acme.example") });
    repo.commit("ops", "eve again");
    const widened = value(await plan(repo.query({ ref: "HEAD" }), worldOf(SIGNED_AT)));
    expect(widened.confirmations.map(({ code }) => code)).toEqual(["APPROVAL_MISSING", "APPROVAL_MISSING"]);
    await chain.close();
  });

  test("trust root and list of signers, lost or damaged anywhere, let nobody else in", async () => {
    const chain = await startChain();
    const root = Buffer.from(chain.root()).toString();
    using repo = await trusting(root);
    const signers = repo.allow("ops") + repo.allow("eve", "", "eve@acme.example");
    const first = repo.git("rev-parse", "HEAD");
    for (const [file, whole] of [
      ["trust/root.json", root],
      ["trust/signers", signers],
    ] as const) {
      for (const part of [0, 0.2, 0.5, 0.9]) {
        const length = Math.floor(whole.length * part);
        for (const text of [whole.slice(0, length), `${whole.slice(0, length)}\u0000${whole.slice(length + 1)}`, null]) {
          if (text === null) fs.rmSync(path.join(repo.folder, file));
          else repo.write({ [file]: text });
          repo.commit("ops", "damaged");
          const damaged = await plan(repo.query({ ref: "HEAD" }), worldOf(SIGNED_AT));
          // Refused as a whole, or people are asked, or what is left of it is no more than there was.
          if (damaged.ok && [...damaged.value.blockers, ...damaged.value.confirmations].length === 0) {
            expect(damaged.value.plan.body.capabilities.findings, `${file} ${part}`).toEqual([]);
          }
          repo.git("reset", "-q", "--hard", first);
        }
      }
    }
    await chain.close();
  });
});

const SPOILERS: readonly ((bytes: Buffer) => Uint8Array)[] = [
  (bytes) => bytes.subarray(0, bytes.length / 2),
  (bytes) => flipped(bytes, bytes.length >> 1),
  () => new Uint8Array(0),
];

function flipped(bytes: Uint8Array, place: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}
