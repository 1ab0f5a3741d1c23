import type { Json } from "../../../core/index.ts";
import { at, entriesOf, leavesBelow, scalarOf, type LeafNode } from "../json5/tree.ts";
import { top, type Gateway } from "./gateway.ts";
import { isKnownKey } from "./known-keys.ts";

/**
 * What is not carried on purpose, and why. A path is written with `*` for any one key or index; `**` at
 * its end for anything below.
 */
interface Leaving {
  readonly path: string;
  readonly why: string;
  /** Only this value; any where absent. */
  readonly value?: Json;
}

const STAMP = "OpenClaw wrote it about itself; it is no setting.";
const SANDBOX = "Tools always run in the sandbox; moltbot has no way to run them outside.";
const DEFAULT = "It is what OpenClaw does anyway, so nothing has to be said.";

const LEFT: readonly Leaving[] = [
  { path: "meta/**", why: STAMP },
  { path: "wizard/**", why: STAMP },
  { path: "$schema", why: "It names the schema of the source, which the result does not have." },
  { path: "plugins/installs/**", why: STAMP },
  { path: "agents/list/*/agentDir", why: "moltbot keeps the state of agents in its own store." },
  { path: "agents/entries/*/agentDir", why: "moltbot keeps the state of agents in its own store." },
  { path: "agents/defaults/sandbox/mode", why: SANDBOX },
  { path: "agents/list/*/sandbox/mode", why: SANDBOX },
  { path: "agents/entries/*/sandbox/mode", why: SANDBOX },
  { path: "agents/defaults/elevatedDefault", why: SANDBOX },
  { path: "tools/elevated/enabled", why: SANDBOX },
  { path: "agents/list/*/tools/elevated/enabled", why: SANDBOX },
  { path: "agents/entries/*/tools/elevated/enabled", why: SANDBOX },
  { path: "tools/exec/host", why: SANDBOX },
  { path: "agents/list/*/tools/exec/host", why: SANDBOX },
  { path: "agents/entries/*/tools/exec/host", why: SANDBOX },
  { path: "tools/fs/workspaceOnly", why: "Tools see nothing but the agent's workspace, and there is no way to show them more." },
  {
    path: "agents/list/*/tools/fs/workspaceOnly",
    why: "Tools see nothing but the agent's workspace, and there is no way to show them more.",
  },
  {
    path: "agents/entries/*/tools/fs/workspaceOnly",
    why: "Tools see nothing but the agent's workspace, and there is no way to show them more.",
  },
  { path: "gateway/auth/mode", value: "token", why: "The gateway always asks for a token." },
  { path: "gateway/nodes/denyCommands/**", why: "moltbot runs no commands on paired devices, so there is nothing to deny." },
  { path: "gateway/tailscale/mode", value: "off", why: DEFAULT },
  { path: "gateway/tailscale/resetOnExit", value: false, why: DEFAULT },
  { path: "gateway/controlUi/allowInsecureAuth", value: false, why: DEFAULT },
  { path: "gateway/controlUi/enabled", value: true, why: DEFAULT },
  { path: "models/mode", value: "merge", why: DEFAULT },
  { path: "commands/ownerDisplay", value: "raw", why: DEFAULT },
  { path: "commands/native", value: "auto", why: DEFAULT },
  { path: "commands/nativeSkills", value: "auto", why: DEFAULT },
  { path: "commands/restart", value: true, why: DEFAULT },
  { path: "session/scope", value: "per-sender", why: DEFAULT },
  { path: "tools/web/search/enabled", value: true, why: DEFAULT },
  { path: "tools/web/fetch/enabled", value: true, why: DEFAULT },
  { path: "browser/enabled", value: true, why: DEFAULT },
  { path: "memory/citations", value: "auto", why: DEFAULT },
  { path: "logging/redactSensitive", value: "tools", why: DEFAULT },
  { path: "cron/enabled", value: true, why: DEFAULT },
  { path: "gateway/reload/mode", value: "hybrid", why: DEFAULT },
  { path: "skills/install/nodeManager", value: "npm", why: DEFAULT },
  { path: "hooks/allowRequestSessionKey", value: false, why: DEFAULT },
  { path: "update/checkOnStart", value: true, why: DEFAULT },
  { path: "diagnostics/enabled", value: true, why: DEFAULT },
  { path: "agents/ownership", why: "Every agent is declared and owned by this repository." },
];

export function leaveOnPurpose(gateway: Gateway): void {
  const { accounts } = gateway.draft;
  for (const leaf of accounts.leaves) {
    if (!accounts.isOpen(leaf)) continue;
    const why = LEFT.find((leaving) => isMeant(leaving, leaf))?.why;
    if (why !== undefined) accounts.leave(leaf, why);
    else if (isEmptyMap(leaf) && isKnownKey(leaf.segments)) accounts.leave(leaf, "An empty mapping says nothing.");
  }
  leavePlugins(gateway);
  leaveHeartbeats(gateway);
}

function isEmptyMap(leaf: LeafNode): boolean {
  return typeof leaf.value === "object" && leaf.value !== null && !Array.isArray(leaf.value);
}

/** Defaults of heartbeats that every agent with a heartbeat replaces. */
function leaveHeartbeats(gateway: Gateway): void {
  const { accounts } = gateway.draft;
  const own = gateway.agents.flatMap(({ node }) => at(node, "heartbeat") ?? []).filter((node) => node.kind === "map");
  for (const [key, node] of entriesOf(top(gateway, "agents", "defaults", "heartbeat"))) {
    if (own.length > 0 && own.every((heartbeat) => at(heartbeat, key)))
      accounts.leave(node, "Every agent with a heartbeat says something else itself.");
  }
}

function isMeant({ path, value }: Leaving, leaf: LeafNode): boolean {
  if (value !== undefined && scalarOf(leaf) !== value) return false;
  const steps = path.split("/");
  const isOpenEnded = steps.at(-1) === "**";
  const fixed = isOpenEnded ? steps.slice(0, -1) : steps;
  if (isOpenEnded ? leaf.segments.length < fixed.length : leaf.segments.length !== fixed.length) return false;
  return fixed.every((step, i) => step === "*" || String(leaf.segments[i]) === step);
}

/** Plugins that only switch on a channel or a provider which the result declares, and plugins switched off. */
function leavePlugins(gateway: Gateway): void {
  const { draft, channels } = gateway;
  const names = new Set([
    ...channels.map(({ id }) => id),
    ...draft
      .addresses()
      .filter((address) => address.startsWith("ModelProvider/"))
      .map((address) => address.slice(14)),
  ]);
  const declared = (id: string): boolean => names.has(id) || names.has(id.replace(/-plugin$/, ""));
  const entries = top(gateway, "plugins", "entries");
  for (const leaf of entries ? leavesBelow(entries) : []) {
    const [, , id, key] = leaf.segments;
    if (typeof id !== "string" || key !== "enabled" || !draft.accounts.isOpen(leaf)) continue;
    if (scalarOf(leaf) === false) draft.accounts.leave(leaf, "A plugin that is not declared does not run.");
    else if (scalarOf(leaf) === true && declared(id))
      draft.accounts.leave(leaf, "Declaring the channel or provider is enough; it needs no plugin.");
  }
  const allow = top(gateway, "plugins", "allow");
  for (const leaf of allow ? leavesBelow(allow) : []) {
    const id = scalarOf(leaf);
    if (typeof id === "string" && declared(id))
      draft.accounts.leave(leaf, "Declaring the channel or provider is enough; it needs no plugin.");
  }
}
