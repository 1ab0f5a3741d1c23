import { KNOWN_KEYS } from "./known-keys.data.ts";

/** A place in OpenClaw's configuration: the keys below it, and whether anything else may stand there too. */
interface Place {
  readonly isOpen: boolean;
  /** `[]` is any item of a list, `*` any key. */
  readonly keys: ReadonlyMap<string, number>;
}

const places = new Map<number, Place>();

/** One line of the table: `~` where anything goes, then `key:line` for each key (no line: nothing below). */
function placeAt(line: number): Place {
  const known = places.get(line);
  if (known) return known;
  const text = KNOWN_KEYS[line] ?? "";
  const words = text.replace(/^~/, "").split(" ");
  const keys = new Map(
    words
      .filter((word) => word !== "")
      .map((word): [string, number] => {
        const colon = word.lastIndexOf(":");
        return colon < 0 ? [word, 0] : [word.slice(0, colon), Number(word.slice(colon + 1))];
      }),
  );
  const place = { isOpen: text.startsWith("~"), keys };
  places.set(line, place);
  return place;
}

const ROOT = KNOWN_KEYS.length - 1;

/**
 * Whether some version of OpenClaw that we know has a setting at this place. A key that is named is
 * followed by its own rules, also where anything else would go.
 */
export function isKnownKey(segments: readonly (string | number)[]): boolean {
  let place = placeAt(ROOT);
  for (const segment of segments) {
    const next = place.keys.get(typeof segment === "number" ? "[]" : segment) ?? place.keys.get(typeof segment === "number" ? "[]" : "*");
    if (next === undefined) return place.isOpen;
    place = placeAt(next);
  }
  return true;
}
