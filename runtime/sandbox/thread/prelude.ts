/**
 * What runs inside of QuickJS around a plugin's code, as text. It makes the interface that docs/plugins.md
 * describes out of the one function the host gives, `send(kind, request, text)`. Nothing here is a border:
 * a plugin that breaks it breaks its own call, and all that leaves is text that the host judges.
 */
export const PLUGIN_MODULE = "moltbot:plugin";
export const SDK_MODULE = "moltbot/plugin";

/** `moltbot/plugin` as a plugin sees it when it runs. Its types are in the package. */
export const SDK_SOURCE = `
export const definePlugin = (plugin) => plugin;
export class ToolError extends Error {
  constructor(message) { super(message); this.name = "ToolError"; }
}
`;

export const PRELUDE = `
((send) => {
  "use strict";
  const { parse, stringify } = JSON;
  const pending = new Map();
  let last = 0;
  const refused = ({ code, message }) => Object.assign(new Error(message), { name: "HostError", code });
  const ask = (kind, value) => new Promise((resolve, reject) => {
    const request = ++last;
    const why = send(kind, request, stringify(value));
    if (why === "") pending.set(request, { resolve, reject });
    else reject(refused({ code: "PLUGIN_LIMIT", message: why }));
  });
  const freeze = (value) => {
    if (typeof value === "object" && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value); }
    return value;
  };
  const textOf = (value) => {
    if (typeof value === "string") return value;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const storage = Object.freeze({
    get: (key) => ask("storage", { op: "get", key }),
    set: (key, value) => ask("storage", { op: "set", key, value }),
    delete: (key) => ask("storage", { op: "delete", key }),
    keys: () => ask("storage", { op: "keys" }),
  });
  const context = (text) => Object.freeze({
    ...freeze(parse(text)),
    call: (tool, args = {}) => ask("call", { tool, args }),
    storage,
    sleep: (ms) => ask("sleep", Number(ms)),
    log: (...parts) => void send("log", 0, parts.map(textOf).join(" ")),
  });
  const describe = (error) => {
    try { return error instanceof Error ? error.name + ": " + error.message : "threw " + textOf(error); } catch { return "threw something that cannot be shown"; }
  };
  const run = async (tool, args, text) => {
    const entry = await import("${PLUGIN_MODULE}");
    const tools = entry.default?.tools ?? entry.tools;
    if (tools === null || typeof tools !== "object") return send("unusable", 0, "it does not export definePlugin({tools})");
    if (!Object.hasOwn(tools, tool) || typeof tools[tool] !== "function") return send("unknown", 0, "");
    const value = await tools[tool](parse(args), context(text));
    let answer;
    try { answer = stringify(value === undefined ? null : value); } catch (error) { return send("invalid", 0, describe(error)); }
    return answer === undefined ? send("invalid", 0, "a " + typeof value) : send("done", 0, answer);
  };
  return {
    start: (tool, args, text) => void run(tool, args, text).catch((error) => send("failed", 0, describe(error))),
    settle: (request, ok, text) => {
      const waiting = pending.get(request);
      pending.delete(request);
      if (!waiting) return;
      if (ok) waiting.resolve(parse(text)); else waiting.reject(refused(parse(text)));
    },
  };
})
`;
