import type { LiveAgent } from "../../live/index.ts";
import { declaredCovers, hostCovers } from "./host-matches.ts";
import type { Allows } from "./links.ts";

/**
 * Where answers of an agent may lead: hosts it may fetch from without asking anybody, by a grant that names
 * them and that no rule denies, and hosts the channel declares. A grant for every host names none.
 */
export function allowedHosts(agent: LiveAgent | undefined, declared: readonly string[]): Allows {
  const granted = (agent?.refused ? [] : (agent?.grants ?? [])).filter(
    ({ pattern, constraints }) => pattern?.type === "url" && constraints.approval === "never",
  );
  return (url) =>
    declared.some((host) => declaredCovers(host, url)) ||
    granted.some(
      ({ pattern, verdict }) =>
        pattern?.type === "url" &&
        pattern.authority !== null &&
        `${pattern.scheme}:` === url.protocol &&
        pattern.authority.port === portOf(url) &&
        hostCovers(pattern.authority.host, url.hostname) &&
        verdict().answer !== "denied",
    );
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
