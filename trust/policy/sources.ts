import { byCodeUnit, digestBytes, digestJson, isObject, type Digest, type JsonObject } from "../../core/index.ts";

/** One policy as it is written: a `Policy` resource, or a file of the built-in ones. */
export interface PolicyText {
  /** The name of the `Policy`. */
  readonly name: string;
  readonly rego: string;
  /** `spec.data`, which its rules read as `data.moltbot.settings.<name made Rego-safe>`. */
  readonly data: JsonObject;
}

/**
 * One digest over everything that compiled policies are made from. Independent of order, of where a text
 * is kept and of who asks: a plan compares it with the lock's `sources`.
 */
export function policySourcesDigest(sources: readonly PolicyText[]): Digest {
  return digestOf(
    Object.fromEntries(sources.map(({ name, rego }) => [name, digestBytes(rego)])),
    Object.fromEntries(sources.map(({ name, data }) => [name, data])),
  );
}

/** The same digest from what a lock holds: the digests of the texts, and the data itself. */
export function digestOf(texts: Readonly<Record<string, Digest>>, data: Readonly<Record<string, JsonObject>>): Digest {
  const names = Object.keys(texts).sort(byCodeUnit);
  return digestJson(names.map((name) => ({ name, rego: texts[name] ?? null, data: data[name] ?? null })));
}

/** `open-channel` is the package `moltbot.policies.open_channel`; a name that begins with a digit gets an underscore before it. */
export function regoName(name: string): string {
  return name.replaceAll("-", "_").replace(/^(?=\d)/, "_");
}

/** The document that compiled rules see as `data`. */
export function dataDocument(data: Readonly<Record<string, JsonObject>>): JsonObject {
  const settings = Object.entries(data).filter(([, each]) => isObject(each) && Object.keys(each).length > 0);
  return settings.length === 0 ? {} : { moltbot: { settings: Object.fromEntries(settings.map(([name, each]) => [regoName(name), each])) } };
}
