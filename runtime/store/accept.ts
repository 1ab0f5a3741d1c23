import { ok, problem, type Actor, type LedgerHead, type Result } from "../../core/index.ts";
import { guard, must, StoreFault } from "./faults.ts";
import type { Places } from "./files.ts";
import { readSeenHead, writeSeenHead, type SeenHead } from "./head.ts";
import { openSession } from "./open.ts";
import { checkStateDir, requireWritable, storePresence } from "./state-dir.ts";
import type { StorePorts } from "./types.ts";

/**
 * `restore --accept-older`: the store as it is stands from now on, although a newer ledger head was seen
 * here, or none can be read. The ledger says so, and what it stepped back over. Wants the apply lock.
 */
export function acceptStore(
  dir: string,
  options: { readonly actor: Actor; readonly because: string },
  ports: StorePorts,
): Result<LedgerHead> {
  return guard(() => {
    const places = requireStore(dir);
    const seen = seenIfReadable(places);
    const { session, head: before } = openSession(places, "write", ports, { acceptOlder: true });
    try {
      const over = seen?.lineage === before.lineage ? { seq: seen.seq, hash: seen.hash } : null;
      must(session.write((change) => change.log("restored", null, options.actor, { because: options.because, file: null, over })));
      const head = must(session.read((view) => view.head));
      writeSeenHead(places.head, head);
      return ok({ seq: head.seq, hash: head.hash });
    } finally {
      session.close();
    }
  });
}

/** The store of a folder, for what needs one. @throws StoreFault `NO_RECORD` */
export function requireStore(dir: string): Places {
  const places = checkStateDir(dir);
  if (places && storePresence(places) === "present") {
    requireWritable(dir);
    return places;
  }
  throw new StoreFault(
    problem("NO_RECORD", { detail: "There is no store in this state folder.", remedy: "Name the right folder: --state DIR" }),
  );
}

function seenIfReadable(places: Places): SeenHead | undefined {
  const seen = guard(() => ok(readSeenHead(places.head)));
  return seen.ok ? seen.value : undefined;
}
