import type { ResourceType } from "./types.ts";

/**
 * What patterns mean, said a second time and in another way: a pattern is a regular expression over
 * canonical requests, and containment and intersection are questions about every request of a small
 * universe. Shares no code with the room. The universes hold a segment and a label (`z`) that no
 * pattern names, and are longer than any pattern, so that two different sets differ inside them.
 */
export const UNIVERSE: Readonly<Record<ResourceType, readonly string[]>> = {
  url: product(
    ["http://", "https://"],
    [...words(["a", "b", "z"], 1, 2, "."), "z.z.a", "a.a.b", "z.a.b", "z.z.b", "z.z.a.b", "127.0.0.1", "[::1]"],
    ["", ":8080"],
    ["/"],
    words(["x", "z", ""], 1, 3, "/"),
  ),
  path: [".", ...words(["x", "y", "z"], 1, 3, "/")],
  name: words(["x", "y", "z"], 1, 3, "/"),
  command: ["x", "y", "z"],
};

/** Every pattern the exhaustive tests compare, as written by a user. */
export const PATTERNS: Readonly<Record<ResourceType, readonly string[]>> = {
  url: [
    ...product(
      ["http://", "https://"],
      ["a", "b", "a.b", "*.a", "**.a", "*.b", "**.b", "*.a.b", "**.a.b", "**", "127.0.0.1", "[::1]"],
      ["", ":8080"],
      ["/"],
      [...words(["x", "*", ""], 1, 2, "/"), "**", "x/**", "*/**", "/**", "x/*/**", "*/x/**"],
    ),
    "http://**",
    "https://**",
  ],
  path: [".", "**", ...words(["x", "y", "*"], 1, 3, "/"), ...words(["x", "y", "*"], 1, 2, "/").map((text) => `${text}/**`)],
  name: ["**", ...words(["x", "y", "*"], 1, 3, "/"), ...words(["x", "y", "*"], 1, 2, "/").map((text) => `${text}/**`)],
  command: ["x", "y", "*", "**"],
};

/** The requests of the universe that a pattern covers. */
export function oracleCovers(type: ResourceType, pattern: string): ReadonlySet<string> {
  const test = type === "url" ? urlExpression(pattern) : segmentExpression(pattern);
  return new Set(UNIVERSE[type].filter((request) => test.test(request)));
}

function urlExpression(pattern: string): RegExp {
  const [, scheme = "", host = "", port = "", path = ""] = /^(\w+):\/\/(\[[^\]]*\]|[^:/]*)(:\d+)?(\/.*)?$/.exec(pattern) ?? [];
  if (host === "**" && path === "") return new RegExp(`^${scheme}://.*$`);
  const hosts =
    host === "**"
      ? "[^/]+?"
      : host
          .replace(/[.[\]]/g, "\\$&")
          .replace(/^\*\*\\\./, "([a-z]+\\.)+")
          .replace(/^\*\\\./, "[a-z]+\\.");
  return new RegExp(
    `^${scheme}://${hosts}${port === "" ? "(?!:)" : port}${host === "**" && port === "" ? "(?<!:\\d+)" : ""}/${pathExpression(path.slice(1))}$`,
  );
}

function segmentExpression(pattern: string): RegExp {
  if (pattern === ".") return /^\.$/;
  if (pattern === "**") return /^.*$/;
  return new RegExp(`^(?!\\.$)${pathExpression(pattern)}$`);
}

/** `/` joins segments; a final `**` also covers nothing at all, without the slash before it. */
function pathExpression(path: string): string {
  if (path === "**") return ".*";
  const open = path.endsWith("/**");
  const body = (open ? path.slice(0, -3) : path)
    .split("/")
    .map((segment) => (segment === "*" ? "[^/]+" : segment))
    .join("/");
  return open ? `${body}(/.*)?` : body;
}

function words(alphabet: readonly string[], from: number, to: number, join: string): string[] {
  const out: string[][] = [];
  let layer: string[][] = [[]];
  for (let length = 1; length <= to; length++) {
    layer = layer.flatMap((word) => alphabet.map((letter) => [...word, letter]));
    if (length >= from) out.push(...layer);
  }
  return out.map((word) => word.join(join));
}

function product(...parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>((sofar, part) => sofar.flatMap((head) => part.map((tail) => head + tail)), [""]);
}
