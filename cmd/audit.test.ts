import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../core/index.ts";
import { openAudit, type AuditLog } from "../runtime/audit/index.ts";
import { called } from "../runtime/audit/audit.fixture.ts";
import { folderWith, moltbot, start, type Ran } from "./cli.fixture.ts";
import { repositoryWith } from "./secret-chat.fixture.ts";

/** A repository that was applied, and events as a gateway records them. */
let folder: ReturnType<typeof folderWith>;
let log: AuditLog;
const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: folder.path });

function audited(): { readonly folder: ReturnType<typeof folderWith>; readonly log: AuditLog } {
  const made = folderWith(repositoryWith("http://127.0.0.1:1"));
  expect(moltbot(["apply", "--auto-approve"], { cwd: made.path })).toMatchObject({ code: 0 });
  const opened = openAudit(path.join(made.path, ".moltbot"), { clock: systemClock });
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  opened.value.record(called("0123456789abcdef0123456789abcdef", { facts: { bytes: 12 } }));
  opened.value.record(called("r2", { kind: "tool.denied", decision: "denied", code: "HELD", agent: "triage", actor: "web:\u001b[31mada" }));
  return { folder: made, log: opened.value };
}

beforeAll(() => {
  ({ folder, log } = audited());
}, 60_000);
afterAll(() => {
  log.close();
  folder.dispose();
});

describe("audit tail", () => {
  test("tells what was applied and what the gateway did, in one list", () => {
    const { out, code } = run("audit", "tail");
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^CHAIN +SEQ +AT +WHAT +BY +ABOUT +DECISION +CODE$/);
    expect(
      lines.slice(1).map((line) =>
        line
          .split(/ +/)
          .filter((_, i) => i === 0 || i === 3)
          .join(" "),
      ),
    ).toEqual(["ledger created", "ledger intent", "ledger receipt", "events audit.created", "events tool.called", "events tool.denied"]);
    expect(lines.at(-1)).toContain("denied    HELD");
    expect(out).not.toContain("\u001b");
    expect(out).toContain("web:\\u001b[31mada");
  });

  test.each([
    [["--kind", "tool.denied"], ["tool.denied"]],
    [
      ["--kind", "tool", "--kind", "receipt"],
      ["receipt", "tool.called", "tool.denied"],
    ],
    [["--agent", "triage"], ["tool.denied"]],
    [["--correlation", "0123456789abcdef0123456789abcdef"], ["tool.called"]],
    [["--decision", "denied"], ["tool.denied"]],
    [["--chain", "ledger", "-n", "1"], ["receipt"]],
    [
      ["--chain", "events", "--since", "1h", "-n", "2"],
      ["tool.called", "tool.denied"],
    ],
    [
      ["--chain", "events", "--since", "2020-01-01"],
      ["audit.created", "tool.called", "tool.denied"],
    ],
    [["--by", "nobody"], []],
  ] as const)("with %j gives %j", (args, kinds) => {
    const { out, code } = run("audit", "tail", "-o", "jsonl", ...args);
    expect([
      code,
      out
        .split("\n")
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    ]).toEqual([0, kinds]);
  });

  test("as JSON keeps the two apart", () => {
    const told = JSON.parse(run("audit", "tail", "-o", "json").out) as { records: object[]; events: object[] };
    expect([told.records.length, told.events.length]).toEqual([3, 3]);
  });

  test.each([
    [["--since", "yesterday"], 64],
    [["--kind"], 64],
  ])("with %j is a usage error", (args, code) => {
    expect(run("audit", "tail", ...args).code).toBe(code);
  });

  test("-f goes on with what happens, until it is interrupted", async () => {
    // What it adds is nobody else's: tests run in any order.
    const own = audited();
    const child = start(["audit", "tail", "-f", "-n", "1", "-o", "jsonl"], { cwd: own.folder.path });
    let seen = "";
    child.stdout?.on("data", (bytes: Buffer) => (seen += bytes.toString()));
    child.stderr?.resume();
    await expect.poll(() => seen, { timeout: 10_000 }).toContain("tool.denied");
    expect(own.log.record(called("later", { kind: "auth.refused", decision: "denied", agent: "triage" })).ok).toBe(true);
    await expect.poll(() => seen, { timeout: 10_000 }).toContain("auth.refused");
    const ended = new Promise((resolve) => child.on("close", resolve));
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    own.log.close();
    own.folder.dispose();
  }, 30_000);
});

describe("audit verify and export", () => {
  test("check both chains", () => {
    const { out, code } = run("audit", "verify");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/The ledger of store .* verifies: 3 records.*\n.*The events of the gateway verify: \d records/),
    ]);
    expect(JSON.parse(run("audit", "verify", "-o", "json").out)).toMatchObject({ kind: "Ledger", records: 3, audit: { base: null } });
  });

  test("an export of events verifies elsewhere, whole or from a moment on; an edited one does not", () => {
    const elsewhere = folderWith({});
    const file = path.join(elsewhere.path, "events.jsonl");
    expect(run("audit", "export", "--chain", "events", "--out", file).code).toBe(0);
    const verify = () => moltbot(["audit", "verify", "--file", file], { cwd: elsewhere.path });
    expect(verify()).toMatchObject({ code: 0, out: expect.stringContaining("The events of the gateway verify") as string });
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.split("\n").slice(1).join("\n"));
    expect(verify().out).toContain("Those up to 1 are not here");
    fs.writeFileSync(file, text.replace("support", "triage"));
    expect(verify()).toMatchObject({ code: 9, err: expect.stringContaining("AUDIT_BROKEN") as string });
    fs.writeFileSync(file, text.replace(/"signature":"../, '"signature":"AA'));
    expect(verify().code).toBe(1);
    elsewhere.dispose();
  });

  test("events go to a collector as OTLP logs", () => {
    const { out } = run("audit", "export", "--chain", "events", "--format", "otlp");
    expect(JSON.parse(out)).toMatchObject({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                { eventName: "moltbot.audit.created" },
                { eventName: "moltbot.tool.called", traceId: "0123456789abcdef0123456789abcdef" },
                { severityText: "WARN" },
              ],
            },
          ],
        },
      ],
    });
  });

  test("--since without events is a usage error", () => {
    expect(run("audit", "export", "--since", "1h").code).toBe(64);
  });

  test("row 132: an edited event is named", () => {
    const copy = folderWith({});
    fs.cpSync(folder.path, copy.path, { recursive: true });
    const db = new DatabaseSync(path.join(copy.path, ".moltbot", "audit.db"));
    db.exec("UPDATE events SET record = replace(record, 'tool.denied', 'tool.called') WHERE seq = 3");
    db.close();
    const { code, err } = moltbot(["audit", "verify"], { cwd: copy.path });
    expect([code, err]).toEqual([9, expect.stringMatching(/AUDIT_BROKEN[^]*Record 3 was edited/)]);
    copy.dispose();
  });
});
