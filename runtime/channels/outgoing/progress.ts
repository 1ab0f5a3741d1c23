import { LIMITS, type Owner, type Result } from "../../../core/index.ts";
import type { ChannelsWorld } from "../ports.ts";
import type { Accepted, Destination, Outbound } from "../types.ts";
import { allowedHosts } from "./allowed.ts";
import type { Line } from "./deliver.ts";
import { filterLinks } from "./links.ts";

/** Where one run answers to. */
export interface RunPlace {
  readonly owner: Owner;
  readonly channel: string;
  readonly agent: string;
  readonly session: string;
  readonly to: Destination;
}

interface Running extends RunPlace {
  text: string;
  drawnAt: number;
  isDrawing: boolean;
}

export interface ProgressShow {
  readonly start: () => void;
  readonly stop: () => void;
  readonly accepted: (message: Accepted) => void;
  readonly placeOf: (run: string) => RunPlace | undefined;
  readonly cancel: (owner: Owner, channel: string, peer: string) => boolean;
}

/** Platforms count what is drawn like messages. */
const DRAW_EVERY_MS = 1_000;

/** Shows what is being made: that the agent writes, and its answer while it grows, where the channel wants that. */
export function showProgress(world: ChannelsWorld, lineOf: (channel: string, account: string) => Result<Line>): ProgressShow {
  const now = world.now ?? (() => performance.now());
  const expected = new Map<string, Destination & { readonly channel: string }>();
  const runs = new Map<string, Running>();
  let leave: readonly (() => void)[] = [];

  const draw = async (running: Running): Promise<void> => {
    const line = lineOf(running.channel, running.to.account);
    if (!line.ok) return;
    const { adapter, delivery, owner } = line.value;
    const wanted = delivery.streaming ?? (adapter.traits.canDraft ? "partial" : "off");
    if (wanted !== "partial" || !adapter.draft || running.isDrawing) return;
    // A word that is still being written could be half of an address.
    const whole = running.text.slice(0, running.text.search(/\S*$/));
    const { text } = filterLinks(whole, allowedHosts(owner.agents.get(running.agent), delivery.linkHosts));
    if (text.trim() === "") return;
    const message: Outbound = {
      to: running.to,
      text: text.slice(0, adapter.traits.maxChars),
      attachments: [],
      id: "draft",
      answers: running.to.replyTo,
      isLast: false,
    };
    running.isDrawing = true;
    running.drawnAt = now();
    try {
      await adapter.draft(message, AbortSignal.timeout(LIMITS.channelStepMs));
    } catch {
      // The answer itself comes all the same.
    } finally {
      running.isDrawing = false;
    }
  };

  return {
    accepted: ({ key, channel, to }) => {
      expected.set(key, { ...to, channel: channel.name });
      if (expected.size > LIMITS.channelSeen) for (const oldest of expected.keys()) if (expected.delete(oldest)) break;
    },
    placeOf: (run) => runs.get(run),
    cancel: (owner, channel, peer) => {
      const mine = [...runs.values()].filter((each) => each.owner === owner && each.channel === channel && each.to.peer === peer);
      const intake = world.intake(owner);
      return mine.map(({ session }) => intake?.cancel?.(session) ?? false).includes(true);
    },
    start: () => {
      leave = [
        world.bus.subscribe(["run.started"], ({ answers, correlation, owner, agent, session }) => {
          const to = answers?.map((key) => expected.get(key)).findLast((each) => each !== undefined);
          for (const key of answers ?? []) expected.delete(key);
          if (!to) return;
          const { channel, ...place } = to;
          runs.set(correlation, { owner, channel, agent, session, to: place, text: "", drawnAt: 0, isDrawing: false });
          const line = lineOf(channel, place.account);
          if (line.ok && line.value.delivery.typing) void line.value.adapter.typing?.(place).catch(() => undefined);
        }),
        world.bus.subscribe(["run.delta"], ({ correlation, kind, text }) => {
          const running = runs.get(correlation);
          if (!running || kind !== "text" || running.text.length > LIMITS.channelTextBytes) return;
          running.text += text;
          if (now() - running.drawnAt >= DRAW_EVERY_MS || running.drawnAt === 0) void draw(running);
        }),
        world.bus.subscribe(["run.finished"], ({ correlation }) => void runs.delete(correlation)),
      ];
    },
    stop: () => {
      for (const each of leave) each();
      runs.clear();
      expected.clear();
    },
  };
}
