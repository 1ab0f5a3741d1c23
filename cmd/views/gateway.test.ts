import { expect, test } from "vitest";
import type { GatewayStatus } from "../gateway-status.ts";
import { gatewayStatusViews } from "./gateway.ts";
import { PLAIN as LOOK } from "./plan.fixture.ts";

const OWNER = "acme/prod";

const RUNNING: GatewayStatus = {
  state: "running",
  folder: "/var/lib/moltbot",
  facts: {
    pid: 4711,
    version: "1.2.3",
    startedAt: "2026-03-01T12:00:00.000Z",
    url: "http://127.0.0.1:18789",
    socket: "/var/lib/moltbot/gateway.sock",
  },
  house: {
    owners: [
      {
        owner: OWNER,
        generation: 7,
        lacks: [{ address: "Channel/tg", lacks: ["channel access.owners", "channel commands"] }],
        holds: [{ id: "h1", selector: "Agent/a", reason: "odd \u001b[2Jcalls", until: "2026-03-02T00:00:00.000Z" }],
        remarks: ["POLICY_LOCK: the bundle is not what its lock says"],
      },
      { owner: "other/prod", generation: null, lacks: [], holds: [], remarks: ["GENERATION_UNLOADABLE: it names no model"] },
    ],
    channels: [
      { owner: OWNER, channel: "web", account: "", type: "web", state: "connected", reason: null },
      { owner: OWNER, channel: "tg", account: "eu", type: "telegram", state: "failed", reason: "the token is not good" },
    ],
    plugins: [
      { owner: OWNER, name: "text", state: "running", reason: null },
      {
        owner: OWNER,
        name: "orders",
        state: "failed",
        reason: "Plugin orders cannot be run: its archive is not installed; an apply installs it.",
      },
    ],
    approvalsWaiting: 2,
    undeliveredAnswers: 3,
    keptAnswers: 1,
    schedules: [{ owner: OWNER, agent: "a", name: "daily", next: "2026-03-02T09:00:00.000Z" }],
    commands: { by: "none", why: "bubblewrap is not installed" },
    log: "/var/lib/moltbot/gateway.log",
  },
};

test("a running gateway tells of everything in it: owners, holds, what is inert, channels, plugins with their reasons, schedules", async () => {
  const text = await gatewayStatusViews.text(RUNNING, LOOK);
  expect(text.split("\n")).toEqual([
    "✓ running since 2026-03-01T12:00:00.000Z, process 4711, moltbot 1.2.3",
    "  at http://127.0.0.1:18789",
    "  socket /var/lib/moltbot/gateway.sock",
    "  ✓ acme/prod generation 7",
    "    ! POLICY_LOCK: the bundle is not what its lock says",
    "    ! held: Agent/a until 2026-03-02T00:00:00.000Z: odd \\u001b[2Jcalls",
    "    Channel/tg lacks channel access.owners, channel commands",
    "  ✗ other/prod cannot be run",
    "    ! GENERATION_UNLOADABLE: it names no model",
    "  ✓ Channel/web (acme/prod) connected",
    "  ! Channel/tg/eu (acme/prod) failed: the token is not good",
    "  ✓ Plugin/text (acme/prod) running",
    "  ! Plugin/orders (acme/prod) failed: Plugin orders cannot be run: its archive is not installed; an apply installs it.",
    "  schedule daily of Agent/a (acme/prod): next 2026-03-02T09:00:00.000Z",
    "  2 calls wait for a person, 3 answers wait to be sent",
    "  ! 1 answer did not reach anybody for certain: moltbot gateway deliveries",
    "  commands are refused: bubblewrap is not installed",
    "  log /var/lib/moltbot/gateway.log",
    "",
  ]);
  expect(JSON.parse((await gatewayStatusViews.json?.(RUNNING, LOOK)) ?? "")).toMatchObject({ state: "running", house: RUNNING.house });
});

test.each<readonly [string, GatewayStatus, RegExp]>([
  ["that does not run", { state: "stopped", folder: "/x", facts: null, house: null }, /no gateway runs on \/x/],
  ["that starts", { state: "running", folder: "/x", facts: null, house: null }, /is starting or stopping/],
  ["with nothing active", { ...RUNNING, house: { ...RUNNING.house!, owners: [] } }, /nothing is active: apply something/],
])("a gateway %s", async (_, status, said) => {
  expect(await gatewayStatusViews.text(status, LOOK)).toMatch(said);
});

test.each([
  [0, 0, "  0 calls wait for a person, 0 answers wait to be sent"],
  [1, 1, "  1 call waits for a person, 1 answer waits to be sent"],
  [2, 1, "  2 calls wait for a person, 1 answer waits to be sent"],
])("%i calls and %i answers are told in words that fit", async (approvalsWaiting, undeliveredAnswers, line) => {
  if (!RUNNING.house) throw new Error("a house was due");
  const text = await gatewayStatusViews.text({ ...RUNNING, house: { ...RUNNING.house, approvalsWaiting, undeliveredAnswers } }, LOOK);
  expect(text.split("\n")).toContain(line);
});
