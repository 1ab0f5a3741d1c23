import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import type { LiveOwner } from "../live/index.ts";
import { isHeaderValue, type LoadedAccount, type LoadedChannel, type SpokenChannel } from "../load/index.ts";
import type { ChannelsWorld, ChannelState, House, MakeAdapter } from "./ports.ts";
import { pause } from "./outgoing/deliver.ts";
import type { Adapter, AdapterHost, AdapterSetup } from "./types.ts";

/** One account of one channel, connected or being connected, until it is closed. */
export interface Connection {
  /** Null while it is not connected. */
  readonly adapter: () => Adapter | null;
  readonly state: () => Pick<ChannelState, "state" | "reason">;
  readonly close: () => Promise<void>;
}

export interface ConnectionRequest {
  readonly owner: LiveOwner;
  readonly channel: LoadedChannel & { readonly type: SpokenChannel };
  readonly account: LoadedAccount;
  readonly make: () => Promise<MakeAdapter>;
  readonly host: Pick<AdapterHost, "receive" | "refused" | "cursor" | "admits" | "pressed">;
  readonly house: House;
}

/** After so long without a failure the next one counts as the first. */
const STEADY_MS = 60_000;

/**
 * Keeps one account connected: started, and started again after a failure, later and later. What it does
 * wrong stops only itself.
 */
export function connect(world: ChannelsWorld, request: ConnectionRequest): Connection {
  const { channel } = request;
  const closing = new AbortController();
  const now = world.now ?? (() => performance.now());
  const random = world.random ?? Math.random;
  let adapter: Adapter | null = null;
  let state: Pick<ChannelState, "state" | "reason"> = { state: "waiting", reason: null };
  const tell = (next: ChannelState["state"], reason: string | null): void => {
    if (state.state === next && state.reason === reason) return;
    state = { state: next, reason };
    world.bus.publish({
      type: "channel.state",
      at: world.clock.now().toISOString(),
      correlation: world.ids.next(),
      channel: channel.name,
      state: next,
      reason,
    });
  };
  const loop = async (): Promise<void> => {
    for (let failures = 0; !closing.signal.aborted;) {
      const startedAt = now();
      const ended = await runOnce(world, request, closing.signal, {
        tell,
        running: (running) => {
          adapter = running;
        },
      });
      adapter = null;
      if (closing.signal.aborted) break;
      failures = now() - startedAt > STEADY_MS ? 1 : failures + 1;
      tell("failed", ended[0]?.detail ?? null);
      const most = Math.min(LIMITS.channelBackoffMaxMs, LIMITS.channelBackoffMs * 2 ** Math.min(failures - 1, 20));
      await pause(most * (0.5 + random() / 2), closing.signal);
    }
    tell("stopped", null);
  };
  const looping = loop();
  return {
    adapter: () => adapter,
    state: () => state,
    close: async () => {
      closing.abort();
      await within(looping, LIMITS.channelStepMs);
    },
  };
}

interface Told {
  readonly tell: (state: ChannelState["state"], reason: string | null) => void;
  readonly running: (adapter: Adapter) => void;
}

/** One life of an adapter, up to its failure or the end. */
async function runOnce(world: ChannelsWorld, request: ConnectionRequest, signal: AbortSignal, told: Told): Promise<readonly Diagnostic[]> {
  const setup = await setupOf(world, request);
  if (!setup.ok) return setup.diagnostics;
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  let failure: readonly Diagnostic[] = [];
  const host: AdapterHost = {
    ...request.host,
    state: (state, reason) => {
      if (both.aborted) return;
      if (state !== "failed") return told.tell(state, reason);
      failure = [problem("CHANNEL_FAILED", { detail: reason ?? "The adapter gave up." })];
      ending.abort();
    },
  };
  let adapter: Adapter | undefined;
  try {
    const make = await request.make();
    adapter = make(setup.value, host, request.house);
    told.tell("waiting", null);
    const started = await within(adapter.start(both), LIMITS.channelStepMs);
    if (started === undefined) return [problem("CHANNEL_FAILED", { detail: `It did not start within ${LIMITS.channelStepMs / 1000} s.` })];
    if (!started.ok) return started.diagnostics;
    told.running(adapter);
    await aborted(both);
    return failure;
  } catch (error) {
    return [problem("CHANNEL_FAILED", { detail: shown(error instanceof Error ? error.message : String(error)) })];
  } finally {
    ending.abort();
    if (adapter)
      await within(
        adapter.stop().catch(() => undefined),
        LIMITS.channelStepMs,
      );
  }
}

/** Opens the credentials: the only place where an adapter's secrets are read. */
async function setupOf(world: ChannelsWorld, { owner, channel, account }: ConnectionRequest): Promise<Result<AdapterSetup>> {
  const vault = world.vault(owner);
  const credentials: Record<string, string> = {};
  for (const [field, ref] of account.credentials) {
    const opened = await vault.open(ref);
    if (!opened.ok) return opened;
    const text = Buffer.from(opened.value.open())
      .toString("utf8")
      .replace(/\r?\n$/, "");
    if (text === "" || !isHeaderValue(text))
      return fail(
        problem("CHANNEL_CREDENTIALS", {
          detail: `The value of Secret/${ref.secret} key ${shown(ref.key)} is empty or has control characters.`,
        }),
      );
    credentials[field] = text;
  }
  return ok({
    tls: channel.tls,
    channel: channel.name,
    account: account.name,
    connection: account.connection,
    credentials,
    format: channel.delivery.format,
    linkPreviews: channel.delivery.linkPreviews,
    maxMediaBytes: channel.maxMediaBytes,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** Undefined where it took longer. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
