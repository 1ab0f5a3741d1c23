import { createHash, randomBytes } from "node:crypto";
import { isArray, isObject, type Clock } from "../../../../core/index.ts";
import type { Notes } from "../../notes.ts";

/** Who is behind a cookie. */
export interface WebSessions {
  /** @param isKept - Survives a restart: somebody who was let in. */
  readonly begin: (id: string, isKept: boolean) => string;
  readonly who: (token: string | null) => string | null;
  readonly end: (token: string | null) => void;
  /** A visitor was let in: its session is kept from now on. */
  readonly keep: (token: string) => void;
}

interface Session {
  readonly id: string;
  readonly until: number;
}

const LIFE_MS = 30 * 86_400_000;
const MAX_KEPT = 1_000;
/** Anybody can become a visitor, so they are few, and never push out somebody who was let in. */
const MAX_VISITORS = 200;

/** Tokens are kept as hashes. */
export function webSessions(notes: Notes, clock: Clock): WebSessions {
  const kept = new Map<string, Session>();
  const visitors = new Map<string, Session>();
  const stored = notes.get();
  for (const each of stored.ok && isArray(stored.value) ? stored.value.filter(isObject) : []) {
    const { hash, id, until } = each;
    if (typeof hash === "string" && typeof id === "string" && typeof until === "number") kept.set(hash, { id, until });
  }
  const save = (): void => void notes.set([...kept].map(([hash, { id, until }]) => ({ hash, id, until })));
  const put = (into: Map<string, Session>, most: number, hash: string, session: Session): void => {
    into.set(hash, session);
    if (into.size > most) for (const oldest of into.keys()) if (into.delete(oldest)) break;
    if (into === kept) save();
  };
  const find = (token: string | null): { readonly hash: string; readonly session: Session | undefined } => {
    const hash = token === null ? "" : hashOf(token);
    const session = kept.get(hash) ?? visitors.get(hash);
    return { hash, session: session && session.until > clock.now().getTime() ? session : undefined };
  };
  return {
    begin: (id, isKept) => {
      const token = randomBytes(32).toString("base64url");
      put(isKept ? kept : visitors, isKept ? MAX_KEPT : MAX_VISITORS, hashOf(token), { id, until: clock.now().getTime() + LIFE_MS });
      return token;
    },
    who: (token) => find(token).session?.id ?? null,
    keep: (token) => {
      const { hash, session } = find(token);
      if (!session || !visitors.delete(hash)) return;
      put(kept, MAX_KEPT, hash, session);
    },
    end: (token) => {
      const { hash } = find(token);
      visitors.delete(hash);
      if (kept.delete(hash)) save();
    },
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
