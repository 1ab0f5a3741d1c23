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
