/** Messages over a pipe: four bytes of length, then JSON. */
const HEAD = 4;

export function frameOf(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(body.byteLength);
  return Buffer.concat([head, body]);
}

/**
 * Reads frames as they come. A frame that says it is longer than it may be is refused before it is collected.
 *
 * @returns what takes the next bytes; false once something was wrong, and then it takes nothing any more.
 */
export function frameReader(mostBytes: number, take: (value: unknown) => void): (chunk: Buffer) => boolean {
  let parts: Buffer[] = [];
  let size = 0;
  let isBroken = false;
  const next = (): boolean => {
    if (size < HEAD) return false;
    const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    parts = [all];
    const length = all.readUInt32BE(0);
    if (length > mostBytes) isBroken = true;
    if (isBroken || size < HEAD + length) return false;
    const rest = all.subarray(HEAD + length);
    parts = rest.byteLength > 0 ? [rest] : [];
    size = rest.byteLength;
    try {
      take(JSON.parse(all.toString("utf8", HEAD, HEAD + length)));
    } catch {
      isBroken = true;
    }
    return !isBroken;
  };
  return (chunk) => {
    if (isBroken) return false;
    parts.push(chunk);
    size += chunk.byteLength;
    // What is not whole yet is put together only when there is enough of it to look at.
    while (next());
    return !isBroken;
  };
}
