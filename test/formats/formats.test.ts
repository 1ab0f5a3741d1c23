import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json } from "../../core/index.ts";
import { apply, auditTail, plan, writePlan } from "../../reconciler/engine.ts";
import { formatErrors } from "../../schemas/index.ts";
import { COMPILED } from "../compiled.fixture.ts";
import { agentText, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES } from "../engine.fixture.ts";

const CLI = resolve(import.meta.dirname, "../../bin/moltbot.js");
const ENV = { PATH: process.env["PATH"] ?? "", ...COMPILED };
const world = worldOf();
const GRANTS =
  "prompt: Be kind.\ncapabilities: [{tool: http.fetch, permissions: [{action: get, resource: 'https://api.example.com/**'}], expiresAt: 2099-01-01T00:00:00Z}]";
const TREE = {
  "moltbot.yaml": PROJECT,
  "r/echo.yaml": ECHO,
  "r/a.yaml": agentText("a", GRANTS),
  "r/k.yaml": manifest("Secret", "k", "values: {value: {pending: {}}}"),
};

function json(args: readonly string[]): Json {
  return JSON.parse(spawnSync(process.execPath, [CLI, ...args, "-o", "json"], { env: ENV, encoding: "utf8" }).stdout) as Json;
}

describe("what is written conforms to its published schema", () => {
  test("a plan with a bit of everything, as the engine makes it and as the command prints it", async () => {
    const repo = repository(TREE);
    const made = value(await plan({ repo }, world)).plan;
    expect(await formatErrors("Plan", JSON.parse(writePlan(made)) as Json)).toEqual([]);
    expect(await formatErrors("Plan", json(["plan", "-C", repo]))).toEqual([]);
  });

  test("every record of a ledger", async () => {
    const repo = repository({ ...TREE, "r/a.yaml": agentText("a") });
    value(await apply({ repo }, null, YES, world));
    write(repo, { "r/a.yaml": agentText("a", "prompt: Other.") });
    value(await apply({ repo }, null, YES, world));
    for (const record of value(await auditTail({ repo }, 100, world)))
      expect(await formatErrors("LedgerRecord", record as unknown as Json)).toEqual([]);
  });

  test("diagnostics", async () => {
    const repo = repository({ ...TREE, "r/a.yaml": agentText("a", "promt: Oops.") });
    expect(await formatErrors("Diagnostics", json(["validate", "-C", repo]))).toEqual([]);
  });

  test("what an import says of its source", async () => {
    const repo = repository({ "openclaw.json": '{ agents: { list: [{ id: "My Bot", odd: 1 }] } }' });
    const { reports } = json(["import", "openclaw", join(repo, "openclaw.json")]) as { readonly reports: readonly Json[] };
    expect(reports.length).toBe(1);
    for (const report of reports) expect(await formatErrors("ImportReport", report)).toEqual([]);
  });

  test("what backup says", async () => {
    const repo = repository({ ...TREE, "r/a.yaml": agentText("a") });
    value(await apply({ repo }, null, YES, world));
    expect(await formatErrors("Backup", json(["backup", join(repo, "out.backup"), "-C", repo]))).toEqual([]);
  });
});
