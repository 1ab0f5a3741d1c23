import { addressOf, isArray, isObject, ok, type Address, type Json, type JsonObject, type Resource, type Result } from "../core/index.ts";
import { effectiveOf, kindOf } from "../trust/capability/index.ts";
import { judgedFiles, namedResource, type JudgedFiles } from "./judged-tree.ts";
import type { Query, World } from "./types.ts";
import { resourceAt, sinksOf, type DataSink } from "./why-data.ts";

/** Somebody who sees what is said. */
export interface Reader {
  readonly who: string;
  readonly why: string;
}

export interface WhyRead {
  /** The channel, or the agent whose conversation it is. */
  readonly of: Address;
  /** The conversation, where one was named. */
  readonly session: string | null;
  readonly agents: readonly { readonly agent: Address; readonly why: string }[];
  readonly people: readonly Reader[];
  /** Providers, servers and hosts that get it, or parts of it. */
  readonly sinks: readonly DataSink[];
}

/**
 * Who sees what is said on a channel or in a conversation.
 *
 * @param text - `Channel/web` or `web`; `support/SESSION` or `Agent/support` for conversations of an agent.
 */
export async function whyRead(text: string, query: Query, world: World): Promise<Result<WhyRead>> {
  const judged = await judgedFiles(query, world);
  if (!judged.ok) return judged;
  const tree = judged.value;
  const [owner = "", session = null] = /^(?:Channel|Agent)\//.test(text) ? [text] : text.split("/");
  const named = namedResource(owner, session === null ? ["Channel", "Agent"] : ["Agent"], tree.resources);
  if (!named.ok) return named;
  const of = named.value;
  const direct = kindOf(of) === "Agent" ? [of] : routed(of, tree);
  const agents = [...new Map(direct.flatMap((each) => agentsFrom(each, of, tree)).map((each) => [each.agent, each])).values()];
  const sinks = direct.flatMap((each) => sinksOf(each, tree, world)).filter(({ kind }) => kind !== "channel");
  const distinct = [...new Map(sinks.map((sink) => [`${sink.kind} ${sink.to}`, sink])).values()];
  const people = [
    ...(kindOf(of) === "Channel" ? channelPeople(resourceAt(tree, of)) : talkersTo(of, tree)),
    ...sharedWith([of, ...agents.map(({ agent }) => agent)], tree),
    HOST,
  ];
  return ok({ of, session, agents: agents.sort((a, b) => (a.agent < b.agent ? -1 : 1)), people, sinks: distinct }, judged.warnings);
}

/** The store is encrypted: whoever has its keys can read it, and nobody else. */
const HOST: Reader = { who: "whoever holds the keys of the state folder", why: "conversations are stored, encrypted with them" };

function routed(channel: Address, { edges }: JudgedFiles): readonly Address[] {
  return [...new Set(edges.filter(({ from, reach }) => from === channel && reach === "talks-to").map(({ to }) => to))].sort();
}

function agentsFrom(agent: Address, of: Address, { reach }: JudgedFiles): readonly { readonly agent: Address; readonly why: string }[] {
  const { reached } = effectiveOf(reach.closure, agent);
  const others = reached.filter((each) => kindOf(each) === "Agent" && each !== agent);
  return [
    { agent, why: of === agent ? "it is its conversation" : `${of} routes to it` },
    ...others.map((each) => ({ agent: each, why: `${agent} can make it act, and hands on what it needs` })),
  ];
}

function talkersTo(agent: Address, tree: JudgedFiles): readonly Reader[] {
  return tree.edges
    .filter(({ to, reach }) => to === agent && reach === "talks-to")
    .map(({ from }) => ({ who: `the person in the conversation on ${from}`, why: "it is theirs" }));
}

function channelPeople(channel: Resource | undefined): readonly Reader[] {
  const spec = channel?.spec ?? {};
  const accounts = isArray(spec["accounts"]) ? spec["accounts"].filter(isObject) : [];
  const accesses = [spec["access"], ...accounts.map((each) => each["access"])].filter((each) => each !== undefined);
  return accesses.flatMap((access) => (isObject(access) ? accessPeople(access) : []));
}

function accessPeople(access: JsonObject): readonly Reader[] {
  const { direct, groups } = access;
  const ids = (list: Json | undefined): string => (isArray(list) ? list.filter((each) => typeof each === "string").join(", ") : "");
  const readers: Reader[] = [];
  if (direct === "open") readers.push({ who: "anybody", why: "direct messages are open; each sees their own" });
  if (direct === "pairing") readers.push({ who: "people whom an operator paired", why: "direct: pairing; each sees their own" });
  if (direct === "allowlist" || (direct === "pairing" && isArray(access["allow"])))
    readers.push({ who: ids(access["allow"]) || "nobody", why: "direct: listed in allow; each sees their own" });
  if (isObject(groups) && groups["policy"] === "open")
    readers.push({ who: "everybody in any room that the bot is in", why: "groups are open" });
  if (isObject(groups) && groups["policy"] === "allowlist") {
    const rooms = isArray(groups["rooms"])
      ? groups["rooms"].filter(isObject).flatMap(({ id }) => (typeof id === "string" ? [id] : []))
      : [];
    readers.push({
      who: `everybody in ${rooms.length === 0 ? "the listed rooms (none)" : `room ${rooms.join(", ")}`}`,
      why: "groups: rooms are listed, and a room is read by all who are in it",
    });
  }
  return readers;
}

const ROLES = ["viewer", "operator", "editor", "owner"];

/** People with whom a Team shares the channel or one of the agents. */
function sharedWith(addresses: readonly Address[], { resources }: JudgedFiles): readonly Reader[] {
  return resources.flatMap((team) => {
    const people = team.kind === "Team" ? team.spec["people"] : undefined;
    if (!isObject(people) || !isArray(people["sharing"])) return [];
    const members = isArray(people["members"]) ? people["members"].filter(isObject) : [];
    return people["sharing"].filter(isObject).flatMap((share) => {
      const resource = addresses.find((each) => each === share["resource"]);
      if (resource === undefined) return [];
      const owner = addressOf(team.kind, team.metadata.name);
      return usersOf(share, members).map((who) => ({ who, why: `${owner} shares ${resource} with them (canUse)` }));
    });
  });
}

function usersOf({ canUse }: JsonObject, members: readonly JsonObject[]): readonly string[] {
  const names = (isArray(canUse) ? canUse : []).flatMap((each) => {
    if (typeof each !== "string" || !each.startsWith("role:")) return typeof each === "string" ? [each] : [];
    const least = ROLES.indexOf(each.slice("role:".length));
    return members
      .filter(({ role }) => typeof role === "string" && ROLES.indexOf(role) >= least)
      .flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  });
  return [...new Set(names)].sort();
}
