import {
  byCodeUnit,
  canonicalJson,
  digestBytes,
  type Actor,
  type Address,
  type Digest,
  type Edit,
  type Generation,
  type Hold,
  type Instant,
  type Json,
  type Owner,
  type Pin,
} from "../../core/index.ts";
import { numberOf, textOf, type Db } from "./db.ts";
import { corrupt } from "./faults.ts";
import { FACTS, type FactTable } from "./schema.ts";
import type { CandidateAnswer } from "./types.ts";

/**
 * What an owner has besides rows, closed by one digest per owner, and all owners by one digest in the
 * signed head. So a hold that vanished from its table is as visible as one that was edited.
 */
export interface OwnerRow {
  readonly id: number;
  readonly name: Owner;
  /** The highest fence ever given out. */
  readonly fence: number;
  readonly state: Digest;
}

export interface OwnerState extends OwnerRow {
  /** Ascending by number. */
  readonly generations: readonly Generation[];
  readonly edits: readonly Edit[];
  readonly holds: readonly Hold[];
  readonly pin: Pin | null;
  readonly intent: Intent | null;
  readonly answer: CandidateAnswer | null;
}

/** Transaction (1) of an apply that has no receipt yet. */
export interface Intent {
  readonly fence: number;
  readonly plan: Digest;
  readonly actor: Actor;
  readonly at: Instant;
  /** Set once the candidate is written: what is left to do when it becomes active. */
  readonly pending: Pending | null;
}

export interface Pending {
  readonly generation: number;
  readonly correctedEdits: readonly string[];
  /** Absent: the pin stays as it is. */
  readonly pin?: Pin | null;
  readonly receipt: Readonly<Record<string, string | number>>;
  readonly adopted: readonly { readonly address: Address; readonly from: Owner }[];
  /** What goes to {@link UNMANAGED}, with the digest it had. Absent in intents of older versions. */
  readonly released?: readonly { readonly address: Address; readonly digest: Digest }[];
}

/** Every owner, checked against the signed head's `state`. */
export function readOwners(db: Db, state: Digest): ReadonlyMap<Owner, OwnerRow> {
  const owners = db.all("SELECT id, name, fence, state FROM owners").map(([id, name, fence, digest]): OwnerRow => ({
    id: numberOf(id, "owner id"),
    name: textOf(name, "owner name") as Owner,
    fence: numberOf(fence, "fence"),
    state: textOf(digest, "owner state") as Digest,
  }));
  if (stateOfOwners(owners) !== state) throw corrupt("The list of owners is not the one the signed ledger head names.");
  return new Map(owners.map((owner) => [owner.name, owner]));
}

export function stateOfOwners(owners: readonly OwnerRow[]): Digest {
  const lines = owners.map(({ id, name, fence, state }) => canonicalJson([name, id, fence, state]));
  return digestBytes(lines.sort(byCodeUnit).join("\n"));
}

/** Everything of one owner, checked against its digest before any of it is parsed. */
export function readOwner(db: Db, row: OwnerRow): OwnerState {
  const facts = readFacts(db, row.id);
  if (digestOfFacts(facts) !== row.state) {
    throw corrupt(
      `The generations, edits, holds, pin or intent of "${row.name}" are not what its digest says: a record was changed or lost.`,
    );
  }
  const parsed = (table: FactTable): readonly unknown[] => facts[table].map(([, body]): unknown => JSON.parse(body));
  // What the digest covers was written by putFact, so it has the shape it had then.
  return {
    ...row,
    generations: parsed("generations") as readonly Generation[],
    edits: inOrder(parsed("edits") as readonly Edit[]),
    holds: parsed("holds") as readonly Hold[],
    pin: (parsed("pins")[0] ?? null) as Pin | null,
    intent: (parsed("intents")[0] ?? null) as Intent | null,
    answer: (parsed("answers")[0] ?? null) as CandidateAnswer | null,
  };
}

type Facts = Readonly<Record<FactTable, readonly (readonly [key: string | number, body: string])[]>>;

function readFacts(db: Db, owner: number): Facts {
  const read = (table: FactTable): Facts[FactTable] =>
    db.all(`SELECT key, body FROM ${table} WHERE owner = ? ORDER BY key`, owner).map(([key, body]) => {
      if (typeof key !== "string" && typeof key !== "number") throw corrupt(`A key in "${table}" is not text or a number.`);
      return [key, textOf(body, `record in "${table}"`)];
    });
  return {
    generations: read("generations"),
    edits: read("edits"),
    holds: read("holds"),
    pins: read("pins"),
    intents: read("intents"),
    answers: read("answers"),
  };
}

/** JSON text has no raw line break, so no two sets of facts give the same bytes. */
function digestOfFacts(facts: Facts): Digest {
  const lines = FACTS.flatMap((table) => facts[table].map(([key, body]) => `${table} ${key} ${body}\n`));
  return digestBytes(lines.join(""));
}

export function addOwner(db: Db, name: Owner): OwnerRow {
  const state = digestBytes("");
  db.run("INSERT INTO owners (name, fence, state) VALUES (?, 0, ?)", name, state);
  return { id: numberOf(db.row("SELECT id FROM owners WHERE name = ?", name)?.[0], "owner id"), name, fence: 0, state };
}

/** After its facts changed: the owner's digest is made anew. */
export function closeOwner(db: Db, id: number): void {
  db.run("UPDATE owners SET state = ? WHERE id = ?", digestOfFacts(readFacts(db, id)), id);
}

/** After any owner changed: the digest over all of them, for the head. */
export function closeOwners(db: Db): Digest {
  return stateOfOwners(
    db.all("SELECT id, name, fence, state FROM owners").map(([id, name, fence, state]) => ({ id, name, fence, state }) as OwnerRow),
  );
}

/** As they were made: a later one changes what an earlier one left. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}

export function putFact(db: Db, table: FactTable, owner: number, key: string | number, body: object): void {
  db.run(`INSERT OR REPLACE INTO ${table} (owner, key, body) VALUES (?, ?, ?)`, owner, key, canonicalJson(body as unknown as Json));
}

export function dropFact(db: Db, table: FactTable, owner: number, key: string | number): boolean {
  return db.run(`DELETE FROM ${table} WHERE owner = ? AND key = ?`, owner, key) > 0;
}

export function dropFacts(db: Db, table: FactTable, owner: number): void {
  db.run(`DELETE FROM ${table} WHERE owner = ?`, owner);
}

export function activeOf(state: OwnerState): Generation | null {
  return state.generations.find(({ status }) => status === "active") ?? null;
}

export function candidateOf(state: OwnerState): Generation | null {
  return state.generations.find(({ status }) => status === "candidate") ?? null;
}
