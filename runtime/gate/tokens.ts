import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  canonicalJson,
  fail,
  isArray,
  isObject,
  LIMITS,
  ok,
  problem,
  type Clock,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import { parsePattern, parseTool, type Pattern } from "../../trust/capability/index.ts";
import { isPast, type Handle, type Handles, type Narrowing } from "./handles.ts";
import type { Caveat, Tokens } from "./types.ts";

/**
 * Capability tokens, built as macaroons: each restriction is signed with the signature before it, so that
 * whoever holds a token can add one and nobody can take one away. The key never leaves this process.
 * Source: Birgisson et al., "Macaroons" (NDSS 2014), without third-party caveats.
 */
interface Token {
  readonly v: 1;
  /** Which capability, by a number that only this process knows the meaning of. */
  readonly id: string;
  readonly until: string;
  readonly caveats: readonly Caveat[];
  readonly signature: string;
}

const KEY_BYTES = 32;
const ID_BYTES = 16;
const MAX_MINTED = LIMITS.runsOpen;

/** Adds a restriction; anybody who holds the token can. @returns `TOKEN_INVALID` for what is no token. */
export function attenuate(token: string, caveat: Caveat): Result<string> {
  const read = readToken(token);
  if (!read) return fail(refused("it cannot be read"));
  if (read.caveats.length >= LIMITS.tokenCaveats) return fail(refused("it holds as many restrictions as it may (limits.tokenCaveats)"));
  return ok(
    writeToken({
      ...read,
      caveats: [...read.caveats, caveat],
      signature: signed(Buffer.from(read.signature, "base64url"), caveat as unknown as Json),
    }),
  );
}

export function newTokens(handles: Handles, clock: Clock): Tokens {
  const key = randomBytes(KEY_BYTES);
  const minted = new Map<string, Handle>();
  return {
    mint: (capability, run) => {
      const now = clock.now().getTime();
      const handle = handles.verify(capability, run, now);
      if (!handle.ok) return handle;
      const id = randomBytes(ID_BYTES).toString("hex");
      const until = new Date(Math.min(now + LIMITS.capabilityTokenMs, handle.value.expiresAt)).toISOString();
      const [oldest] = minted.keys();
      if (minted.size >= MAX_MINTED && oldest !== undefined) minted.delete(oldest);
      minted.set(id, handle.value);
      return ok(writeToken({ v: 1, id, until, caveats: [], signature: signed(key, baseOf(id, until, handle.value)) }));
    },
    accept: (text, run) => {
      const token = readToken(text);
      const handle = token && minted.get(token.id);
      if (!token || !handle) return fail(refused("this process made none like it"));
      const made = token.caveats.reduce(
        (before, caveat) => signed(Buffer.from(before, "base64url"), caveat as unknown as Json),
        signed(key, baseOf(token.id, token.until, handle)),
      );
      if (!isSame(made, token.signature)) return fail(refused("its signature is not valid"));
      const now = clock.now().getTime();
      const ends = [token.until, ...token.caveats.flatMap((each) => ("until" in each ? [each.until] : []))];
      if (ends.some((each) => isPast(each, now))) return fail(refused("its time is over"));
      if (handle.run !== run.id || handle.session !== run.session) return fail(refused("it was made for another run"));
      const narrowing = narrowed(handle, token.caveats);
      if (!narrowing) return fail(refused("it holds a restriction that is not known here"));
      const expiresAt = Math.min(handle.expiresAt, ...ends.map((each) => Date.parse(each)));
      return ok(handles.issue({ ...handle, narrowing, expiresAt }));
    },
  };
}

function baseOf(id: string, until: string, { owner, agent, session, run, tool }: Handle): Json {
  return { v: 1, id, until, owner, agent, session, run, tool: tool.name };
}

function signed(key: Buffer, what: Json): string {
  return createHmac("sha256", key).update(canonicalJson(what)).digest("base64url");
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a, "base64url"), Buffer.from(b, "base64url")];
  return x.length === y.length && timingSafeEqual(x, y);
}

function narrowed({ narrowing, tool }: Handle, caveats: readonly Caveat[]): Narrowing | undefined {
  const facts = parseTool(tool.name);
  const type = facts.ok ? facts.value.resource : null;
  let { actions } = narrowing;
  const patterns: Pattern[] = [...narrowing.patterns];
  for (const caveat of caveats) {
    if ("actions" in caveat) actions = actions ? actions.filter((each) => caveat.actions.includes(each)) : caveat.actions;
    else if ("resource" in caveat) {
      const pattern = type === null ? undefined : parsePattern(type, caveat.resource);
      if (!pattern?.ok) return undefined;
      patterns.push(pattern.value);
    }
  }
  return { actions, patterns };
}

function writeToken(token: Token): string {
  return Buffer.from(canonicalJson(token as unknown as Json)).toString("base64url");
}

const FIELDS = "caveats,id,signature,until,v";

function readToken(text: unknown): Token | undefined {
  if (typeof text !== "string" || text.length > LIMITS.tokenChars || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return isToken(value) ? (value as unknown as Token) : undefined;
  } catch {
    return undefined;
  }
}

function isToken(value: unknown): value is JsonObject {
  if (!isObject(value) || Object.keys(value).sort().join() !== FIELDS || value["v"] !== 1) return false;
  const { id, until, signature, caveats } = value;
  const isText = [id, until, signature].every((each) => typeof each === "string");
  return isText && isArray(caveats) && caveats.length <= LIMITS.tokenCaveats && caveats.every(isCaveat);
}

/** Exactly one known restriction: one that is not understood cannot be kept. */
function isCaveat(value: Json): boolean {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  const { actions, resource, until } = value;
  if (isArray(actions)) return actions.every((each) => typeof each === "string");
  return typeof resource === "string" || typeof until === "string";
}

function refused(why: string): ReturnType<typeof problem> {
  return problem("TOKEN_INVALID", { detail: `The capability token is refused: ${why}.` });
}
