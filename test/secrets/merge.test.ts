import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, test } from "vitest";
import { withSecretValues } from "../../reconciler/engine.ts";
import { parseFile } from "../../reconciler/manifest/index.ts";
import { declaredValues, openValue, sealedEntry, sealValue } from "../../trust/secrets/index.ts";
import { hasAge, text, valueOf } from "../../trust/secrets/secrets.fixture.ts";
import { identityText, person, project, secret, secretsRepository, type SecretsRepository } from "./tree.fixture.ts";
import fs from "node:fs";
import path from "node:path";

let tree: SecretsRepository | undefined;
afterEach(() => {
  tree?.dispose();
  tree = undefined;
});

const me = await person();

async function set(repository: SecretsRepository, key: string, value: string): Promise<void> {
  const sealed = valueOf(await sealValue({ project: "acme", name: "api", key, recipients: [me.recipient], value: text(value) }));
  const file = { path: "s/api.yaml", bytes: Buffer.from(repository.read("s/api.yaml")), blobId: null };
  const entry = sealedEntry(sealed, { setAt: new Date().toISOString() });
  repository.write("s/api.yaml", valueOf(await withSecretValues(file, [{ name: "api", key, entry }])));
}

async function opened(repository: SecretsRepository): Promise<Readonly<Record<string, string>>> {
  const parsed = parseFile({ path: "s/api.yaml", bytes: Buffer.from(repository.read("s/api.yaml")), blobId: null });
  expect(parsed.diagnostics).toEqual([]);
  const values: Record<string, string> = {};
  for (const value of parsed.documents.flatMap((each) => declaredValues(each.value))) {
    if (value.form !== "age") continue;
    const bytes = await openValue({ project: "acme", ...value, identities: [me.identity] });
    values[value.key] = Buffer.from(valueOf(bytes)).toString();
  }
  return values;
}

/** Two branches from one commit, each sets some values; git merges them as users have it, without any driver. */
async function merged(
  start: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
) {
  tree = secretsRepository({ "moltbot.yaml": project([me]), "s/api.yaml": secret("api", ["a", "b", "c"]) });
  for (const [key, value] of Object.entries(start)) await set(tree, key, value);
  tree.commit("start");
  tree.git("checkout", "-q", "-b", "theirs");
  for (const [key, value] of Object.entries(theirs)) await set(tree, key, value);
  tree.commit("theirs");
  tree.git("checkout", "-q", "main");
  for (const [key, value] of Object.entries(ours)) await set(tree, key, value);
  tree.commit("ours");
  tree.git("merge", "-q", "--no-edit", "theirs");
  return await opened(tree);
}

describe("two branches that set different values of one file merge without conflict, and both decrypt", () => {
  test("neighbours, both changed", async () => {
    const start = { a: "1", b: "2", c: "3" };
    expect(await merged(start, { a: "ours" }, { b: "theirs" })).toEqual({ a: "ours", b: "theirs", c: "3" });
  });

  test("neighbours, the other way round, of other lengths", async () => {
    const start = { a: "1", b: "2", c: "3" };
    expect(await merged(start, { b: "x".repeat(5_000) }, { a: "", c: "y".repeat(400) })).toEqual({
      a: "",
      b: "x".repeat(5_000),
      c: "y".repeat(400),
    });
  });

  test("neighbours that had no value", async () => {
    expect(await merged({}, { a: "ours", c: "too" }, { b: "theirs" })).toEqual({ a: "ours", b: "theirs", c: "too" });
  });

  test("the same value in both is a conflict, as it must be", async () => {
    await expect(merged({ a: "1" }, { a: "ours" }, { a: "theirs" })).rejects.toThrow();
  });
});

describe.runIf(hasAge())("the stock age reads what was merged", () => {
  test("each value on its own", async () => {
    await merged({ a: "1", b: "2" }, { a: "ours" }, { b: "theirs" });
    const key = path.join(tree!.aside, "key.txt");
    fs.writeFileSync(key, await identityText(me), { mode: 0o600 });
    const parsed = parseFile({ path: "s/api.yaml", bytes: Buffer.from(tree!.read("s/api.yaml")), blobId: null });
    const envelopes = parsed.documents
      .flatMap((each) => declaredValues(each.value))
      .flatMap((value) => (value.form === "age" ? [value.envelope] : []));
    const plain = envelopes.map(
      (input) => JSON.parse(execFileSync("age", ["--decrypt", "-i", key], { input, encoding: "utf8" })) as { value: string },
    );
    expect(plain.map(({ value }) => value)).toEqual(["ours", "theirs"]);
  });
});
