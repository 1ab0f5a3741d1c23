import { mapResult, ok, problem, fail, shown, type Actor, type JsonObject, type Owner, type Result } from "../../core/index.ts";
import type { ChannelState, Pairings } from "../channels/index.ts";
import type { Frozen, FreezeWish } from "../gate/index.ts";
import type { Deleted, Exported } from "../person/index.ts";
import type { Role } from "../run/index.ts";
import { instant, listOf, objectOf, orNull, OWNER, text } from "./schema.ts";
import type { Call, Route } from "./types.ts";

/** A part of one owner's house, as it is now. */
export interface PluginState {
  readonly owner: Owner;
  readonly name: string;
  readonly state: string;
  readonly reason: string | null;
}

export interface HouseWorld {
  readonly channels: () => readonly ChannelState[];
  readonly pairings: () => Pairings;
  readonly plugins: () => readonly PluginState[];
  readonly freeze: (by: { readonly actor: Actor; readonly role: Role | null }, owner: Owner | null, wish: FreezeWish) => Result<Frozen>;
  readonly exportPerson: (actor: string, ids: readonly string[]) => Result<Exported>;
  readonly deletePerson: (actor: string, ids: readonly string[], reason: string) => Result<Deleted>;
}

const CHANNEL: JsonObject = objectOf({
  owner: OWNER,
  channel: text("`metadata.name`."),
  account: text("Which account; empty where it has one."),
  type: text("The platform."),
  state: text("How it is.", { enum: ["connected", "waiting", "failed", "stopped"] }),
  reason: orNull(text("Why.")),
});
const PLUGIN: JsonObject = objectOf({
  owner: OWNER,
  name: text("`metadata.name`."),
  state: text("How it is."),
  reason: orNull(text("Why.")),
});
const WHO: JsonObject = {
  type: "array",
  minItems: 1,
  maxItems: 64,
  items: text("One name of the person: `telegram:4711`, a member's name.", { minLength: 1, maxLength: 300 }),
};
const SENDER = /^[^\s*\p{Cc}\p{Cf}]{1,256}$/u;
const REASON: JsonObject = text("Why; it is recorded.", { minLength: 1, maxLength: 1_024 });

/** Channels, who waits to be let in, plugins, holds, and what is stored about a person. */
export function houseRoutes(world: HouseWorld): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2/channels",
      id: "listChannels",
      summary: "Channels and how they are",
      tag: "channels",
      role: "viewer",
      answer: objectOf({ items: listOf(CHANNEL) }),
      status: 200,
      handle: async () => ok({ status: 200, body: { items: world.channels().map((each) => ({ ...each })) } }),
    },
    {
      method: "GET",
      path: "/v2/pairings",
      id: "listPairings",
      summary: "Who waits to be let in, and who was, by channel",
      tag: "channels",
      role: "operator",
      answer: objectOf({ items: listOf({ type: "object" }) }),
      status: 200,
      handle: async () =>
        mapResult(world.pairings().list(), (all) => ({ status: 200, body: { items: JSON.parse(JSON.stringify(all)) as JsonObject[] } })),
    },
    {
      method: "POST",
      path: "/v2/pairings/approve",
      id: "approvePairing",
      summary: "Let somebody in, by the code that the stranger was told",
      tag: "channels",
      role: "operator",
      isIdempotent: true,
      body: objectOf({ code: text("The code.", { minLength: 4, maxLength: 64 }) }),
      answer: objectOf({ owner: OWNER, channel: text("Which."), paired: { type: "object" } }),
      status: 200,
      handle: async ({ body, caller: { id, role, verified } }) => {
        const done = world.pairings().approve((body as { readonly code: string }).code, { id, role, verified });
        return mapResult(done, ({ owner, channel, paired }) => ({ status: 200, body: { owner, channel, paired: { ...paired } } }));
      },
    },
    {
      method: "POST",
      path: "/v2/pairings/invite",
      id: "invitePairing",
      summary: "A one-time code for somebody to come in by a web page. Who makes one says who somebody is",
      tag: "channels",
      role: "owner",
      body: objectOf({
        channel: text("`metadata.name` of the Channel.", { minLength: 1, maxLength: 63 }),
        sender: text("The id that the person has on this Channel.", { minLength: 1, maxLength: 256 }),
      }),
      answer: objectOf({
        owner: OWNER,
        channel: text("Which."),
        sender: text("Whom it is for."),
        code: text("It is told once."),
        until: instant("Until when it is good."),
      }),
      status: 201,
      handle: async ({ body, caller: { id, role, verified } }) => {
        const { channel, sender } = body as { readonly channel: string; readonly sender: string };
        if (!SENDER.test(sender)) return fail(problem("API_INVALID", { detail: "`sender` has spaces, wildcards or control characters." }));
        const owner = world.channels().find((each) => each.channel === channel)?.owner;
        if (owner === undefined) return fail(problem("API_NOT_FOUND", { detail: `There is no Channel ${shown(channel)} here.` }));
        const made = world.pairings().invite(owner, channel, sender, { id, role, verified });
        return mapResult(made, ({ code, until }) => ({ status: 201, body: { owner, channel, sender, code, until } }));
      },
    },
    {
      method: "DELETE",
      path: "/v2/pairings/{id}",
      id: "revokePairing",
      summary: "Let somebody in no more",
      tag: "channels",
      role: "operator",
      params: objectOf({ id: text("What the list says.", { pattern: "^[A-Za-z0-9_-]{4,128}$" }) }),
      answer: {},
      status: 204,
      handle: async ({ params, caller: { id, role, verified } }) =>
        mapResult(world.pairings().revoke(params["id"] ?? "", { id, role, verified }), () => ({ status: 204 })),
    },
    {
      method: "GET",
      path: "/v2/plugins",
      id: "listPlugins",
      summary: "Plugins and how they are",
      tag: "plugins",
      role: "viewer",
      answer: objectOf({ items: listOf(PLUGIN) }),
      status: 200,
      handle: async () => ok({ status: 200, body: { items: world.plugins().map((each) => ({ ...each })) } }),
    },
    {
      method: "POST",
      path: "/v2/holds",
      id: "freeze",
      summary: "Stop what a resource may do, at once",
      tag: "holds",
      role: "operator",
      isIdempotent: true,
      body: objectOf(
        {
          owner: OWNER,
          selector: text("An address, or `*` for everything.", { minLength: 1, maxLength: 127 }),
          tools: { type: "array", maxItems: 64, items: text("Only this tool.", { minLength: 1, maxLength: 200 }) },
          reason: REASON,
          until: text("It ends by itself: a duration (`2h`) or an instant.", { minLength: 1, maxLength: 40 }),
        },
        ["owner", "tools", "until"],
      ),
      answer: objectOf({ holds: listOf(objectOf({ id: text("What lifting names."), owner: OWNER })) }),
      status: 201,
      handle: async (call) => frozen(world, call),
    },
    {
      method: "POST",
      path: "/v2/persons/export",
      id: "exportPerson",
      summary: "Everything that is stored about a person, with a receipt",
      tag: "persons",
      role: "owner",
      body: objectOf({ ids: WHO }),
      answer: { type: "object", required: ["ids", "at", "declared", "parts", "digest", "receipt"], properties: { at: instant("When.") } },
      status: 200,
      handle: async ({ body, caller }) =>
        mapResult(world.exportPerson(caller.id, (body as { readonly ids: readonly string[] }).ids), (exported) => ({
          status: 200,
          body: JSON.parse(JSON.stringify(exported)) as JsonObject,
        })),
    },
    {
      method: "POST",
      path: "/v2/persons/delete",
      id: "deletePerson",
      summary: "Delete everything that is stored about a person, with a receipt",
      tag: "persons",
      role: "owner",
      isIdempotent: true,
      body: objectOf({ ids: WHO, reason: REASON }),
      answer: { type: "object", required: ["ids", "at", "declared", "counts", "receipt"], properties: { at: instant("When.") } },
      status: 200,
      handle: async ({ body, caller }) => {
        const { ids, reason } = body as { readonly ids: readonly string[]; readonly reason: string };
        return mapResult(world.deletePerson(caller.id, ids, reason), (deleted) => ({
          status: 200,
          body: JSON.parse(JSON.stringify(deleted)) as JsonObject,
        }));
      },
    },
  ];
}

async function frozen(world: HouseWorld, { body, caller }: Call): ReturnType<Route["handle"]> {
  const { owner, selector, tools, reason, until } = body as {
    readonly owner?: Owner;
    readonly selector: string;
    readonly tools?: readonly string[];
    readonly reason: string;
    readonly until?: string;
  };
  const done = world.freeze({ actor: caller.id, role: caller.role }, owner ?? null, {
    selector,
    tools: tools ?? [],
    reason,
    until: until ?? null,
  });
  if (!done.ok) return done;
  const { holds } = done.value;
  if (holds.length === 0) return fail(problem("API_NOT_FOUND", { detail: "Nothing of that name is active here." }));
  return ok({ status: 201, body: { holds: holds.map(({ id, owner: of }) => ({ id, owner: of })) } });
}
