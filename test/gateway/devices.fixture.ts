/** Callers of a running gateway with keys of their own. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { ok, systemClock } from "../../core/index.ts";
import { openClient, type Client } from "../../runtime/client/index.ts";
import type { RunningGateway } from "./running.fixture.ts";

export interface TestDevice {
  readonly name: string;
  readonly key: KeyObject;
  readonly client: Client;
}

/** A device with this role, made known over the socket of the state folder. */
export async function deviceOf(gateway: RunningGateway, name: string, role: string): Promise<TestDevice> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const made = await gateway.ask("/v2/auth/devices", {
    method: "POST",
    body: { name, role, publicKey: publicKey.export({ format: "jwk" }).x },
  });
  if (made.status !== 201) throw new Error(made.text);
  const client = openClient({
    place: { url: gateway.facts.url },
    clock: systemClock,
    proof: { kind: "device", key: () => ok({ name, key: privateKey }) },
  });
  return { name, key: privateKey, client };
}
