import type { Json, Reload, Resource } from "../../core/index.ts";
import { fieldDifferences } from "../../reconciler/diff/index.ts";
import { agent, echo, openHouse, resource, secretOf, type House } from "../../runtime/channels/channels.fixture.ts";
import { loadGeneration } from "../../runtime/load/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { pairsOf, type Pair } from "./fields.fixture.ts";

const { secret, env } = secretOf("s", { m: "third-secret-value-03", k: "first-secret-value-01", l: "other-secret-value-02" });
const SKILL = resource("Skill", "a", { description: "Brief.", prompt: "Be brief." });

const on = (type: string, connection: object): Resource =>
  resource("Channel", `c-${type}`, { type, ...connection, routing: [{ agent: "a" }] });

/** One channel of each platform that is spoken; none of them reaches anything but this machine. */
export const CHANNELS: Readonly<Record<string, Resource>> = {
  web: on("web", {}),
  webhook: on("webhook", { credentials: { webhookSecret: { secret: "s", key: "m" } } }),
  telegram: on("telegram", { connection: { endpoint: "http://127.0.0.1:1" }, credentials: { token: { secret: "s", key: "m" } } }),
  irc: on("irc", { connection: { server: { host: "127.0.0.1", port: 1, tls: false }, nick: "bot" } }),
};

const GRANT = { tool: "http.fetch", permissions: [{ action: "get", resource: "http://127.0.0.1/**" }] };
const FALLBACK = { provider: "other", name: "echo" };
const BOT = agent("a", { capabilities: [GRANT], fallbacks: [FALLBACK] });
const OTHERS = [
  echo,
  resource("ModelProvider", "other", { type: "echo" }),
  BOT,
  agent("b"),
  secret,
  resource("Secret", "t", secret.spec),
  SKILL,
  resource("Skill", "b", SKILL.spec),
];

/** A running house with one channel, beside which one resource changes. */
export async function houseOf(channel: Resource): Promise<House> {
  return await openHouse([...OTHERS, channel], env);
}

export function pairsIn(base: Resource, channel: Resource, values?: Parameters<typeof pairsOf>[2]): ReturnType<typeof pairsOf> {
  return pairsOf(base, beside(base, [...OTHERS, channel]), values);
}

/** That one, among all that a house has. */
export function withOthers(one: Resource, channel: Resource): readonly Resource[] {
  return [...beside(one, [...OTHERS, channel]), one];
}

function beside(base: Resource, all: readonly Resource[]): readonly Resource[] {
  return all.filter((each) => each.kind !== base.kind || each.metadata.name !== base.metadata.name);
}

/** What the plan says it costs. */
export function saidOf({ before, after }: Pair): Reload | "replace" {
  const differences = fieldDifferences(before as unknown as Json, after as unknown as Json, KINDS.byName.get(after.kind)?.schema);
  if (differences.some(({ immutable }) => immutable)) return "replace";
  const all = new Set(differences.map(({ reload }) => reload));
  return all.has("session") ? "session" : all.has("restart") ? "restart" : "hot";
}

/** Whether the connection was closed when the one took the place of the other. */
export async function isRestarted(house: House, channel: Resource, { before, after }: Pair): Promise<boolean> {
  await house.apply(withOthers(before, channel));
  const from = house.events.length;
  await house.apply(withOthers(after, channel));
  return house.events.slice(from).some((event) => event.type === "channel.state" && event.state === "stopped");
}

/** Resources whose change is seen beside an open connection. */
export const BESIDE: readonly Resource[] = [BOT, echo, SKILL, secret];

/** The platform has no use for the field, and `lacks` says so: what is inert restarts nothing. */
function isInert(channel: Resource, { before, after }: Pair): boolean {
  const lacksOf = (one: Resource): number => {
    const loaded = loadGeneration(withOthers(one, channel));
    return loaded.ok ? (loaded.value.channels.get(channel.metadata.name)?.lacks.length ?? 0) : 0;
  };
  const own = lacksOf(channel);
  return lacksOf(before) > own || lacksOf(after) > own;
}

/** Fields whose class in the plan is not what was seen, each with what it was. */
export async function mismatches(house: House, channel: Resource, pairs: readonly Pair[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pair of pairs) {
    const said = saidOf(pair);
    const restarted = await isRestarted(house, channel, pair);
    // What is replaced is another connection.
    if (said === "replace" || restarted === (said === "restart") || (!restarted && isInert(channel, pair))) continue;
    found.push(`${pair.after.kind} ${pair.field} says ${said}, and the connection ${restarted ? "was restarted" : "stayed"}`);
  }
  return found;
}
