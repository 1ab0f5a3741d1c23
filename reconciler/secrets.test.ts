import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock, type Result } from "../core/index.ts";
import { canary } from "../test/canaries.fixture.ts";
import { KINDS } from "../schemas/index.ts";
import { generateIdentity, openValue, recipientOf, sealedEntry, sealValue } from "../trust/secrets/index.ts";
import { isCommitted, newSecretManifest, place, secretFragment, secretRecipients, secretSite, withSecretValues } from "./engine.ts";
import { parseFile } from "./manifest/index.ts";
import type { World } from "./types.ts";

const world: World = {
  clock: systemClock,
  ids: { next: () => "0" },
  actor: "tester",
  kinds: KINDS,
  version: "0.0.0",
  signal: new AbortController().signal,
  progress: () => undefined,
};

const identity = await generateIdentity();
const [alice, bob, runtime] = (await Promise.all([identity, await generateIdentity(), await generateIdentity()].map(recipientOf))) as [
  string,
  string,
  string,
];
const SECRET = { name: "api", key: "token" };

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join("; "));
}

function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

async function inRepository<T>(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-")));
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function projectWith(spec: string): string {
  return `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: acme\nspec:\n${spec}`;
}

const agent = "apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: a\nspec:\n  model: {provider: p, name: m}\n";

describe("who may open a value", () => {
  const rules = (...entries: readonly (readonly [string, string])[]): string =>
    projectWith(
      `  secrets:\n    rules:\n${entries.map(([rule, who]) => `      - path: "${rule}"\n        recipients: [${who}]\n`).join("")}`,
    );
  const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ["a rule for all", rules(["*", alice]), [], [alice]],
    ["the first rule that matches", rules(["other", bob], ["api#token", alice], ["*", bob]), [], [alice]],
    ["a rule for another key", rules(["api#other", bob], ["a*i", alice]), [], [alice]],
    ["a rule with a star in the key", rules(["*#to*n", alice]), [], [alice]],
    ["a star is any text, once only", rules(["ap*pi", bob], ["ap*i#*", alice]), [], [alice]],
    ["the target's recipient besides", projectWith(`  target: {type: embedded, recipient: ${runtime}}\n`), [alice], [alice, runtime]],
    ["the command line alone", projectWith("  description: x\n"), [bob, bob], [bob]],
  ];
  test.each(cases)("%s", async (_, project, more, expected) => {
    await inRepository({ "moltbot.yaml": project }, async (repo) => {
      expect(valueOf(await secretRecipients({ repo }, SECRET, more, world)).recipients).toEqual(expected.toSorted());
    });
  });

  test("nobody, or somebody unusable", async () => {
    await inRepository({ "moltbot.yaml": projectWith("  description: x\n") }, async (repo) => {
      expect(codesOf(await secretRecipients({ repo }, SECRET, [], world))).toEqual(["RECIPIENT_INVALID"]);
      expect(codesOf(await secretRecipients({ repo }, SECRET, ["age1plugin1qqq"], world))).toEqual(["RECIPIENT_INVALID"]);
    });
  });

  test("an environment's target, and none chosen", async () => {
    const project = projectWith(`  environments:\n    prod:\n      target: {type: embedded, recipient: ${runtime}, state: prod-state}\n`);
    await inRepository({ "moltbot.yaml": project }, async (repo) => {
      expect(codesOf(await secretRecipients({ repo }, SECRET, [], world))).toEqual(["ENVIRONMENT_REQUIRED"]);
      expect(valueOf(await secretRecipients({ repo, environment: "prod" }, SECRET, [], world)).recipients).toEqual([runtime]);
      expect(valueOf(await place({ repo, environment: "prod" }, world))).toEqual({
        owner: "acme/prod",
        project: "acme",
        environment: "prod",
        target: "embedded",
        recipient: runtime,
        state: path.join(repo, "prod-state"),
      });
    });
  });
});

describe("where a value belongs", () => {
  const declared = (name: string): string =>
    `apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata: {name: ${name}}\nspec: {values: {token: {pending: {}}}}\n`;

  test("the manifest that declares it; broken neighbours do not matter", async () => {
    const files = {
      "moltbot.yaml": projectWith("  description: x\n"),
      "a/x.yaml": `${agent}---\n${declared("api")}`,
      "b/y.yaml": declared("api2"),
      "b/broken.yaml": "api: [",
    };
    await inRepository(files, async (repo) => {
      const site = valueOf(await secretSite({ repo }, SECRET, [alice], world));
      expect([site.project, site.manifest?.path, site.folder]).toEqual(["acme", "a/x.yaml", repo]);
    });
  });

  test("none yet: secrets/ where it is read, else the first source", async () => {
    for (const [spec, expected] of [
      ["  description: x\n", "secrets/api.yaml"],
      ["  sources: [agents, secrets]\n", "secrets/api.yaml"],
      ["  sources: [agents]\n", "agents/api.yaml"],
    ] as const) {
      await inRepository({ "moltbot.yaml": projectWith(spec), "agents/a.yaml": agent, "secrets/b.yaml": agent }, async (repo) => {
        const site = valueOf(await secretSite({ repo }, SECRET, [alice], world));
        expect([site.manifest, site.newPath]).toEqual([null, expected]);
      });
    }
  });

  test("declared twice", async () => {
    await inRepository(
      { "moltbot.yaml": projectWith("  description: x\n"), "a/x.yaml": declared("api"), "a/y.yaml": declared("api") },
      async (repo) => {
        expect(codesOf(await secretSite({ repo }, SECRET, [alice], world))).toEqual(["RESOURCE_DUPLICATE"]);
      },
    );
  });

  test("the record's own folder is none of the sources, where it has another name and holds copies", async () => {
    const secret = "apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata: {name: api}\nspec: {values: {token: {pending: {}}}}\n";
    const files = {
      "moltbot.yaml": projectWith(`  target: {type: embedded, state: record}\n`),
      "record/store.db": "",
      "record/old.yaml": secret,
      "secrets/api.yaml": secret,
    };
    await inRepository(files, async (repo) => {
      expect(valueOf(await secretSite({ repo }, SECRET, [alice], world)).manifest?.path).toBe("secrets/api.yaml");
    });
  });
});

describe("writing a value into a manifest", async () => {
  const sealed = valueOf(await sealValue({ project: "acme", ...SECRET, recipients: [alice], value: Buffer.from(canary("manifest")) }));
  const SET_AT = "2026-01-02T03:04:05Z";
  const entry = sealedEntry(sealed, { setAt: SET_AT });
  const edit = async (text: string, name = "x.yaml"): Promise<string> =>
    valueOf(await withSecretValues({ path: name, bytes: Buffer.from(text), blobId: null }, [{ ...SECRET, entry }]));

  test("comments, order, indentation and other documents stay", async () => {
    const before = `# top\napiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata: {name: api}\nspec:\n    values:\n        # about it\n        token: # beside it\n            pending: {}\n        other: {env: {name: X}}\n    # tail\n---\n# second\nkind: Agent   # untouched\nspec: { a:  1 }\n`;
    const after = await edit(before);
    const [first = "", second = ""] = after.split("---\n# second");
    expect(`# second${second}`).toBe(before.slice(before.indexOf("# second")));
    for (const line of ["# top", "        # about it", "# beside it", "        other: {env: {name: X}}", "    # tail", "            age:"])
      expect(first).toContain(line);
    expect(first).toContain("                envelope: |\n                    -----BEGIN AGE ENCRYPTED FILE-----\n");
    expect(after).not.toContain("pending");
    expect(after).not.toContain(canary("manifest"));
  });

  test("what it wrote opens again", async () => {
    const after = await edit(await newSecretManifest({ name: "api", key: "other", entry }));
    const [document] = parseFile({ path: "x", bytes: Buffer.from(after), blobId: null }).documents;
    const { values } = (document!.value as unknown as { spec: { values: Record<string, { age: typeof sealed }> } }).spec;
    expect(Object.keys(values)).toEqual(["other", "token"]);
    const opened = await openValue({ project: "acme", ...SECRET, ...(values["token"]?.age ?? sealed), identities: [identity] });
    expect(Buffer.from(valueOf(opened)).toString()).toBe(canary("manifest"));
  });

  const forms: readonly (readonly [string, string])[] = [
    ["flow style", "apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata: {name: api}\nspec: {values: {}}\n"],
    ["no values yet", "apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata: {name: api}\nspec:\n  values:\n"],
    [
      "a value that is replaced",
      "kind: Secret\nmetadata: {name: api}\nspec:\n  values:\n    token:\n      age:\n        recipients: [x]\n        envelope: |\n          old\n",
    ],
    ["as the last of three", `---\n${agent}---\n\n---\nkind: Secret\nmetadata: {name: api}\nspec:\n  values: {a: {pending: {}}}\n# end\n`],
    ["after an end marker", "kind: X\n...\n# c\nkind: Secret\nmetadata: {name: api}\nspec: {values: {a: {pending: {}}}}\n...\n"],
    ["with a comment above its start", "# a\n---\n# b\nkind: Secret\nmetadata: {name: api}\nspec: {values: {a: {pending: {}}}}\n"],
    ["without a final newline", "kind: Secret\nmetadata: {name: api}\nspec:\n  values:\n    a: {pending: {}}"],
    ["with CRLF", "kind: Secret\r\nmetadata: {name: api}\r\nspec:\r\n  values:\r\n    a: {pending: {}}\r\n"],
  ];
  test.each(forms)("%s", async (_, before) => {
    const after = await edit(before);
    expect(after).toContain("envelope: |");
    expect(after).not.toContain("old");
    const comments = (text: string): readonly string[] => text.match(/# \w+/g) ?? [];
    expect(comments(after)).toEqual(comments(before));
  });

  test("JSON stays JSON", async () => {
    const after = await edit(
      `{\n    "kind": "Secret",\n    "metadata": {"name": "api"},\n    "spec": {"values": {"a": {"pending": {}}}}\n}\n`,
      "x.json",
    );
    expect((JSON.parse(after) as { spec: { values: object } }).spec.values).toEqual({ a: { pending: {} }, token: entry });
    expect(after).toContain('\n    "kind"');
  });

  test("a file that is no sound manifest is left alone", async () => {
    const result = await withSecretValues({ path: "x.yaml", bytes: Buffer.from("kind: Secret\nkind: Secret\n"), blobId: null }, [
      { ...SECRET, entry },
    ]);
    expect(codesOf(result)).toEqual(["DUPLICATE_KEY"]);
  });

  test("a fragment to paste", async () => {
    const fragment = await secretFragment({ key: "token", entry });
    expect(fragment.startsWith(`token:\n  age:\n    setAt: "${SET_AT}"\n    recipients:\n      - age1`)).toBe(true);
    expect(fragment).toContain("    envelope: |\n      -----BEGIN AGE");
  });
});

test("a committed file is told from one that only lies there (row 103)", async () => {
  await inRepository({ "sub/key.txt": "x", "sub/other.txt": "y" }, async (folder) => {
    const git = (...args: readonly string[]): void =>
      void execFileSync("git", ["-C", folder, "-c", "user.name=T", "-c", "user.email=t@example.com", ...args], { stdio: "ignore" });
    expect(await isCommitted(path.join(folder, "sub/key.txt"))).toBe(false);
    git("init");
    expect(await isCommitted(path.join(folder, "sub/key.txt"))).toBe(false);
    git("add", "sub/key.txt");
    git("commit", "-m", "x");
    expect(await isCommitted(path.join(folder, "sub/key.txt"))).toBe(true);
    expect(await isCommitted(path.join(folder, "sub/other.txt"))).toBe(false);
  });
});
