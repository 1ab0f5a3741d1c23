import { fail, ok, problem, shown, type Owner, type Result } from "../core/index.ts";
import { readActive } from "../runtime/load/index.ts";
import { beginDevice, beginInBrowser, forgetAccount } from "../runtime/oauth/index.ts";
import { openRecords, openStore, type SealedRecords } from "../runtime/store/index.ts";
import { place } from "../reconciler/engine.ts";
import type { Session } from "./session.ts";
import { unlocked } from "./store-key.ts";
import type { CredentialsReport } from "./views/provider-login.ts";

interface CredentialsFlags {
  readonly "passphrase-file"?: string | undefined;
  readonly device?: boolean;
}

interface Place {
  readonly state: string;
  readonly owner: Owner;
  readonly withRecords: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>;
}

/** Logs somebody in to the account of a provider of the active generation. */
export async function logIn(session: Session, flags: CredentialsFlags, provider: string): Promise<Result<CredentialsReport>> {
  const at = await placeOf(session, flags);
  if (!at.ok) return at;
  const { clock, ids } = await session.world();
  const store = openStore(at.value.state, { mode: "read" }, { clock, randomHex: () => ids.next() });
  if (!store.ok) return store;
  const active = store.value ? readActive(store.value, at.value.owner) : ok(null);
  store.value?.close();
  if (!active.ok) return active;
  const loaded = active.value?.loaded.providers.get(provider);
  if (!loaded?.oauth) return fail(noAccount(provider, loaded !== undefined));
  const { withRecords, owner } = at.value;
  const world = { withRecords, clock, owner, provider, settings: loaded.oauth };
  const { signal } = session.interrupt;
  const begun = flags.device === true ? await beginDevice(world, signal) : await beginInBrowser(world, signal);
  if (!begun.ok) return begun;
  session.progress.pause();
  const { url } = begun.value;
  const code = "code" in begun.value && typeof begun.value.code === "string" ? begun.value.code : undefined;
  session.io.err(`Open this address:\n${url}${code === undefined ? "" : `\nand enter the code ${code}`}\n`);
  const finished = await begun.value.finished;
  return finished.ok ? ok({ provider }) : finished;
}

export async function logOut(session: Session, flags: CredentialsFlags, provider: string): Promise<Result<CredentialsReport>> {
  const at = await placeOf(session, flags);
  if (!at.ok) return at;
  const done = at.value.withRecords((records) => forgetAccount(records, at.value.owner, provider));
  return done.ok ? ok({ provider }) : done;
}

async function placeOf(session: Session, flags: CredentialsFlags): Promise<Result<Place>> {
  const found = await place(session.query, await session.world());
  if (!found.ok) return found;
  const { state, owner } = found.value;
  const key = await unlocked(session, state, flags);
  if (!key.ok) return key;
  return ok({
    state,
    owner,
    withRecords: (work) => {
      const records = openRecords(state, key.value);
      if (!records.ok) return records;
      if (records.value === null)
        return fail(problem("NOTHING_ACTIVE", { detail: `Nothing is active for ${owner} in this state folder.`, remedy: "moltbot apply" }));
      try {
        return work(records.value);
      } finally {
        records.value.close();
      }
    },
  });
}

function noAccount(provider: string, isThere: boolean): ReturnType<typeof problem> {
  return problem("PROVIDER_AUTH", {
    detail: isThere
      ? `ModelProvider/${shown(provider)} is not an account that is logged in to: it has no \`auth: oauth\` with \`oauth\` settings.`
      : `The active generation has no ModelProvider ${shown(provider)}.`,
    remedy: isThere ? "Declare `auth: oauth` and `oauth`, and apply it." : "moltbot status",
  });
}
