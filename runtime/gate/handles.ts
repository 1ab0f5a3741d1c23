import { fail, LIMITS, ok, problem, type Diagnostic, type Instant, type Owner, type Result } from "../../core/index.ts";
import type { Pattern } from "../../trust/capability/index.ts";
import type { Run } from "../run/index.ts";
import type { Capability, Tool } from "./types.ts";

/** What a capability came with besides: it was narrowed on its way across a process border. */
export interface Narrowing {
  readonly actions: readonly string[] | null;
  readonly patterns: readonly Pattern[];
}

export const UNNARROWED: Narrowing = { actions: null, patterns: [] };

/** What the gate knows of a capability. The object itself holds nothing that could be read, kept or changed. */
export interface Handle {
  readonly tool: Tool;
  readonly owner: Owner;
  readonly agent: string;
  readonly session: string;
  readonly run: string;
  /** What was active, with edits, when it was offered. */
  readonly from: object;
  readonly expiresAt: number;
  readonly narrowing: Narrowing;
}

/**
 * The register of capabilities. A capability is an object of which only its identity counts: what is not in the
 * register (a copy, one put together, one that was serialised and read again) is not one. Revoking is deleting.
 */
export interface Handles {
  readonly issue: (handle: Handle) => Capability;
  /** @returns `CAPABILITY_INVALID` for what is none of this run, `CAPABILITY_STALE` when its time is over. */
  readonly verify: (capability: unknown, run: Run, now: number) => Result<Handle>;
  readonly revoke: (capability: Capability) => void;
  readonly finish: (run: string) => void;
}

export function newHandles(): Handles {
  const register = new WeakMap<object, Handle>();
  const ofRun = new Map<string, Capability[]>();
  const finish = (run: string): void => {
    for (const each of ofRun.get(run) ?? []) register.delete(each);
    ofRun.delete(run);
  };
  return {
    issue: (handle) => {
      const capability = Object.freeze({ tool: handle.tool.name }) as unknown as Capability;
      register.set(capability, handle);
      const known = ofRun.get(handle.run);
      if (known) known.push(capability);
      else {
        const [oldest] = ofRun.keys();
        if (ofRun.size >= LIMITS.runsOpen && oldest !== undefined) finish(oldest);
        ofRun.set(handle.run, [capability]);
      }
      return capability;
    },
    verify: (capability, run, now) => {
      const handle = typeof capability === "object" && capability !== null ? register.get(capability) : undefined;
      if (!handle) return fail(notGenuine("the gate gave out none like it, or it was revoked"));
      const isOfRun = handle.run === run.id && handle.session === run.session && handle.agent === run.agent && handle.owner === run.owner;
      if (!isOfRun) return fail(notGenuine("it was given to another run"));
      return now < handle.expiresAt ? ok(handle) : fail(stale("its time is over (limits.capabilityMs)"));
    },
    revoke: (capability) => void register.delete(capability),
    finish,
  };
}

export function notGenuine(why: string): Diagnostic {
  return problem("CAPABILITY_INVALID", { detail: `The capability is refused: ${why}.` });
}

export function stale(why: string): Diagnostic {
  return problem("CAPABILITY_STALE", { detail: `The capability is refused: ${why}.`, remedy: "Take the tools as they are offered now." });
}

export function isPast(instant: Instant, now: number): boolean {
  // Written so that what is no instant is past.
  return !(now < Date.parse(instant));
}
