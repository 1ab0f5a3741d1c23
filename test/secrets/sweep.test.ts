import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { canary, formsIn, INPUT_SUFFIX } from "../canaries.fixture.ts";
import { RUNS, sweptWorld } from "./sweep.fixture.ts";

const MANIFEST = path.resolve(import.meta.dirname, "../../oclif.manifest.json");
const hasStrace = spawnSync("strace", ["-V"]).status === 0;
if (!hasStrace && process.env["CI"] === "true") throw new Error("strace is not installed");

test("every command of the command table is swept", () => {
  const { commands } = JSON.parse(fs.readFileSync(MANIFEST, "utf8")) as { commands: Record<string, object> };
  expect(Object.keys(RUNS).sort()).toEqual(Object.keys(commands).sort());
});

test.runIf(hasStrace)(
  "row 100: no secret in any file, stream, argument or environment of what commands leave and start",
  async () => {
    await using world = await sweptWorld();
    const found: string[] = [];
    for (const swept of Object.values(RUNS).flat()) if (swept.isShort === true) found.push(...(await world.sweep(swept)));
    expect([...found, ...world.files()]).toEqual([]);
    // Otherwise nothing was swept.
    expect([...world.codes.values()].filter((code) => code === 0).length).toBeGreaterThan(4);
  },
  120_000,
);

test("row 99: plain text where a secret belongs is INVALID and never echoed, whatever looks at it", () => {
  const value = canary("plaintext");
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-plain-"));
  try {
    const head = "apiVersion: moltbot.dev/v1alpha1\n";
    fs.mkdirSync(path.join(root, `all${INPUT_SUFFIX}`));
    fs.writeFileSync(path.join(root, "moltbot.yaml"), `${head}kind: Project\nmetadata: {name: acme}\nspec: {description: x}\n`);
    const forms = [
      `credentials: ${value}`,
      `credentials: {secret: "${value}", key: k}`,
      `headers: {Authorization: "Bearer ${value}"}`,
      `credentials: ["${value}"]`,
    ];
    for (const form of forms) {
      const text = `${head}kind: ModelProvider\nmetadata: {name: cloud}\nspec:\n  type: openai-compatible\n  endpoint: https://api.acme.example/v1\n  ${form}\n`;
      fs.writeFileSync(path.join(root, `all${INPUT_SUFFIX}/p.yaml`), text);
      for (const args of [
        ["validate", "--verbose"],
        ["plan", "-o", "json"],
        ["secret", "check", "--report", `sarif=${root}/r.sarif`],
      ]) {
        const ran = moltbot(args, { cwd: root });
        expect([ran.code, formsIn(Buffer.from(ran.out + ran.err))], `${args.join(" ")}: ${form.slice(0, 16)}`).toEqual([1, []]);
      }
      expect(formsIn(fs.readFileSync(path.join(root, "r.sarif")))).toEqual([]);
    }
  } finally {
    fs.rmSync(root, { recursive: true });
  }
});
