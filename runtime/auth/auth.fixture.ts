import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { fail, ok, problem, type Owner, type Result } from "../../core/index.ts";
import type { AuditLog } from "../audit/index.ts";
import { audited } from "../audit/audit.fixture.ts";
import type { Role } from "../run/index.ts";
import { openRecords, type SealedRecords } from "../store/index.ts";
import { valueOf, type TestPorts } from "../store/store.fixture.ts";
import { openAuth, signRequest, type Auth, type Caller, type Member, type RequestFacts } from "./index.ts";
import type { OidcConfig } from "./oidc.ts";

export const OWNER: Owner = "acme/prod";

export interface TestAuth {
  readonly dir: string;
  readonly lineage: string;
  readonly ports: TestPorts;
  readonly log: AuditLog;
  readonly records: SealedRecords;
  readonly auth: Auth;
  /** Who is in `Team.people` from now on. */
  members: readonly Member[];
  owners: readonly Owner[];
  /** What is active cannot be read. */
  broken: boolean;
  /** Kinds and codes of what was audited, oldest first, without what the audit says of itself. */
  readonly audit: () => readonly string[];
  /** The same store after a restart of the gateway. */
  readonly again: () => Promise<Auth>;
}

/** Auth over a real store and a real audit. */
export async function testAuth(members: readonly Member[] = [], oidc: OidcConfig | null = null): Promise<TestAuth> {
  const { dir, ports, log } = audited();
  const records = valueOf(openRecords(dir));
  if (!records) throw new Error("a store was due");
  const { lineage } = log.reader;
  const open = async (): Promise<Auth> =>
    valueOf(
      await openAuth({
        lineage,
        records,
        clock: ports.clock,
        audit: log,
        oidc,
        people: () =>
          found.broken
            ? fail(problem("STORE_UNAVAILABLE", { detail: "The disk is away." }))
            : ok({ members: found.members, owners: found.owners }),
      }),
    );
  const found: TestAuth = {
    dir,
    lineage,
    ports,
    log,
    records,
    members,
    owners: [OWNER],
    broken: false,
    audit: () =>
      valueOf(log.reader.query({ order: "oldest", limit: 1_000 }))
        .records.filter(({ kind }) => !kind.startsWith("audit."))
        .map(({ kind, code, action }) => [kind, code ?? action].filter((each) => each !== undefined).join(" ")),
    again: open,
    auth: null as never,
  };
  return Object.assign(found, { auth: await open() });
}

export function member(name: string, role: Role, more: Partial<Member> = {}): Member {
  return { owner: OWNER, team: "ops", name, role, ssh: [], oidc: [], channels: [], ...more };
}

export const LOCAL: Caller = { id: "local", kind: "person", role: "owner", verified: true, person: "local", token: null };

export function request(authorization: string | undefined, more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    method: "GET",
    target: "/v2/agents",
    headers: authorization === undefined ? {} : { authorization },
    bodySha256: createHash("sha256").update("").digest("hex"),
    isLocal: false,
    address: "127.0.0.1",
    ...more,
  };
}

export interface Keys {
  readonly key: KeyObject;
  readonly publicKey: string;
}

export function newKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { key: privateKey, publicKey: publicKey.export({ format: "jwk" }).x ?? "" };
}

/** A request signed by a device, as a client makes it. */
export function signed(
  test: TestAuth,
  device: string,
  { key }: Keys,
  more: Partial<RequestFacts> & { readonly time?: string; readonly nonce?: string } = {},
): RequestFacts {
  const { time = test.ports.clock.now().toISOString(), nonce = randomBytes(16).toString("base64url"), ...facts } = more;
  const plain = request(undefined, facts);
  const { method, target, bodySha256 } = plain;
  const header = signRequest({ lineage: test.lineage, method, target, bodySha256, time, nonce, key: `device:${device}` }, key);
  return { ...plain, headers: { authorization: header } };
}

export function roleOf(result: Result<Caller>): Role | null | "refused" {
  return result.ok ? result.value.role : "refused";
}
