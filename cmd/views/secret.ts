import { escapeText, shownRecipient, type Address, type JsonObject } from "../../core/index.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
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
  isDeed: true,
  ...plainViews((written) => ({ formatVersion: "1.0", kind: "SecretValue", ...written })),
  text: ({ secret, key, file, recipients, isNew }, look) =>
    fitted(
      look,
      `${symbolOf(look, "ok")} ${isNew ? "New manifest" : "Changed"} ${escapeText(file)}: Secret/${secret} key ${escapeText(key)}, encrypted for ${counted(recipients.length, "recipient")}.\n`,
    ),
};

export interface Fragment {
  readonly key: string;
  readonly entry: JsonObject;
  /** As YAML, to be pasted below `spec.values`. */
  readonly yaml: string;
}

export const fragmentViews: Views<Fragment> = {
  ...plainViews(({ key, entry }) => ({ [key]: entry })),
  text: ({ yaml }, look) => fitted(look, yaml),
};

export const recipientViews: Views<{ readonly recipient: string; readonly state: string }> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "RuntimeRecipient", ...value })),
  text: ({ recipient }, look) => fitted(look, `${recipient}\n`),
};

/** A value that was asked for by name. It is the one thing these views show; messages and other formats never do. */
export interface ValueShown {
  readonly secret: string;
  readonly key: string;
  /** Null where the value itself goes to standard output. */
  readonly file: string | null;
}

export const valueShownViews: Views<ValueShown> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "SecretShown", ...value })),
  text: ({ secret, key, file }, look) =>
    file === null
      ? ""
      : fitted(look, `${symbolOf(look, "ok")} Secret/${secret} key ${escapeText(key)} is in ${escapeText(file)}, readable by you alone.\n`),
};

/** Values that were changed in an editor. */
export interface ValuesEdited {
  readonly secret: string;
  /** Sorted; empty where nothing was changed. */
  readonly changed: readonly string[];
  /** Relative to moltbot.yaml. */
  readonly file: string | null;
}

export const valuesEditedViews: Views<ValuesEdited> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "SecretEdited", ...value })),
  text: ({ secret, changed, file }, look) =>
    fitted(
      look,
      changed.length === 0 || file === null
        ? `${symbolOf(look, "ok")} Nothing was changed.\n`
        : `${symbolOf(look, "ok")} Changed ${escapeText(file)}: Secret/${secret} ${changed.length === 1 ? "key" : "keys"} ${escapeText(changed.join(", "))}.\n`,
    ),
};

/** What `rekey` did, or with `--dry-run` would do. */
export interface Rekeyed {
  readonly values: readonly {
    readonly address: Address;
    readonly key: string;
    readonly file: string;
    readonly recipients: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }[];
  /** Values whose recipients are what they should be. */
  readonly unchanged: number;
  /** moltbot.yaml, where recipients in it were replaced. */
  readonly project: string | null;
  readonly isWritten: boolean;
}

export const rekeyedViews: Views<Rekeyed> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "SecretsRekeyed", ...value })),
  text: ({ values, unchanged, project, isWritten }, look) => {
    const lines = values.flatMap(({ address, key, file, added, removed }) => [
      `${symbolOf(look, "update")} ${address} ${escapeText(key)}  ${escapeText(file)}`,
      ...added.map((each) => `    ${symbolOf(look, "create")} ${shownRecipient(each)}`),
      ...removed.map((each) => `    ${symbolOf(look, "delete")} ${shownRecipient(each)}`),
    ]);
    const files = new Set(values.map(({ file }) => file)).size;
    const did = isWritten ? "Encrypted" : "Would encrypt";
    const said =
      project === null
        ? []
        : [`${symbolOf(look, "update")} ${escapeText(project)} ${isWritten ? "names" : "would name"} the new recipients.`];
    const total =
      values.length === 0
        ? `${symbolOf(look, "ok")} Every value is encrypted for whom it should be (${counted(unchanged, "value")}).`
        : `${did} ${counted(values.length, "value")} again in ${counted(files, "file")}, ${unchanged} unchanged.`;
    const isRemoved = values.some(({ removed }) => removed.length > 0);
    const rest = isRemoved
      ? [
          "Who was removed could read these values, and still can in the history: change them where they came from, then `moltbot secret set`.",
        ]
      : [];
    return fitted(look, `${[...lines, ...said, total, ...rest].join("\n")}\n`);
  },
};

/** What `check` looked at and found in order. */
export interface SecretsChecked {
  readonly secrets: number;
  readonly values: number;
  /** Files that were searched for credentials. */
  readonly files: number;
}

export const secretsCheckedViews: Views<SecretsChecked> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Diagnostics", outcome: null, diagnostics: [], hidden: 0, ...value })),
  jsonl: (value) => jsonLine({ type: "end", outcome: null, hidden: 0, ...value }),
  text: (value, look) => fitted(look, `${symbolOf(look, "ok")} ${checkedSentence(value)}\n`),
  markdown: (value) => `### moltbot secret check\n\n${checkedSentence(value)}\n`,
};

function checkedSentence({ secrets, values, files }: SecretsChecked): string {
  return `${counted(values, "value")} of ${counted(secrets, "Secret")} are as they should be; no credential in ${counted(files, "file")}.`;
}
