const TAR_BLOCK = 512;

/** One file of the archive that the compiler wrote; undefined when it is not there. */
export function fileInTar(tar: Uint8Array, wanted: string): Uint8Array | undefined {
  const text = (from: number, length: number): string =>
    Buffer.from(tar.subarray(from, from + length))
      .toString("latin1")
      .replace(/\0.*$/s, "");
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    if (text(at, 100) === wanted) return tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size);
    at += TAR_BLOCK * (1 + Math.ceil(size / TAR_BLOCK));
  }
  return undefined;
}
