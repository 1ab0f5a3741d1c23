import dns from "node:dns/promises";
import { isIP } from "node:net";
import { byCodeUnit, fail, LIMITS, ok, problem, shown, type Result } from "../../core/index.ts";
import { classifyAddress, isInNetwork, type AddressClass } from "./address.ts";

/** Which addresses beyond the public ones somebody has granted. */
export interface AddressPolicy {
  /**
   * Hosts that the covering grant names letter by letter, as a URL has them: `127.0.0.1`, `[::1]`,
   * `localhost`. A wildcard names nobody. A name other than `localhost` opens no address: whoever runs its
   * zone decides what it resolves to.
   */
  readonly named: readonly string[];
  /** Networks such as `10.1.0.0/16` that an operator has opened for names. */
  readonly networks: readonly string[];
}

/** A host and the only addresses it may be reached at. */
export interface Pinned {
  /** As in a URL, without brackets. */
  readonly host: string;
  /** At least one; sorted IPv4 first, each judged. */
  readonly addresses: readonly [PinnedAddress, ...PinnedAddress[]];
}

interface PinnedAddress {
  readonly address: string;
  readonly family: 4 | 6;
  readonly is: AddressClass;
}

/** Asks the system for every address of a name. */
export type LookupAll = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const systemLookup: LookupAll = (name) => dns.lookup(name, { all: true, order: "verbatim" });

/**
 * Looks a host up, once, and judges what it is: one address that may not be reached refuses the host whole,
 * because which of them is connected to would be the other side's choice.
 *
 * @param host - The host of a canonical URL; an IPv6 address with or without brackets. No name is looked up for an address.
 * @returns `ADDRESS_REFUSED`, `NAME_NOT_RESOLVED`.
 */
export async function resolvePinned(
  host: string,
  policy: AddressPolicy,
  signal: AbortSignal,
  lookup: LookupAll = systemLookup,
): Promise<Result<Pinned>> {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  const found = isIP(bare) === 0 ? await addressesOf(bare, signal, lookup) : ok([bare]);
  if (!found.ok) return found;
  const addresses = [...new Set(found.value)].map(factsOf).sort((a, b) => a.family - b.family || byCodeUnit(a.address, b.address));
  const refused = addresses.find((each) => !isGranted(each, bare, policy));
  if (refused) return fail(refusal(bare, refused));
  const [first, ...rest] = addresses;
  return first ? ok({ host: bare, addresses: [first, ...rest] }) : fail(unresolved(bare, "it has no address"));
}

function factsOf(address: string): PinnedAddress {
  return { address, family: isIP(address) === 6 ? 6 : 4, is: classifyAddress(address) };
}

function isGranted({ address, is }: PinnedAddress, host: string, { named, networks }: AddressPolicy): boolean {
  if (is === "public") return true;
  if (is === "invalid") return false;
  const isNamed = named.some((each) => each === host || each === `[${host}]`);
  if (isIP(host) !== 0) return isNamed;
  if (host === "localhost") return isNamed && is === "loopback";
  return networks.some((network) => isInNetwork(address, network));
}

/** `localhost` is this machine whatever a resolver says (RFC 6761). */
async function addressesOf(name: string, signal: AbortSignal, lookup: LookupAll): Promise<Result<readonly string[]>> {
  if (name === "localhost") return ok(["127.0.0.1", "::1"]);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMITS.nameLookupMs)]);
  if (limit.aborted) return fail(unresolved(name, "it was stopped"));
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Error(signal.aborted ? "it was stopped" : `no answer within ${LIMITS.nameLookupMs} ms (limits.nameLookupMs)`));
    limit.addEventListener("abort", stop, { once: true });
  });
  try {
    const found = await Promise.race([lookup(name), stopped]);
    if (found.length > LIMITS.addressesOfName) {
      return fail(unresolved(name, `it has ${found.length} addresses; ${LIMITS.addressesOfName} are allowed (limits.addressesOfName)`));
    }
    return ok(found.map(({ address }) => address));
  } catch (error) {
    return fail(unresolved(name, reasonOf(error)));
  } finally {
    limit.removeEventListener("abort", stop);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  return code ?? (error instanceof Error ? error.message : "the resolver failed");
}

function unresolved(host: string, why: string): ReturnType<typeof problem> {
  return problem("NAME_NOT_RESOLVED", { detail: `The host ${shown(host)} could not be resolved: ${why}.`, context: { host } });
}

function refusal(host: string, { address, is }: PinnedAddress): ReturnType<typeof problem> {
  const what = address === host ? `${shown(host)} is ${is}` : `${shown(host)} resolves to ${address}, which is ${is}`;
  return problem("ADDRESS_REFUSED", {
    detail: `The host ${what}. Only public addresses are reached unless a grant names the address.`,
    remedy: "Where it is meant, name the address itself in the grant, such as `http://127.0.0.1:8080/**`.",
    context: { host, address, class: is },
  });
}
