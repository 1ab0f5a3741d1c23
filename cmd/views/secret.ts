import { escapeText } from "../../core/index.ts";
import { plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** A new key pair. The identity is text only where the user asked for it on standard output. */
export interface KeyMade {
  readonly recipient: string;
  readonly file: string | null;
}

export function keyMadeViews(identityFile: string | null): Views<KeyMade> {
  return {
    ...plainViews(({ recipient, file }) => ({
      formatVersion: "1.0",
      kind: "SecretKey",
      recipient,
      file,
      ...(identityFile === null ? {} : { identityFile }),
    })),
    text: ({ recipient }, look) => (identityFile === null ? fitted(look, `${recipient}\n`) : identityFile),
  };
}

export interface ValueWritten {
  readonly secret: string;
  readonly key: string;
  /** Relative to moltbot.yaml. */
  readonly file: string;
  readonly recipients: readonly string[];
  readonly isNew: boolean;
}

export const valueWrittenViews: Views<ValueWritten> = {
  ...plainViews((written) => ({ formatVersion: "1.0", kind: "SecretValue", ...written })),
  text: ({ secret, key, file, recipients, isNew }, look) =>
    fitted(
      look,
      `${symbolOf(look, "ok")} ${isNew ? "New manifest" : "Changed"} ${escapeText(file)}: Secret/${secret} key ${escapeText(key)}, encrypted for ${counted(recipients.length, "recipient")}.\n`,
    ),
};

export interface Fragment {
  readonly key: string;
  readonly recipients: readonly string[];
  readonly envelope: string;
  /** As YAML, to be pasted below `spec.values`. */
  readonly yaml: string;
}

export const fragmentViews: Views<Fragment> = {
  ...plainViews(({ key, recipients, envelope }) => ({ [key]: { age: { recipients, envelope } } })),
  text: ({ yaml }, look) => fitted(look, yaml),
};

export const recipientViews: Views<{ readonly recipient: string; readonly state: string }> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "RuntimeRecipient", ...value })),
  text: ({ recipient }, look) => fitted(look, `${recipient}\n`),
};
