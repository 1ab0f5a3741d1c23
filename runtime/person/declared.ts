import {
  addressOf,
  byCodeUnit,
  isArray,
  isObject,
  pointerOf,
  type Address,
  type Json,
  type Owner,
  type Resource,
} from "../../core/index.ts";
import { membersOf, principalIdOf, type Member } from "../auth/index.ts";
import type { PersonIds } from "./types.ts";

/** Where a repository names somebody. It is changed there: what is deleted here would come back with the next apply. */
export interface Declared {
  readonly owner: Owner;
  readonly address: Address;
  /** JSON Pointer. */
  readonly field: string;
}

/** What is active, with whose it is. */
export type ActiveResources = ReadonlyMap<Owner, readonly Resource[]>;

/**
 * The ids that somebody has, with those by which Teams know them: whoever is named as in `Team.people` logs in by the
 * identities that stand there.
 */
export function knownAs(ids: readonly string[], active: ActiveResources): readonly string[] {
  const named = membersIn(active).filter(({ name }) => ids.includes(name));
  const further = named.flatMap(({ oidc, ssh }) => [
    ...oidc.map(({ issuer, subject }) => principalIdOf({ kind: "oidc", issuer, subject })),
    ...ssh.map((key) => principalIdOf({ kind: "ssh", key })),
  ]);
  return [...new Set([...ids, ...further])];
}

/** Every place of a manifest that names one of these ids, sorted. Names count in Teams alone: elsewhere a word is a word. */
export function declaredIn(ids: PersonIds, active: ActiveResources): readonly Declared[] {
  const found: Declared[] = [];
  const theirs = new Set(
    membersIn(active)
      .filter((member) => isMember(member, ids))
      .flatMap(({ name, ssh, oidc }) => [name, ...ssh, ...oidc.map(({ subject }) => subject)]),
  );
  for (const [owner, resources] of active) {
    for (const resource of resources) {
      const words = resource.kind === "Team" ? new Set([...ids, ...theirs]) : idsFor(resource.kind, ids);
      const address = addressOf(resource.kind, resource.metadata.name);
      for (const at of placesOf(resource.spec, words)) found.push({ owner, address, field: pointerOf(["spec", ...at]) });
    }
  }
  return found.sort((a, b) => byCodeUnit(keyOf(a), keyOf(b)));
}

function keyOf({ owner, address, field }: Declared): string {
  return `${owner} ${address} ${field}`;
}

function membersIn(active: ActiveResources): readonly Member[] {
  const owners = [...active].map(([owner, resources]) => ({
    owner,
    resources: new Map(resources.map((each): [Address, Resource] => [addressOf(each.kind, each.metadata.name), each])),
  }));
  return membersOf(owners);
}

function isMember({ name, oidc, ssh }: Member, ids: PersonIds): boolean {
  return (
    ids.has(name) ||
    oidc.some(({ issuer, subject }) => ids.has(subject) || ids.has(principalIdOf({ kind: "oidc", issuer, subject }))) ||
    ssh.some((key) => ids.has(key) || ids.has(principalIdOf({ kind: "ssh", key })))
  );
}

/** A channel knows somebody by the platform's id alone, which is what stands behind the first colon of ours. */
function idsFor(kind: string, ids: PersonIds): PersonIds {
  const whole = [...ids].filter((id) => id.includes(":"));
  return new Set(kind === "Channel" ? whole.flatMap((id) => [id, id.slice(id.indexOf(":") + 1)]) : whole);
}

function placesOf(value: Json, words: PersonIds, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  // A key of a person is written with a remark behind it.
  if (typeof value === "string") return words.has(value) || words.has(value.split(" ").slice(0, 2).join(" ")) ? [at] : [];
  if (isArray(value)) return value.flatMap((each, i) => placesOf(each, words, [...at, i]));
  return isObject(value) ? Object.entries(value).flatMap(([key, each]) => placesOf(each, words, [...at, key])) : [];
}
