import process from "node:process";

/** The version that was tried; package.json names it as an optional peer. */
const VERSION = "3.22.1";

/** Only what computes on the processor: with its packages for graphics cards it is eight times as large. */
export const INSTALL_LIBRARY = `npm install --omit=optional node-llama-cpp@${VERSION} @node-llama-cpp/${process.platform === "darwin" ? "mac" : process.platform === "win32" ? "win" : "linux"}-${process.arch}@${VERSION}`;

/** Where the library is installed beside moltbot, as an address to import; null where it is not. Nothing of it is loaded. */
export function libraryFile(): string | null {
  try {
    return import.meta.resolve("node-llama-cpp");
  } catch {
    return null;
  }
}
