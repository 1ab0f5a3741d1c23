import type { CodeEntry } from "./entry.ts";

/** The sandbox: plugins and commands that run. */
export const SANDBOX_CODES = {
  PLUGIN_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "The plugin failed",
    page: "The tool of the plugin ended with an error of its own, waits for something that never comes, or its engine broke down. The message is the plugin's, shown escaped. The call had no result; nothing but this call is harmed. `moltbot plugin test` runs the tool by itself.",
  },
  PLUGIN_TIMEOUT: {
    outcome: "LIMIT",
    summary: "The plugin took too long",
    page: "One call may take as long as `Plugin.limits.timeout` says, waiting included. What it was doing was ended; nothing of it goes on.",
  },
  PLUGIN_LIMIT: {
    outcome: "LIMIT",
    summary: "The plugin passed a limit",
    page: "The plugin asked for more memory than `Plugin.limits.memory`, wanted to keep more than `Plugin.limits.storage`, or passed a limit of docs/limits.md: the size or depth of what it takes, gives or asks, or how often it asks. The message says which.",
  },
  PLUGIN_BUSY: {
    outcome: "LIMIT",
    summary: "The plugin has too much to do",
    page: "A plugin works on a few calls at a time, and a few more wait. This one found the queue full, or waited in it longer than a call may take.",
  },
  PLUGIN_STOPPED: {
    outcome: "UNAVAILABLE",
    summary: "The plugin was stopped",
    page: "The thread or process of the plugin ended in the middle of the call: it did not let itself be interrupted, it grew past its bounds, or it died. The next call starts it again, after a pause; after several such ends in a few minutes it stays off for a while. No other plugin and no agent is affected.",
  },
  PLUGIN_ANSWER_INVALID: {
    outcome: "INVALID",
    summary: "What the plugin returned is not plain data",
    page: "Only JSON crosses the border of a plugin: no functions, no cycles, no `__proto__`, not deeper than a document may be. The tool returned something else, or something that says it is JSON and is not.",
  },
  PLUGIN_ARGUMENTS: {
    outcome: "INVALID",
    summary: "The arguments do not fit the plugin's tool",
    page: "The tool declares a JSON Schema for its arguments, and these do not fit. The plugin was not asked.",
  },
  PLUGIN_TOOL_UNKNOWN: {
    outcome: "INVALID",
    summary: "The plugin has no such tool",
    page: "The tool is declared and the plugin's code does not bring it, or it was asked for a tool that nobody declared.",
  },
  PLUGIN_UNUSABLE: {
    outcome: "INVALID",
    summary: "The plugin's code cannot be run",
    page: "The entry of the plugin is not what a plugin is: an ES module whose default export is `definePlugin({tools})`, or a WebAssembly module with the functions of the ABI, a memory with a declared maximum within `Plugin.limits.memory`, and no imports but ours (docs/plugins.md). The message says what is wrong.",
  },
  PLUGIN_IMPORT_REFUSED: {
    outcome: "DENIED",
    summary: "The plugin imports what it was not given",
    page: "A plugin is one file. A JavaScript plugin can import `moltbot/plugin` and nothing else: no modules of Node, no packages, no other files; what it needs is joined into its entry before it is packed. A WebAssembly plugin can import the functions of `moltbot` and nothing else.",
  },
  PLUGIN_NOT_DECLARED: {
    outcome: "DENIED",
    summary: "The plugin asked for what it does not declare",
    page: "A plugin may ask for the tools that its manifest and its resource list under `capabilities`, for the actions and resources that stand there, and only while an agent that may do the same has called it. This request was outside of that; it had no effect.",
  },
  PLUGIN_TESTS_INVALID: {
    outcome: "INVALID",
    summary: "Not tests of a plugin",
    page: "`tests.yaml` beside `plugin.yaml` lists calls of the plugin's tools with what must come of them (docs/reference/plugin-tests.md). It is missing, empty or has a field that is not one; the message says which. Nothing was run.",
  },
  PLUGIN_TEST_FAILED: {
    outcome: "INVALID",
    summary: "A test of the plugin failed",
    page: "A call of the plugin's tool in the sandbox returned, or failed with, something else than its test wants. Output shows what came, what the plugin asked of the host and what it logged.",
  },
  SANDBOX_UNAVAILABLE: {
    outcome: "REFUSED",
    summary: "No sandbox for commands on this machine",
    page: "Commands run in namespaces of their own, which needs Linux, bubblewrap (`bwrap`), util-linux (`prlimit`, `taskset`) and user namespaces. One of these is missing, or trying them failed; the message says which. Commands are refused rather than run without it. `moltbot doctor` shows what protects commands here; docs/sandbox.md says what each system needs.",
  },
  COMMAND_INVALID: {
    outcome: "INVALID",
    summary: "Not a command that can be run",
    page: "A command is a program and its arguments, each passed on as one text, never through a shell. The program has a name, no text holds NUL, variables have plain names, and the working folder is inside of the workspace. Nothing was started.",
  },
  COMMAND_LIMIT: {
    outcome: "LIMIT",
    summary: "The command passed a limit",
    page: "The command took more memory, started more processes or wrote more than its grant allows, or its text is longer than a limit of docs/limits.md. The message says which. All that it had started was ended; what it had written to the workspace is there.",
  },
  COMMAND_TIMEOUT: {
    outcome: "LIMIT",
    summary: "The command took too long",
    page: "The command did not end in its time. It was asked to end, and a moment later it and everything it had started was killed. What it had written to the workspace is there.",
  },
  COMMAND_STOPPED: {
    outcome: "UNAVAILABLE",
    summary: "The command was stopped",
    page: "The run that the command belonged to was stopped, so the command was ended with everything it had started. What it had written to the workspace is there.",
  },
} as const satisfies Record<string, CodeEntry>;
