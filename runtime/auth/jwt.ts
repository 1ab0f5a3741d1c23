import type { KeyObject } from "node:crypto";
import { createPublicKey } from "node:crypto";
import { calculateJwkThumbprint, jwtVerify, SignJWT } from "jose";
import { LIMITS, type Clock } from "../../core/index.ts";
import type { Role } from "../run/index.ts";
import { isRole } from "./roles.ts";

/** The short access token: a JWT that only this store makes and only this store believes. */
export interface AccessClaims {
  /** The login it belongs to: what revoking ends. */
  readonly login: string;
  readonly role: Role;
}

export interface AccessTokens {
  readonly mint: (claims: AccessClaims & { readonly subject: string }) => Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Undefined for everything that is not one of ours, now. Which check failed is nobody's business. */
  readonly verify: (token: string) => Promise<(AccessClaims & { readonly leftMs: number }) | undefined>;
}

const TYPE = "at+jwt";
const HEADER_NAMES: ReadonlySet<string> = new Set(["alg", "typ", "kid"]);

export async function accessTokens(key: KeyObject, lineage: string, clock: Clock): Promise<AccessTokens> {
  const publicKey = createPublicKey(key);
  const kid = await calculateJwkThumbprint(publicKey.export({ format: "jwk" }) as { readonly kty: string });
  const issuer = `urn:moltbot:${lineage}`;
  const audience = `${issuer}:api`;
  return {
    mint: async ({ login, role, subject }) => {
      const now = Math.floor(clock.now().getTime() / 1_000);
      const end = now + LIMITS.accessTokenMs / 1_000;
      const token = await new SignJWT({ login, role })
        .setProtectedHeader({ alg: "EdDSA", typ: TYPE, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(end)
        .sign(key);
      return { token, expiresAt: new Date(end * 1_000) };
    },
    verify: async (token) => {
      if (token.length > LIMITS.authTokenChars) return undefined;
      try {
        // One key, ours; nothing in the token chooses a key, an algorithm or an address to fetch one from.
        const { payload, protectedHeader } = await jwtVerify(token, publicKey, {
          algorithms: ["EdDSA"],
          typ: TYPE,
          issuer,
          audience,
          currentDate: clock.now(),
          clockTolerance: 0,
          requiredClaims: ["iat", "nbf", "exp", "sub", "login", "role"],
          maxTokenAge: LIMITS.accessTokenMs / 1_000,
        });
        const { login, role, iat, exp } = payload;
        if (protectedHeader.kid !== kid || Object.keys(protectedHeader).some((name) => !HEADER_NAMES.has(name))) return undefined;
        if (typeof login !== "string" || !isRole(role) || (exp ?? 0) - (iat ?? 0) > LIMITS.accessTokenMs / 1_000) return undefined;
        return { login, role, leftMs: (exp ?? 0) * 1_000 - clock.now().getTime() };
      } catch {
        // Whatever the library says of it, it is no token of ours.
        return undefined;
      }
    },
  };
}
