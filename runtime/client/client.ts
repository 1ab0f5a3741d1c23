import { createHash, randomBytes, type KeyObject } from "node:crypto";
import { fail, ok, problem, type Clock, type JsonObject, type Result } from "../../core/index.ts";
import { signRequest } from "../auth/index.ts";
import { exchange, type Place } from "./exchange.ts";
import { noGateway, type Unreachable } from "./problems.ts";

export interface DeviceKey {
  readonly name: string;
  readonly key: KeyObject;
  /** The store that the key was made known to: it signs for no other. Absent: for whichever answers. */
  readonly lineage?: string;
}

/** What proves who asks. Absent: nothing does, but that one may open the socket. */
export type ClientProof =
  | { readonly kind: "bearer"; readonly token: string }
  /** Asked for at the first request. */
  | { readonly kind: "device"; readonly key: () => Result<DeviceKey> };

export interface ClientWorld {
  readonly place: Place;
  readonly clock: Clock;
  readonly proof?: ClientProof;
  /** What it is called when nobody answers as a gateway does. */
  readonly unreachable?: Unreachable;
}

export interface Client {
  /** Which store answers; the same for the whole life of a client. */
  readonly lineage: (signal: AbortSignal) => Promise<Result<string>>;
  /** One request, proved as this client does. Empty where the answer has no body. */
  readonly ask: (
    method: "GET" | "POST" | "DELETE",
    target: string,
    body: JsonObject | null,
    signal: AbortSignal,
  ) => Promise<Result<JsonObject>>;
}

/** A gateway as somebody outside sees it. */
export function openClient({ place, clock, proof, unreachable = noGateway }: ClientWorld): Client {
  let known: string | undefined;
  const send = (method: string, target: string, body: Buffer | null, authorization: string | null, signal: AbortSignal) =>
    exchange(place, { method, target, body, authorization, signal }, unreachable);
  const lineage = async (signal: AbortSignal): Promise<Result<string>> => {
    if (known !== undefined) return ok(known);
    const answer = await send("GET", "/v2/auth", null, null, signal);
    if (!answer.ok) return answer;
    const said = answer.value["lineage"];
    if (typeof said !== "string") return fail(unreachable("url" in place ? place.url : place.socket, "it does not say which store it has"));
    const device = proof?.kind === "device" ? proof.key() : undefined;
    if (device?.ok && device.value.lineage !== undefined && device.value.lineage !== said) return fail(otherStore(device.value.name));
    known = said;
    return ok(said);
  };
  const authorize = async (method: string, target: string, body: Buffer | null, signal: AbortSignal): Promise<Result<string | null>> => {
    if (proof === undefined) return ok(null);
    if (proof.kind === "bearer") return ok(`Bearer ${proof.token}`);
    const device = proof.key();
    if (!device.ok) return device;
    const { name, key } = device.value;
    // A gateway that names another one's store would be handed a proof that is good there.
    const store = device.value.lineage === undefined ? await lineage(signal) : ok(device.value.lineage);
    if (!store.ok) return store;
    const bodySha256 = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const [time, nonce] = [clock.now().toISOString(), randomBytes(18).toString("base64url")];
    return ok(signRequest({ lineage: store.value, method, target, bodySha256, time, nonce, key: `device:${name}` }, key));
  };
  return {
    lineage,
    ask: async (method, target, body, signal) => {
      const bytes = body === null ? null : Buffer.from(JSON.stringify(body));
      const authorization = await authorize(method, target, bytes, signal);
      return authorization.ok ? await send(method, target, bytes, authorization.value, signal) : authorization;
    },
  };
}

function otherStore(name: string): ReturnType<typeof problem> {
  return problem("GATEWAY_KEY", {
    detail: `The device key ${name} was made known to another store than the one that answers.`,
    remedy: "Log in at this gateway:\nmoltbot gateway login --url URL",
  });
}
