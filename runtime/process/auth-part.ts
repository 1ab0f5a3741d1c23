import { InternalError, LIMITS, ok, type Clock, type Owner, type Result } from "../../core/index.ts";
import type { Audit } from "../audit/index.ts";
import type { Auth, Member, OidcConfig } from "../auth/index.ts";
import type { Live, LiveState } from "../live/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Part } from "./types.ts";

export interface AuthPartWorld {
  readonly lineage: () => string;
  readonly records: () => SealedRecords;
  readonly live: () => Live;
  readonly audit: () => Audit;
  readonly clock: Clock;
  readonly oidc: OidcConfig | null;
}

export interface AuthPart extends Part {
  readonly auth: () => Auth;
}

/** Who may call: logins and devices of the store, judged by the people of what is active now. */
export function authPart(world: AuthPartWorld): AuthPart {
  let auth: Auth | undefined;
  let leave = (): void => {};
  return {
    name: "logins",
    auth: () => {
      if (!auth) throw new InternalError("logins were used before they were opened");
      return auth;
    },
    start: async () => {
      const { membersOf, openAuth } = await import("../auth/index.ts");
      const { clock, oidc } = world;
      const people = peopleIn(world.live, membersOf);
      const opened = await openAuth({ lineage: world.lineage(), records: world.records(), audit: world.audit(), clock, oidc, people });
      if (!opened.ok) return opened;
      auth = opened.value;
      const unlisten = world.live().onChange(() => auth?.recheck());
      // Nothing changes when a device's or a login's time is over, and what it has open ends all the same.
      const looks = setInterval(() => auth?.recheck(), LIMITS.apiStreamBeatMs).unref();
      leave = () => {
        unlisten();
        clearInterval(looks);
      };
      return ok(undefined);
    },
    stop: async () => {
      leave();
      auth?.close();
      auth = undefined;
    },
  };
}

type People = { readonly members: readonly Member[]; readonly owners: readonly Owner[] };

/** The people of the state that is active; put together once for each state. */
function peopleIn(
  live: () => Live,
  membersOf: (owners: LiveState["owners"] extends ReadonlyMap<Owner, infer T> ? Iterable<T> : never) => readonly Member[],
) {
  const known = new WeakMap<LiveState, People>();
  return (): Result<People> => {
    const state = live().state();
    if (!state.ok) return state;
    const found = known.get(state.value) ?? { members: membersOf(state.value.owners.values()), owners: [...state.value.owners.keys()] };
    known.set(state.value, found);
    return ok(found);
  };
}
