import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { signRequest } from "../../runtime/auth/index.ts";
import type { CallerName } from "./requests.fixture.ts";
import type { Asking, Got, RunningGateway } from "./running.fixture.ts";

const ROLES = ["viewer", "operator", "editor", "owner"] as const;

/** Sends requests as one of several: each role is a device with a key of its own. */
export interface Callers {
  readonly send: (as: CallerName, target: string, asking: Asking) => Promise<Got>;
  /** A device of that role anew: what was sent may have revoked it. */
  readonly renew: (role: string) => Promise<void>;
}

export async function callersOf({ ask }: RunningGateway): Promise<Callers> {
  const { lineage } = (await ask("/v2/auth")).body as { readonly lineage: string };
  const devices = new Map<string, { readonly name: string; readonly key: KeyObject }>();
  const stranger = generateKeyPairSync("ed25519").privateKey;
  let count = 0;
  const renew = async (role: string): Promise<void> => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const name = `d${++count}-${role}`;
    const { x } = publicKey.export({ format: "jwk" }) as { readonly x: string };
    const made = await ask("/v2/auth/devices", { method: "POST", body: { name, publicKey: x, role } });
    if (made.status !== 201) throw new Error(`no device: ${made.text}`);
    devices.set(role, { name, key: privateKey });
  };
  for (const role of ROLES) await renew(role);
  const signed = (name: string, key: KeyObject, target: string, { method = "GET", body }: Asking): string => {
    // Nobody reads what comes with these.
    const isEmpty = body === undefined || method === "GET" || method === "HEAD";
    const bytes = isEmpty ? "" : Buffer.isBuffer(body) || typeof body === "string" ? body : JSON.stringify(body);
    return signRequest(
      {
        lineage,
        method,
        target,
        bodySha256: createHash("sha256").update(bytes).digest("hex"),
        time: new Date().toISOString(),
        nonce: randomBytes(18).toString("base64url"),
        key: `device:${name}`,
      },
      key,
    );
  };
  const proofOf = (as: CallerName, target: string, asking: Asking): string | undefined => {
    const device = devices.get(as);
    if (device) return signed(device.name, device.key, target, asking);
    if (as === "forger") return signed(devices.get("owner")?.name ?? "", stranger, target, asking);
    return as === "bearer" ? "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoib3duZXIifQ." : undefined;
  };
  return {
    renew,
    send: async (as, target, asking) => {
      if (as === "socket") return await ask(target, asking);
      const authorization = proofOf(as, target, asking);
      return await ask(target, { ...asking, open: true, headers: { ...asking.headers, ...(authorization ? { authorization } : {}) } });
    },
  };
}
