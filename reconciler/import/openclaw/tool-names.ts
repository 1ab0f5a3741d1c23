/**
 * OpenClaw's tools, its groups and profiles of tools, and what of ours does the same work. A tool without
 * a counterpart cannot be granted: nothing in moltbot could run it.
 */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "group:runtime": ["exec", "process", "code_execution"],
  "group:fs": ["read", "write", "edit", "apply_patch"],
  "group:sessions": [
    "sessions_list",
    "sessions_history",
    "sessions_send",
    "sessions_spawn",
    "sessions_yield",
    "subagents",
    "session_status",
  ],
  "group:memory": ["memory_search", "memory_get"],
  "group:web": ["web_search", "x_search", "web_fetch"],
  "group:ui": ["browser", "canvas"],
  "group:automation": ["cron", "gateway"],
  "group:messaging": ["message"],
  "group:nodes": ["nodes"],
  "group:agents": ["agents_list"],
  "group:media": ["image", "image_generate", "tts"],
};

const BUILT_IN = Object.values(GROUPS).flat();

/** What a profile lets an agent use. */
export const PROFILES: Readonly<Record<string, readonly string[]>> = {
  minimal: ["session_status"],
  coding: ["group:fs", "group:runtime", "group:web", "group:sessions", "group:memory", "cron", "image"],
  messaging: ["group:messaging", "sessions_list", "sessions_history", "sessions_send", "session_status"],
  full: ["*"],
};

const ALIASES: Readonly<Record<string, string>> = { bash: "exec", shell: "exec", "apply-patch": "apply_patch", fetch: "web_fetch" };

/** The tools that one entry of an allow or deny list means: a name, a group, or a pattern with `*`. */
export function toolsMeant(entry: string): ReadonlySet<string> {
  const name = entry.trim().toLowerCase();
  const canonical = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name;
  if (canonical === "*" || canonical === "group:openclaw" || canonical === "group:all") return new Set(BUILT_IN);
  if (Object.hasOwn(GROUPS, canonical)) return new Set(GROUPS[canonical]);
  if (!canonical.includes("*")) return new Set([canonical]);
  const parts = canonical.split("*");
  return new Set(BUILT_IN.filter((tool) => matches(tool, parts)));
}

/** A pattern whose only sign is `*`, any characters; without a regular expression that a pattern could stall. */
function matches(tool: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  if (!tool.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = tool.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  const last = rest.at(-1) ?? "";
  return tool.length - last.length >= from && tool.endsWith(last);
}

/** The tools of ours that do what one of OpenClaw's does. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  read: ["fs.read", "fs.list", "fs.search"],
  write: ["fs.write"],
  edit: ["fs.edit"],
  apply_patch: ["fs.edit"],
  exec: ["exec.run"],
  process: ["exec.run"],
  web_fetch: ["http.fetch"],
  message: ["message.send"],
  cron: ["schedule.create", "schedule.cancel"],
  memory_search: ["memory.search"],
  memory_get: ["memory.read"],
};

export function oursFor(tool: string): readonly string[] {
  return Object.hasOwn(OURS, tool) ? (OURS[tool] ?? []) : [];
}

/** Tools with which one agent hands work to another. */
export const CALLING_TOOLS: ReadonlySet<string> = new Set(["sessions_spawn", "sessions_send"]);
