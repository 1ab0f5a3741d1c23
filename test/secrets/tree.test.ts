import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { replaceFiles } from "../../cmd/replace-files.ts";
import { apply, checkSecretsOf, plan, rekey, status, type Query } from "../../reconciler/engine.ts";
import { LIMITS, ok } from "../../core/index.ts";
import { openValue, sealedEntry, sealValue, type Identity } from "../../trust/secrets/index.ts";
import { withSecretValues } from "../../reconciler/secret-editing.ts";
import { codesOf, text, valueOf } from "../../trust/secrets/secrets.fixture.ts";
import { worldOf } from "../engine.fixture.ts";
import { person, project, secret, secretsRepository, type Person, type SecretsRepository } from "./tree.fixture.ts";

const [me, bob, staging, production, quantum] = [
  await person(),
  await person(),
  await person(),
  await person(),
  await person("post-quantum"),
];
let tree: SecretsRepository | undefined;
afterEach(() => {
  tree?.dispose();
  tree = undefined;
});

function repository(files: Readonly<Record<string, string>>): { readonly query: Query; readonly it: SecretsRepository } {
  tree = secretsRepository(files);
  return { query: { repo: fs.realpathSync(tree.repo) }, it: tree };
}

async function seal(
  it: SecretsRepository,
  file: string,
  name: string,
  key: string,
  who: readonly Person[],
  setAt = "2026-01-01T00:00:00Z",
): Promise<void> {
  const recipients = who.map(({ recipient }) => recipient);
  const sealed = valueOf(await sealValue({ project: "acme", name, key, recipients, value: text(`${name} ${key}`) }));
  const manifest = { path: file, bytes: Buffer.from(it.read(file)), blobId: null };
  it.write(file, valueOf(await withSecretValues(manifest, [{ name, key, entry: sealedEntry(sealed, { setAt }) }])));
}

async function rekeyed(
  query: Query,
  identities: readonly Identity[],
  more: { readonly add?: readonly string[]; readonly remove?: readonly string[] } = {},
) {
  const request = { names: [], add: [], remove: [], replace: new Map<string, string>(), own: [], identities, isDryRun: false, ...more };
  const made = await rekey(query, request, worldOf());
  if (made.ok) valueOf(replaceFiles(made.value.folder, made.value.files));
  return made;
}

const environments = (): string =>
  `  environments:\n    staging:\n      target: {type: embedded, recipient: ${staging.recipient}}\n      overlays: [over/staging]\n` +
  `    production:\n      target: {type: embedded, recipient: ${production.recipient}}\n      overlays: [over/production]\n`;

describe("who a value is for, with environments", () => {
  test("a manifest is for the targets of all, an overlay for that of its own", async () => {
    const overlay = (value: string): string =>
      `apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata:\n  name: api\nspec:\n  values:\n    own: ${value}\n`;
    const { query, it } = repository({
      "moltbot.yaml": project([me], environments()),
      "s/api.yaml": secret("api", ["shared", "own"]),
      "over/staging/api.yaml": overlay("{pending: null}"),
      "over/production/api.yaml": overlay("{pending: null}"),
    });
    await seal(it, "s/api.yaml", "api", "shared", [me]);
    await seal(it, "s/api.yaml", "api", "own", [me]);
    await seal(it, "over/staging/api.yaml", "api", "own", [me]);
    await seal(it, "over/production/api.yaml", "api", "own", [me]);
    const made = valueOf(await rekeyed(query, [me.identity]));
    const sorted = (...who: readonly Person[]): readonly string[] => who.map(({ recipient }) => recipient).sort();
    expect(Object.fromEntries(made.values.map(({ file, key, recipients }) => [`${file} ${key}`, recipients]))).toEqual({
      "s/api.yaml shared": sorted(me, staging, production),
      "s/api.yaml own": sorted(me, staging, production),
      "over/staging/api.yaml own": sorted(me, staging),
      "over/production/api.yaml own": sorted(me, production),
    });
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual([]);
    expect(valueOf(await rekeyed(query, [])).values).toEqual([]);
  });
});

describe("values in files of their own", () => {
  test("armored and binary ones are encrypted again in their form, and listed", async () => {
    const { query, it } = repository({
      "moltbot.yaml": project([me, bob]),
      "s/api.yaml":
        "apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata:\n  name: api\nspec:\n  values:\n    text:\n      file: {path: keys/text.age}\n    bin:\n      file:\n        path: keys/bin.age # from the vault\n",
    });
    const { armor } = await import("age-encryption");
    const sealOne = async (key: string): Promise<string> =>
      valueOf(await sealValue({ project: "acme", name: "api", key, recipients: [me.recipient], value: text(key) })).envelope;
    it.write("keys/text.age", await sealOne("text"));
    fs.writeFileSync(path.join(it.repo, "keys/bin.age"), armor.decode(await sealOne("bin")));
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toContain("SECRET_RECIPIENTS_DIFFER");
    expect(codesOf(await rekeyed(query, []))).toContain("SECRET_NO_IDENTITY");
    expect(valueOf(await rekeyed(query, [me.identity])).values).toHaveLength(2);
    expect(it.read("keys/text.age")).toContain("BEGIN AGE");
    expect(it.read("keys/bin.age").startsWith("age-encryption.org/v1\n")).toBe(true);
    expect(it.read("s/api.yaml")).toContain("# from the vault");
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual([]);
    const envelope = fs.readFileSync(path.join(it.repo, "keys/bin.age")).toString("latin1");
    const recipients = [me.recipient, bob.recipient];
    expect(
      valueOf(await openValue({ project: "acme", name: "api", key: "bin", recipients, envelope, identities: [bob.identity] })),
    ).toEqual(text("bin"));
  });
});

describe("classic and post-quantum", () => {
  test("are never mixed; a Project moves from one to the other as a whole", async () => {
    const { query, it } = repository({ "moltbot.yaml": project([me]), "s/api.yaml": secret("api", ["a"]) });
    await seal(it, "s/api.yaml", "api", "a", [me]);
    expect(codesOf(await rekeyed(query, [me.identity], { add: [quantum.recipient] }))).toEqual(["RECIPIENT_INVALID"]);
    it.write("moltbot.yaml", project([quantum]));
    expect(valueOf(await rekeyed(query, [me.identity])).values[0]?.removed).toEqual([me.recipient]);
    expect(it.read("s/api.yaml")).toContain("rotate:");
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual([]);
  });
});

describe("rotation", () => {
  const every = "  rotation:\n    every: 30d\n";
  test("the plan says until when it holds, then what is due; status says so of what is active", async () => {
    const { query, it } = repository({ "moltbot.yaml": project([me]), "s/api.yaml": secret("api", ["a"], every) });
    await seal(it, "s/api.yaml", "api", "a", [me], "2026-03-01T00:00:00Z");
    const at = (instant: string) => worldOf({ clock: { now: () => new Date(instant) } });
    const before = valueOf(await plan(query, at("2026-03-30T00:00:00Z"))).plan;
    expect([before.body.validUntil, before.body.warnings.map(({ code }) => code)]).toEqual(["2026-03-31T00:00:00.000Z", []]);
    const same = valueOf(await plan(query, at("2026-03-02T00:00:00Z"))).plan;
    expect(same.digest).toBe(before.digest);
    const after = valueOf(await plan(query, at("2026-03-31T00:00:00Z"))).plan;
    expect([after.body.validUntil, after.body.warnings.map(({ code }) => code)]).toEqual([null, ["SECRET_ROTATION_DUE"]]);
    valueOf(await apply(query, null, { confirm: () => Promise.resolve(ok(undefined)), lockTimeoutMs: 0 }, at("2026-03-02T00:00:00Z")));
    expect(valueOf(await status(query, at("2026-03-02T00:00:00Z"))).obligations).toEqual([]);
    expect(valueOf(await status(query, at("2026-04-02T00:00:00Z"))).obligations).toMatchObject([
      { code: "SECRET_ROTATION_DUE", address: "Secret/api", key: "a", since: "2026-03-31T00:00:00.000Z" },
    ]);
  });
});

describe("check", () => {
  test("finds what stands in any file but those that git ignores, with its place; and in a commit", async () => {
    const word = ["ghp", "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8xC0fLaB3d"].join("_");
    const { query, it } = repository({
      "moltbot.yaml": project([]),
      "s/api.yaml": secret("api", ["a"]),
      "prompts/p.md": `Hello.\nUse ${word} for it.\n`,
      "allowed.txt": `# not-a-secret: made up\n${word}\n`,
      ".env": word,
      ".gitignore": ".env\n",
      "node_modules/x/y.js": word,
    });
    fs.writeFileSync(path.join(it.repo, "binary"), Buffer.from(`\0${word}`));
    const found = await checkSecretsOf(query, worldOf());
    expect(found.ok || found.diagnostics.map(({ code, at }) => [code, at?.file, at?.line, at?.column])).toEqual([
      ["SECRET_PLANTED", "prompts/p.md", 2, 5],
    ]);
    expect(JSON.stringify(found)).not.toContain(word);
    it.commit("oh");
    it.write("prompts/p.md", "Hello.\n");
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual([]);
    expect(codesOf(await checkSecretsOf({ ...query, ref: "HEAD" }, worldOf()))).toEqual(["SECRET_PLANTED"]);
  });

  test("a file at the limit is searched, one byte more is named instead", async () => {
    const { query, it } = repository({ "moltbot.yaml": project([]), "s/api.yaml": secret("api", ["a"]) });
    const line = `password: ${["aB3dE5gH7jK9", "mN1pQ2sT4vW6"].join("")}\n`;
    it.write("large.txt", line + "x\n".repeat((LIMITS.scannedFileBytes - line.length) / 2));
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual(["SECRET_PLANTED"]);
    fs.appendFileSync(path.join(it.repo, "large.txt"), "xx");
    const found = await checkSecretsOf(query, worldOf());
    expect(found.ok && found.warnings.map(({ code, severity }) => [code, severity])).toEqual([["SECRET_SCAN_LIMIT", "warning"]]);
  });

  test("a damaged envelope, and one for others than listed", async () => {
    const { query, it } = repository({ "moltbot.yaml": project([me]), "s/api.yaml": secret("api", ["a", "b"]) });
    await seal(it, "s/api.yaml", "api", "a", [me]);
    await seal(it, "s/api.yaml", "api", "b", [me, bob]);
    const whole = it.read("s/api.yaml");
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual(["SECRET_RECIPIENTS_DIFFER"]);
    it.write("s/api.yaml", whole.replace(new RegExp(`\\n +- ${bob.recipient}`), ""));
    expect(codesOf(await checkSecretsOf(query, worldOf()))).toEqual(["SECRET_ENVELOPE_MISMATCH"]);
  });
});
