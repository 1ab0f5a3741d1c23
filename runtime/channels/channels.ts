import { fail, LIMITS, ok, problem, type Owner } from "../../core/index.ts";
import type { LiveOwner, LiveState } from "../live/index.ts";
import type { LoadedAccount, LoadedChannel, SpokenChannel } from "../load/index.ts";
import { ADAPTERS } from "./adapters/index.ts";
import { connect, type Connection } from "./connection.ts";
import { newHttpDoors } from "./http/doors.ts";
import { notesAt, slotOf } from "./notes.ts";
import { askApprovals } from "./outgoing/approvals.ts";
import { deliverBy, nothingToKeep, type Line } from "./outgoing/deliver.ts";
import { showProgress } from "./outgoing/progress.ts";
import { pairingOf } from "./pairing.ts";
import type { Channels, ChannelsWorld, House } from "./ports.ts";
import { newRates } from "./receive/rates.ts";
import { usedAt, type UsedWorld } from "./receive/used.ts";
import { newRefusals } from "./receive/refusals.ts";
import { newSeen } from "./receive/seen.ts";
import { pairingCodeFor, takeIn, wouldEnter, type IntakeState } from "./receive/intake.ts";
import type { AdapterHost, Inbound, Outbound, Outcome } from "./types.ts";

/** One account of one channel, as it runs. */
interface Open {
  readonly owner: Owner;
  readonly channel: string;
  readonly account: string;
  readonly type: SpokenChannel;
  readonly mark: string;
  readonly connection: Connection;
  readonly state: IntakeState;
}

interface Wanted {
  readonly owner: LiveOwner;
  readonly channel: LoadedChannel & { readonly type: SpokenChannel };
  readonly account: LoadedAccount;
}

const FLUSH_MS = 60_000;

/** Connects what the active generations declare, keeps it so, lets messages in and answers out. */
export function openChannels(world: ChannelsWorld): Channels {
  const open = new Map<string, Open>();
  const http = newHttpDoors();
  const now = world.now ?? (() => performance.now());
  const totals = newRates(LIMITS.channelSenders, now);
  const lanes = new Map<string, Promise<unknown>>();
  const progress = showProgress(world, (channel, account) => lineFor(world, open, channel, account));
  const approvals = askApprovals(world, progress, (channel, account) => lineFor(world, open, channel, account));
  let stopWatching = (): void => {};
  let isStopped = true;
  let reconciling = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const usedWorld: UsedWorld = {
    records: world.records,
    together: world.together ?? ((work) => Promise.resolve(world.records().together(work))),
    now: () => world.clock.now().getTime(),
  };

  const openOne = ({ owner, channel, account }: Wanted): Open => {
    const make = world.adapters?.[channel.type] ?? ADAPTERS[channel.type];
    const names = [channel.name, account.name] as const;
    const of = { owner: owner.owner, channel: channel.name };
    const pairing = pairingOf(world.records, world.clock, owner.owner, channel.name);
    const lineOf: { connection?: Connection } = {};
    const state: IntakeState = {
      ...of,
      account: account.name,
      pairing,
      refusals: newRefusals(world.audit, world.ids, of, now),
      seen: newSeen<Outcome>(LIMITS.channelSeen),
      senders: newRates(LIMITS.channelSenders, now),
      totals,
      notice: (message, text) => void tellStranger(lineOf.connection, message, text, world.ids.next()),
      accepted: progress.accepted,
    };
    const cursor = notesAt(world.records, slotOf("notes", owner.owner, ...names, "cursor"));
    const host: Pick<AdapterHost, "receive" | "refused" | "cursor" | "admits" | "pressed"> = {
      receive: async (message) => await takeIn(world, state, message),
      admits: async (message) => wouldEnter(world, state, message),
      pressed: async (press) => approvals.pressed(owner.owner, channel.name, press),
      refused: (code, facts) => state.refusals.note({ code, actor: channel.name, facts }),
      cursor: {
        get: () => {
          const found = cursor.get();
          return found.ok ? ok(typeof found.value === "string" ? found.value : null) : found;
        },
        set: cursor.set,
      },
    };
    const house: House = {
      http,
      notes: (name) => notesAt(world.records, slotOf("notes", owner.owner, ...names, name)),
      used: (name, most) => usedAt(usedWorld, slotOf("notes", owner.owner, ...names, name), most),
      clock: world.clock,
      now,
      random: world.random ?? Math.random,
      redeem: pairing.redeem,
      isLate: () => world.intake(owner.owner)?.isLate?.() ?? false,
      askPairing: (sender) => pairingCodeFor(world, state, sender),
      cancel: (peer) => progress.cancel(owner.owner, channel.name, peer),
    };
    const connection = connect(world, { owner, channel, account, make, host, house });
    lineOf.connection = connection;
    return { ...of, account: account.name, type: channel.type, mark: channel.mark, connection, state };
  };

  const reconcile = async (): Promise<void> => {
    const live = world.live().state();
    // What cannot be read now changes nothing.
    if (!live.ok) return;
    const wanted = isStopped ? new Map<string, Wanted>() : wantedOf(live.value);
    const closing = [...open].filter(([key, one]) => wanted.get(key)?.channel.mark !== one.mark);
    for (const [key] of closing) open.delete(key);
    await Promise.all(closing.map(([, one]) => closeOne(one)));
    for (const [key, want] of wanted) if (!open.has(key)) open.set(key, openOne(want));
  };
  const reconcileNext = (): Promise<void> => (reconciling = reconciling.then(reconcile, reconcile));

  return {
    name: "channels",
    start: async () => {
      isStopped = false;
      progress.start();
      approvals.start();
      stopWatching = world.live().onChange(() => void reconcileNext());
      timer = setInterval(() => {
        for (const { state } of open.values()) state.refusals.flush();
      }, FLUSH_MS);
      timer.unref();
      await reconcileNext();
      return ok(undefined);
    },
    stop: async () => {
      isStopped = true;
      progress.stop();
      approvals.stop();
      stopWatching();
      clearInterval(timer);
      await reconciling;
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map(closeOne));
    },
    reconcile: reconcileNext,
    extend: http.extend,
    states: () =>
      [...open.values()].map(({ owner, channel, account, type, connection }) => ({ owner, channel, account, type, ...connection.state() })),
    deliver: async (answer, signal, keeping) => {
      const { account, peer, thread } = answer.message.to;
      // What goes to one place goes in order.
      const place = JSON.stringify([answer.channel.name, account, peer, thread]);
      const before = lanes.get(place);
      const work = (async () => {
        await before?.catch(() => undefined);
        const line = lineFor(world, open, answer.channel.name, account);
        return line.ok ? await deliverBy(world, line.value, answer, signal, keeping) : line;
      })();
      lanes.set(place, work);
      try {
        return await work;
      } finally {
        if (lanes.get(place) === work) lanes.delete(place);
      }
    },
  };
}

function lineFor(world: ChannelsWorld, open: ReadonlyMap<string, Open>, channel: string, account: string) {
  const one = [...open.values()].find((each) => each.channel === channel && each.account === account);
  const adapter = one?.connection.adapter();
  const live = world.live().state();
  if (!live.ok) return live;
  const owner = one && live.value.owners.get(one.owner);
  const loaded = owner?.active.loaded.channels.get(channel);
  if (!one || !adapter || !owner || !loaded)
    return fail(
      problem("CHANNEL_STOPPED", {
        detail: `Channel/${channel} is not connected at this moment.`,
        context: { address: `Channel/${channel}` },
      }),
    );
  return ok<Line>({ owner, channel, delivery: loaded.delivery, adapter });
}

/** Everything that is to be connected. What lacks a secret's value, or is frozen, stays off. */
function wantedOf(live: LiveState): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const owner of live.owners.values()) {
    for (const channel of owner.active.loaded.channels.values()) {
      const { type } = channel;
      if (type === null || !channel.isEnabled || channel.lacks.includes("secret value")) continue;
      for (const account of channel.accounts) {
        if (account.isEnabled && (type !== "telegram" || account.credentials.has("token")))
          wanted.set(JSON.stringify([owner.owner, channel.name, account.name]), { owner, channel: { ...channel, type }, account });
      }
    }
  }
  return wanted;
}

async function closeOne({ connection, state }: Open): Promise<void> {
  await connection.close();
  state.refusals.flush();
}

/** The one thing a stranger is told. Whether it arrives matters to nobody but the stranger. */
async function tellStranger(connection: Connection | undefined, message: Inbound, text: string, id: string): Promise<void> {
  const adapter = connection?.adapter();
  const outbound: Outbound = {
    to: { account: message.account, peer: message.peer.id, thread: message.thread, replyTo: null },
    text,
    attachments: [],
    id: `notice-${id}`,
    answers: message.id,
    isLast: true,
  };
  const signal = AbortSignal.timeout(LIMITS.channelStepMs);
  await adapter?.send(outbound, signal, nothingToKeep).catch(() => undefined);
}
