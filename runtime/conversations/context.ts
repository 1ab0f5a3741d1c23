import type { Message, ToolAnswer, ToolCall } from "../agents/index.ts";
import type { SessionEntry } from "../sessions/index.ts";

/** What a model is told of a conversation: its records as messages, oldest first. Pure. */
export function messagesOf(entries: readonly SessionEntry[]): readonly Message[] {
  const messages: Message[] = [];
  for (const entry of entries) {
    switch (entry.kind) {
      case "user":
        messages.push({ role: "user", text: entry.text });
        break;
      case "assistant":
        messages.push({ role: "assistant", text: entry.text });
        break;
      case "call":
        addCall(messages, { id: entry.call, tool: entry.tool, input: JSON.stringify(entry.args) });
        break;
      case "result":
        addAnswer(messages, { call: entry.call, tool: entry.tool, text: entry.text, isError: entry.outcome !== "done" });
        break;
      case "summary":
        messages.push({ role: "user", text: `[Summary of the conversation so far]\n${entry.text}` });
        break;
      case "notice":
        messages.push({ role: "assistant", text: `[${entry.text}]` });
        break;
    }
  }
  return closed(messages);
}

/** Calls follow the words that the same answer began with, where it had any. */
function addCall(messages: Message[], call: ToolCall): void {
  const last = messages.at(-1);
  if (last?.role === "assistant") messages[messages.length - 1] = { ...last, calls: [...(last.calls ?? []), call] };
  else messages.push({ role: "assistant", text: "", calls: [call] });
}

function addAnswer(messages: Message[], answer: ToolAnswer): void {
  const last = messages.at(-1);
  if (last?.role === "tool") messages[messages.length - 1] = { role: "tool", answers: [...last.answers, answer] };
  else messages.push({ role: "tool", answers: [answer] });
}

/** Providers refuse a call without a result and a result without a call: what an interruption tore apart is mended here. */
function closed(messages: readonly Message[]): readonly Message[] {
  const out: Message[] = [];
  for (const [i, message] of messages.entries()) {
    if (message.role === "tool") {
      const before = out.at(-1);
      const known = new Set(before?.role === "assistant" ? before.calls?.map(({ id }) => id) : []);
      const answers = message.answers.filter(({ call }) => known.has(call));
      if (answers.length > 0) out.push({ role: "tool", answers });
      continue;
    }
    out.push(message);
    if (message.role !== "assistant" || !message.calls) continue;
    const next = messages[i + 1];
    const answered = new Set(next?.role === "tool" ? next.answers.map(({ call }) => call) : []);
    const open = message.calls.filter(({ id }) => !answered.has(id));
    if (open.length === 0) continue;
    const answers = open.map(({ id, tool }) => ({
      call: id,
      tool,
      text: "Interrupted: what came of this call is not known.",
      isError: true,
    }));
    if (next?.role !== "tool") out.push({ role: "tool", answers });
    else out[out.length - 1] = { ...message, calls: message.calls.filter(({ id }) => answered.has(id)) };
  }
  return out;
}
