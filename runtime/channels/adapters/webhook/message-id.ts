import { createHash } from "node:crypto";

/**
 * The id of a message among all that come in: of its sender and place, so that what one of them calls `order-1` is
 * neither the other's message again nor answered with the other's answer.
 */
export function ownId(id: string, sender: string, room: string | null): string {
  const whose = createHash("sha256")
    .update(JSON.stringify([sender, room]))
    .digest("hex")
    .slice(0, 16);
  return `${id} ${whose}`;
}

/** As the sender wrote it. */
export function writtenId(id: string): string {
  return id.replace(/ [0-9a-f]{16}$/, "");
}
