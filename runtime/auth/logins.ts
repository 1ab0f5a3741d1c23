import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { fail, isObject, LIMITS, ok, problem, type Clock, type Instant, type Json, type Result, type Secret } from "../../core/index.ts";
import type { Role } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { identityFrom } from "./identity.ts";
import { isRole } from "./roles.ts";
import { damaged, parsed, writeSealed } from "./sealed.ts";
import type { Identity } from "./types.ts";

/** One login: a family of tokens. Whoever holds its newest refresh token goes on; whoever shows an older one ends it. */
export interface LoginRecord {
  readonly id: string;
  readonly identity: Identity;
  /** At most this, whatever the person's role is. */
  readonly role: Role;
  readonly createdAt: Instant;
  readonly usedAt: Instant;
  readonly expiresAt: Instant;
  /** Number of the refresh token that is good now. */
  readonly turn: number;
}

export type Turned =
  | { readonly outcome: "turned"; readonly login: LoginRecord }
  | { readonly outcome: "reused"; readonly login: LoginRecord }
  | { readonly outcome: "unknown" };

export interface Logins {
  readonly all: () => readonly LoginRecord[];
  readonly get: (id: string) => LoginRecord | undefined;
  readonly begin: (identity: Identity, role: Role) => Result<LoginRecord>;
  readonly refreshTokenOf: (login: LoginRecord) => string;
  /** Uses a refresh token up. A reused one is told, and its login is gone. */
  readonly turn: (refreshToken: string) => Result<Turned>;
  readonly end: (id: string) => Result<void>;
  /** Lets go of those that are not in the store any more. @returns their ids */
  readonly lookAgain: () => Result<readonly string[]>;
}

const PREFIX = "auth/login/";
const TOKEN = /^mbr_([0-9a-f]{32})_([1-9]\d{0,8})_([A-Za-z0-9_-]{43})$/;

export function openLogins(records: SealedRecords, key: Secret<Uint8Array>, clock: Clock): Result<Logins> {
  const known = new Map<string, LoginRecord>();
  const slots = records.list(PREFIX);
  if (!slots.ok) return slots;
  for (const { head, slot } of slots.value) {
    const json = parsed(head);
    if (!json.ok) return json;
    const login = loginFrom(json.value);
    if (!login || `${PREFIX}${login.id}` !== slot) return damaged("A login");
    known.set(login.id, login);
  }

  const macOf = (id: string, turn: number): Buffer => createHmac("sha256", key.open()).update(`${id}\n${turn}`).digest();
  const write = (login: LoginRecord): Result<void> => {
    const written = writeSealed(records, `${PREFIX}${login.id}`, { formatVersion: "1.0", ...login });
    if (written.ok) known.set(login.id, login);
    return written;
  };
  const end = (id: string): Result<void> => {
    // Gone for us at once, whatever the disk says; the next start finds it again only where removing failed.
    known.delete(id);
    return records.remove(`${PREFIX}${id}`);
  };
  const live = (id: string): LoginRecord | undefined => {
    const login = known.get(id);
    return login && Date.parse(login.expiresAt) > clock.now().getTime() ? login : undefined;
  };
  const sweep = (): void => {
    for (const login of known.values()) if (!live(login.id)) end(login.id);
  };

  return ok({
    all: () => [...known.values()].filter(({ id }) => live(id)),
    get: live,
    begin: (identity, role) => {
      sweep();
      if (known.size >= LIMITS.logins)
        return fail(
          problem("AUTH_LIMIT", {
            detail: `There are ${known.size} logins; limits.logins is ${LIMITS.logins}.`,
            remedy: "End those that nobody uses:\nmoltbot gateway devices",
          }),
        );
      const now = clock.now();
      const login: LoginRecord = {
        id: randomBytes(16).toString("hex"),
        identity,
        role,
        createdAt: now.toISOString(),
        usedAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + LIMITS.loginMs).toISOString(),
        turn: 1,
      };
      const written = write(login);
      return written.ok ? ok(login) : written;
    },
    refreshTokenOf: ({ id, turn }) => `mbr_${id}_${turn}_${macOf(id, turn).toString("base64url")}`,
    turn: (refreshToken) => {
      const [, id = "", turnText = "", mac = ""] = TOKEN.exec(refreshToken) ?? [];
      const turn = Number(turnText);
      // The signature first, for a login that exists or not: what is compared takes the same time for both.
      const given = Buffer.from(mac, "base64url");
      const due = macOf(id, turn);
      if (given.length !== due.length || !timingSafeEqual(given, due)) return ok({ outcome: "unknown" });
      const login = live(id);
      if (!login) return ok({ outcome: "unknown" });
      if (turn !== login.turn) {
        const ended = end(id);
        return ended.ok ? ok({ outcome: "reused", login }) : ended;
      }
      const next = { ...login, turn: turn + 1, usedAt: clock.now().toISOString() };
      const written = write(next);
      return written.ok ? ok({ outcome: "turned", login: next }) : written;
    },
    end,
    lookAgain: () => {
      const names = records.names(PREFIX);
      if (!names.ok) return names;
      const there = new Set(names.value);
      const gone = [...known.keys()].filter((id) => !there.has(`${PREFIX}${id}`));
      for (const id of gone) known.delete(id);
      return ok(gone);
    },
  });
}

/** Every login in the store that a question is true of. */
export function loginsAmong(
  records: SealedRecords,
  isMeant: (identity: Identity) => boolean,
): Result<readonly { readonly slot: string; readonly login: LoginRecord }[]> {
  const slots = records.list(PREFIX);
  if (!slots.ok) return slots;
  const found: { readonly slot: string; readonly login: LoginRecord }[] = [];
  for (const { head, slot } of slots.value) {
    const json = parsed(head);
    if (!json.ok) return json;
    const login = loginFrom(json.value);
    if (!login) return damaged("A login");
    if (isMeant(login.identity)) found.push({ slot, login });
  }
  return ok(found);
}

function loginFrom(value: Json): LoginRecord | undefined {
  if (!isObject(value)) return undefined;
  const { id, role, createdAt, usedAt, expiresAt, turn } = value;
  const identity = identityFrom(value["identity"]);
  if (typeof id !== "string" || !identity || !isRole(role) || typeof turn !== "number") return undefined;
  if (typeof createdAt !== "string" || typeof usedAt !== "string" || typeof expiresAt !== "string") return undefined;
  return { id, identity, role, turn, createdAt, usedAt, expiresAt };
}
