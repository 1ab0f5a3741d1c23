import { fail, ok, problem, shown, type Result } from "../../core/index.ts";
import { hostContains, parseHost, type Host } from "./host.ts";
import type { Pattern } from "./types.ts";

/** The hosts no network grant may reach beyond, whatever their scheme and port. */
export interface Ceiling {
  readonly hosts: readonly Host[];
}

/** What a Project that says nothing has: this machine alone. */
export const LOCAL_CEILING: Ceiling = {
  hosts: [
    { kind: "name", text: "localhost" },
    { kind: "ip", text: "127.0.0.1" },
    { kind: "ip", text: "[::1]" },
  ],
};

/** Reads host patterns: `api.example.com`, `*.example.com`, `**.example.com`, `**`, an IP address as it is. */
export function parseCeiling(hosts: readonly string[]): Result<Ceiling> {
  const parsed = hosts.map((text) => ({ text, host: parseHost(text, true) }));
  const diagnostics = parsed.flatMap(({ text, host }) =>
    "refusal" in host
      ? [
          problem("CAPABILITY_RESOURCE", {
            detail: `The host ${shown(text)} is refused: ${host.refusal.why}.`,
            ...(host.refusal.remedy && { remedy: host.refusal.remedy }),
          }),
        ]
      : [],
  );
  return diagnostics.length > 0 ? fail(...diagnostics) : ok({ hosts: parsed.flatMap(({ host }) => ("value" in host ? [host.value] : [])) });
}

/** Whether one host of the ceiling covers every host of the pattern. A pattern for any host needs `**`. */
export function ceilingContains(ceiling: Ceiling, pattern: Pattern): boolean {
  if (pattern.type !== "url") return false;
  const host: Host = pattern.authority?.host ?? { kind: "any" };
  return ceiling.hosts.some((each) => hostContains(each, host));
}

/** Whether some host patterns cover another, all as a Project writes them. What does not parse covers nothing and is covered by nothing. */
export function hostsCover(hosts: readonly string[], host: string): boolean {
  const parsed = parseHost(host, true);
  if ("refusal" in parsed) return false;
  return hosts.some((each) => {
    const cover = parseHost(each, true);
    return "value" in cover && hostContains(cover.value, parsed.value);
  });
}
