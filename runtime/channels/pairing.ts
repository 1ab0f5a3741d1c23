import { createHash, randomInt } from "node:crypto";
import {
  fail,
  isArray,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Clock,
  type Instant,
  type Json,
  type Owner,
  type Result,
} from "../../core/index.ts";
import type { Role } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { decode, notesAt, slotOf, type Notes } from "./notes.ts";

/** A stranger who waits to be let in. */
export interface PendingPairing {
  readonly code: string;
  readonly sender: string;
  /** What the stranger calls itself: shown, never evidence. */
  readonly senderName: string | null;
  readonly until: Instant;
}

/** Somebody an operator has let in. */
export interface Paired {
  /** What `revoke` names. */
  readonly id: string;
  readonly sender: string;
  readonly by: string;
  readonly at: Instant;
}

/** A code that an operator made for somebody: who brings it is this sender. */
interface Invitation {
  readonly hash: string;
  readonly sender: string;
  readonly by: string;
  readonly until: Instant;
}

interface State {
  readonly owner: Owner;
  readonly channel: string;
  readonly pending: readonly PendingPairing[];
  readonly paired: readonly Paired[];
  readonly invited: readonly Invitation[];
}

export interface ChannelPairings {
  readonly owner: Owner;
  readonly channel: string;
  readonly pending: readonly PendingPairing[];
  readonly paired: readonly Paired[];
}

/** Who lets people in: established by the command line or the API. */
export interface PairingOperator {
  readonly id: string;
  readonly role: Role | null;
  readonly verified: boolean;
}

/** What the gateway asks for one channel. */
export interface ChannelPairing {
  readonly isPaired: (sender: string) => Result<boolean>;
  /** @returns the code to tell the stranger; null when it was told already. */
  readonly ask: (
    stranger: { readonly sender: string; readonly senderName: string | null },
    rule: { readonly expiresAfterMs: number; readonly maxPending: number },
  ) => Result<string | null>;
  /** The code that a stranger has been told; null where it waits no more. */
  readonly codeOf: (sender: string) => Result<string | null>;
  /** Uses an invitation up. @returns whom it is for; null for a code that is none. */
  readonly redeem: (code: string) => Result<string | null>;
}

/** What operators do, beside a running gateway or without one. */
export interface Pairings {
  readonly list: () => Result<readonly ChannelPairings[]>;
  readonly approve: (
    code: string,
    by: PairingOperator,
  ) => Result<{ readonly owner: Owner; readonly channel: string; readonly paired: Paired }>;
  readonly revoke: (
    id: string,
    by: PairingOperator,
  ) => Result<{ readonly owner: Owner; readonly channel: string; readonly paired: Paired }>;
  /** Makes a code for somebody; it is good once, for ten minutes. For owners only: whoever brings it is that sender. */
  readonly invite: (
    owner: Owner,
    channel: string,
    sender: string,
    by: PairingOperator,
  ) => Result<{ readonly code: string; readonly until: Instant }>;
}

const PREFIX = "channels/pairing/";
const INVITATION_MS = 600_000;
const MAX_INVITED = 100;
/** Without characters that look alike; 8 of them are 40 random bits, good for an hour among a handful. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE = /^[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}(?:-?[2-9A-HJ-NP-Z]{4})?$/;
const MAY: ReadonlySet<Role | null> = new Set<Role | null>(["operator", "editor", "owner"]);
const INVITERS: ReadonlySet<Role | null> = new Set<Role | null>(["owner"]);

export function pairingOf(records: () => SealedRecords, clock: Clock, owner: Owner, channel: string): ChannelPairing {
  const notes = notesAt(records, slotOf("pairing", owner, channel));
  const read = (): Result<State> => {
    const found = notes.get();
    return found.ok ? ok(stateOf(found.value, owner, channel, clock.now())) : found;
  };
  return {
    isPaired: (sender) => {
      const state = read();
      return state.ok ? ok(state.value.paired.some((each) => each.sender === sender)) : state;
    },
    codeOf: (sender) => {
      const state = read();
      return state.ok ? ok(state.value.pending.find((each) => each.sender === sender)?.code ?? null) : state;
    },
    ask: ({ sender, senderName }, { expiresAfterMs, maxPending }) => {
      const asked = notes.change<{ readonly code: string | null } | "full">((before) => {
        const state = stateOf(before, owner, channel, clock.now());
        if (state.pending.some((each) => each.sender === sender)) return { value: { code: null } };
        if (state.pending.length >= maxPending) return { value: "full" };
        const code = newCode(2);
        const until = new Date(clock.now().getTime() + expiresAfterMs).toISOString();
        return { after: jsonOf({ ...state, pending: [...state.pending, { code, sender, senderName, until }] }), value: { code } };
      });
      if (!asked.ok) return asked;
      return asked.value === "full" ? fail(full(channel, `${maxPending} strangers wait already`)) : ok(asked.value.code);
    },
    redeem: (code) => {
      if (!CODE.test(code.toUpperCase())) return ok(null);
      const hash = hashOf(code);
      return notes.change((before) => {
        const state = stateOf(before, owner, channel, clock.now());
        const invitation = state.invited.find((each) => each.hash === hash);
        if (!invitation) return { value: null };
        const invited = state.invited.filter((each) => each !== invitation);
        const { sender, by } = invitation;
        return { after: jsonOf({ ...withPaired(state, sender, by, clock.now()).state, invited }), value: sender };
      });
    },
  };
}

/** @returns for whoever is not allowed to: `PAIRING_NOT_ALLOWED`, before anything is looked up. */
export function pairingsOn(records: SealedRecords, clock: Clock): Pairings {
  const all = (): Result<readonly { readonly notes: Notes; readonly state: State }[]> => {
    const slots = records.list(PREFIX);
    if (!slots.ok) return slots;
    return ok(
      slots.value.flatMap(({ slot, head }) => {
        const value = decode(head);
        if (!isObject(value) || typeof value["owner"] !== "string" || typeof value["channel"] !== "string") return [];
        return [{ notes: notesAt(() => records, slot), state: stateOf(value, value["owner"] as Owner, value["channel"], clock.now()) }];
      }),
    );
  };
  const changeWhere = <T>(
    has: (state: State) => boolean,
    missing: string,
    change: (state: State) => { readonly state: State; readonly value: T } | undefined,
  ): Result<{ readonly owner: Owner; readonly channel: string; readonly paired: T }> => {
    const states = all();
    if (!states.ok) return states;
    const at = states.value.find(({ state }) => has(state));
    if (!at) return fail(unknown(missing));
    const { owner, channel } = at.state;
    const done = at.notes.change<T | undefined>((before) => {
      const changed = change(stateOf(before, owner, channel, clock.now()));
      return changed ? { after: jsonOf(changed.state), value: changed.value } : { value: undefined };
    });
    if (!done.ok) return done;
    return done.value === undefined ? fail(unknown(missing)) : ok({ owner, channel, paired: done.value });
  };
  return {
    list: () => {
      const states = all();
      if (!states.ok) return states;
      const lists = states.value.map(({ state: { owner, channel, pending, paired } }) => ({ owner, channel, pending, paired }));
      return ok(lists.sort((a, b) => (`${a.owner} ${a.channel}` < `${b.owner} ${b.channel}` ? -1 : 1)));
    },
    approve: (code, by) => {
      const allowed = mayPair(by);
      if (!allowed.ok) return allowed;
      const wanted = plainCode(code);
      const isIt = (each: PendingPairing): boolean => plainCode(each.code) === wanted;
      return changeWhere(
        ({ pending }) => pending.some(isIt),
        code,
        (state) => {
          const found = state.pending.find(isIt);
          if (!found) return undefined;
          const { state: after, paired } = withPaired(state, found.sender, by.id, clock.now());
          return { state: { ...after, pending: state.pending.filter((each) => each !== found) }, value: paired };
        },
      );
    },
    revoke: (id, by) => {
      const allowed = mayPair(by);
      if (!allowed.ok) return allowed;
      return changeWhere(
        ({ paired }) => paired.some((each) => each.id === id),
        id,
        (state) => {
          const found = state.paired.find((each) => each.id === id);
          return found && { state: { ...state, paired: state.paired.filter((each) => each !== found) }, value: found };
        },
      );
    },
    invite: (owner, channel, sender, by) => {
      // Who makes the code says who somebody is, and could say that of anybody: of an owner too.
      const allowed = mayPair(by, INVITERS);
      if (!allowed.ok) return allowed;
      const code = newCode(3);
      const until = new Date(clock.now().getTime() + INVITATION_MS).toISOString();
      const done = notesAt(() => records, slotOf("pairing", owner, channel)).change<boolean>((before) => {
        const state = stateOf(before, owner, channel, clock.now());
        if (state.invited.length >= MAX_INVITED || state.paired.length >= LIMITS.channelPaired) return { value: false };
        const invited = [...state.invited, { hash: hashOf(code), sender, by: by.id, until }];
        return { after: jsonOf({ ...state, invited }), value: true };
      });
      if (!done.ok) return done;
      return done.value ? ok({ code, until }) : fail(full(channel, "too many codes are open, or too many people paired"));
    },
  };
}

function mayPair(by: PairingOperator, roles: ReadonlySet<Role | null> = MAY): Result<void> {
  if (by.verified && roles.has(by.role)) return ok(undefined);
  return fail(
    problem("PAIRING_NOT_ALLOWED", { detail: `${shown(by.id)} has ${by.role === null ? "no role" : `the role ${by.role}`} here.` }),
  );
}

function withPaired(state: State, sender: string, by: string, now: Date): { readonly state: State; readonly paired: Paired } {
  const known = state.paired.find((each) => each.sender === sender);
  const paired = known ?? { id: newCode(2).toLowerCase().replace("-", ""), sender, by, at: now.toISOString() };
  // Past the limit the one paired longest ago goes: nobody is let in who is not on the list.
  const all = known ? state.paired : [...state.paired, paired].slice(-LIMITS.channelPaired);
  return { state: { ...state, paired: all }, paired };
}

function newCode(groups: number): string {
  const four = (): string => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)] ?? "").join("");
  return Array.from({ length: groups }, four).join("-");
}

function plainCode(code: string): string {
  return code.trim().toUpperCase().replaceAll("-", "");
}

function hashOf(code: string): string {
  return createHash("sha256").update(plainCode(code)).digest("hex");
}

/** What is kept, without what ran out. Of what cannot be read, nothing: that lets nobody in. */
function stateOf(value: Json, owner: Owner, channel: string, now: Date): State {
  const list = (key: string): readonly Json[] => (isObject(value) && isArray(value[key]) ? value[key] : []);
  const isOpen = (each: Json): boolean => isObject(each) && typeof each["until"] === "string" && Date.parse(each["until"]) > now.getTime();
  return {
    owner,
    channel,
    pending: list("pending").filter(isOpen) as unknown as readonly PendingPairing[],
    paired: list("paired").filter(isObject) as unknown as readonly Paired[],
    invited: list("invited").filter(isOpen) as unknown as readonly Invitation[],
  };
}

function jsonOf({ owner, channel, pending, paired, invited }: State): Json {
  return {
    v: 1,
    owner,
    channel,
    pending: pending.map((each) => ({ ...each })),
    paired: paired.map((each) => ({ ...each })),
    invited: invited.map((each) => ({ ...each })),
  };
}

function unknown(code: string): ReturnType<typeof problem> {
  return problem("PAIRING_UNKNOWN", {
    detail: `Nothing waits or is in force under ${shown(code)}.`,
    remedy: "moltbot gateway pairing list",
  });
}

function full(channel: string, why: string): ReturnType<typeof problem> {
  return problem("PAIRING_FULL", { detail: `Channel/${channel}: ${why}.`, remedy: "moltbot gateway pairing list" });
}
