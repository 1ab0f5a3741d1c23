import { createHash, generateKeyPairSync } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LIMITS, outcomeOf, type Diagnostic, type JsonObject, type Result } from "../core/index.ts";
import { gzipSync } from "node:zlib";
import { writeArchive } from "../trust/signatures/archive/index.ts";
import { keySigner, signArtifact, signingKey, type SigningKey } from "../trust/signatures/signing/index.ts";
import { agentText, ECHO, manifest, repository, worldOf, write } from "../test/engine.fixture.ts";
import { apply, exportTree, plan, rollback, verifyPlugins } from "./engine.ts";

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};
const newKey = (): SigningKey =>
  valueOf(signingKey(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" })));
const [ACME, OTHER] = [newKey(), newKey()];

type Files = Readonly<Record<string, string | Uint8Array>>;
const FILES: Files = { "SKILL.md": "Read policy.md first.\n", "policy.md": "Thirty days.\n", "more/notes.md": "None.\n" };
const archiveOf = (files: Files = FILES): Uint8Array =>
  valueOf(writeArchive(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text), isExecutable: false }))));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const indented = (pem: string, by: number): string => pem.trimEnd().replaceAll("\n", `\n${" ".repeat(by)}`);

const project = (key: SigningKey | null = ACME): string =>
  manifest(
    "Project",
    "acme",
    `sources: [all]${key ? `\ntrust:\n  plugins:\n    - name: acme\n      key: |\n        ${indented(key.publicKey, 8)}\n` : ""}`,
  );
const skill = (bytes: Uint8Array, inBundle = "", more = "", signature = "signature: skills/refunds.json"): string =>
  manifest(
    "Skill",
    "refunds",
    `bundle:\n  digest: sha256:${sha256(bytes)}\n  file: skills/refunds.tar.gz\n  ${signature}\n${inBundle}signer:\n  key: |\n    ${indented(ACME.publicKey, 4)}\n${more}`,
  );

async function put(root: string, bytes: Uint8Array, by = ACME): Promise<void> {
  write(root, { "skills/refunds.json": valueOf(await signArtifact(bytes, keySigner(by))) });
  writeFileSync(join(root, "skills/refunds.tar.gz"), bytes);
}

async function treeOf(bytes = archiveOf(), inBundle = "", more = ""): Promise<string> {
  const root = repository({
    "moltbot.yaml": project(),
    "all/refunds.yaml": skill(bytes, inBundle, more),
    "all/echo.yaml": ECHO,
    "all/agent.yaml": agentText("support", "skills: [refunds]"),
  });
  await put(root, bytes);
  return root;
}

const CHOICES = { confirm: () => Promise.resolve({ ok: true, value: undefined, warnings: [] } as const), lockTimeoutMs: 0 };
const said = (diagnostics: readonly Diagnostic[]): readonly string[] => diagnostics.map((each) => `${outcomeOf(each)} ${each.code}`);
const planned = async (root: string, state?: string) => valueOf(await plan({ repo: root, ...(state ? { state } : {}) }, worldOf()));
const specOf = async (root: string): Promise<JsonObject | undefined> =>
  (await planned(root)).plan.body.changes.find((each) => each.address === "Skill/refunds")?.after?.spec;

describe("a skill from a pinned, signed archive", () => {
  test("has the text of the archive, which is recorded and compared like any other", async () => {
    const root = await treeOf();
    expect(await specOf(root)).toMatchObject({
      prompt: "Read policy.md first.\n",
      files: [
        { path: "more/notes.md", content: "None.\n" },
        { path: "policy.md", content: "Thirty days.\n" },
      ],
    });
    expect((await planned(root)).blockers).toEqual([]);
    expect(valueOf(await verifyPlugins({ repo: root }, worldOf())).plugins).toMatchObject([
      { address: "Skill/refunds", facts: { verified: true, keyed: true }, problems: [] },
    ]);
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(true);
    expect((await planned(root)).plan.body.changes).toEqual([]);
    // Its text is in the record; nothing is unpacked for it.
    expect(existsSync(join(root, ".moltbot/plugins"))).toBe(false);

    const next = archiveOf({ ...FILES, "policy.md": "Sixty days.\n" });
    await put(root, next);
    write(root, { "all/refunds.yaml": skill(next) });
    const [change] = (await planned(root)).plan.body.changes;
    expect(change?.fields.map((each) => each.path)).toContain("spec.files[policy.md].content");
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(true);
    expect(await rollback({ repo: root }, 1, "worse", CHOICES, worldOf())).toMatchObject({ ok: true });
  });

  test("takes what bundle.prompt and bundle.files name", async () => {
    const root = await treeOf(archiveOf(), "  prompt: policy.md\n  files: [more/notes.md]\n");
    expect(await specOf(root)).toMatchObject({ prompt: "Thirty days.\n", files: [{ path: "more/notes.md", content: "None.\n" }] });
    const bare = await specOf(await treeOf(archiveOf(), "  files: []\n"));
    expect([bare?.["prompt"], bare?.["files"]]).toEqual(["Read policy.md first.\n", undefined]);
  });

  test("an export brings archive and signature, not the text, and plans empty", async () => {
    const root = await treeOf();
    await apply({ repo: root }, null, CHOICES, worldOf());
    const { files } = valueOf(await exportTree({ repo: root }, worldOf()));
    expect(files.find((each) => each.path.endsWith("refunds.yaml"))?.text).not.toContain("policy.md");
    const copy = repository({});
    write(copy, Object.fromEntries(files.map((file) => [file.path, file.text])));
    for (const file of files) if (file.bytes) writeFileSync(join(copy, file.path), file.bytes);
    const again = await planned(copy, join(root, ".moltbot"));
    expect([said(again.blockers), again.plan.body.changes]).toEqual([[], []]);
  });

  test("row 90: a version that goes back is applied and said", async () => {
    const root = await treeOf(archiveOf(), "", "version: 1.4.0\n");
    await apply({ repo: root }, null, CHOICES, worldOf());
    const older = archiveOf({ "SKILL.md": "Old.\n" });
    await put(root, older);
    write(root, { "all/refunds.yaml": skill(older, "", "version: 1.3.0\n") });
    const back = await planned(root);
    expect([said(back.blockers), back.warnings.map((each) => each.code)]).toEqual([[], ["PLUGIN_ROLLED_BACK"]]);
  });
});

describe("a skill that is refused", () => {
  type Change = (root: string, bytes: Uint8Array) => Promise<void> | void;
  const repacked =
    (files: Files, inBundle = ""): Change =>
    async (root) => {
      const bytes = archiveOf(files);
      await put(root, bytes);
      write(root, { "all/refunds.yaml": skill(bytes, inBundle) });
    };
  const cases: readonly (readonly [string, string, Change])[] = [
    [
      "row 82: one bit of the archive changed",
      "UNTRUSTED BUNDLE_OTHER_ARTIFACT",
      (root, bytes) =>
        writeFileSync(
          join(root, "skills/refunds.tar.gz"),
          bytes.map((each, i) => (i === 600 ? each ^ 1 : each)),
        ),
    ],
    ["row 84: signed by another key", "UNTRUSTED BUNDLE_UNTRUSTED", (root, bytes) => put(root, bytes, OTHER)],
    [
      "row 84: a signer the Project does not trust",
      "NOT_ALLOWED BUNDLE_NOT_ALLOWED",
      (root) => write(root, { "moltbot.yaml": project(OTHER) }),
    ],
    ["row 84: a Project that trusts nobody", "NOT_ALLOWED BUNDLE_NOT_ALLOWED", (root) => write(root, { "moltbot.yaml": project(null) })],
    ["row 88: a signature that is none", "INVALID BUNDLE_INVALID", (root) => write(root, { "skills/refunds.json": "{}" })],
    [
      "row 89: no signature",
      "UNTRUSTED BUNDLE_MISSING",
      (root, bytes) => write(root, { "all/refunds.yaml": skill(bytes, "", "", "maxBytes: 1MiB") }),
    ],
    [
      "row 89: no signer",
      "INVALID SIGNER_INVALID",
      (root, bytes) => write(root, { "all/refunds.yaml": skill(bytes).replace(/\n *signer:[^]*/, "\n") }),
    ],
    [
      "row 90: another signed archive than the pinned one",
      "REFUSED PLUGIN_NOT_PINNED",
      (root) => put(root, archiveOf({ "SKILL.md": "Else.\n" })),
    ],
    [
      "row 91: an archive that is none, pinned and signed",
      "INVALID ARCHIVE_INVALID",
      async (root) => {
        const bytes = gzipSync("nothing");
        await put(root, bytes);
        write(root, { "all/refunds.yaml": skill(bytes) });
      },
    ],
    ["no SKILL.md", "INVALID SKILL_BUNDLE_INVALID", repacked({ "README.md": "x" })],
    ["a named file that is not there", "INVALID SKILL_BUNDLE_INVALID", repacked(FILES, "  files: [gone.md]\n")],
    ["a file that is no text", "INVALID SKILL_BUNDLE_INVALID", repacked({ ...FILES, "x.bin": new Uint8Array([0xff, 0xfe]) })],
    ["a path no manifest could name", "INVALID SKILL_BUNDLE_INVALID", repacked({ ...FILES, "a%2fb.md": "x" })],
    [
      "one file past the limit",
      "LIMIT ARCHIVE_LIMIT",
      repacked({ "SKILL.md": "x".repeat(LIMITS.embeddedFileBytes + 1) }, "  maxBytes: 16MiB\n"),
    ],
    [
      "1001 files",
      "LIMIT ARCHIVE_LIMIT",
      repacked({ "SKILL.md": "x", ...Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, "x"])) }),
    ],
  ];

  test.each(cases)("%s: %s", async (_name, expected, change) => {
    const root = await treeOf();
    const { length } = archiveOf();
    expect(length).toBeGreaterThan(600);
    await change(root, archiveOf());
    const { blockers } = await planned(root);
    expect(said(blockers).filter((each) => each !== "DENIED POLICY_DENIED")).toEqual([expected]);
    // The policy on signed archives says no as well, unless what it is told is in order.
    expect(said(blockers).includes("DENIED POLICY_DENIED")).toBe(/^(UNTRUSTED|NOT_ALLOWED|REFUSED|INVALID (BUNDLE|SIGNER))/.test(expected));
    expect(blockers[0]?.at?.file).toMatch(/^(all\/refunds\.yaml|moltbot\.yaml)$/);
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(false);
  });

  test("1000 files and a file of the limit are taken", async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, "x"]));
    const root = await treeOf(archiveOf({ "SKILL.md": "x".repeat(LIMITS.embeddedFileBytes), ...many }));
    expect((await planned(root)).blockers).toEqual([]);
  });

  test.each(["prompt: mine", 'files: [{path: a.md, content: "x"}]'])("%s beside a bundle, at its place", async (field) => {
    const root = await treeOf();
    write(root, { "all/refunds.yaml": skill(archiveOf(), "", `${field}\n`) });
    const found = await plan({ repo: root }, worldOf());
    expect(found.ok ? [] : found.diagnostics).toMatchObject([{ code: "SKILL_BUNDLE_INVALID", at: { file: "all/refunds.yaml" } }]);
  });

  test("what is not pinned is not even unpacked", async () => {
    const root = await treeOf();
    await put(root, archiveOf({ "SKILL.md": "Else.\n" }));
    expect((await specOf(root))?.["prompt"]).toBeUndefined();
  });
});
