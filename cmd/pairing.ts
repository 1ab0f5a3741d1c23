import { fail, mapResult, ok, problem, shown, type Actor, type Owner, type Result } from "../core/index.ts";
import { openAudit } from "../runtime/audit/index.ts";
import { pairingsOn, type ChannelPairings, type PairingOperator, type Pairings } from "../runtime/channels/index.ts";
import { openStore } from "../runtime/store/index.ts";
import { askAs } from "./gateway-access.ts";
import type { Session } from "./session.ts";
import { withRecords } from "./with-records.ts";

export interface PairingFlags {
  /** A gateway elsewhere. */
  readonly url?: string | undefined;
  readonly "passphrase-file"?: string | undefined;
}

/** What was done to one person on one channel. */
export interface PairingDone {
  readonly did: "approved" | "revoked";
  readonly owner: Owner;
  readonly channel: string;
  readonly sender: string;
  readonly id: string;
}

export interface Invited {
  readonly owner: Owner;
  readonly channel: string;
  readonly sender: string;
  readonly code: string;
  readonly until: string;
}

/** Who waits to be let in on channels, and who was. */
export async function listPairings(session: Session, flags: PairingFlags): Promise<Result<readonly ChannelPairings[]>> {
  if (flags.url !== undefined) return await listedThere(session, flags.url);
  return await withPairings(session, flags, ({ pairings }) => pairings.list());
}

/** Lets in whoever was told a code, as somebody who may use the state folder. */
export async function approvePairing(session: Session, flags: PairingFlags, code: string): Promise<Result<PairingDone>> {
  if (flags.url !== undefined)
    return mapResult(await askAs(session, flags.url, "POST", "/v2/pairings/approve", { code }), (answer) => {
      const { owner, channel, paired } = answer as unknown as Approved;
      return { did: "approved", owner, channel, sender: paired.sender, id: paired.id };
    });
  return await withPairings(session, flags, ({ pairings, by, note }) => {
    const done = pairings.approve(code, by);
    return done.ok ? note("approved", done.value.owner, done.value.channel, done.value.paired) : done;
  });
}

/** Takes back that somebody was let in. */
export async function revokePairing(session: Session, flags: PairingFlags, id: string): Promise<Result<PairingDone>> {
  if (flags.url !== undefined) return await revokedThere(session, flags.url, id);
  return await withPairings(session, flags, ({ pairings, by, note }) => {
    const done = pairings.revoke(id, by);
    return done.ok ? note("revoked", done.value.owner, done.value.channel, done.value.paired) : done;
  });
}

/** A code for somebody who is to come in by a web page. */
export async function invitePairing(session: Session, flags: PairingFlags, channel: string, sender: string): Promise<Result<Invited>> {
  if (flags.url !== undefined)
    return mapResult(
      await askAs(session, flags.url, "POST", "/v2/pairings/invite", { channel, sender }),
      (answer) => answer as unknown as Invited,
    );
  return await withPairings(session, flags, ({ pairings, by, dir, ports }) => {
    const owner = ownerOfChannel(dir, channel, ports);
    if (!owner.ok) return owner;
    const made = pairings.invite(owner.value, channel, sender, by);
    return made.ok ? ok({ owner: owner.value, channel, sender, ...made.value }) : made;
  });
}

/** What the API says of an approval. */
interface Approved {
  readonly owner: Owner;
  readonly channel: string;
  readonly paired: { readonly id: string; readonly sender: string };
}

async function listedThere(session: Session, url: string): Promise<Result<readonly ChannelPairings[]>> {
  const answer = await askAs(session, url, "GET", "/v2/pairings");
  return mapResult(answer, ({ items }) => items as unknown as readonly ChannelPairings[]);
}

async function revokedThere(session: Session, url: string, id: string): Promise<Result<PairingDone>> {
  const listed = await listedThere(session, url);
  if (!listed.ok) return listed;
  const [one] = listed.value.flatMap(({ owner, channel, paired }) =>
    paired.filter((each) => each.id === id).map(({ sender }) => ({ owner, channel, sender })),
  );
  if (!one)
    return fail(
      problem("PAIRING_UNKNOWN", {
        detail: `Nothing is in force under ${shown(id)}.`,
        remedy: `moltbot gateway pairing list --url ${url}`,
      }),
    );
  const gone = await askAs(session, url, "DELETE", `/v2/pairings/${encodeURIComponent(id)}`);
  return mapResult(gone, () => ({ did: "revoked", id, ...one }));
}

interface Hand {
  readonly dir: string;
  readonly ports: Parameters<typeof openStore>[2];
  readonly pairings: Pairings;
  readonly by: PairingOperator;
  readonly note: (
    did: PairingDone["did"],
    owner: Owner,
    channel: string,
    paired: { readonly id: string; readonly sender: string },
  ) => Result<PairingDone>;
}

async function withPairings<T>(session: Session, flags: PairingFlags, work: (hand: Hand) => Result<T>): Promise<Result<T>> {
  return await withRecords(session, flags, async (records, dir) => {
    const { clock, ids, actor } = await session.world();
    // Whoever may write the state folder owns the gateway of this machine.
    const by = { id: actor, role: "owner", verified: true } as const;
    const ports = { clock, randomHex: () => ids.next() };
    const note: Hand["note"] = (did, owner, channel, { id, sender }) => record(dir, ports, { did, owner, channel, sender, id }, actor);
    return work({ dir, ports, pairings: pairingsOn(records, clock), by, note });
  });
}

function record(dir: string, { clock, randomHex }: Hand["ports"], done: PairingDone, actor: Actor): Result<PairingDone> {
  const audit = openAudit(dir, { clock });
  if (!audit.ok) return audit;
  try {
    const { did, owner, channel, sender, id } = done;
    const noted = audit.value.record({
      kind: did === "approved" ? "auth.accepted" : "auth.revoked",
      owner,
      correlation: randomHex(),
      actor,
      channel,
      decision: did === "approved" ? "allowed" : "denied",
      facts: { pairing: id, sender },
    });
    return noted.ok ? ok(done) : noted;
  } finally {
    audit.value.close();
  }
}

function ownerOfChannel(dir: string, channel: string, ports: Hand["ports"]): Result<Owner> {
  const store = openStore(dir, { mode: "read" }, ports);
  if (!store.ok) return store;
  try {
    const owners = store.value?.owners() ?? ok([]);
    if (!owners.ok) return owners;
    for (const owner of owners.value) {
      const active = store.value?.active(owner);
      if (!active?.ok || active.value === null) continue;
      const rows = store.value?.rows(owner, active.value.number);
      if (rows?.ok === true && rows.value.has(`Channel/${channel}`)) return ok(owner);
    }
    return fail(
      problem("PAIRING_UNKNOWN", { detail: `There is no Channel ${shown(channel)} in what is active here.`, remedy: "moltbot status" }),
    );
  } finally {
    store.value?.close();
  }
}
