import { isArray, isObject, shown, type Json, type JsonObject, type Resource } from "../../../core/index.ts";
import { contains, credentialHeader, credentialPlace, intersect, parsePattern, type Pattern } from "../../capability/index.ts";
import type { Disagreement } from "./agree.ts";

/** What is wrong with one credential of a resource, whatever its archive says. */
export interface BadCredential {
  readonly pointer: string;
  readonly what: string;
}

/**
 * The credentials that a Plugin resource gives must be such that the host can tell where each may go: into a header
 * of its own, to a host that is named, and nowhere that the plugin may not ask.
 */
export function badCredentials({ spec }: Resource): readonly BadCredential[] {
  const reach = objects(spec["capabilities"])
    .filter(({ tool }) => tool === "http.fetch")
    .flatMap((need) => objects(need["permissions"]).flatMap(({ resource }) => patternOf(textOf(resource) || "**")));
  const credentials = objects(spec["credentials"]);
  return credentials.flatMap((credential, i) => {
    const at = `/spec/credentials/${i}`;
    const header = textOf(credential["header"]);
    const bad =
      credentialHeader(header) === undefined ? [{ pointer: `${at}/header`, what: `no credential goes into ${shown(header)}` }] : [];
    const places = texts(credential["resources"]).flatMap((text, n) => {
      const what = placeProblem(text, reach);
      return what === undefined ? [] : [{ pointer: `${at}/resources/${n}`, what }];
    });
    const rival = credentials.slice(0, i).find((other) => isRival(other, credential));
    const both = rival ? [{ pointer: at, what: `${shown(rival["name"])} goes into the same header of the same requests` }] : [];
    return [...bad, ...places, ...both];
  });
}

function placeProblem(text: string, reach: readonly Pattern[]): string | undefined {
  const place = credentialPlace(text);
  if (typeof place === "string") return `${shown(text)} is no place for a credential: ${place.replace(/\.$/, "")}`;
  return reach.some((need) => contains(need, place)) ? undefined : `no need for http.fetch under \`capabilities\` covers ${shown(text)}`;
}

function isRival(one: JsonObject, other: JsonObject): boolean {
  if (textOf(one["header"]).toLowerCase() !== textOf(other["header"]).toLowerCase()) return false;
  const [a, b] = [one, other].map((each) => texts(each["resources"]).flatMap(patternOf));
  return (a ?? []).some((x) => (b ?? []).some((y) => intersect(x, y) !== undefined));
}

/** What the plugin's requests must carry, as it says itself, and the resource does not give so. */
export function credentialProblems(declared: readonly JsonObject[], own: readonly JsonObject[]): readonly Disagreement[] {
  const lacking = own.flatMap((wanted): Disagreement[] => {
    const name = shown(wanted["name"]);
    const i = declared.findIndex((each) => each["name"] === wanted["name"]);
    const given = declared[i];
    if (!given) return [{ pointer: "/spec/credentials", what: `the plugin needs the credential ${name}, which is not declared` }];
    const pointer = `/spec/credentials/${i}`;
    if (textOf(given["header"]).toLowerCase() !== textOf(wanted["header"]).toLowerCase())
      return [{ pointer: `${pointer}/header`, what: `the credential ${name} goes into the header ${shown(wanted["header"])}` }];
    if (textOf(given["prefix"]) !== textOf(wanted["prefix"]))
      return [{ pointer: `${pointer}/prefix`, what: `the credential ${name} has the prefix ${shown(textOf(wanted["prefix"]))}` }];
    const places = texts(given["resources"]).flatMap(patternOf);
    const missing = texts(wanted["resources"]).find(
      (text) => !patternOf(text).some((each) => places.some((place) => contains(place, each))),
    );
    return missing === undefined
      ? []
      : [{ pointer: `${pointer}/resources`, what: `the credential ${name} is needed for ${missing}, which is not declared` }];
  });
  const idle = declared.flatMap(({ name }, i) =>
    own.some((each) => each["name"] === name)
      ? []
      : [{ pointer: `/spec/credentials/${i}`, what: `the plugin does not ask for the credential ${shown(name)}`, isRemark: true }],
  );
  return [...lacking, ...idle];
}

function patternOf(text: string): readonly Pattern[] {
  const pattern = parsePattern("url", text);
  return pattern.ok ? [pattern.value] : [];
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
