import type { CodeEntry } from "./entry.ts";

/** runtime/tools: what built-in tools do, and what stops them half way. */
export const TOOL_CODES = {
  FILE_REFUSED: {
    outcome: "DENIED",
    summary: "Not a file that tools may touch",
    page: "Tools see the agent's workspace and nothing else. A symbolic link anywhere on the way is refused wherever it leads, and so are devices, pipes and sockets. Where the agent's `sandbox.workspaceAccess` does not allow it, nothing is read or nothing is written. Nothing was opened, changed or followed.",
  },
  FILE_NOT_FOUND: {
    outcome: "INVALID",
    summary: "No such file",
    page: "The workspace has no file or folder of that name, or what is there is of the other kind. `fs.list` shows what is there.",
  },
  FILE_LIMIT: {
    outcome: "LIMIT",
    summary: "The file is too large",
    page: "The file is larger than one call may read or write: `constraints.maxResponseBytes` or `constraints.maxRequestBytes` of the grant, or limits.toolBytes. Nothing was changed.",
  },
  FILE_EDIT_UNCLEAR: {
    outcome: "INVALID",
    summary: "The text to replace is not there exactly once",
    page: "`fs.edit` replaces a text that stands in the file exactly once, so that it is clear which one is meant. Give more of the lines around it. Nothing was changed.",
  },
  FILE_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "The file could not be read or written",
    page: "The operating system refused. The message says with which error. A file that was to be written is as it was before.",
  },
  WORKSPACE_FULL: {
    outcome: "LIMIT",
    summary: "The workspace is full",
    page: "What would be written passes `sandbox.diskBytes` of the agent, or the workspace has more entries than limits.workspaceEntries. Nothing was changed. Remove files, or allow more.",
  },
  HTTP_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "The request failed",
    page: "The host has an address that may be reached, and no answer came: the connection was refused or broke, its certificate does not hold, or what it sent is not HTTP. The message says which. Where the request changes something, it may have been taken all the same.",
  },
  HTTP_LIMIT: {
    outcome: "LIMIT",
    summary: "The answer is too large",
    page: "The body passes `constraints.maxResponseBytes` of the grant, or limits.toolBytes; compressed bodies count as what they unpack to. What came so far was dropped.",
  },
  HTTP_REDIRECT: {
    outcome: "REFUSED",
    summary: "The redirect is not followed",
    page: "A redirect leads from https to http, to what is no http address, or further than limits.httpRedirects. Each one is judged like a request of its own: where no grant covers it, it is CALL_NOT_GRANTED. What was asked before it was sent.",
  },
  CREDENTIAL_UNUSABLE: {
    outcome: "INVALID",
    summary: "The credential cannot be sent",
    page: "The value of a credential that was to go along with a request is empty, longer than limits.httpHeaderChars, or holds characters that an HTTP header cannot carry. Nothing was sent. Set the value anew: `moltbot secret set NAME KEY`.",
  },
  MESSAGE_NOT_SENT: {
    outcome: "UNAVAILABLE",
    summary: "The message was not sent",
    page: "The channel is not connected, or its platform did not take the message. The message says which.",
  },
  UNMANAGED_REFUSED: {
    outcome: "REFUSED",
    summary: "Nothing may be made outside of the repository",
    page: "Schedules made by agents are objects outside of the repository. `Project.spec.unmanaged` says what those may do: `refuse` (the default) allows none, `ephemeral` lets them live until the gateway starts again, `keep` keeps them. Nothing was made.",
  },
  SCHEDULE_INVALID: {
    outcome: "INVALID",
    summary: "Not a time that comes",
    page: "A schedule names an instant in the future (`at`), a duration of at least limits.scheduleMinMs (`every`), or a cron expression of five fields that has a next time (`cron`), and exactly one of them.",
  },
  SCHEDULE_LIMIT: {
    outcome: "LIMIT",
    summary: "Too many schedules",
    page: "The agent has limits.schedulesPerAgent schedules. Nothing was made. `schedule.cancel` removes one.",
  },
  SCHEDULE_NOT_FOUND: {
    outcome: "INVALID",
    summary: "No such schedule",
    page: "The agent has no schedule of that name. It may have been over already.",
  },
  MEMORY_ABSENT: {
    outcome: "REFUSED",
    summary: "The agent has no memory here",
    page: "The agent declares no `memory`, or its memory is one for each person (`scope: peer`) and it is not known for whom it acts. Nothing was read or kept.",
  },
  MEMORY_NOT_FOUND: {
    outcome: "INVALID",
    summary: "Nothing is remembered under that name",
    page: "The memory has no entry of that name, or its time is over (`memory.retention`). `memory.search` finds entries by their words.",
  },
  MEMORY_FULL: {
    outcome: "LIMIT",
    summary: "The memory is full",
    page: "What would be kept passes `memory.maxBytes` of the agent, limits.memoryEntryBytes or limits.memoryEntries. Nothing was changed.",
  },
  JSON_INVALID: {
    outcome: "INVALID",
    summary: "Not what the json tool takes",
    page: "The text is no JSON, a pointer names nothing in it, or it is nested deeper than limits.depth.",
  },
} as const satisfies Record<string, CodeEntry>;
