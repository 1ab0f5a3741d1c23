import {
  addressOf,
  isArray,
  isDigest,
  isObject,
  pointerOf,
  problem,
  shown,
  shownRecipient,
  type Address,
  type Diagnostic,
  type Digest,
  type Json,
  type Origin,
  type Resource,
} from "../../core/index.ts";
import { checkEnvelope } from "./envelope.ts";
import { recipientType } from "./recipients.ts";

export interface SecretsToCheck {
  /** Resolved resources; those that are no Secrets are passed over. */
  readonly resources: readonly Resource[];
  /** The bytes of an envelope; undefined where they are not at hand, which is not a problem here. */
  readonly values: (digest: Digest) => Uint8Array | undefined;
  /** The target's recipient as the Project states it; null where it states none. */
  readonly recipient: string | null;
  /** Where a value was declared, for messages. */
  readonly originOf?: (address: Address, pointer: string) => Origin | undefined;
}

interface Sealed {
  readonly envelope: Digest;
  readonly recipients: readonly string[] | null;
}

/**
 * Everything about encrypted values that can be judged without an identity: each envelope is whole and
 * made for as many recipients as its manifest lists, and the target is among them. Pure; every problem
 * of every Secret at once.
 */
export function checkSecrets(check: SecretsToCheck): readonly Diagnostic[] {
  return check.resources.filter(({ kind }) => kind === "Secret").flatMap((resource) => checkSecret(resource, check));
}

function checkSecret(resource: Resource, check: SecretsToCheck): readonly Diagnostic[] {
  const values = resource.spec["values"];
  return Object.entries(isObject(values) ? values : {}).flatMap(([key, value]) => {
    const sealed = sealedOf(value);
    return sealed ? checkValue(resource, key, sealed, check) : [];
  });
}

/** In a resolved Secret the envelope, or the path of an `.age` file, is the digest of its bytes. */
function sealedOf(value: Json): Sealed | undefined {
  if (!isObject(value)) return undefined;
  const [holder, field] = isObject(value["age"])
    ? [value["age"], "envelope"]
    : isObject(value["file"])
      ? [value["file"], "path"]
      : [{}, ""];
  const envelope = holder[field];
  const { recipients } = holder;
  if (!isDigest(envelope)) return undefined;
  return { envelope, recipients: isArray(recipients) ? recipients.filter((each) => typeof each === "string") : null };
}

function checkValue(resource: Resource, key: string, { envelope, recipients }: Sealed, check: SecretsToCheck): readonly Diagnostic[] {
  const address = addressOf(resource.kind, resource.metadata.name);
  const origin = check.originOf?.(address, pointerOf(["spec", "values", key]));
  const place = { context: { address, key }, ...(origin ? { origin: { ...origin, secret: true } } : {}) };
  const bytes = check.values(envelope);
  const checked = bytes && checkEnvelope({ recipients, envelope: Buffer.from(bytes).toString("latin1") });
  const remedy = `moltbot secret set ${resource.metadata.name} ${key}`;
  const broken =
    checked && !checked.ok
      ? checked.diagnostics.map((each) => ({ ...each, ...place, detail: `${address} key ${shown(key)}: ${each.detail}`, remedy }))
      : [];
  if (check.recipient === null || recipients === null || recipients.includes(check.recipient)) return broken;
  const notForTarget = problem("SECRET_NOT_FOR_TARGET", {
    detail: `${address} key ${shown(key)} is not encrypted for the target's recipient ${shownRecipient(check.recipient)}, so the runtime could never open it.`,
    remedy: `${howToAdd(recipients, check.recipient)}\n${remedy}`,
    ...place,
  });
  return [...broken, notForTarget];
}

/** Recipients of one value are of one type, so one of another type takes the place of them all. */
function howToAdd(recipients: readonly string[], target: string): string {
  return recipients.some((each) => recipientType(each) !== recipientType(target))
    ? "Its recipients are of another type than the target's. Put new ones in their places, with an identity, or set the value again for new ones:\nmoltbot secret rekey --replace OLD=NEW"
    : "Name it in target.recipient of moltbot.yaml, where it is not named yet. Then encrypt again with an identity, or set the value again:\nmoltbot secret rekey";
}
