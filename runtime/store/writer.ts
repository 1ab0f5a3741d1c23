import {
  canonicalJson,
  digestJson,
  fail,
  LIMITS,
  mapResult,
  ok,
  type Edit,
  type Hold,
  type Json,
  type Owner,
  type Result,
} from "../../core/index.ts";
import { activate, answer, giveUp, rejectedProblem, settle } from "./candidate.ts";
import { abandonedNote, begin, commit } from "./claim.ts";
import { fault } from "./faults.ts";
import { setPin } from "./generate.ts";
import { isRuntimeHeld } from "./lock.ts";
import { dropFact, putFact } from "./owner-state.ts";
import { readerOn } from "./reader.ts";
import type { Changing, Session } from "./session.ts";
import type { StoreWriter } from "./types.ts";
import { changeUnmanaged } from "./unmanaged.ts";

/** The writing half of the store: each method is one transaction with its ledger records. */
export function writerOn(session: Session, lineage: string): StoreWriter {
  return {
    ...readerOn(session, lineage),
    begin: (owner, plan, actor) => {
      const begun = session.write((change) => begin(change, owner, plan, actor));
      if (!begun.ok) return begun;
      const { fence, abandoned } = begun.value;
      return ok(fence, abandoned ? [...begun.warnings, abandonedNote(owner, abandoned)] : begun.warnings);
    },
    commit: (fence, request, options) => session.write((change) => commit(change, fence, request, options?.candidate === true)),
    abandon: (fence, why) => session.write((change) => giveUp(change, fence, why)),
    answerCandidate: (owner, said) => session.write((change) => answer(change, owner, said)),
    activate: (fence) => {
      const done = session.write((change) => activate(change, fence));
      if (!done.ok) return done;
      return "rejected" in done.value
        ? fail(...rejectedProblem(fence.owner, done.value.rejected, done.value.why).diagnostics)
        : ok(done.value, done.warnings);
    },
    settleCandidate: (owner, actor) => {
      const open = session.read((view) => view.owner(owner)?.intent?.pending ?? null);
      if (!open.ok) return open;
      if (!open.value) return ok({ outcome: "none" as const });
      const held = isRuntimeHeld(session.places.dir);
      return held.ok ? session.write((change) => settle(change, owner, actor, held.value)) : held;
    },
    changeUnmanaged: (said) => session.write((change) => changeUnmanaged(change, said)),
    addEdit: (edit) => session.write((change) => addEdit(change, session.ports.randomHex(), edit)),
    addHold: (hold) => session.write((change) => addHold(change, session.ports.randomHex(), hold)),
    removeHold: (owner, id, actor, because) => session.write((change) => removeHold(change, owner, id, actor, because)),
    endPin: (owner, actor) => {
      const pinned: Result<boolean> = session.read((view) => view.owner(owner)?.pin !== undefined && view.owner(owner)?.pin !== null);
      if (!pinned.ok || !pinned.value) return mapResult(pinned, () => undefined);
      return session.write((change) => setPin(change, change.touch(owner), null, actor));
    },
    recordRefusal: (owner, actor, codes, plan) =>
      session.write((change) => change.log("refused", owner, actor, { codes: [...codes], plan })),
    noteAudit: (head, actor) =>
      session.write((change) => change.log("audit", null, actor, head ? { seq: head.seq, hash: head.hash } : { seq: 0 })),
    recordWaiver: (owner, actor, waiver) => session.write((change) => change.log("waived", owner, actor, waiver)),
  };
}

function addEdit(change: Changing, id: string, said: Omit<Edit, "id" | "at">): Edit {
  const state = change.touch(said.owner);
  // Each later than the one before it, on whatever clock: their order is what they come to.
  const last = state.edits.reduce((latest, each) => Math.max(latest, Date.parse(each.at)), 0);
  const edit: Edit = { ...said, id, at: last >= Date.parse(change.at) ? new Date(last + 1).toISOString() : change.at };
  checkNote("edits", state.edits.length, LIMITS.editsPerOwner, edit);
  putFact(change.db, "edits", state.id, id, edit);
  // Values may be private: the ledger, which leaves the machine, names fields and a digest.
  const patch = digestJson(edit.patch);
  change.log("edit", said.owner, said.actor, { id, address: said.address, pointers: said.patch.map(({ pointer }) => pointer), patch });
  return edit;
}

function addHold(change: Changing, id: string, said: Omit<Hold, "id" | "at">): Hold {
  const state = change.touch(said.owner);
  const hold: Hold = { ...said, id, at: change.at };
  checkNote("holds", state.holds.length, LIMITS.holdsPerOwner, hold);
  putFact(change.db, "holds", state.id, id, hold);
  const { selector, denied, reason, until } = hold;
  change.log("hold", said.owner, said.actor, { id, selector, denied: denied, reason, until });
  return hold;
}

function removeHold(change: Changing, owner: Owner, id: string, actor: string, because: string): void {
  const state = change.touch(owner);
  if (!dropFact(change.db, "holds", state.id, id)) {
    throw fault("HOLD_UNKNOWN", `"${owner}" has no hold with the id ${id.slice(0, LIMITS.requestChars)}.`, {
      remedy: "See which there are:\nmoltbot status",
      context: { owner },
    });
  }
  change.log("unhold", owner, actor, { id, because });
}

function checkNote(what: "edits" | "holds", count: number, limit: number, note: object): void {
  const name = what === "edits" ? "editsPerOwner" : "holdsPerOwner";
  if (count >= limit) {
    throw fault("STORE_LIMIT", `There are ${count} ${what} already; limits.${name} is ${limit}.`, {
      remedy: "Resolve some of them first.",
      context: { limit },
    });
  }
  const bytes = Buffer.byteLength(canonicalJson(note as Json));
  if (bytes > LIMITS.noteBytes) {
    throw fault("STORE_LIMIT", `One of the ${what} has ${bytes} bytes; limits.noteBytes is ${LIMITS.noteBytes}.`, {
      context: { limit: LIMITS.noteBytes },
    });
  }
}
