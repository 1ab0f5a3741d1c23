import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { folderWith, moltbot } from "./cli.fixture.ts";

let folder: ReturnType<typeof folderWith> | undefined;
afterEach(() => {
  folder?.dispose();
  folder = undefined;
});

function given(files: Readonly<Record<string, string>>): string {
  folder = folderWith(files);
  return folder.path;
}

const CONFIG = `{
  agents: { list: [{ id: "Front Desk", model: "anthropic/claude-sonnet-4-6", mood: "sunny" }] },
  channels: { telegram: { botToken: "canary-of-telegram" } },
  gateway: { port: 18789, reload: { mode: "off" } },
}`;

describe("import openclaw", () => {
  test("without --out writes nothing and says of every value where it would go", () => {
    const cwd = given({ "openclaw.json": CONFIG });
    const { code, out, err } = moltbot(["import", "openclaw", "openclaw.json"], { cwd });
    expect(code).toBe(0);
    for (const pointer of [
      "/agents/list/0/id",
      "/agents/list/0/model",
      "/agents/list/0/mood",
      "/channels/telegram/botToken",
      "/gateway/port",
      "/gateway/reload/mode",
    ]) {
      expect(out.split("\n").filter((line) => line.includes(`  ${pointer}  `))).toHaveLength(1);
    }
    expect(out).toContain("Nothing was written");
    expect(out + err).not.toContain("canary");
    expect(fs.readdirSync(cwd)).toEqual(["openclaw.json"]);
  });

  test("with --out writes a repository that validates, plans and applies; and nothing else", () => {
    const cwd = given({ "openclaw.json": CONFIG });
    const { code, out } = moltbot(["import", "openclaw", "openclaw.json", "--out", "bots", "--name", "shop"], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("moltbot secret set telegram bot-token");
    expect(fs.readdirSync(cwd).sort()).toEqual(["bots", "openclaw.json"]);
    const repo = path.join(cwd, "bots");
    expect(fs.readdirSync(repo).sort()).toEqual([
      ".gitignore",
      "IMPORT.md",
      "agents",
      "channels",
      "moltbot.yaml",
      "passthrough",
      "providers",
      "quarantine",
      "secrets",
    ]);
    expect(moltbot(["apply", "--auto-approve"], { cwd: repo }).code).toBe(0);
    expect(moltbot(["plan", "--detailed-exitcode"], { cwd: repo }).code).toBe(0);
  });

  test("a list of things to do that fills more than a screen is cut; the file has it whole", () => {
    const vars = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`SERVICE_${i}_TOKEN`, `canary-number-${i}-of-many`]));
    const cwd = given({ "openclaw.json": JSON.stringify({ env: { vars } }) });
    const { out } = moltbot(["import", "openclaw", "openclaw.json", "--out", "bots"], { cwd });
    expect(out.match(/moltbot secret set/g)?.length).toBeLessThan(30);
    expect(out).toMatch(/and \d+ more, in IMPORT\.md/);
    expect(fs.readFileSync(path.join(cwd, "bots", "IMPORT.md"), "utf8").match(/moltbot secret set/g)).toHaveLength(60);
  });

  test("as JSON, YAML and Markdown", () => {
    const cwd = given({ "openclaw.json": CONFIG });
    const json = moltbot(["import", "openclaw", "openclaw.json", "-o", "json"], { cwd });
    const value = JSON.parse(json.out) as {
      readonly kind: string;
      readonly reports: readonly { readonly leaves: readonly unknown[]; readonly summary: { readonly values: number } }[];
    };
    expect(value.kind).toBe("Import");
    expect(value.reports[0]?.leaves).toHaveLength(value.reports[0]?.summary.values ?? -1);
    expect(moltbot(["import", "openclaw", "openclaw.json", "-o", "yaml"], { cwd }).out).toContain("kind: Import");
    const page = moltbot(["import", "openclaw", "openclaw.json", "-o", "markdown"], { cwd }).out;
    expect(page).toMatch(/^# Import\n/);
    expect(json.out + page).not.toContain("canary");
  });

  test("a folder that is not empty is REFUSED and left as it is", () => {
    const cwd = given({ "openclaw.json": CONFIG, "bots/mine.txt": "mine" });
    const { code, err } = moltbot(["import", "openclaw", "openclaw.json", "--out", "bots"], { cwd });
    expect([code, err.includes("OUTPUT_EXISTS")]).toEqual([6, true]);
    expect(fs.readdirSync(path.join(cwd, "bots"))).toEqual(["mine.txt"]);
  });

  test.each([
    ["a broken file", { "openclaw.json": '{"token": "canary-token' }, [], 1, "IMPORT_SYNTAX"],
    ["nothing there", {}, [], 1, "IMPORT_SOURCE_MISSING"],
    ["a recipient that is none", { "openclaw.json": "{}" }, ["--recipient", "AGE-SECRET-KEY-1CANARY"], 1, "RECIPIENT_INVALID"],
    ["a name that is none", { "openclaw.json": "{}" }, ["--name", "My Bots"], 64, "--name takes"],
  ] as const)("%s", (_, files, args, expected, word) => {
    const cwd = given(files);
    const { code, out, err } = moltbot(["import", "openclaw", "openclaw.json", "--out", "bots", ...args], { cwd });
    expect(code).toBe(expected);
    expect(err).toContain(word);
    expect(out + err).not.toMatch(/canary/i);
    expect(fs.existsSync(path.join(cwd, "bots"))).toBe(false);
  });
});

const CUE = `package bots
agents: a: {apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: name: "a", spec: model: {provider: "echo", name: "echo"}}
providers: [{apiVersion: "moltbot.dev/v1alpha1", kind: "ModelProvider", metadata: name: "echo", spec: type: "echo"}]
`;

describe("import cue", () => {
  test("evaluates with the npm package where there is no program, and says how old it is", () => {
    const cwd = given({ "src/bots.cue": CUE });
    const { code, out, err } = moltbot(["import", "cue", "src"], { cwd, env: { PATH: "/usr/bin:/bin" } });
    expect(code).toBe(0);
    expect(out.split("\n").filter((line) => line.startsWith("# "))).toEqual(["# agents/a.yaml", "# providers/echo.yaml"]);
    expect(err).toContain("CUE_OLD");
    expect(err).toContain("v0.4.0");
  });

  test("writes a folder", () => {
    const cwd = given({ "src/bots.cue": CUE });
    expect(moltbot(["import", "cue", "src", "--out", "bots"], { cwd }).out).toContain("2 manifests in bots, by cue v0.4.0");
    expect(fs.readdirSync(path.join(cwd, "bots"))).toEqual(["agents", "providers"]);
  });

  test("what CUE refuses is INVALID, with its own words", () => {
    const { code, err } = moltbot(["import", "cue", "."], { cwd: given({ "a.cue": "a: 1\na: 2\n" }) });
    expect(code).toBe(1);
    expect(err).toContain("conflicting values");
  });
});
