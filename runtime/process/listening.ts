import { BlockList, isIP } from "node:net";
import type { Live, LiveState } from "../live/index.ts";
import { listeningOf } from "../load/index.ts";

/** What the Projects that are active say of who may call, and through whom. */
export interface HouseRules {
  readonly origins: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  readonly isTrustedProxy: (address: string) => boolean;
}

const NONE: HouseRules = { origins: new Set(), endpoints: new Set(), isTrustedProxy: () => false };
const known = new WeakMap<LiveState, HouseRules>();

/** As they are at this moment; put together once for each state. Nothing is allowed while they cannot be read. */
export function houseRules(live: Live): HouseRules {
  const state = live.state();
  if (!state.ok) return NONE;
  const found = known.get(state.value) ?? rulesOf(state.value);
  known.set(state.value, found);
  return found;
}

function rulesOf({ owners }: LiveState): HouseRules {
  const all = [...owners.values()]
    .flatMap(({ resources }) => [...resources.values()])
    .filter(({ kind }) => kind === "Project")
    .map(listeningOf);
  const proxies = new BlockList();
  for (const proxy of all.flatMap(({ trustedProxies }) => trustedProxies)) add(proxies, proxy);
  return {
    origins: new Set(all.flatMap(({ allowedOrigins }) => allowedOrigins)),
    endpoints: new Set(all.flatMap(({ endpoints }) => endpoints)),
    isTrustedProxy: (address) => {
      const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
      return isIP(plain) !== 0 && proxies.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
    },
  };
}

/** What is no address or network trusts nobody. */
function add(list: BlockList, proxy: string): void {
  const [address = "", bits] = proxy.split("/");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  const most = family === "ipv6" ? 128 : 32;
  if (isIP(address) === 0 || (bits !== undefined && Number(bits) > most)) return;
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}
