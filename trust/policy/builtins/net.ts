import { isIP } from "node:net";
import type { HostBuiltin } from "./values.ts";

/** An address, a slash, and a length that its family has. */
export const isCidr: HostBuiltin = (value) => {
  if (typeof value !== "string") return false;
  const [, address = "", length = ""] = /^([^/]*)\/(\d{1,3})$/.exec(value) ?? [];
  const family = isIP(address);
  return family !== 0 && !address.includes("%") && Number(length) <= (family === 4 ? 32 : 128) && String(Number(length)) === length;
};
