import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../../core/index.ts";
import type { Delivered, Keeping, ToDeliver } from "../../conversations/index.ts";
import type { ChannelDelivery } from "../../load/index.ts";
import type { LiveOwner } from "../../live/index.ts";
import type { ChannelsWorld } from "../ports.ts";
import type { Adapter, Delivery, Outbound } from "../types.ts";
import { allowedHosts } from "./allowed.ts";
import { filterLinks } from "./links.ts";
import { splitText } from "./split.ts";

/** The connection an answer goes out by. */
export interface Line {
  readonly owner: LiveOwner;
  readonly channel: string;
  readonly delivery: ChannelDelivery;
  readonly adapter: Adapter;
}

/** What is sent once and by nobody again has nothing to be written down. */
export const nothingToKeep = (): Promise<Result<void>> => Promise.resolve(ok(undefined));
const NOT_KEPT: Keeping = { parts: 0, sending: nothingToKeep, took: nothingToKeep };

const THROTTLED_TRIES = 3;

/**
 * Sends one answer: links to undeclared hosts taken out, split, each part once. What is sent is recorded
 * before it goes; the adapter tells `keeping` right before a part that would be seen twice.
 */
export async function deliverBy(
  world: ChannelsWorld,
  line: Line,
  answer: ToDeliver,
  signal: AbortSignal,
  keeping: Keeping = NOT_KEPT,
): Promise<Delivered> {
  const { message } = answer;
  const filtered = filterLinks(message.text, allowedHosts(line.owner.agents.get(answer.agent), line.delivery.linkHosts));
  const files = message.attachments.filter(
    ({ bytes }) => line.adapter.traits.canSendFiles && bytes.length <= (line.delivery.maxMediaBytes ?? 0),
  );
  const parts = splitText(filtered.text === "" && files.length === 0 ? "(empty)" : filtered.text, ruleOf(line));
  const noted = await note(world, line, answer, { filtered, parts: parts.length, files: files.length });
  if (!noted.ok) return noted;
  let last: Result<Delivery> = ok({ platformId: null, at: world.clock.now().toISOString() });
  const startedAt = performance.now();
  for (const [i, text] of parts.entries()) {
    if (i < keeping.parts) continue;
    const outbound: Outbound = {
      to: { ...message.to, replyTo: repliesTo(line.delivery, i) ? message.to.replyTo : null },
      text,
      attachments: i === parts.length - 1 ? files : [],
      id: parts.length === 1 ? message.id : `${message.id}.${i + 1}`,
      answers: message.to.replyTo,
      isLast: i === parts.length - 1,
    };
    last = await sendPart(line.adapter, outbound, signal, keeping);
    if (!last.ok) break;
    // The keeper of the answer writes down by itself that all of it was taken.
    const kept: Result<void> = outbound.isLast === true ? ok(undefined) : await keeping.took(i + 1);
    if (!kept.ok) return kept;
  }
  world.bus.publish({
    type: "message.sent",
    at: world.clock.now().toISOString(),
    correlation: answer.run,
    channel: line.channel,
    ms: Math.round(performance.now() - startedAt),
    ok: last.ok,
  });
  return last.ok ? last : ended(line.adapter, last.diagnostics);
}

/** A refusal is final; so is not knowing, where the platform would show a second one like the first. */
function ended({ traits }: Adapter, diagnostics: readonly Diagnostic[]): Delivered {
  const has = (code: Diagnostic["code"]): boolean => diagnostics.some((each) => each.code === code);
  if (has("ANSWER_REFUSED")) return { ok: false, diagnostics, final: "refused" };
  if (has("CHANNEL_NO_ANSWER") && !traits.tellsRepeats) return { ok: false, diagnostics, final: "unknown" };
  return fail(...diagnostics);
}

/** Waits as long as the platform asks, where that is not long; a longer pause is for whoever keeps the answer. */
async function sendPart(adapter: Adapter, message: Outbound, signal: AbortSignal, keeping: Keeping): Promise<Result<Delivery>> {
  for (let tries = 1; ; tries++) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMITS.channelStepMs)]);
    const sent = await adapter.send(message, limit, keeping.sending).catch((error: unknown) => fail(threw(adapter, error)));
    if (sent.ok || tries >= THROTTLED_TRIES || signal.aborted) return sent;
    const throttled = sent.diagnostics.find(({ code }) => code === "CHANNEL_THROTTLED");
    const waitMs = Number(throttled?.context["retryAfterMs"] ?? Number.NaN);
    if (!(waitMs >= 0 && waitMs <= LIMITS.channelStepMs)) return sent;
    await pause(waitMs, signal);
  }
}

function ruleOf({ delivery, adapter: { traits } }: Line): { readonly maxChars: number; readonly maxBytes: number | null } {
  return { maxChars: Math.min(delivery.chunkChars ?? traits.maxChars, traits.maxChars), maxBytes: traits.maxBytes };
}

function repliesTo({ replyTo }: ChannelDelivery, part: number): boolean {
  return replyTo === "all" || (replyTo === "first" && part === 0);
}

interface Facts {
  readonly filtered: ReturnType<typeof filterLinks>;
  readonly parts: number;
  readonly files: number;
}

async function note(world: ChannelsWorld, line: Line, answer: ToDeliver, { filtered, parts, files }: Facts): Promise<Result<unknown>> {
  const audit = world.audit();
  const common = {
    owner: line.owner.owner,
    correlation: answer.run,
    actor: `agent:${answer.agent}`,
    agent: answer.agent,
    session: answer.session,
    channel: line.channel,
  };
  if (filtered.stripped.length > 0) {
    const hosts = [...new Set(filtered.stripped.flatMap(({ host }) => (host === null ? [] : [host])))].sort().slice(0, 20);
    const digests = filtered.stripped.slice(0, 20).map(({ digest }) => `sha256:${digest}`);
    const stripped = await audit.recordSoon({
      ...common,
      kind: "message.stripped",
      decision: "denied",
      code: "LINK_STRIPPED",
      facts: { count: filtered.stripped.length, hosts, digests, message: answer.message.id },
    });
    if (!stripped.ok) return stripped;
  }
  return await audit.recordSoon({
    ...common,
    kind: "message.sent",
    decision: "allowed",
    facts: { message: answer.message.id, peer: answer.message.to.peer, bytes: Buffer.byteLength(filtered.text), parts, files },
  });
}

/** Whoever throws does not say how far it came. */
function threw({ traits }: Adapter, error: unknown): Diagnostic {
  return problem(traits.tellsRepeats ? "CHANNEL_FAILED" : "CHANNEL_NO_ANSWER", {
    detail: `The adapter failed while it was sending: ${shown(error instanceof Error ? error.message : String(error))}.`,
  });
}

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
