import {
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type DiagnosticCode,
  type JsonObject,
  type Owner,
  type Result,
} from "../../../core/index.ts";
import { heldBy, type LoadedAccount, type LoadedChannel } from "../../load/index.ts";
import type { LiveOwner } from "../../live/index.ts";
import { NO_LABELS } from "../../run/index.ts";
import { takeAttachments } from "../attachments/index.ts";
import type { ChannelPairing } from "../pairing.ts";
import type { ChannelsWorld } from "../ports.ts";
import type { Accepted, Attachment, Inbound, Limited, Outcome } from "../types.ts";
import { judgeAccess } from "./access.ts";
import { conversationOf, type SessionScope } from "./conversation-of.ts";
import { principalOf } from "./principal.ts";
import type { Rates } from "./rates.ts";
import { readInbound } from "./read-inbound.ts";
import type { Refusals } from "./refusals.ts";
import { agentFor } from "./routing.ts";
import type { Seen } from "./seen.ts";

/** What the messages of one account are judged with. */
export interface IntakeState {
  readonly owner: Owner;
  readonly channel: string;
  readonly account: string;
  readonly pairing: ChannelPairing;
  readonly refusals: Refusals;
  readonly seen: Seen<Outcome>;
  readonly senders: Rates;
  /** Of the channel, and of each agent through all channels. */
  readonly totals: Rates;
  /** Says something to a stranger, at most once for each pairing. */
  readonly notice: (message: Inbound, text: string) => void;
  /** What was let in is under way: where its answer goes. */
  readonly accepted: (message: Accepted) => void;
}

interface No {
  readonly code: DiagnosticCode;
  readonly why: string;
}

/** Messages for one agent through all channels. */
const PER_AGENT = { count: LIMITS.agentMessagesPerMinute, perMs: 60_000 };
const SCOPES: readonly SessionScope[] = ["main", "peer", "channel-peer", "account-channel-peer"];

/**
 * Lets a message in or not: shape, size, second delivery, access, rate, route, files; the first no ends it.
 * What is refused is recorded and answered with nothing, but for one pairing notice.
 */
export async function takeIn(world: ChannelsWorld, state: IntakeState, given: Inbound): Promise<Result<Outcome>> {
  const read = readInbound(given);
  if (!read.ok) {
    state.refusals.note({ code: "CHANNEL_MESSAGE_INVALID", actor: state.channel, facts: { why: read.diagnostics[0]?.detail ?? "" } });
    return ok("refused");
  }
  const message = { ...read.value, account: state.account };
  const key = `${state.channel}/${state.account}/${message.id}`;
  const before = state.seen.get(key);
  if (before) return ok(before === "refused" ? "refused" : "duplicate");
  const refuse: Refuse = (no, more = {}) => {
    state.seen.set(key, "refused");
    const facts = { why: no.why, message: message.id, peer: message.peer.id, verified: message.verified, ...more };
    state.refusals.note({ code: no.code, actor: `${state.channel}:${message.sender}`, facts });
    return ok("refused");
  };
  const place = placeOf(world, state);
  if (!place.ok) return place;
  if ("code" in place.value) return refuse(place.value);
  const barred = mayEnter(state, message, place.value, refuse);
  if (barred) return barred;
  const { owner, channel } = place.value;
  const agent = agentFor(message, channel.routing);
  const busy = tooMany(state, message, channel, agent);
  if (busy) {
    refuse(busy.no);
    state.seen.drop(key);
    return ok({ retryAfterMs: busy.retryAfterMs });
  }
  if (agent === null) return refuse({ code: "CHANNEL_NO_ROUTE", why: "no entry of `routing` matches" });
  return await handOn(world, state, message, { owner, channel, agent, key }, refuse);
}

type Refuse = (no: No, more?: JsonObject) => Result<Outcome>;

/** Size and access. @returns what became of a message that ends here; null for one that may go on. */
function mayEnter(state: IntakeState, message: Inbound, { channel, account }: Place, refuse: Refuse): Result<Outcome> | null {
  const size = Buffer.byteLength(message.text);
  if (size > channel.maxMessageBytes)
    return refuse({ code: "CHANNEL_MESSAGE_TOO_LARGE", why: `it has ${size} bytes; ${channel.maxMessageBytes} are allowed` });
  const paired = account.access.direct === "pairing" ? state.pairing.isPaired(message.sender) : ok(false);
  if (!paired.ok) return paired;
  const access = judgeAccess(message, account.access, () => paired.value);
  if (access.kind === "refused") return refuse(access);
  return access.kind === "pairing" ? pair(state, message, account, refuse) : null;
}

/** Whether a message would be let in, as things stand; nothing is counted or recorded. */
export function wouldEnter(world: ChannelsWorld, state: IntakeState, given: Inbound): boolean {
  const read = readInbound(given);
  const place = placeOf(world, state);
  if (!read.ok || !place.ok || "code" in place.value) return false;
  const { access } = place.value.account;
  const isPaired = (): boolean => {
    const paired = access.direct === "pairing" ? state.pairing.isPaired(read.value.sender) : ok(false);
    return paired.ok && paired.value;
  };
  return judgeAccess(read.value, access, isPaired).kind === "allowed";
}

/** The code for somebody who is not known yet, where strangers may become known; null for everybody else. */
export function pairingCodeFor(world: ChannelsWorld, state: IntakeState, sender: string): Result<string | null> {
  const place = placeOf(world, state);
  if (!place.ok) return place;
  if ("code" in place.value || place.value.account.access.direct !== "pairing") return ok(null);
  const { access } = place.value.account;
  const paired = state.pairing.isPaired(sender);
  if (!paired.ok) return paired;
  if (paired.value || access.allow.has(sender)) return ok(null);
  const asked = state.pairing.ask({ sender, senderName: null }, access.pairing);
  if (!asked.ok) return asked;
  return asked.value === null ? state.pairing.codeOf(sender) : asked;
}

interface Way {
  readonly owner: LiveOwner;
  readonly channel: LoadedChannel;
  readonly agent: string;
  readonly key: string;
}

/** Files are looked at only now: a stranger's cost nothing. */
async function handOn(world: ChannelsWorld, state: IntakeState, message: Inbound, way: Way, refuse: Refuse): Promise<Result<Outcome>> {
  const { owner, channel, agent, key } = way;
  const intake = world.intake(state.owner);
  if (!intake) return fail(problem("CHANNEL_STOPPED", { detail: `Nobody takes messages for ${owner.owner} in now.` }));
  const files = await takeAttachments(message.attachments, channel.maxMediaBytes);
  const accepted = acceptedOf(state, message, way, files.taken, withNotes(message.text, files.refused));
  state.accepted(accepted);
  const taken = await intake.receive(accepted, { debounceMs: channel.delivery.debounceMs });
  if (!taken.ok) return turnedAway(taken, refuse, agent);
  state.seen.set(key, taken.value);
  if (taken.value === "accepted") recordAccepted(world, state, accepted, files.refused.length);
  return ok(taken.value);
}

interface Place {
  readonly owner: LiveOwner;
  readonly channel: LoadedChannel;
  readonly account: LoadedAccount;
}

/** What is active at this very moment: a hold or a changed list counts for the next message. */
function placeOf(world: ChannelsWorld, state: IntakeState): Result<Place | No> {
  const live = world.live();
  const now = live.state();
  if (!now.ok) return now;
  const owner = now.value.owners.get(state.owner);
  const channel = owner?.active.loaded.channels.get(state.channel);
  const account = channel?.accounts.find(({ name }) => name === state.account);
  if (!owner || !channel || !account || !channel.isEnabled || !account.isEnabled)
    return ok({ code: "CHANNEL_STOPPED", why: "the channel is not active any more" });
  const hold = heldBy(owner.holds, `Channel/${state.channel}`, live.now());
  return ok(hold ? { code: "CHANNEL_HELD", why: `held: ${hold.reason}` } : { owner, channel, account });
}

function pair(state: IntakeState, message: Inbound, { access }: LoadedAccount, refuse: Refuse): Result<Outcome> {
  const asked = state.pairing.ask({ sender: message.sender, senderName: message.senderName }, access.pairing);
  if (!asked.ok) {
    const isFull = asked.diagnostics.some(({ code }) => code === "PAIRING_FULL");
    return isFull ? refuse({ code: "PAIRING_FULL", why: "too many strangers wait" }) : asked;
  }
  if (asked.value !== null) {
    const minutes = Math.max(1, Math.round(access.pairing.expiresAfterMs / 60_000));
    state.notice(
      message,
      `You are not known here yet. Ask the operator of this bot to approve the code ${asked.value} (good for ${minutes} min).`,
    );
  }
  return refuse({ code: "SENDER_NOT_ALLOWED", why: "not paired yet" }, { noticed: asked.value !== null });
}

function tooMany(
  state: IntakeState,
  message: Inbound,
  { rates }: LoadedChannel,
  agent: string | null,
): (Limited & { readonly no: No }) | undefined {
  const buckets = [
    ["the sender", () => state.senders.take(message.sender, rates.perSender)],
    ["the channel", () => state.totals.take(`channel ${state.channel}`, rates.total)],
    ["the agent", () => (agent === null ? 0 : state.totals.take(`agent ${agent}`, PER_AGENT))],
  ] as const;
  // In order, and only up to the first that is full: who sends too much takes nothing from the others.
  for (const [who, take] of buckets) {
    const ms = take();
    const why = `${who} sends too many; the next is taken in ${Math.ceil(ms / 1000)} s`;
    if (ms > 0) return { retryAfterMs: ms, no: { code: "SENDER_RATE_LIMITED", why } };
  }
  return undefined;
}

function acceptedOf(
  state: IntakeState,
  message: Inbound,
  {
    owner,
    channel,
    agent,
    key,
  }: { readonly owner: LiveOwner; readonly channel: LoadedChannel; readonly agent: string; readonly key: string },
  attachments: readonly Attachment[],
  text: string,
): Accepted {
  const principal = principalOf(state.channel, channel.platform, message, owner.resources.values());
  const sessions = owner.resources.get(`Agent/${agent}`)?.spec["sessions"];
  const scope = isObject(sessions) ? SCOPES.find((each) => each === sessions["scope"]) : undefined;
  return {
    key,
    agent,
    conversation: conversationOf(scope ?? "channel-peer", state.channel, principal, message),
    principal,
    channel: {
      name: state.channel,
      type: channel.platform,
      peer: message.peer.id,
      group: message.peer.kind !== "direct",
      dataClass: channel.dataClass,
    },
    labels: { ...NO_LABELS, untrusted: principal.person === null || message.isPassedOn },
    text,
    attachments,
    to: { account: state.account, peer: message.peer.id, thread: message.thread, replyTo: message.id },
  };
}

/** The agent is told what did not come through, in words that no sender chose. */
function withNotes(text: string, refused: readonly { readonly why: string }[]): string {
  if (refused.length === 0) return text;
  return `${text}${text === "" ? "" : "\n\n"}${refused.map(({ why }) => `[A file was refused: ${why}.]`).join("\n")}`;
}

/** What will not get better is refused for good; the rest is for the platform to deliver again. */
const FINAL: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(["AGENT_NOT_FOUND", "HELD", "NOTHING_ACTIVE", "MESSAGE_TOO_LARGE"]);

function turnedAway(taken: Extract<Result<unknown>, { readonly ok: false }>, refuse: Refuse, agent: string): Result<Outcome> {
  const [first] = taken.diagnostics;
  return first && FINAL.has(first.code) ? refuse({ code: first.code, why: shown(first.detail, 200) }, { agent }) : taken;
}

function recordAccepted(world: ChannelsWorld, state: IntakeState, accepted: Accepted, refusedFiles: number): void {
  void world.audit().recordSoon({
    kind: "message.accepted",
    owner: state.owner,
    correlation: accepted.key.slice(0, LIMITS.auditTextChars),
    actor: accepted.principal.id,
    agent: accepted.agent,
    channel: state.channel,
    decision: "allowed",
    facts: {
      bytes: Buffer.byteLength(accepted.text),
      files: accepted.attachments.length,
      refusedFiles,
      peer: accepted.channel.peer,
      person: accepted.principal.person,
      untrusted: accepted.labels.untrusted,
      verified: accepted.principal.verified,
    },
  });
}
