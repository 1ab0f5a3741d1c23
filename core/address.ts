/** Where a resource lives in the model: `Kind/name`. Sorted by code unit in everything we emit. */
export type Address = `${string}/${string}`;

const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export function addressOf(kind: string, name: string): Address {
  return `${kind}/${name}`;
}

/** Parses `Kind/name`; undefined when it is not one. */
export function parseAddress(text: string): { readonly kind: string; readonly name: string; readonly address: Address } | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const kind = text.slice(0, slash);
  const name = text.slice(slash + 1);
  return KIND.test(kind) && NAME.test(name) ? { kind, name, address: `${kind}/${name}` } : undefined;
}

/** RFC 1123 label: lower-case letters, digits and inner hyphens, 1 to 63 characters. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Does a pattern (`Kind/name`, `*` for any run of characters in either part) select the address? */
export function selects(pattern: string, address: Address): boolean {
  const [kind = "", name = ""] = address.split("/");
  const [wantedKind = "", wantedName = ""] = pattern.split("/");
  return glob(wantedKind, kind) && glob(wantedName, name);
}

/** `*` stands for any run of characters. Linear: each literal part is searched for once, left to right. */
function glob(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
