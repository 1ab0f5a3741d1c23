import { ok, type Ids, type Owner, type TlsException } from "../../core/index.ts";
import type { Audit } from "../audit/index.ts";
import type { Live, LiveState } from "../live/index.ts";
import { onTlsException, sharedExceptions, type TlsExceptions } from "../net/index.ts";
import type { Part } from "./types.ts";

export interface TlsPartWorld {
  readonly live: () => Live;
  readonly audit: () => Audit;
  readonly ids: Ids;
  /** A use could not be recorded. */
  readonly failed: (reason: string) => void;
}

export interface TlsPart extends Part {
  /** What holds for connections that the process makes in no owner's name: only what every owner excepts. */
  readonly shared: () => TlsExceptions;
}

/** Each exception from TLS 1.3 is in the audit from its first use in this process, once for each host and owner. */
export function tlsPart({ live, audit, ids, failed }: TlsPartWorld): TlsPart {
  const told = new Set<string>();
  const leave: (() => void)[] = [];
  let owners: readonly (readonly [Owner, TlsExceptions])[] = [];
  const look = (state: LiveState): void => {
    owners = [...state.owners.values()].map((each) => [each.owner, each.active.loaded.tls] as const);
  };
  const used = ({ host, minVersion, reason }: TlsException): void => {
    for (const [owner, exceptions] of owners) {
      const key = `${owner}\n${host}`;
      if (told.has(key) || !exceptions.some((each) => each.host === host && each.reason === reason)) continue;
      const event = { kind: "tls.exception", owner, correlation: ids.next(), actor: "runtime", decision: "allowed" } as const;
      const recorded = audit().record({ ...event, resource: host, facts: { minVersion, reason } });
      if (recorded.ok) told.add(key);
      else failed(`That ${host} is connected to with ${minVersion} could not be recorded: ${recorded.diagnostics[0]?.detail ?? ""}`);
    }
  };
  return {
    name: "tls",
    shared: () => sharedExceptions(owners.map(([, exceptions]) => exceptions)),
    start: async () => {
      const state = live().state();
      if (!state.ok) return state;
      look(state.value);
      leave.push(live().onChange(look), onTlsException(used));
      return ok(undefined);
    },
    stop: async () => {
      for (const each of leave.splice(0)) each();
    },
  };
}
