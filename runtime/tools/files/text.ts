const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Whether bytes are text to be shown: UTF-8 without NUL. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
