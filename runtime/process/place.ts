import { createSecureContext } from "node:tls";
import { X509Certificate, createPrivateKey } from "node:crypto";
import {
  fail,
  isLoopback,
  ok,
  problem,
  shown,
  type Clock,
  type Diagnostic,
  type Owner,
  type Result,
  type Secret,
} from "../../core/index.ts";
import type { LiveState, LiveOwner } from "../live/index.ts";
import { listeningOf, type Listening } from "../load/index.ts";
import type { Vault } from "../vault/index.ts";

/** Where the gateway listens beside its socket, and by which names it is reached there. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly names: readonly string[];
}

export interface PlaceWorld {
  readonly state: Result<LiveState>;
  /** In place of the port that is declared. */
  readonly port: number | null;
  readonly vaultOf: (owner: LiveOwner) => Pick<Vault, "open">;
  readonly clock: Clock;
  readonly warn: (reason: string) => void;
}

interface Wish {
  readonly owner: LiveOwner | null;
  readonly listening: Pick<Listening, "address" | "port" | "tls" | "hosts">;
}

const USUAL: Wish = { owner: null, listening: { address: "127.0.0.1", port: 0, tls: null, hosts: [] } };
const SOON_MS = 14 * 86_400_000;

/**
 * Where to listen, as the Projects that are active say, with the key from the vault.
 *
 * @returns `LISTEN_CONFLICT` where they say different things, `LISTEN_UNPROTECTED` for an address of a network
 *   without TLS, whatever wrote that into the record, `TLS_INVALID` for a key that is not the certificate's.
 */
export async function placeOf(world: PlaceWorld): Promise<Result<Place>> {
  const state = world.state;
  if (!state.ok) return state;
  const wish = wishOf(state.value);
  if (!wish.ok) return wish;
  const { owner, listening } = wish.value;
  const { address: host, tls, hosts } = listening;
  const port = world.port ?? listening.port;
  if (!tls || !owner) return isLoopback(host) ? ok({ host, port, tls: null, names: hosts }) : fail(unprotected(host));
  const key = await world.vaultOf(owner).open(tls.key);
  if (!key.ok) return key;
  const pair = pairOf(tls.certificate, key.value);
  if (!pair.ok) return pair;
  const trouble = ageTrouble(pair.value.certificate, world.clock.now());
  if (trouble !== null) world.warn(trouble);
  const names = [...new Set([...hosts, ...subjectsOf(pair.value.certificate)])];
  return ok({ host, port, tls: { cert: tls.certificate, key: pair.value.key }, names });
}

/** What the Projects ask for, as text: another one needs a restart. Null where it cannot be known. */
export function wishedPlace(state: Result<LiveState>): string | null {
  if (!state.ok) return null;
  return JSON.stringify(wishesOf(state.value).map(textOf).sort());
}

function wishesOf({ owners }: LiveState): readonly Wish[] {
  return [...owners.values()].flatMap((owner) =>
    [...owner.resources.values()]
      .filter(({ kind }) => kind === "Project")
      .map((project) => ({ owner, listening: listeningOf(project) }))
      .filter((each) => textOf(each) !== textOf(USUAL)),
  );
}

function textOf({ listening: { address, port, tls, hosts } }: Wish): string {
  return JSON.stringify([address, port, tls, hosts]);
}

/** Projects that say nothing of it leave it to the others. */
function wishOf(state: LiveState): Result<Wish> {
  const wishes = wishesOf(state);
  const [first = USUAL, ...others] = wishes;
  if (others.every((each) => textOf(each) === textOf(first))) return ok(first);
  const names = wishes.flatMap(({ owner }): readonly Owner[] => (owner ? [owner.owner] : [])).sort();
  return fail(
    problem("LISTEN_CONFLICT", {
      detail: `${names.join(" and ")} say different things of where this gateway listens.`,
      remedy: "Keep spec.target.listen in one of these Projects, or make them the same.",
    }),
  );
}

function unprotected(host: string): Diagnostic {
  return problem("LISTEN_UNPROTECTED", {
    detail: `The gateway does not listen on ${shown(host)} without TLS.`,
    remedy: "Declare spec.target.listen.tls, or 127.0.0.1 as the address, and apply.",
  });
}

interface Pair {
  readonly certificate: X509Certificate;
  readonly key: string;
}

/** The first certificate is the gateway's own; the others lead to who issued it. */
function pairOf(certificate: string, key: Secret<Uint8Array>): Result<Pair> {
  try {
    const text = Buffer.from(key.open()).toString("utf8");
    const own = new X509Certificate(certificate);
    if (!own.checkPrivateKey(createPrivateKey(text))) return invalid("the key is not the one of the certificate");
    createSecureContext({ cert: certificate, key: text, minVersion: "TLSv1.3" });
    return ok({ certificate: own, key: text });
  } catch {
    // The message of the library could quote what it could not read.
    return invalid("the certificate or the key is not in PEM form, or is of a kind that TLS does not take");
  }
}

function invalid(why: string): Result<never> {
  return fail(
    problem("TLS_INVALID", {
      detail: `The gateway cannot use spec.target.listen.tls: ${why}.`,
      remedy: "Compare them; both must print the same:\nopenssl x509 -noout -pubkey -in CERTIFICATE\nopenssl pkey -pubout -in KEY",
    }),
  );
}

function ageTrouble({ validFromDate, validToDate }: X509Certificate, now: Date): string | null {
  const until = validToDate.toISOString();
  if (now.getTime() >= validToDate.getTime()) return `the certificate has expired at ${until}: nobody who checks it connects`;
  if (now.getTime() < validFromDate.getTime()) return `the certificate is valid from ${validFromDate.toISOString()} only`;
  return validToDate.getTime() - now.getTime() < SOON_MS ? `the certificate expires at ${until}` : null;
}

/** Names and addresses that the certificate is for. Those with a `*` name nobody in particular. */
function subjectsOf({ subjectAltName }: X509Certificate): readonly string[] {
  return (subjectAltName ?? "").split(", ").flatMap((each) => {
    const [, kind, name = ""] = /^(DNS|IP Address):([-A-Za-z0-9.:]+)$/.exec(each) ?? [];
    if (kind === undefined || name === "") return [];
    return [name.includes(":") ? `[${name.toLowerCase()}]` : name.toLowerCase()];
  });
}
