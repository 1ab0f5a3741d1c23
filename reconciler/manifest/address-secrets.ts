import { pointerOf, problem, isArray, isObject, type Diagnostic, type Json, type KindModel } from "../../core/index.ts";
import { isSecretKey } from "./credential.ts";
import { originAt } from "./envelope.ts";
import { spotAt } from "./spot.ts";
import type { ParsedDocument } from "./types.ts";

/**
 * Credentials in addresses: a user name or password before the host, or a parameter such as `api_key=` in
 * the query. They would be public wherever the address is shown, and a Secret cannot stand inside a text.
 */
export function addressSecrets(document: ParsedDocument, model: KindModel): readonly Diagnostic[] {
  const suspects: (readonly (string | number)[])[] = [];
  collect(document.value, [], suspects);
  return suspects.flatMap((segments) => {
    const spot = spotAt(document, model, pointerOf(segments));
    const what = typeof spot.value === "string" && spot.node?.format === "uri" ? credentialIn(spot.value) : undefined;
    if (what === undefined) return [];
    return [
      problem("SECRET_PLAINTEXT", {
        detail: `${spot.path} is an address with ${what}, which would stay in the repository's history for ever. The value is not repeated here.`,
        remedy:
          "Leave it out of the address, and send it as a header or as credentials by reference to a Secret: {secret: NAME, key: KEY}.\nIf it was ever committed, change it where it came from.",
        origin: originAt(document, spot.pointer, "value", true),
      }),
    ];
  });
}

/** What in an address is a credential, in words. */
export function credentialIn(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { username, password, searchParams } = new URL(text);
  if (password !== "") return "a password";
  if (username !== "") return "a user name";
  const named = [...searchParams].find(([name, value]) => value !== "" && (isSecretKey(name) || /^(?:sig|signature|pat|jwt)$/i.test(name)));
  return named && "a credential in its query";
}

function collect(value: Json, path: (string | number)[], suspects: (readonly (string | number)[])[]): void {
  if (typeof value === "string") {
    if (/:\/\/.*[@?]/s.test(value)) suspects.push([...path]);
    return;
  }
  const entries: Iterable<readonly [string | number, Json]> = isArray(value)
    ? value.entries()
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [key, item] of entries) {
    path.push(key);
    collect(item, path, suspects);
    path.pop();
  }
}
