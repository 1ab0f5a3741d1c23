import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { value } from "../../test/engine.fixture.ts";
import { judgeCommit, readCommitTrust } from "../../trust/signatures/index.ts";
import { commitsBetween } from "./history.ts";
import { repository, type Scratch } from "./repo.fixture.ts";

/** Writes a commit as a loose object, without asking git. */
function put(repo: Scratch, text: string): string {
  const body = Buffer.from(text);
  const bytes = Buffer.concat([Buffer.from(`commit ${body.length}\0`), body]);
  const id = createHash("sha1").update(bytes).digest("hex");
  const file = join(repo.path, ".git/objects", id.slice(0, 2), id.slice(2));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, deflateSync(bytes));
  return id;
}

const TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

function commitText(parents: readonly string[], seconds: number, message: string): string {
  const who = `Ops <ops@acme.example> ${seconds} +0000`;
  return `tree ${TREE}\n${parents.map((id) => `parent ${id}\n`).join("")}author ${who}\ncommitter ${who}\n\n${message}\n`;
}

/** For each commit the commits before it that it builds on (none: a root), and how far its clock is off. */
const histories = fc.array(
  fc.record({ parents: fc.uniqueArray(fc.nat(12), { maxLength: 3 }), skew: fc.integer({ min: -500, max: 500 }) }),
  {
    minLength: 2,
    maxLength: 24,
  },
);

describe("the commits between two of them", () => {
  const build = (
    repo: Scratch,
    shape: readonly { readonly parents: readonly number[]; readonly skew: number }[],
    isHonest: boolean,
  ): string[] => {
    const ids: string[] = [];
    for (const [i, { parents, skew }] of shape.entries()) {
      const before = i === 0 ? [] : [...new Set(parents.map((back) => ids[Math.max(0, i - 1 - back)]!))];
      ids.push(put(repo, commitText(before, 1_000_000 + i * 60 + (isHonest ? 0 : skew * 100), `c${i}`)));
    }
    return ids;
  };
  const between = (repo: Scratch, tip: string, known: string): Set<string> =>
    new Set(
      repo
        .git("rev-list", tip, "--not", known)
        .split("\n")
        .filter((line) => line !== ""),
    );

  test("are those that git lists, whatever the shape of the history", async () => {
    using repo = repository({ "a.txt": "x" });
    repo.git("hash-object", "-t", "tree", "-w", "/dev/null");
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (shape, pick) => {
        const ids = build(repo, shape, true);
        const [tip, known] = [ids.at(-1)!, ids[pick % ids.length]!];
        const stretch = value(await commitsBetween(repo.path, tip, known));
        expect(new Set(stretch.commits.map(({ id }) => id))).toEqual(between(repo, tip, known));
        const isAncestor = repo.git("rev-list", tip).split("\n").includes(known);
        expect(stretch.isDescendant).toBe(isAncestor);
      }),
      { numRuns: 25 },
    );
  });

  test("are never fewer, whatever dates the commits claim", async () => {
    using repo = repository({ "a.txt": "x" });
    repo.git("hash-object", "-t", "tree", "-w", "/dev/null");
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (shape, pick) => {
        const ids = build(repo, shape, false);
        const [tip, known] = [ids.at(-1)!, ids[pick % ids.length]!];
        const stretch = value(await commitsBetween(repo.path, tip, known));
        const found = new Set(stretch.commits.map(({ id }) => id));
        const [behindTip, behindKnown] = [tip, known].map((id) => new Set(repo.git("rev-list", id).split("\n")));
        for (const id of behindTip!) if (!behindKnown!.has(id)) expect(found.has(id)).toBe(true);
        for (const id of found) expect(behindTip!.has(id)).toBe(true);
        expect(stretch.isDescendant).toBe(behindTip!.has(known));
      }),
      { numRuns: 25 },
    );
  });

  test("an object that is no commit, one that is gone and one that is too large are told", async () => {
    using repo = repository({ "a.txt": "x" });
    const head = repo.git("rev-parse", "HEAD");
    const code = async (tip: string, known: string | null = null): Promise<string | undefined> => {
      const stretch = await commitsBetween(repo.path, tip, known);
      return stretch.ok ? undefined : stretch.diagnostics[0]?.code;
    };
    expect(await code(head)).toBeUndefined();
    expect(await code(repo.git("rev-parse", "HEAD^{tree}"))).toBe("GIT_FAILED");
    expect(await code("1".repeat(40))).toBe("COMMIT_HISTORY_MISSING");
    expect(await code(head, "1".repeat(40))).toBe("COMMIT_HISTORY_MISSING");
    expect(await code(put(repo, commitText(["2".repeat(40)], 1, "orphan")))).toBe("COMMIT_HISTORY_MISSING");
    const body = commitText([], 1, "");
    expect(await code(put(repo, body + "x".repeat(1024 * 1024 - body.length)))).toBeUndefined();
    expect(await code(put(repo, body + "x".repeat(1024 * 1024 - body.length + 1)))).toBe("COMMIT_TOO_LARGE");
  });

  test("a sha256 repository keeps signatures under a header of its own", async () => {
    using repo = repository({ "a.txt": "x" });
    repo.git("init", "-q", "--object-format=sha256", "other");
    repo.gitIn("other", "commit", "-q", "--allow-empty", "-m", "first");
    const stretch = value(await commitsBetween(join(repo.path, "other"), repo.gitIn("other", "rev-parse", "HEAD"), null));
    expect(stretch.commits).toMatchObject([{ id: expect.stringMatching(/^[0-9a-f]{64}$/), parsed: { signature: null } }]);
  });

  test("a thousand signed commits are read and verified in a sane time", async () => {
    using repo = repository({ "a.txt": "x" });
    const signer = ed25519();
    let tip = repo.git("rev-parse", "HEAD");
    const first = tip;
    for (let i = 0; i < 1_000; i++) {
      const text = commitText([tip], 1_772_323_200 + i, `c${i}`);
      tip = put(repo, text.replace("\n\n", `\ngpgsig ${signer.sign(text).trimEnd().replaceAll("\n", "\n ")}\n\n`));
    }
    const read = await readCommitTrust({ allowedSigners: `ops@acme.example ${signer.publicKey}\n` });
    if (!("trust" in read)) throw new Error("the list is not readable");
    const start = performance.now();
    const { commits } = value(await commitsBetween(repo.path, tip, first));
    const verdicts: (string | undefined)[] = [];
    for (const { parsed } of commits) {
      if (!("fault" in parsed)) verdicts.push((await judgeCommit(parsed, read.trust, null))?.status);
    }
    const ms = performance.now() - start;
    expect(verdicts.filter((each) => each === "good")).toHaveLength(1_000);
    expect(ms).toBeLessThan(5_000);
  });
});

/** Signs as ssh-keygen does, without starting it a thousand times. */
function ed25519(): { readonly publicKey: string; readonly sign: (text: string) => string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const field = (content: Buffer | string): Buffer => {
    const bytes = Buffer.from(content);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x as string, "base64url");
  const blob = Buffer.concat([field("ssh-ed25519"), field(raw)]);
  return {
    publicKey: `ssh-ed25519 ${blob.toString("base64")}`,
    sign: (text) => {
      const digest = createHash("sha512").update(text).digest();
      const message = Buffer.concat([Buffer.from("SSHSIG"), field("git"), field(""), field("sha512"), field(digest)]);
      const signature = Buffer.concat([field("ssh-ed25519"), field(sign(null, message, privateKey))]);
      const all = Buffer.concat([Buffer.from("SSHSIG\0\0\0\x01"), field(blob), field("git"), field(""), field("sha512"), field(signature)]);
      return `-----BEGIN SSH SIGNATURE-----\n${all
        .toString("base64")
        .match(/.{1,70}/g)!
        .join("\n")}\n-----END SSH SIGNATURE-----\n`;
    },
  };
}
