import { DatabaseSync } from "node:sqlite";

/** One thing that a search found. */
export interface Hit {
  readonly name: string;
  readonly excerpt: string;
}

/**
 * Words of texts, ready to be searched. It is kept in this process's memory and never on disk: an index tells what
 * the encrypted texts say.
 */
export interface Words {
  readonly set: (name: string, text: string | null) => void;
  /** Best first: texts with all the words, then those with any of them. */
  readonly find: (query: string, most: number) => readonly Hit[];
  readonly close: () => void;
}

const WORDS_IN_QUERY = 32;
const EXCERPT_WORDS = 48;

export function newWords(): Words {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE VIRTUAL TABLE words USING fts5(name, text, tokenize = 'unicode61 remove_diacritics 2')");
  const remove = db.prepare("DELETE FROM words WHERE name = ?");
  const insert = db.prepare("INSERT INTO words (name, text) VALUES (?, ?)");
  const select = db.prepare(
    `SELECT name, snippet(words, 1, '', '', '…', ${EXCERPT_WORDS}) AS excerpt FROM words WHERE words MATCH ? ORDER BY rank, name LIMIT ?`,
  );
  return {
    set: (name, text) => {
      remove.run(name);
      if (text !== null) insert.run(name, text);
    },
    find: (query, most) => {
      // Quoted, so that nothing in a query is an operator.
      const words = (query.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_IN_QUERY).map((word) => `"${word}"`);
      if (words.length === 0) return [];
      const found = new Map<string, Hit>();
      for (const wanted of [words.join(" "), words.join(" OR ")]) {
        for (const row of select.all(wanted, most)) {
          const name = String(row["name"]);
          if (found.size < most && !found.has(name)) found.set(name, { name, excerpt: String(row["excerpt"]) });
        }
      }
      return [...found.values()];
    },
    close: () => db.close(),
  };
}
