import type { Owner } from "../../core/index.ts";

/** What a person may do, least first. */
export type Role = "viewer" | "operator" | "editor" | "owner";

/** On whose behalf something happens: established by a channel, the API or a schedule; never read from text. */
export interface Principal {
  /** `telegram:4711`, `oidc:https://id.acme.example#ada`, `device:laptop`, `schedule:nightly`, `agent:triage`. */
  readonly id: string;
  readonly kind: "person" | "channel" | "schedule" | "webhook" | "agent";
  /** Of a member of a `Team.people`; null for everybody else. */
  readonly role: Role | null;
  /** The identity was proved to us, not only claimed. */
  readonly verified: boolean;
  /** The member's name; null when it is not known who this is. */
  readonly person: string | null;
}

/** Where a conversation comes through, as policies see it (docs/policy-input.md, `input.channel`). */
export interface ChannelFacts {
  /** `metadata.name` of the Channel. */
  readonly name: string;
  readonly type: string;
  /** The immutable id of the other side: a person, a room. */
  readonly peer: string | null;
  readonly group: boolean;
  readonly dataClass: string | null;
}

/** What is in a conversation so far. Labels only ever grow. */
export interface Labels {
  /** Data classes that were read, sorted. */
  readonly classes: readonly string[];
  /** Private data was read: memory, workspace files, results of tools that hold a secret. */
  readonly private: boolean;
  /** Text of somebody whom no operator named was read: strangers, web pages, results of foreign tools. */
  readonly untrusted: boolean;
}

/** One run: one message to one agent, and everything that is done for it. */
export interface Run {
  readonly owner: Owner;
  readonly agent: string;
  readonly session: string;
  /** Unique; also the trace id of logs, audit and spans: 32 hexadecimal digits. */
  readonly id: string;
  readonly principal: Principal | null;
  readonly channel: ChannelFacts | null;
  /** Agents that called this one, outermost first; empty for a message from outside. */
  readonly callers: readonly string[];
  /**
   * Everybody it happens for beside the principal, by ids and members' names: who spoke to the agents that
   * call, who had the schedule made. None of them approves it.
   */
  readonly behind: readonly string[];
  readonly signal: AbortSignal;
}
