import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { commit } from "../../cmd/watching.fixture.ts";
import { endAll, removeLater, setting } from "./setting.fixture.ts";

afterEach(endAll);

const planned = (ran: Ran) =>
  (JSON.parse(ran.out) as { readonly body: { readonly summary: Readonly<Record<string, number>> } }).body.summary;

describe("a gateway elsewhere", () => {
  test("is planned for, applied to and then unchanged; the applier keeps nothing", async () => {
    const { cli, repo, gateway, state } = await setting();
    expect(planned(cli("plan", "-o", "json"))).toMatchObject({ create: 3 });
    const applied = cli("apply", "--auto-approve");
    expect(applied, applied.err).toMatchObject({ code: 0 });
    await gateway.says('"type":"active"');
    expect(cli("plan", "--detailed-exitcode")).toMatchObject({ code: 0 });
    commit(repo, { "agents/a.yaml": ["Be kind.", "Be brief."] });
    expect(planned(cli("plan", "-o", "json"))).toMatchObject({ update: 1, create: 0 });
    expect(cli("apply", "--auto-approve")).toMatchObject({ code: 0 });
    expect(JSON.parse(cli("status", "-o", "json").out)).toMatchObject({ target: "gateway", active: { number: 2 } });
    expect(cli("history").out).toContain("2");
    expect(cli("audit", "verify").code).toBe(0);
    expect(fs.existsSync(path.join(repo, ".moltbot", "store.db"))).toBe(false);
    const back = cli("rollback", "1", "--because", "too brief", "--auto-approve");
    expect(back, back.err).toMatchObject({ code: 0 });
    expect(cli("plan").out).toContain("too brief");
    const here = JSON.parse(moltbot(["gateway", "status", "--state", state, "-o", "json"]).out) as { readonly state: string };
    expect(here.state).toBe("running");
  }, 60_000);

  test("that is killed in the middle of an apply is settled by the next one", async () => {
    const { cli, repo, gateway, run } = await setting();
    expect(cli("apply", "--auto-approve").code).toBe(0);
    commit(repo, { "agents/a.yaml": ["Be kind.", "Be brief."] });
    await gateway.stop("SIGKILL");
    expect(cli("plan")).toMatchObject({ code: 7 });
    expect(cli("apply", "--auto-approve")).toMatchObject({ code: 7 });
    await run();
    expect(cli("apply", "--auto-approve")).toMatchObject({ code: 0 });
    expect(cli("plan", "--detailed-exitcode").code).toBe(0);
  }, 60_000);

  test("refuses a device that was revoked, and says where there is no key", async () => {
    const { cli, state, config } = await setting();
    const env = { XDG_CONFIG_HOME: config };
    moltbot(["gateway", "devices", "revoke", "device:ci", "--state", state], { env });
    expect(cli("plan")).toMatchObject({ code: 4, err: expect.stringContaining("GATEWAY_REFUSED") });
    fs.rmSync(path.join(config, "moltbot", "devices", "ci.pem"));
    expect(cli("plan")).toMatchObject({ code: 4, err: expect.stringContaining("GATEWAY_KEY") });
  }, 60_000);

  test("is not taken for another one: what was planned for one store is not applied to the next", async () => {
    const { cli, repo, gateway, state, run, config } = await setting();
    expect(cli("apply", "--auto-approve").code).toBe(0);
    commit(repo, { "agents/a.yaml": ["Be kind.", "Be brief."] });
    expect(cli("plan", "--out", "../saved.json").code).toBe(0);
    removeLater(path.join(repo, "..", "saved.json"));
    await gateway.stop();
    fs.rmSync(state, { recursive: true });
    await run();
    moltbot(["gateway", "devices", "add", "ci2", "--role", "editor", "--state", state], { env: { XDG_CONFIG_HOME: config } });
    fs.rmSync(path.join(config, "moltbot", "devices", "ci.pem"));
    expect(cli("apply", "../saved.json")).toMatchObject({ code: 5, err: expect.stringContaining("PLAN_STALE") });
  }, 60_000);
});
