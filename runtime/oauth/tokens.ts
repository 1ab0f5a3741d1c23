import { setTimeout as sleep } from "node:timers/promises";
import { fail, LIMITS, ok, problem, Secret, type Clock, type Owner, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { accountSlot, decodeAccount, encodeAccount, readAccount, type Account } from "./account.ts";
import { asked, clientOf, isRefusal, notLoggedIn, refused, type OauthSettings } from "./client.ts";

export interface TokensWorld {
  readonly withRecords: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>;
  readonly clock: Clock;
}

export interface Tokens {
  /** A token that is good for a while yet: the one at hand, or a new one. `PROVIDER_AUTH` where nobody is logged in. */
  readonly bearer: (owner: Owner, provider: string, settings: OauthSettings) => Promise<Result<Secret<string>>>;
}

/** A token that ends sooner is not used any more. */
const LEAST_MS = 30_000;
const LOOK_MS = 100;

/** Access tokens of accounts. Within a process and between processes only one at a time asks the issuer. */
export function newTokens(world: TokensWorld): Tokens {
  const fetching = new Map<string, Promise<Result<Secret<string>>>>();
  return {
    bearer: async (owner, provider, settings) => {
      const slot = accountSlot(owner, provider);
      const known = fetching.get(slot);
      if (known) return await known;
      const work = bearer(world, slot, provider, settings).finally(() => fetching.delete(slot));
      fetching.set(slot, work);
      return await work;
    },
  };
}

async function bearer(world: TokensWorld, slot: string, provider: string, settings: OauthSettings): Promise<Result<Secret<string>>> {
  const { withRecords, clock } = world;
  for (let waited = 0; waited <= LIMITS.oauthRequestMs; waited += LOOK_MS) {
    const now = clock.now().getTime();
    const taken = withRecords((records) => records.change(slot, (before) => take(before && decodeAccount(before.head), settings, now)));
    if (!taken.ok) return taken;
    const { account, isOurs } = taken.value;
    if (!account || account.refreshToken === null) return fail(notLoggedIn(provider));
    if (isOurs) return await refresh(world, slot, provider, settings, account, account.refreshToken);
    if (Date.parse(account.accessUntil) - now > LEAST_MS) return ok(new Secret(account.accessToken));
    await sleep(LOOK_MS);
  }
  return fail(
    problem("PROVIDER_UNAVAILABLE", { detail: `Another process is fetching a token for ModelProvider/${provider} and does not finish.` }),
  );
}

interface Taken {
  readonly account: Account | null;
  /** We are to ask the issuer; nobody else does until `busyUntil`. */
  readonly isOurs: boolean;
}

function take(
  account: Account | null,
  { issuer, clientId }: OauthSettings,
  now: number,
): { readonly head: Uint8Array | null; readonly value: Taken } {
  // An account of another issuer or client is none of this provider's any more.
  const mine = account?.issuer === issuer && account.clientId === clientId ? account : null;
  const isGood = mine !== null && (mine.refreshToken === null || Date.parse(mine.accessUntil) - now > LEAST_MS);
  const isBusy = mine !== null && mine.busyUntil !== null && Date.parse(mine.busyUntil) > now;
  if (mine === null || isGood || isBusy) return { head: null, value: { account: mine, isOurs: false } };
  const busyUntil = new Date(now + LIMITS.oauthRequestMs).toISOString();
  return { head: encodeAccount({ ...mine, busyUntil }), value: { account: mine, isOurs: true } };
}

/** Refresh tokens are used once: the new one is stored before the access token that came with it is used. */
async function refresh(
  { withRecords, clock }: TokensWorld,
  slot: string,
  provider: string,
  settings: OauthSettings,
  account: Account,
  refreshToken: string,
): Promise<Result<Secret<string>>> {
  const put = (next: Account): Result<void> => withRecords((records) => records.put(slot, encodeAccount(next)));
  const done = await asked(provider, async () => {
    const { library, config } = await clientOf(settings);
    try {
      const tokens = await library.refreshTokenGrant(config, refreshToken);
      const accessUntil = new Date(clock.now().getTime() + (tokens.expires_in ?? 0) * 1_000).toISOString();
      const next = {
        ...account,
        refreshToken: tokens.refresh_token ?? refreshToken,
        accessToken: tokens.access_token,
        accessUntil,
        busyUntil: null,
      };
      const stored = put(next);
      return stored.ok ? ok(new Secret(next.accessToken)) : stored;
    } catch (error) {
      // Used twice, revoked, or ended: whichever it is, using it again would only tell a thief from us apart less well.
      if (!isRefusal(error) || error.error !== "invalid_grant") throw error;
      const stored = put({ ...account, refreshToken: null, accessToken: "", accessUntil: new Date(0).toISOString(), busyUntil: null });
      return stored.ok ? fail(refused(provider, error.error)) : stored;
    }
  });
  if (done.ok) return done;
  const left = withRecords((records) => readAccount(records, slot));
  if (left.ok && left.value?.refreshToken === refreshToken) put({ ...left.value, busyUntil: null });
  return done;
}
