import { fail, LIMITS, ok, problem, shown, type Result } from "../../core/index.ts";
import type { LoadedChannel } from "../load/index.ts";
import type { Run } from "../run/index.ts";
import type { Tool } from "../gate/index.ts";
import { defineTool, textIn, textSchema } from "./define.ts";
import type { ToolsWorld } from "./types.ts";

/** `message.send`: a message of the agent's own through a channel of the same Project. */
export function messageTool({ live, deliver, labelsOf, ids }: Pick<ToolsWorld, "live" | "deliver" | "labelsOf" | "ids">): Tool {
  return defineTool({
    name: "message.send",
    description: "Sends a message through a channel, to a person or room named by its id there. The answer to a message needs no tool.",
    properties: {
      channel: textSchema("The name of the channel.", 63),
      to: { ...textSchema("The id of the person or room on that platform.", LIMITS.channelIdChars), minLength: 1 },
      text: { ...textSchema("What to send.", LIMITS.channelTextBytes), minLength: 1 },
      thread: textSchema("The id of a thread there.", LIMITS.channelIdChars),
      account: textSchema("Which account of the channel; only where it has several.", 63),
    },
    required: ["channel", "to", "text"],
    wish: (args) => {
      const { channel: _, ...rest } = args;
      const [to, text] = [textIn(args, "to", ""), textIn(args, "text", "")];
      return ok({
        action: "send",
        resource: textIn(args, "channel", ""),
        facts: { to, bytes: Buffer.byteLength(text) },
        effect: (channel) => ({ ...rest, channel }),
        summary: (channel) => `to ${shown(to)} on ${channel}: ${shown(text)}`,
      });
    },
    run: async ({ effect }, { run, limits }, signal) => {
      const name = textIn(effect, "channel", "");
      const channel = channelOf(live, run, name);
      if (!channel.ok) return channel;
      const text = textIn(effect, "text", "");
      const bytes = Buffer.byteLength(text);
      if (bytes > limits.maxRequestBytes) return fail(notSent(name, `it has ${bytes} bytes; ${limits.maxRequestBytes} are allowed`));
      const [to, thread] = [textIn(effect, "to", ""), textIn(effect, "thread", null)];
      const sent = await deliver(
        {
          channel: { name, type: channel.value.platform, peer: to, group: false, dataClass: channel.value.dataClass },
          agent: run.agent,
          session: run.session,
          run: run.id,
          labels: labelsOf(run.session),
          message: {
            to: { account: textIn(effect, "account", ""), peer: to, thread, replyTo: null },
            text,
            attachments: [],
            id: `tool-${ids.next()}`,
            answers: null,
          },
        },
        signal,
      );
      if (!sent.ok) return fail(...sent.diagnostics);
      return ok({ text: `Sent to ${to} on ${name}.`, labels: NOTHING_READ, facts: { bytes, platformId: sent.value.platformId } });
    },
  });
}

const NOTHING_READ = { classes: [], private: false, untrusted: false };

/** Channels of other Projects on the same gateway are not there, whatever they are called. */
function channelOf(live: ToolsWorld["live"], run: Run, name: string): Result<LoadedChannel> {
  const found = live().agent(run.owner, run.agent);
  if (!found.ok) return found;
  const channel = found.value.owner.active.loaded.channels.get(name);
  return channel ? ok(channel) : fail(notSent(name, "there is no such channel"));
}

function notSent(channel: string, why: string): ReturnType<typeof problem> {
  return problem("MESSAGE_NOT_SENT", { detail: `Nothing was sent on ${shown(channel)}: ${why}.`, context: { channel } });
}
