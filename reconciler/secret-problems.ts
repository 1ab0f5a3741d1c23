import { caution, segmentsOf, shown, shownRecipient, type Diagnostic } from "../core/index.ts";
import { checkSecrets, type SecretsToCheck } from "../trust/secrets/index.ts";
import type { Context } from "./desired.ts";
import type { LiveState } from "./diff/index.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import type { World } from "./types.ts";

/**
 * What can be told of encrypted values without an identity: envelopes that are damaged or not what the
 * manifest claims, and values that the target could never open.
 *
 * @param own - The runtime's public half as its record knows it, for a Project that does not name it.
 */
export function secretProblems(config: ResolvedConfig, context: Context, world: World, own: string | null = null): readonly Diagnostic[] {
  const found = checkSecrets({
    ...checking(config, world),
    values: (digest) => config.values.get(digest),
    recipient: context.project.target.recipient ?? own,
  });
  return locate(found, context.files);
}

function checking(config: ResolvedConfig, world: World): Pick<SecretsToCheck, "resources" | "originOf"> {
  return {
    resources: config.resources.map(({ resource }) => resource),
    originOf: (address, pointer) => {
      const each = config.byAddress.get(address);
      return each && originIn(each, segmentsOf(pointer), "value", world.kinds);
    },
  };
}

/**
 * Before the first apply the runtime has no key, so no value can be encrypted for it: each is told, with its
 * place, before anything is done.
 *
 * @param isApplying - This very run makes the key. Otherwise a recipient that is named may be that of another machine.
 */
export function beforeTheKey(
  config: ResolvedConfig,
  context: Context,
  live: LiveState,
  world: World,
  isApplying: boolean,
): readonly Diagnostic[] {
  const named = context.project.target.recipient;
  if (live.recipient !== null || isApplying === (named === null)) return [];
  const sealed = checkSecrets({ ...checking(config, world), values: () => undefined, recipient: "" });
  const remedy =
    named === null
      ? "After the apply encrypt it again, with an identity, for the runtime as well, and name the runtime in moltbot.yaml (spec.target.recipient):\n" +
        'moltbot secret rekey --add "$(moltbot gateway recipient)"'
      : "If this is another host's store, bring its backup and keys back instead (moltbot restore). Otherwise encrypt again after the apply, with an identity:\n" +
        replacing(named);
  const told = sealed.map(({ context: place, origin }) =>
    caution("SECRET_NOT_FOR_RUNTIME", {
      detail: `${place["address"]} key ${shown(place["key"])} is encrypted, but the runtime gets its key with its first apply, so it cannot open it.`,
      remedy,
      context: place,
      ...(origin ? { origin } : {}),
    }),
  );
  return locate(told, context.files);
}

/** The command that puts the runtime's new recipient in the place of the old one. */
function replacing(named: string): string {
  const old = shownRecipient(named) === named ? named : "OLD";
  return `moltbot secret rekey --replace "${old}=$(moltbot gateway recipient)"`;
}

/**
 * A Project may name a recipient that is no longer the runtime's: its key was made anew, and nobody told
 * the repository. Only a remark, because the same commit may be right for another machine.
 */
export function secretRemarks(config: ResolvedConfig, context: Context, own: string | null = null): readonly Diagnostic[] {
  const named = context.project.target.recipient;
  if (named === null || own === null || named === own) return [];
  const closed = checkSecrets({ resources: config.resources.map(({ resource }) => resource), values: () => undefined, recipient: own });
  if (closed.length === 0) return [];
  const count = closed.length === 1 ? "one value is" : `${closed.length} values are`;
  return [
    caution("SECRET_NOT_FOR_RUNTIME", {
      detail: `moltbot.yaml names ${shownRecipient(named)} as the target's recipient, but the runtime here is ${shownRecipient(own)}, and ${count} not encrypted for it.`,
      remedy:
        "If the runtime's key is new, put its recipient into spec.target.recipient and encrypt again, with an identity:\n" +
        replacing(named),
      context: { recipient: own, values: closed.length },
    }),
  ];
}
