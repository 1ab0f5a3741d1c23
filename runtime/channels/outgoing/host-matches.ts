type Host =
  | { readonly kind: "any" }
  | { readonly kind: "name" | "ip"; readonly text: string }
  | { readonly kind: "one" | "some"; readonly suffix: string };

/** `docs.acme.example`, `*.acme.example`, `**.acme.example`, each perhaps with a port; https, or http to this machine. */
export function declaredCovers(declared: string, url: URL): boolean {
  const [, stars, name = "", port] = /^(\*{1,2})?\.?([^:*]+)(?::(\d+))?$/.exec(declared) ?? [];
  const isLocal = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  if (url.protocol !== "https:" && !(isLocal && url.protocol === "http:")) return false;
  if ((port ?? "") !== url.port) return false;
  return hostCovers(
    stars === undefined ? { kind: "name", text: name } : { kind: stars === "*" ? "one" : "some", suffix: name },
    url.hostname,
  );
}

/** A pattern for any host names none. */
export function hostCovers(host: Host, hostname: string): boolean {
  if (host.kind === "any") return false;
  if ("text" in host) return host.text === hostname;
  if (!hostname.endsWith(`.${host.suffix}`)) return false;
  return host.kind === "some" || !hostname.slice(0, -host.suffix.length - 1).includes(".");
}
