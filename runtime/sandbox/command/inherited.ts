import fs from "node:fs";

const CLOSED_ON_EXEC = 0o2000000;

/**
 * Descriptors above 2 that a child would inherit: Node marks its own as closed on exec, so these came from
 * whoever started us. A command gets /dev/null in their place.
 */
export function inheritedDescriptors(): readonly number[] {
  return fs
    .readdirSync("/proc/self/fdinfo")
    .map(Number)
    .filter((fd) => fd > 2 && isInherited(fd))
    .sort((a, b) => a - b);
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, "latin1"))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & CLOSED_ON_EXEC) === 0;
  } catch {
    // It was closed since: the folder's own descriptor, for one.
    return false;
  }
}
