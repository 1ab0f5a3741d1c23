import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { isObject, LIMITS, type Json } from "../core/index.ts";
import { generateIdentity, openValue, recipientOf } from "../trust/secrets/index.ts";
import { commentFields } from "./comment-fields.ts";
import type { Envelope } from "./import/index.ts";
import { importOpenclawFrom, type Imported } from "./importing.ts";
import { parseFile } from "./manifest/index.ts";

function folder(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
}

async function imported(from: string, recipients: readonly string[] = []): Promise<Imported> {
  const result = await importOpenclawFrom({ from, project: "shop", recipients });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join("\n"));
  return result.value;
}

async function codes(from: string, recipients: readonly string[] = []): Promise<readonly string[]> {
  const result = await importOpenclawFrom({ from, project: "shop", recipients });
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

describe("which configurations", () => {
  test("a file of any name; its own name is in the report", async () => {
    const root = folder({ "my bots.conf": "{}" });
    expect((await imported(path.join(root, "my bots.conf"))).reports.map(({ source }) => source)).toEqual(["my bots.conf"]);
  });

  test("in a folder, the known names; backups, links and other programs' folders are passed over", async () => {
    const root = folder({
      ".openclaw/openclaw.json": "{}",
      ".openclaw/openclaw.json.bak": "broken",
      ".openclaw/openclaw.json.bak.1": "broken",
      ".openclaw/openclaw.json.last-good": "broken",
      ".openclaw/openclaw.json.save": "broken",
      "node_modules/x/openclaw.json": "broken",
      ".git/openclaw.json": "broken",
      "notes.json": "broken",
    });
    fs.symlinkSync(path.join(root, "notes.json"), path.join(root, "clawdbot.json"));
    fs.symlinkSync(root, path.join(root, "loop"));
    const { reports, skipped, files } = await imported(root);
    expect(reports.map(({ source }) => source)).toEqual([".openclaw/openclaw.json"]);
    expect(skipped).toEqual([{ path: "clawdbot.json", why: "It is a link; name the file itself." }]);
    expect(files.map((file) => file.path)).toContain("moltbot.yaml");
  });

  test("of several names in one folder the newest counts, and the others are named", async () => {
    const { reports, skipped } = await imported(folder({ "clawdbot.json": "{}", "moltbot.json": "{}" }));
    expect(reports.map(({ source }) => source)).toEqual(["moltbot.json"]);
    expect(skipped).toEqual([{ path: "clawdbot.json", why: "moltbot.json in the same folder comes first." }]);
  });

  test("several become a Project each, in folders of their own", async () => {
    const { reports, files } = await imported(folder({ "vm-1/openclaw.json": "{}", "VM 1/openclaw.json": "{}", "openclaw.json": "{}" }));
    expect(reports.map(({ project, source }) => [project, source])).toEqual([
      ["shop", "openclaw.json"],
      ["vm-1", "VM 1/openclaw.json"],
      ["vm-1-2", "vm-1/openclaw.json"],
    ]);
    expect(files.filter((file) => file.path.endsWith("moltbot.yaml")).map((file) => file.path)).toEqual([
      "shop/moltbot.yaml",
      "vm-1/moltbot.yaml",
      "vm-1-2/moltbot.yaml",
    ]);
  });

  test("each mistake is reported, and nothing is made", async () => {
    expect(await codes(folder({ "a/openclaw.json": "{", "b/openclaw.json": "[]", "c/openclaw.json": "{}" }))).toEqual([
      "IMPORT_SYNTAX",
      "IMPORT_NOT_CONFIGURATION",
    ]);
    expect(await codes(folder({}))).toEqual(["IMPORT_SOURCE_MISSING"]);
    expect(await codes(path.join(folder({}), "nothing"))).toEqual(["IMPORT_SOURCE_MISSING"]);
  });

  test("a pipe is refused without waiting for a writer", async () => {
    const root = folder({});
    execFileSync("mkfifo", [path.join(root, "openclaw.json")]);
    expect(await codes(path.join(root, "openclaw.json"))).toEqual(["NOT_A_FILE"]);
    expect(await codes(root)).toEqual(["IMPORT_SOURCE_MISSING"]);
  });

  test("what is too large is refused by the size alone", async () => {
    const root = folder({});
    fs.truncateSync(openNew(path.join(root, "openclaw.json")), LIMITS.importBytes * 1000);
    expect(await codes(root)).toEqual(["IMPORT_TOO_LARGE"]);
  });
});

function openNew(file: string): string {
  fs.writeFileSync(file, "");
  return file;
}

describe("secrets", () => {
  const CONFIG = JSON.stringify({
    channels: { telegram: { botToken: "canary-of-telegram" } },
    gateway: { auth: { token: "${TOKEN}" } },
    hooks: { token: "YOUR_TOKEN" },
  });

  test("without a recipient they wait, and no file holds one", async () => {
    const { files } = await imported(path.join(folder({ "openclaw.json": CONFIG }), "openclaw.json"));
    expect(files.filter(({ text }) => text.includes("canary"))).toEqual([]);
    expect(valuesOf(files, "secrets/telegram.yaml")).toEqual({
      "bot-token": { pending: { instruction: "Run: moltbot secret set telegram bot-token", source: "/channels/telegram/botToken" } },
    });
  });

  test("with one they are encrypted for it, bound to their place, and stand-ins still wait", async () => {
    const identity = await generateIdentity();
    const recipient = await recipientOf(identity);
    const { files } = await imported(path.join(folder({ "openclaw.json": CONFIG }), "openclaw.json"), [recipient]);
    expect(files.filter(({ text }) => text.includes("canary"))).toEqual([]);
    const { age } = valuesOf(files, "secrets/telegram.yaml")["bot-token"] as unknown as { readonly age: Envelope };
    expect(age.recipients).toEqual([recipient]);
    const opened = await openValue({ project: "shop", name: "telegram", key: "bot-token", ...age, identities: [identity] });
    expect(opened.ok && new TextDecoder().decode(opened.value)).toBe("canary-of-telegram");
    expect(Object.keys(valuesOf(files, "secrets/openclaw-hooks.yaml")["token"] as object)).toEqual(["pending"]);
    expect(Object.keys(valuesOf(files, "secrets/openclaw-gateway.yaml")["auth.token"] as object)).toEqual(["env"]);
  });

  test("a recipient that is none is refused before anything is read", async () => {
    expect(await codes("/nowhere", ["age1nonsense"])).toEqual(["RECIPIENT_INVALID"]);
  });
});

function valuesOf(files: Imported["files"], name: string): Readonly<Record<string, Json>> {
  const text = files.find((file) => file.path === name)?.text ?? "";
  const { value } = parseFile({ path: name, bytes: Buffer.from(text), blobId: null }).documents[0] ?? {};
  const spec = isObject(value) ? value["spec"] : undefined;
  const values = isObject(spec) ? spec["values"] : undefined;
  return isObject(values) ? values : {};
}

describe("rules", () => {
  test("exactly those that deny the result are lowered, and counted", async () => {
    const open = {
      agents: { entries: { main: { tools: { allow: ["exec"], exec: { security: "full" } } } } },
      channels: { telegram: { dmPolicy: "open", allowFrom: ["*"] } },
    };
    const root = folder({ "open/openclaw.json": JSON.stringify(open), "shut/openclaw.json": "{}" });
    const [first, second] = (await imported(root)).reports;
    expect(first?.rules.map(({ rule }) => rule)).toContain("open-channel.tools");
    expect(first?.rules.every(({ level, denials }) => level === "warn" && denials > 0)).toBe(true);
    expect(second?.rules).toEqual([]);
  });

  test("one that only warns is left as it is", async () => {
    const tools = { profile: "coding", exec: { security: "full", ask: "off" } };
    const [report] = (await imported(folder({ "openclaw.json": JSON.stringify({ agents: { entries: { a: { tools } } } }) }))).reports;
    expect(report?.rules.map(({ rule }) => rule)).toEqual(["approval.mutating", "network.ceiling"]);
  });
});

describe("comments in manifests", () => {
  const TEXT = "kind: A\nspec:\n  list:\n    - a\n    - b: 1\n  map:\n    key: text\n";
  test("stand before the field or the item", async () => {
    const comments = new Map([
      ["/spec/list/0", "first"],
      ["/spec/list/1", "second\nof two"],
      ["/spec/map/key", "last"],
      ["/kind", "top"],
    ]);
    expect(await commentFields(TEXT, comments)).toBe(
      "# top\nkind: A\nspec:\n  list:\n    # first\n    - a\n    # second\n    # of two\n    - b: 1\n  map:\n    # last\n    key: text\n",
    );
  });
  test("for a field that is not there is our mistake", async () => {
    await expect(commentFields(TEXT, new Map([["/spec/nothing", "x"]]))).rejects.toThrow("no field");
    await expect(commentFields(TEXT, new Map([["/spec/map/key/deeper", "x"]]))).rejects.toThrow("no field");
  });
});
