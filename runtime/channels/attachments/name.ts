import { LIMITS } from "../../../core/index.ts";

/** The ending that each kind of file has; the first is given where a name has none of them. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": [".jpg", ".jpeg"],
  "image/png": [".png"],
  "image/webp": [".webp"],
  "text/plain": [".txt", ".md", ".csv", ".log"],
};

/** A name without folders, control, invisible and direction characters, that ends as its kind does. */
export function cleanName(name: string, mediaType: string): string {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, "")
    .replace(/^[.\s]+/, "")
    .replace(/[.\s]+$/, "");
  const endings = ENDINGS[mediaType] ?? [];
  const has = endings.find((each) => plain.toLowerCase().endsWith(each) && plain.length > each.length);
  const stem = has ? plain.slice(0, -has.length) : plain;
  const ending = has ?? endings[0] ?? "";
  const room = LIMITS.attachmentNameChars - ending.length;
  return `${(stem === "" ? "file" : stem).slice(0, room).toWellFormed().replaceAll("\uFFFD", "")}${ending}`;
}
