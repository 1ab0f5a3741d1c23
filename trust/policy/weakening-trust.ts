import { byCodeUnit, isArray, isObject, jsonEqual, type Json, type JsonObject } from "../../core/index.ts";
import { objectAt, textOf } from "./weakening-facts.ts";

type Said = readonly (readonly [pointer: string, message: string])[];

/** Whoever is believed in addition, or with less to show. Removing somebody narrows. */
export function trust(old: JsonObject, fresh: JsonObject): Said {
  // A list that nobody was held to so far can be made longer without losing anything.
  const wasAttested = objectAt(old, "verification")["policies"] === "attested";
  const [then, now] = [objectAt(old, "trust"), objectAt(fresh, "trust")];
  const signers = linesOf(now["allowedSigners"]).filter((line) => !linesOf(then["allowedSigners"]).includes(line));
  return [
    ...text(then, now, "root", ["a trust root", "another trust root"], "is believed"),
    ...signers.map((line) => ["/spec/trust/allowedSigners", `commits signed by ${line.split(/\s/)[0]} are accepted`] as const),
    // Which keys an armored text holds cannot be told from it here: unsure counts.
    ...text(then, now, "openpgp", ["an OpenPGP keyring", "another OpenPGP keyring"], "may sign commits"),
    ...added(then, now, "identities").map(
      ({ identity }) => ["/spec/trust/identities", `commits signed by ${textOf(identity)} are accepted`] as const,
    ),
    ...added(then, now, "plugins").map((each) => ["/spec/trust/plugins", `plugins signed by ${whoOf(each)} are accepted`] as const),
    ...(wasAttested ? added(then, now, "policies") : []).map(
      (each) => ["/spec/trust/policies", `policies compiled by ${whoOf(each)} are accepted`] as const,
    ),
    ...lessProof(then, now),
  ];
}

function text(then: JsonObject, now: JsonObject, field: string, [first, other]: readonly [string, string], may: string): Said {
  const isSame = now[field] === undefined || jsonEqual(now[field], then[field] ?? null);
  return isSame ? [] : [[`/spec/trust/${field}`, `${then[field] === undefined ? first : other} ${may}`]];
}

/** Entries that no old one stands for, whatever they are called. */
function added(then: JsonObject, now: JsonObject, field: string): readonly JsonObject[] {
  const known = new Set(entriesIn(then, field).map(markOf));
  return entriesIn(now, field).filter((each) => !known.has(markOf(each)));
}

/** A signer who was believed only with a provenance, and now also without, or with another. */
function lessProof(then: JsonObject, now: JsonObject): Said {
  const demanded = (list: readonly JsonObject[], mark: string): readonly Json[] =>
    list.filter((each) => markOf(each) === mark).map((each) => each["requireProvenance"] ?? null);
  const [old, fresh] = [entriesIn(then, "plugins"), entriesIn(now, "plugins")];
  const marks = [...new Set(fresh.map(markOf))].sort(byCodeUnit);
  return marks.flatMap((mark): Said => {
    const before = demanded(old, mark);
    const isLess = before.length > 0 && demanded(fresh, mark).some((each) => !isDemanded(each, before));
    const who = fresh.find((each) => markOf(each) === mark);
    return isLess && who ? [["/spec/trust/plugins", `plugins signed by ${whoOf(who)} need another provenance, or none`]] : [];
  });
}

function isDemanded(provenance: Json, before: readonly Json[]): boolean {
  return before.some((each) => each === null || jsonEqual(each, provenance));
}

function entriesIn(value: JsonObject, field: string): readonly JsonObject[] {
  const list = value[field];
  return isArray(list) ? list.filter(isObject) : [];
}

/** Who an entry speaks of: everything but its name and what it demands. */
function markOf({ identity, identityPattern, issuer, key }: JsonObject): string {
  return JSON.stringify([identity, identityPattern, issuer, key].map((each) => each ?? null));
}

function whoOf({ name, identity, identityPattern }: JsonObject): string {
  return textOf(identity) || textOf(identityPattern) || `the key "${textOf(name)}"`;
}

function linesOf(value: Json | undefined): readonly string[] {
  return (typeof value === "string" ? value : "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
